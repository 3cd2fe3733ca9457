"""What the window needs of the rest of the studio. ``studio.py`` puts it together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kirara_studio.api.hooks import Studio
from kirara_studio.api.panel import Panel
from kirara_studio.api.training import Training
from kirara_studio.engine.queue import JobQueue
from kirara_studio.host.folders import Folders
from kirara_studio.host.registry import Registry
from kirara_studio.host.settings import SettingsStore
from kirara_studio.host.state import StateStore


@dataclass(frozen=True)
class WindowServices:
    """Everything that the window uses.

    ``studio`` is what actions are called with. ``restart(True)`` restarts in safe mode.
    ``hide_instead_of_closing`` is asked when the window is closed: True hides it in the tray.
    """

    registry: Registry
    settings: SettingsStore
    state: StateStore
    jobs: JobQueue
    training: Training
    studio: Studio
    results_folder: Callable[[Panel], Path]
    quit: Callable[[], None]
    restart: Callable[[bool], None]
    logs_folder: Path
    folders: Folders
    hide_instead_of_closing: Callable[[], bool]
