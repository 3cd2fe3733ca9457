"""Finds the plugin that ended the process while it was loaded, or soon after its panel opened."""

from __future__ import annotations

import contextlib
import json
import os
import re
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import process_runs
from kirara_studio.api.reading import read_json, reading

ENDED, UNANSWERED = "ended", "unanswered"
"""Why a panel is held: the process ended by itself, or it was ended since it did not answer."""

_FRAME = re.compile(r'^\s*File "(?P<file>.+)", line \d+ in ', re.MULTILINE)


@dataclass(frozen=True)
class HeldPanel:
    """A panel that the last session ended with, and why."""

    panel: str
    plugin: str
    reason: str = ENDED


class LoadingJournal:
    """A small file that names the plugin being loaded.

    If the studio dies meanwhile, by a crash in native code for instance, the next start finds the
    file and leaves that plugin off. A file whose process still runs, or that is older than the
    computer's last start, is ignored.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._loading: list[str] = []
        self._lock = threading.Lock()
        self.suspect = ""
        """The plugin that the last start died of, or an empty text."""
        entry = _read_note(path)
        plugin = entry.get("plugin")
        if isinstance(plugin, str) and plugin:
            self.suspect = plugin

    @contextlib.contextmanager
    def watching(self, plugin: str) -> Iterator[None]:
        """Note that code of ``plugin`` runs for the first time in this block."""
        self.begin(plugin)
        try:
            yield
        finally:
            self.end(plugin)

    def begin(self, plugin: str) -> None:
        """Code of ``plugin`` runs for the first time, until :meth:`end`. For any thread."""
        with self._lock:
            self._loading.append(plugin)
            self._write()

    def end(self, plugin: str) -> None:
        """The plugin's code returned."""
        with self._lock:
            if plugin in self._loading:
                self._loading.remove(plugin)
            self._write()

    def clear(self) -> None:
        """Forget the last start, unless something is still being loaded."""
        with self._lock:
            self._write()

    def close(self) -> None:
        """The program ends as it should; what is still being loaded is not to blame."""
        with self._lock:
            self._loading = []
            self._write()

    def _write(self) -> None:
        _write_note(self._path, {"plugin": self._loading[-1]} if self._loading else None)


class SessionJournal:
    """A small file that names the panels in sight, and which of them were opened just now.

    If the process ends without :meth:`close`, the next one finds in ``held`` the panels to leave
    closed: those of the plugin whose code the crash log names, or else those that were new.
    Without a ``path`` nothing is remembered. ``crash_log`` is where faulthandler writes.
    """

    def __init__(self, path: Path | None = None, crash_log: Path | None = None) -> None:
        self.path = path
        self._crash_log = crash_log
        self._panels: dict[str, dict[str, Any]] = {}
        self._last = _read_note(path) if path is not None else {}
        self.held: dict[str, HeldPanel] = {}

    @property
    def in_sight(self) -> list[str]:
        """The panels in sight."""
        return list(self._panels)

    def find_culprits(self, packages: Mapping[str, str]) -> None:
        """Fill ``held``; ``packages`` maps the top-level packages of plugins to their names."""
        panels = _noted_panels(self._last)
        crashed = self._crashed_plugin(packages)
        for panel, (plugin, fresh, reason) in panels.items():
            if (plugin == crashed) if crashed else (fresh or reason == UNANSWERED):
                self.held[panel] = HeldPanel(panel, plugin, reason)
        self._last = {}
        self._write()

    def show(self, panel: str, plugin: str, *, fresh: bool) -> None:
        """A panel is in sight; ``fresh`` in the first minute of its life."""
        entry = {"plugin": plugin, "fresh": fresh, "reason": ENDED}
        if self._panels.get(panel) != entry:
            self._panels[panel] = entry
            self._write()

    def hide(self, panel: str) -> None:
        """A panel is out of sight, and no longer suspect."""
        if self._panels.pop(panel, None) is not None:
            self._write()

    def release(self, panel: str) -> None:
        """The user wants to try a held panel again."""
        self.held.pop(panel, None)

    def close(self, *, expected: bool = True) -> None:
        """The session ends as it should; if not ``expected``, what was noted last stays."""
        self._panels = {}
        self.path, path = None, self.path
        if path is not None and expected:
            _write_note(path, None)

    def _write(self) -> None:
        if self.path is not None:
            size = _size(self._crash_log)
            entry = {"panels": self._panels, "crash_log": size} if self._panels else None
            _write_note(self.path, entry)

    def _crashed_plugin(self, packages: Mapping[str, str]) -> str:
        """The plugin whose code ran when the last process crashed in native code."""
        before = self._last.get("crash_log")
        if self._crash_log is None or not isinstance(before, int):
            return ""
        if not 0 <= before <= _size(self._crash_log):
            return ""
        with contextlib.suppress(OSError), self._crash_log.open("rb") as file:
            file.seek(before)
            text = file.read(1 << 20).decode("utf-8", "replace")
            return deepest_plugin(text[text.rfind("Fatal Python error") :], packages)
        return ""


def blame(path: Path, panel: str, plugin: str, process: int) -> None:
    """Note for the next start that ``process`` was ended, since code of this panel did not return.

    ``path`` is the file of the session's journal.
    """
    noted = {"plugin": plugin, "fresh": True, "reason": UNANSWERED}
    _write_note(path, {"panels": {panel: noted}, "process": process})


def deepest_plugin(dump: str, packages: Mapping[str, str]) -> str:
    """The plugin with the deepest frame in the first stack of faulthandler's ``dump``, or "".

    Of all threads the one that crashed comes first if faulthandler knows it.
    """
    start = dump.find("Current thread ")
    stack = dump[max(start, 0) :].partition("\n\n")[0]
    return plugin_of_files((match["file"] for match in _FRAME.finditer(stack)), packages)


def plugin_of_files(files: Iterable[str], packages: Mapping[str, str]) -> str:
    """The first plugin that owns one of ``files``, by the name of its top-level package."""
    for file in files:
        path = Path(file)
        for part in (*path.parts[-2::-1], path.stem):
            if part in packages:
                return packages[part]
    return ""


def _noted_panels(entry: Mapping[str, Any]) -> dict[str, tuple[str, bool, str]]:
    panels = entry.get("panels")
    found: dict[str, tuple[str, bool, str]] = {}
    for panel, noted in panels.items() if isinstance(panels, dict) else ():
        if isinstance(noted, dict) and isinstance(noted.get("plugin"), str):
            reason = UNANSWERED if noted.get("reason") == UNANSWERED else ENDED
            found[panel] = (noted["plugin"], noted.get("fresh") is True, reason)
    return found


def _read_note(path: Path) -> dict[str, Any]:
    """What a process that is gone left in ``path``; empty if it runs, or if the power went."""
    with contextlib.suppress(UserError), reading(path):
        entry = read_json(path)
        process, boot = entry.get("process", 0), entry.get("boot", "")
        if isinstance(process, int) and not process_runs(process) and boot in ("", _boot()):
            return dict(entry)
    return {}


def _write_note(path: Path, entry: dict[str, Any] | None) -> None:
    # Not synced on purpose: it must outlive the process, not the power, and costs each start.
    with contextlib.suppress(OSError):
        if entry is None:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"process": os.getpid(), "boot": _boot(), **entry})
        path.write_text(text, encoding="utf-8")


def _boot() -> str:
    """Differs after the computer was started again; about a minute is forgiven without Linux."""
    with contextlib.suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return str(round((time.time() - time.monotonic()) / 600))


def _size(path: Path | None) -> int:
    try:
        return path.stat().st_size if path is not None else 0
    except OSError:
        return 0
