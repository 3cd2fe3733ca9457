"""A studio window with the real registry, stores and job queue, and plugins of the tests."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kirara_studio.api.panel import Panel

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest

from kirara_studio.api.notices import Notice, NoticeBackend
from kirara_studio.desktop.notifications import Notifier
from kirara_studio.engine.queue import JobQueue
from kirara_studio.host.discovery import EntryPoint, PluginRecord, find_plugins
from kirara_studio.host.folders import Folders
from kirara_studio.host.messengers import shared_messengers
from kirara_studio.host.registry import Registry
from kirara_studio.host.safe_mode import LoadingJournal, SessionJournal
from kirara_studio.host.secrets import Secrets
from kirara_studio.host.settings import SettingsStore
from kirara_studio.host.state import StateStore
from kirara_studio.host.switches import PluginSwitches
from kirara_studio.testing.studio import the_application
from kirara_studio.ui.appearance import Appearance
from kirara_studio.ui.services import WindowServices
from kirara_studio.ui.window_commands import make_window

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

PLUGINS = Path(__file__).parent / "plugins"


@pytest.fixture(scope="session")
def application() -> QApplication:
    return the_application()


def process_events(milliseconds: int = 20) -> None:
    """Let Qt work for a moment."""
    QTest.qWait(milliseconds)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def found_plugin(name: str, module: str, *, distribution: str = "kirara-for-tests") -> PluginRecord:
    """A plugin as discovery finds it."""
    point = EntryPoint(name, module)
    return PluginRecord(name, distribution, "1.2", "A plugin for tests", "Yuno", point)


@dataclass
class Studio:
    """A window, and everything behind it."""

    home: Path
    application: QApplication
    plugins: list[PluginRecord]
    safe_mode: bool = False
    suspect: str = ""
    find: bool = False
    """Also find what is installed in the plugin folder."""
    notices: list[Notice] = field(default_factory=list)
    restarts: list[bool] = field(default_factory=list)
    quits: int = 0
    hides: bool = False

    def __post_init__(self) -> None:
        self.folders = Folders.below(self.home)
        self.journal = LoadingJournal(self.home / "loading.json")
        self.journal.suspect = self.suspect
        self.registry = Registry(
            PluginSwitches(self.home / "plugins.toml"),
            self.journal,
            session=SessionJournal(self.home / "session.json"),
            safe_mode=self.safe_mode,
            folder=self.folders.plugins if self.find else None,
            find=self._found_plugins,
        )
        self.all_secrets = Secrets(self.home / "secrets.json")
        self.secrets = self.all_secrets.of_plugin
        self.messengers = shared_messengers(self.folders, self.all_secrets)
        self.settings = SettingsStore(self.home / "settings.toml", self.all_secrets)
        self.notifier = Notifier([NoticeBackend("list", "A list", self.notices.append)])
        self.notify, self.deliver = self.notifier.notify, self.notifier.deliver
        self.withdraw, self.backends = self.notifier.withdraw, self.notifier.backends
        self.state = StateStore(self.home / "state.json")
        self.jobs = JobQueue(self.home / "cache")
        self.services = WindowServices(
            registry=self.registry,
            settings=self.settings,
            state=self.state,
            jobs=self.jobs,
            training=None,  # type: ignore[arg-type]  # no panel of the tests trains
            studio=self,  # type: ignore[arg-type]
            results_folder=self._results_folder,
            quit=self._quit,
            restart=self.restarts.append,
            logs_folder=self.home / "logs",
            folders=self.folders,
            hide_instead_of_closing=lambda: self.hides,
        )
        self.appearance = Appearance(self.application, self.settings)
        self.appearance.language.add_folders(self.registry.translation_folders)
        self.window = make_window(self.services, self.appearance)

    def _found_plugins(self, folder: Path | None) -> list[PluginRecord]:
        installed = find_plugins(folder) if folder is not None else []
        return [*self.plugins, *(p for p in installed if not p.builtin)]

    def open_panel(self, panel_id: str) -> None:
        """As actions call it."""
        self.window.open_panel(panel_id)

    def data_folder(self, plugin: str) -> Path:
        """As in the studio."""
        return self.home / "data" / plugin

    def opened(self, panel_id: str) -> Any:
        """Open a panel, wait for its widget, and return it."""
        self.window.open_panel(panel_id)
        host = self.window.host(panel_id)
        host.load()
        return host.widget

    def close(self) -> None:
        """Take everything down."""
        self.hides = False
        self.registry.session.close()
        self.window.close()
        self.jobs.shutdown()
        self.jobs.deleteLater()  # here, and not in whichever thread collects the garbage
        self.notifier.close()
        self.window.deleteLater()
        self.appearance.language.choose("en")
        self.appearance.theme.choose("light")
        self.appearance.deleteLater()
        process_events(1)

    def _results_folder(self, panel: Panel) -> Path:
        return self.home / "Pictures" / panel.id

    def _quit(self) -> None:
        self.quits += 1


MakeStudio = Callable[..., Studio]


@pytest.fixture
def make_studio(
    tmp_path: Path, application: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MakeStudio]:
    """Makes studios; each later one has the same home, as after a restart."""
    monkeypatch.syspath_prepend(str(PLUGINS))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    made: list[Studio] = []

    def make(*plugins: PluginRecord, **options: Any) -> Studio:
        if made:
            made[-1].close()
            made[-1].state.save()
        chosen = plugins or (found_plugin("sample", "kirara_sample"),)
        studio = Studio(tmp_path, application, list(chosen), **options)
        made.append(studio)
        return studio

    yield make
    for studio in made[-1:]:
        studio.close()
    for name in [
        name for name in sys.modules if name.startswith(("kirara_sample", "kirara_faulty"))
    ]:
        del sys.modules[name]


@pytest.fixture
def studio(make_studio: MakeStudio) -> Studio:
    """A studio with the sample plugin, in English, not shown."""
    made = make_studio()
    made.appearance.choose("language", "en")
    made.appearance.choose("theme", "light")
    return made
