"""The folder of a training run: what the studio and the training child exchange.

``run.json``
    The trainer, its request, and the name that the user gave the run.
``events.jsonl``
    What happened, an object a line, each with ``event`` and ``time`` (seconds since 1970). Only
    the child writes it, and only whole lines; after a crash the last one may be torn.
``control.json``
    What the user wants: ``{"wanted": "run" | "pause" | "stop" | "end" | "queue", "time": …}``. To
    the child "end" is "stop"; that it is killed a few seconds later is no failure. A run of which
    "queue" is wanted has no child yet: it starts when those before it have ended.
``pulse``
    Written by the child every second: its share in which the child waited for the processor.
``lock``
    Locked by the child as long as it lives: the system releases it even after kill -9.
``child.log``
    What the child and its libraries printed.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_file, try_lock, write_atomically
from kirara_studio.api.kept_files import json_text, parse_json
from kirara_studio.api.reading import read_bytes, read_json, reading

RUN, PAUSE, STOP, END, QUEUE = "run", "pause", "stop", "end", "queue"
_WHILE_RUNNING = ("started", "progress", "message", "preview", "checkpoint", "resumed")
ENDED = frozenset({"stopped", "finished", "failed"})
STATES = dict.fromkeys(_WHILE_RUNNING, "running") | {name: name for name in (*ENDED, "paused")}
"""The state of a run after each event."""

PULSE = 1.0
"""Seconds."""
LATE = 8.0
"""Seconds after which a pulse is late; torch is imported in two or three."""
STARVED = 0.7
"""The share of its time that a child waits for the processor, from which on it is said."""
_RESERVE = 8192  # bytes


class RunFolder:
    """Paths and small files of one run."""

    def __init__(self, path: Path) -> None:
        self.path = Path(path).absolute()
        self.events = self.path / "events.jsonl"
        self.log = self.path / "child.log"
        self.control = self.path / "control.json"
        self.pulse = self.path / "pulse"
        self._run = self.path / "run.json"
        self._lock = self.path / "lock"

    @property
    def exists(self) -> bool:
        """True if a run was started here."""
        return is_file(self._run)

    def write_run(self, trainer: str, request: Mapping[str, Any], name: str = "") -> None:
        """Describe the run. Raises TypeError if the request is not plain JSON values."""
        values = {"trainer": trainer, "request": dict(request)} | ({"name": name} if name else {})
        write_atomically(self._run, json.dumps(values, indent=2) + "\n")

    def read_run(self) -> tuple[str, dict[str, Any]]:
        """The trainer and its request. Raises :class:`UserError` if the file is damaged."""
        with reading(
            self._run,
            "“{path}” cannot be read: {reason}.",
            advice="Start the training again in another folder.",
        ):
            values = read_json(self._run)
            trainer, request = values["trainer"], values["request"]
            if not isinstance(trainer, str) or not isinstance(request, dict):
                raise ValueError("it does not describe a run")
            return trainer, request

    @property
    def given_name(self) -> str:
        """The name that the user gave the run, "" if none."""
        with contextlib.suppress(UserError), reading(self._run):
            name = read_json(self._run).get("name")
            return name if isinstance(name, str) else ""
        return ""

    @property
    def name(self) -> str:
        """The name that the user gave the run, or else that of its folder."""
        return self.given_name or self.path.name

    def want(self, wanted: str) -> None:
        """Ask the child to run, pause or stop, or to stop before it is killed."""
        write_atomically(self.control, json.dumps({"wanted": wanted, "time": time.time()}))

    def lock(self, patience: float = 2.0) -> IO[bytes]:
        """Take the lock, which is held until the file is closed or the process ends.

        Raises :class:`UserError` if another process holds it for longer than ``patience``
        seconds: :attr:`alive` takes it for a moment, too.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + patience
        while True:
            file = self._lock.open("a+b")
            if try_lock(file):
                return file
            file.close()
            if time.monotonic() > deadline:
                raise UserError(
                    "“{file}” is being trained already, by another process.",
                    advice="Stop that one first.",
                    file=self.path.name,
                )
            time.sleep(0.05)

    @property
    def alive(self) -> bool:
        """True while a child holds the lock."""
        try:
            with self._lock.open("r+b") as file:
                return not try_lock(file)
        except OSError:
            return False

    def log_tail(self, length: int = 4000) -> str:
        try:
            with self.log.open("rb") as file:
                file.seek(max(0, self.log.stat().st_size - length))
                return file.read().decode("utf-8", "replace")
        except OSError:
            return ""


