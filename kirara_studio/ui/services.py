"""What the window needs of the rest of the studio. ``app.py`` puts it together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from kirara_studio.api.hooks import Action, Studio
from kirara_studio.api.jobs import Device, Jobs
from kirara_studio.api.notices import Channel, Notice
from kirara_studio.api.panel import Panel
from kirara_studio.api.secrets import Secrets
from kirara_studio.api.settings import Settings, SettingsPage
from kirara_studio.api.training import Training


class PluginInfo(Protocol):
    """A plugin as the list of plugins shows it."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def distribution(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def author(self) -> str: ...
    @property
    def builtin(self) -> bool: ...
    @property
    def state(self) -> str:
        """``ENABLED``, ``DISABLED`` or ``BROKEN`` of :mod:`kirara_studio.host.registry`: as it is
        since the start."""
        ...

    @property
    def reason(self) -> str: ...
    @property
    def details(self) -> str: ...
    @property
    def package(self) -> str:
        """The top-level package of its hooks."""
        ...


class PluginSource(Protocol):
    """The plugins and what they add. Sends no signals: the window reads it when told to."""

    @property
    def safe_mode(self) -> bool: ...
    @property
    def suspect(self) -> str: ...
    @property
    def panels(self) -> Sequence[Panel]: ...
    @property
    def actions(self) -> Sequence[Action]: ...
    @property
    def settings_pages(self) -> Sequence[SettingsPage]: ...
    @property
    def plugins(self) -> Sequence[PluginInfo]: ...
    @property
    def translation_folders(self) -> Sequence[Path]: ...

    def is_enabled(self, name: str) -> bool:
        """True where the plugin is to be loaded at the next start."""
        ...

    def set_enabled(self, name: str, enabled: bool) -> None:
        """Switch a plugin on or off from the next start on."""
        ...

    def plugin_of(self, panel_id: str) -> str:
        """Name of the plugin that a panel comes from."""
        ...

    def plugin_of_action(self, action_id: str) -> str:
        """Name of the plugin that an action comes from."""
        ...

    def package_folder(self, panel_id: str) -> Path:
        """Folder of the package that holds the panel's widget."""
        ...

    def load_panel_class(self, panel: Panel) -> type:
        """Import the class of a panel's widget; raises an error that names the plugin."""
        ...

    def load_object(self, plugin: str, path: str) -> Any:
        """Import ``"package.module:name"``; raises an error that names the plugin."""
        ...

    def watching(self, plugin: str) -> AbstractContextManager[None]:
        """Guard code of a plugin that might end the whole process."""
        ...


class JobInfo(Protocol):
    """A job as the job bar shows it."""

    @property
    def id(self) -> int: ...
    @property
    def panel_id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def stoppable(self) -> bool: ...


class Signal(Protocol):
    """A Qt signal."""

    def connect(self, slot: Callable[..., Any]) -> Any: ...


class JobSource(Protocol):
    """The job queue, as the job bar sees it."""

    @property
    def job_started(self) -> Signal: ...
    @property
    def job_progress(self) -> Signal: ...
    @property
    def job_finished(self) -> Signal: ...
    @property
    def device_known(self) -> Signal: ...
    @property
    def message(self) -> Signal: ...
    @property
    def device(self) -> Device | None: ...

    def cancel(self, job_id: int) -> None:
        """The user pressed Stop."""
        ...

    def for_panel(self, panel_id: str, show_error: Callable[[BaseException], Any]) -> Jobs:
        """The queue as one panel sees it."""
        ...


class SettingsSource(Protocol):
    """The values behind the settings pages."""

    def page(self, page: SettingsPage) -> Settings:
        """The values of one page."""
        ...


class StateSource(Protocol):
    """JSON values that are remembered between sessions."""

    def section(self, name: str) -> dict[str, Any]:
        """The values of one part of the studio. Always the same dict for the same name."""
        ...


class NoticeSource(Protocol):
    """The ways out for what the user should know."""

    @property
    def channels(self) -> Sequence[Channel]:
        """The ladder, first route first."""
        ...

    def notify(self, notice: Notice) -> None:
        """Tell the user through the first channel that works. Returns at once."""
        ...

    def deliver(self, notice: Notice) -> str:
        """The same, but waits; returns the id of the channel. Raises UserError."""
        ...

    def withdraw(self, notice_id: str) -> None:
        """Take a notice back."""
        ...


def _no_hiding() -> bool:
    return False


@dataclass(frozen=True)
class WindowServices:
    """Everything that the window is lent.

    Parameters
    ----------
    secrets, data_folder
        Those of a plugin, by its name.
    studio
        Gives what actions are called with.
    quit
        Ends the studio.
    restart
        Ends it and starts it again; with True in safe mode.
    hide_instead_of_closing
        Asked when the window is closed: True where it may hide in the tray.
    logs_folder
        Shown by the crash dialog.
    """

    registry: PluginSource
    settings: SettingsSource
    state: StateSource
    jobs: JobSource
    training: Training
    notices: NoticeSource
    secrets: Callable[[str], Secrets]
    data_folder: Callable[[str], Path]
    results_folder: Callable[[Panel], Path]
    studio: Callable[[], Studio]
    quit: Callable[[], None]
    restart: Callable[[bool], None]
    logs_folder: Path
    hide_instead_of_closing: Callable[[], bool] = _no_hiding
