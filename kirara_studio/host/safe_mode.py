"""Remembers which plugin was being loaded, to find one that kills the process."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import process_runs
from kirara_studio.api.reading import read_json, reading


class LoadingJournal:
    """A small file that names the plugin being loaded.

    If the studio dies meanwhile, by a crash in native code for instance, the next start finds the
    file and leaves that plugin off. A file whose process still runs is ignored.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        plugin, process = self._read()
        self._loading = ""
        self.suspect = "" if process_runs(process) else plugin
        """The plugin that the last start died of, or an empty text."""

    @contextlib.contextmanager
    def watching(self, plugin: str) -> Iterator[None]:
        """Note that code of ``plugin`` runs for the first time in this block."""
        previous = self._loading
        self._note(plugin)
        try:
            yield
        finally:
            self._note(previous)

    def clear(self) -> None:
        self._note("")

    def _note(self, plugin: str) -> None:
        self._loading = plugin
        # Not synced on purpose: it must outlive the process, not the power, and costs each start.
        with contextlib.suppress(OSError):
            if not plugin:
                self._path.unlink(missing_ok=True)
                return
            self._path.parent.mkdir(parents=True, exist_ok=True)
            entry = {"plugin": plugin, "process": os.getpid()}
            self._path.write_text(json.dumps(entry), encoding="utf-8")

    def _read(self) -> tuple[str, int]:
        with contextlib.suppress(UserError), reading(self._path):
            entry = read_json(self._path)
            plugin, process = entry["plugin"], entry.get("process", 0)
            if isinstance(plugin, str) and isinstance(process, int):
                return plugin, process
        return "", 0
