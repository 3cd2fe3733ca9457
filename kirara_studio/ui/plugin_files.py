"""Wheels and folders of plugins that are dropped on a window are installed."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kirara_studio.api.files import is_file, is_folder
from kirara_studio.api.hooks import ENTRY_POINT_GROUP
from kirara_studio.ui.drops import WindowDrops

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData, QObject
    from PySide6.QtGui import QDropEvent

_LARGEST = 1_000_000


class PluginFiles(WindowDrops):
    """Gives what is dropped to ``install``."""

    def __init__(self, install: Callable[[list[Path]], None], parent: QObject) -> None:
        super().__init__(parent)
        self._install = install

    def files_in(self, data: QMimeData) -> list[Path]:
        from kirara_studio.api.widgets import dropped_files

        paths = dropped_files(data)
        return paths if all(map(is_plugin, paths)) else []

    def take(self, paths: list[Path], window: QObject, event: QDropEvent) -> None:
        self._install(paths)


def is_plugin(path: Path) -> bool:
    """True for a wheel, and for a folder whose pyproject.toml names a plugin."""
    if path.suffix.lower() == ".whl":
        return is_file(path)
    with contextlib.suppress(OSError):
        if is_folder(path):
            with (path / "pyproject.toml").open("rb") as file:
                return ENTRY_POINT_GROUP.encode() in file.read(_LARGEST)
    return False