class Control:
    """Reads what the user wants, cheaply enough to be asked at every step."""

    def __init__(self, folder: RunFolder) -> None:
        self._path = folder.control
        self._seen: tuple[int, int] | None = None
        self._wanted, self._since = RUN, 0.0
        self.changes = 0

    @property
    def wanted(self) -> str:
        """What the user wants, "run" at first. A missing or damaged file changes nothing."""
        with contextlib.suppress(UserError), reading(self._path):
            status = self._path.stat()
            seen = status.st_mtime_ns, status.st_ino
            if seen != self._seen:
                self._seen = seen
                values = read_json(self._path)
                if values["wanted"] in (RUN, PAUSE, STOP, END, QUEUE):
                    self._wanted, self._since = values["wanted"], float(values.get("time", 0))
                    self.changes += 1
        return self._wanted

    @property
    def since(self) -> float:
        """When :attr:`wanted` was asked for, in seconds since 1970."""
        _ = self.wanted
        return self._since


class EventWriter:
    """Appends to ``events.jsonl``, a whole line at a time.

    Some bytes are kept in reserve on the disk, so a full disk can still be reported.
    """

    def __init__(self, folder: RunFolder) -> None:
        folder.path.mkdir(parents=True, exist_ok=True)
        self._reserve = folder.path / "reserve"
        _cut_torn_line(folder.events)
        self._file = os.open(folder.events, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
        self.make_reserve()

    def write(self, event: str, **values: Any) -> dict[str, Any]:
        """Write one event and return it. Raises OSError, with nothing written, on a full disk."""
        record = {"event": event, "time": round(time.time(), 3), **values}
        line = json_text(record, None).encode()
        size = os.fstat(self._file).st_size
        try:
            written = os.write(self._file, line)
            if written < len(line):
                raise OSError(errno.ENOSPC, "only a part of the line could be written")
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(self._file, size)
            raise
        return record

    def make_reserve(self) -> None:
        """Occupy the reserve, if there is room."""
        with contextlib.suppress(OSError), self._reserve.open("wb") as file:
            file.write(b"\n" * _RESERVE)

    def spend_reserve(self) -> None:
        """Give the reserve back to the disk."""
        with contextlib.suppress(OSError):
            self._reserve.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the file and give up the reserve."""
        self.spend_reserve()
        os.close(self._file)


class EventReader:
    """Reads ``events.jsonl`` while it grows."""

    def __init__(self, folder: RunFolder) -> None:
        self._folder = folder
        self._offset = 0

    def read(self, seconds: float = 0.01) -> tuple[list[dict[str, Any]], bool]:
        """The new events, and whether those were all.

        Stops after about ``seconds``, so the history of a long run does not hold up the UI.
        Skips lines that are not events, and leaves one without an end for later.
        """
        events: list[dict[str, Any]] = []
        deadline = time.monotonic() + seconds
        try:
            with self._folder.events.open("rb") as file:
                if file.seek(0, os.SEEK_END) < self._offset:
                    self._offset = 0  # another run began in this folder
                file.seek(self._offset)
                for line in file:
                    if not line.endswith(b"\n"):
                        break
                    self._offset += len(line)
                    event = parse_event(line, self._folder.path)
                    if event is not None:
                        events.append(event)
                    if time.monotonic() > deadline:
                        return events, False
        except OSError:
            pass
        return events, True


class Pulse(threading.Thread):
    """Writes the pulse of this process (:attr:`RunFolder.pulse`) until it ends."""

    def __init__(self, folder: RunFolder) -> None:
        super().__init__(daemon=True)
        self._path = folder.pulse

    def run(self) -> None:
        waited, last = _seconds_waited(), time.monotonic()
        while True:
            time.sleep(PULSE)
            now, total = time.monotonic(), _seconds_waited()
            share = min(max((total - waited) / (now - last), 0.0), 1.0)
            waited, last = total, now
            with contextlib.suppress(OSError):  # a full disk
                self._path.write_text(f"{share:.2f}", encoding="ascii")


def _seconds_waited() -> float:
    """How long the main thread was ready to run and did not; 0 where the system does not say it."""
    try:
        text = Path("/proc/self/schedstat").read_text(encoding="ascii")
        return int(text.split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


def waits_for_processor(folder: RunFolder, since: float | None) -> bool:
    """True if a living child gets hardly any time: its pulse is late, or says so.

    ``since`` is when it was started, in seconds since 1970; None if others did that.
    """
    last, share = 0.0, 0.0
    with contextlib.suppress(UserError), reading(folder.pulse):
        share = float(read_bytes(folder.pulse) or 0)
        last = folder.pulse.stat().st_mtime
    if last <= (since or 0.0):  # it has no pulse yet, or is of a version without one
        return since is not None and time.time() - since > LATE
    return share > STARVED or time.time() - last > LATE


def prepare(folder: RunFolder, trainer: str, request: Mapping[str, Any]) -> None:
    """Describe a run in its folder, which may hold an earlier part of it."""
    if folder.exists:
        earlier, _ = folder.read_run()
        if earlier != trainer:
            raise UserError(
                "“{folder}” holds a run of another trainer ({earlier}).",
                advice="Choose another folder.",
                folder=folder.path.name,
                earlier=earlier,
            )
    folder.write_run(trainer, request, folder.given_name)


def last_event(folder: RunFolder) -> dict[str, Any] | None:
    """The last whole event, found without reading the whole file."""
    try:
        with folder.events.open("rb") as file:
            for length in (1 << 16, 1 << 22):
                file.seek(max(0, file.seek(0, os.SEEK_END) - length))
                for line in reversed(file.read().split(b"\n")[:-1]):
                    event = parse_event(line, folder.path)
                    if event is not None:
                        return event
    except OSError:
        pass
    return None


def child_of(folder: RunFolder) -> int | None:
    """The number of the process that wrote to the folder last, as its last start says."""
    lines: list[bytes] = []
    with contextlib.suppress(UserError), reading(folder.events):
        lines = read_bytes(folder.events).splitlines()
    started = (parse_event(line, folder.path) for line in reversed(lines) if b'"started"' in line)
    pids = (event.get("pid") for event in started if event and event["event"] == "started")
    pid = next(pids, None)
    return pid if isinstance(pid, int) and pid > 1 else None


def parse_event(line: bytes, folder: Path) -> dict[str, Any] | None:
    """The event in ``line``, or None. A ``path`` in it becomes absolute."""
    try:
        event = parse_json(line)
    except ValueError:
        return None
    kind = event.get("event") if isinstance(event, dict) else None
    if not isinstance(kind, str) or kind not in STATES:
        return None
    if isinstance(event.get("path"), str):
        event["path"] = str(folder / event["path"])
    return event


def is_full(error: BaseException | None) -> bool:
    """True if the disk is full."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def _cut_torn_line(path: Path) -> None:
    """Remove what follows the last newline: a writer died there."""
    with contextlib.suppress(FileNotFoundError), path.open("r+b") as file:
        file.truncate(file.read().rfind(b"\n") + 1)
