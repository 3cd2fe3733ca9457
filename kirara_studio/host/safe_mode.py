"""Remembers which plugin was being loaded, so that one which kills the process is known."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path


class LoadingJournal:
    """A small file that names the plugin being loaded, and is gone once all are.

    When the studio dies meanwhile, by a crash in native code for instance, the next start
    finds the file and leaves that plugin off.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.suspect = self._read()
        """The plugin that the last start died of, or an empty text."""

    @contextlib.contextmanager
    def watching(self, plugin: str) -> Iterator[None]:
        """Note that code of ``plugin`` runs for the first time in this block."""
        previous = self._read()
        self._write(plugin)
        try:
            yield
        finally:
            if previous:
                self._write(previous)
            else:
                self.clear()

    def clear(self) -> None:
        """Everything is loaded."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _read(self) -> str:
        try:
            plugin = json.loads(self._path.read_text(encoding="utf-8"))["plugin"]
        except (OSError, ValueError, KeyError, TypeError):
            return ""
        return plugin if isinstance(plugin, str) else ""

    def _write(self, plugin: str) -> None:
        # Not synced on purpose: it must outlive the process, not the power, and costs each start.
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(json.dumps({"plugin": plugin}), encoding="utf-8")
