"""A real studio for tests: its window is painted into memory, its folders are temporary."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from kirara_studio.api.commands import Command
from kirara_studio.api.errors import one_line
from kirara_studio.api.notices import Notice, NoticeBackend
from kirara_studio.command_context import PluginCommandContext
from kirara_studio.engine.queue import JobQueue
from kirara_studio.host.discovery import BROKEN, PluginRecord
from kirara_studio.host.folders import Folders
from kirara_studio.studio import Studio
from kirara_studio.testing.driving import process_events, wait_for
from kirara_studio.testing.jobs import JobsAtOnce
from kirara_studio.ui.panel_host import PanelHost

_SIZE = (1280, 800)


class OffscreenStudio:
    """The real studio with the plugins of a test, driven by method calls.

    Parameters
    ----------
    plugins
        As found by :func:`kirara_studio.host.discovery.find_plugins` or read from a source folder.
    home
        The folder for settings, state and results. Another studio with the same home is what the
        user finds after a restart.
    engine
        Run jobs in the real engine process. By default they run at once, in this process
        (:class:`JobsAtOnce`).

    Notices arrive in :attr:`notices` and never on the desktop of whoever runs the tests. The tray
    and the plugins' start-up hooks are not started; call :meth:`start_plugins`.
    """

    __test__ = False

    def __init__(
        self, plugins: Sequence[PluginRecord], home: Path, *, engine: bool = False
    ) -> None:
        os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        self.notices: list[Notice] = []
        self.faults: list[BaseException] = []
        """Exceptions that a slot raised."""
        self.home = home
        self._hook, sys.excepthook = sys.excepthook, self._on_exception
        self.studio = Studio(
            the_application(),
            Folders.below(home),
            on_tour=True,  # waits for slow plugins, and keeps no journal of the session
            find=lambda _: list(plugins),
            make_queue=JobQueue if engine else JobsAtOnce,
        )
        self.studio.notifier.add(NoticeBackend("test", "Test", self.notices.append, order=-1))
        self.choose(language="en", theme="light")
        self.window = self.studio.window
        self.window.resize(*_SIZE)

    def __enter__(self) -> OffscreenStudio:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def jobs(self) -> JobQueue:
        """The queue of jobs."""
        return self.studio.queue

    def hold_jobs(self) -> None:
        """Let no job begin, so that a busy panel can be looked at. Not with the real engine."""
        assert isinstance(self.jobs, JobsAtOnce)
        self.jobs.held = True

    def release_jobs(self) -> None:
        """Let jobs run again."""
        assert isinstance(self.jobs, JobsAtOnce)
        self.jobs.release()

    # Panels

    def open_panel(self, panel_id: str) -> Any:
        """Show a panel and return its widget. Raises AssertionError if it cannot be opened."""
        self.window.show()
        self.window.open_panel(panel_id)
        host = self.host(panel_id)
        host.load()
        process_events()
        assert host.fault is None, host.fault.report
        assert isinstance(host.widget, QWidget)
        return host.widget

    def host(self, panel_id: str) -> PanelHost:
        """The place of a panel in the window. Raises KeyError for an unknown id."""
        return self.window.host(panel_id)

    def close_panel(self, panel_id: str) -> None:
        """Save the panel's state, stop its jobs and destroy its widget."""
        self.host(panel_id).unload()
        process_events()

    def reopen_panel(self, panel_id: str) -> Any:
        """Close a panel and open it again, with its state, as after a restart."""
        self.close_panel(panel_id)
        return self.open_panel(panel_id)

    def settle(self, seconds: float = 60) -> None:
        """Let Qt work until no job waits or runs."""
        wait_for(lambda: not self.jobs.busy, seconds)
        process_events()

    def choose(self, *, language: str = "", theme: str = "") -> None:
        """Change the language ("en", "ja") or the theme ("light", "dark"), as in the settings."""
        for name, value in (("language", language), ("theme", theme)):
            if value:
                self.studio.preferences[name] = value
        process_events()

    def screenshot(self, path: Path) -> Path:
        """Save a picture of the window as a PNG file."""
        self.window.show()
        process_events()
        path.parent.mkdir(parents=True, exist_ok=True)
        self.window.grab().save(str(path))
        return path

    # What went wrong

    @property
    def problems(self) -> list[str]:
        """Everything that went wrong so far: in banners, in slots, and broken plugins."""
        found = [f"{r.name}: {r.reason}" for r in self.studio.registry.plugins if r.state == BROKEN]
        found += [one_line(error) for error in self.faults]
        for panel in self.studio.registry.panels:
            host = self.host(panel.id)
            found += [banner.message for banner in host.banners.banners]
            found += [host.fault.message] if host.fault is not None else []
        return found

    # Hooks and commands

    def start_plugins(self) -> None:
        """Call the plugins' start-up hooks."""
        self.studio.registry.startup(self.studio)

    def run_command(self, name: str, *arguments: str) -> tuple[int, str]:
        """Run ``kirara-studio NAME …`` in this process; returns its status and what it printed.

        Errors of the command are raised; a mistake in the arguments gives the status 2.
        """
        registry = self.studio.registry
        plugin = registry.plugin_of(name, Command)
        command = next(c for c in registry.commands if c.name == name)
        parser = argparse.ArgumentParser(prog=f"kirara-studio {name}")
        registry.load_object(plugin, command.configure)(parser)
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            try:
                options = parser.parse_args(arguments)
            except SystemExit as error:
                return int(error.code or 0), output.getvalue()
            context = PluginCommandContext(self.studio.folders, registry, plugin)
            return int(options.run(options, context) or 0), output.getvalue()

    # The end

    def close(self) -> None:
        """End the studio as quitting does, and clear up after it."""
        self.choose(language="en", theme="light")
        self.studio.shutdown()
        for panel in self.studio.registry.panels:
            self.host(panel.id).unload()
        self.window.close()
        self.window.deleteLater()
        self.studio.appearance.deleteLater()
        self.studio.deleteLater()
        process_events()
        sys.excepthook = self._hook

    def _on_exception(
        self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        self.faults.append(error)


def the_application() -> QApplication:
    """The application object, made if need be."""
    application = QApplication.instance()
    if application is None:
        from kirara_studio.app import make_application

        application = make_application()
    assert isinstance(application, QApplication)
    application.setQuitOnLastWindowClosed(False)
    return application
