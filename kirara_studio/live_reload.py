"""Runs the plugin of a source folder again whenever one of its files changes."""

from __future__ import annotations

import importlib
import linecache
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from kirara_studio.api.files import entries, is_folder
from kirara_studio.api.widgets.icons import forget_icons
from kirara_studio.host.registry import PluginError
from kirara_studio.host.source_plugins import SourceProject
from kirara_studio.studio import Studio

log = logging.getLogger(__name__)

_SETTLED_MS = 200
"""Editors write a file in several steps; the plugin is loaded after the last of them."""
_WAIT_MS = 100

Signature = dict[Path, tuple[int, int]]


def write_no_bytecode() -> None:
    """Let this process, and those that it starts, keep no bytecode, before the plugin is imported.

    A file that changes twice within a second, and keeps its size, looks unchanged to Python.
    """
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"


class LiveReload(QObject):
    """Closes the plugin's panels, imports its modules again, and opens the panels with their state.

    What cannot be imported shows in the panel, with file and line; the next change tries again.
    New modules reach the engine too, which is ended; so the jobs of all panels are awaited first.
    Start-up hooks are not called again.
    """

    def __init__(self, studio: Studio, project: SourceProject) -> None:
        super().__init__(studio)
        self._studio = studio
        self._project = project
        self._seen = self._signature()
        self._open: list[str] = []
        self._watcher = QFileSystemWatcher(self)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._engine = QTimer(self, interval=_WAIT_MS)
        self._watcher.fileChanged.connect(lambda _: self._settled.start())
        self._watcher.directoryChanged.connect(lambda _: self._settled.start())
        self._settled.timeout.connect(self._look)
        self._engine.timeout.connect(self._reload_when_idle)

    def start(self) -> None:
        """Show the first panel, and watch the files."""
        self._watch()
        self._settled.start()  # what was saved since it was loaded
        panels = self._panels()
        if panels:
            self._studio.window.open_panel(panels[0])

    # Watching

    def _folders(self) -> Iterator[Path]:
        for plugin in self._project.plugins:
            package = self._project.import_folder / plugin.package
            if not is_folder(package):
                yield package.with_suffix(".py")
                continue
            for folder, below, _ in os.walk(package):  # skips what vanishes meanwhile
                below[:] = [name for name in below if name != "__pycache__"]
                yield Path(folder)

    def _signature(self) -> Signature:
        found: Signature = {}
        for place in self._folders():
            for path in entries(place) if is_folder(place) else [place]:
                with suppress(OSError):  # editors replace files
                    status = path.stat()
                    if path.suffix != ".pyc" and S_ISREG(status.st_mode):
                        found[path] = (status.st_mtime_ns, status.st_size)
        return found

    def _watch(self) -> None:
        # A file that was replaced is watched no more, so all are named again each time.
        paths = [str(path) for path in (*self._folders(), *self._seen)]
        self._watcher.addPaths(sorted(set(paths) - {*self._watcher.files()}))

    def _look(self) -> None:
        now = self._signature()
        changed = now != self._seen
        self._seen = now
        self._watch()
        if changed:
            self._close()

    # Loading again

    def _panels(self) -> list[str]:
        panels_of = self._studio.registry.panels_of
        return [panel.id for one in self._project.plugins for panel in panels_of(one.name)]

    def _close(self) -> None:
        window = self._studio.window
        for panel_id in self._panels():
            host = window.host(panel_id)
            if host.widget is not None or host.fault is not None:
                if panel_id not in self._open:
                    self._open.append(panel_id)
                host.unload()
        if not self._studio.queue.rest():
            window.job_bar.show_message(
                self.tr("The plugin is loaded again when the jobs that run have ended.")
            )
        self._engine.start()
        self._reload_when_idle()

    def _reload_when_idle(self) -> None:
        if not self._studio.queue.rest():
            return
        self._engine.stop()
        importlib.invalidate_caches()
        linecache.checkcache()
        forget_icons()
        for plugin in self._project.plugins:
            try:
                self._studio.registry.reload(plugin.name)
            except PluginError as error:
                log.warning("%s", error)
                self._show_everywhere(error)
                return
        self._reopen()

    def _show_everywhere(self, error: PluginError) -> None:
        for panel_id in self._open:
            self._studio.window.host(panel_id).show_fault(error)
        if not self._open:
            self._studio.show_error(error)

    def _reopen(self) -> None:
        window = self._studio.window
        self._studio.appearance.language.reload()
        window.plugins_arrived([])
        there = self._panels()
        for panel_id in self._open or there[:1]:
            if panel_id in there:
                window.open_panel(panel_id)
                window.host(panel_id).load()
        self._open.clear()
        window.job_bar.show_message(self.tr("The plugin was loaded again."))
