"""The UI process's end of the engine process: starts it, talks to it, notices its death.

Two threads work here, so the UI thread neither pickles nor waits: one sends, one receives.
"""

from __future__ import annotations

import contextlib
import logging
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from kirara_studio.api.errors import one_line
from kirara_studio.engine.children import NICENESS
from kirara_studio.engine.wire import Header, pack, read_message, unpack, write_message
from kirara_studio.processes import child_environment, exit_reason, hidden, python_command

log = logging.getLogger(__name__)

Receive = Callable[[Header, Any], None]

_LINES_KEPT = 60
_STARTS = 4


class EngineLink:
    """Sends jobs to an engine process, which is started when the first one comes.

    It is started again when ``sys.path`` has grown: the job may be one of a plugin that was
    installed since.

    ``receive`` is called in another thread with every message of the engine (see
    :mod:`kirara_studio.engine.process`) and its payload; besides those with
    ``("unsent", id, why)`` if a job cannot be pickled or no process can be started, and
    with ``("died", id or None, how, last words)``. ``niceness`` is that of the process.
    """

    def __init__(self, cache_folder: Path, receive: Receive, niceness: int = NICENESS) -> None:
        self._cache_folder = cache_folder
        self._niceness = niceness
        self._receive = receive
        self._commands: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._process: subprocess.Popen[bytes] | None = None
        self._path: frozenset[str] = frozenset()
        self._reader: threading.Thread | None = None
        # Guards the job in the engine and whether the engine's end was noticed: apart, a job
        # that is sent just then could wait for ever.
        self._lock = threading.Lock()
        self._job: int | None = None
        self._ended = True
        self._resting = False
        self._sender = threading.Thread(target=self._send_all, name="engine sender", daemon=True)
        self._sender.start()

    @property
    def pid(self) -> int | None:
        """The engine process, or None while there is none."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def submit(self, job: int, function: Callable[..., Any], request: Any) -> None:
        """Send a job. Send the next one only when this one's answer came."""
        self._commands.put(lambda: self._send_job(job, function, request))

    def cancel(self, job: int) -> None:
        """Ask the engine to end a job at its next call of ``tools.progress``."""
        self._commands.put(lambda: self._write(("cancel", job)))

    def rest(self) -> None:
        """End the process; the next job starts another."""
        self._commands.put(self._end_process)

    def kill(self) -> None:
        """End a process that does not listen; its job is reported as dead."""
        if (process := self._process) is not None:
            process.kill()

    def close(self, timeout: float = 3.0) -> None:
        """End the process and the threads."""
        self._commands.put(None)
        self._sender.join(timeout)
        if self._sender.is_alive():
            self.kill()
            self._sender.join(timeout)

    def _send_all(self) -> None:
        while (command := self._commands.get()) is not None:
            command()
        self._end_process()

    def _send_job(self, job: int, function: Callable[..., Any], request: Any) -> None:
        try:
            parts = pack((function, request))
        except BaseException as error:  # whatever pickling it runs must not end this thread
            self._receive(("unsent", job, f"cannot be sent: {one_line(error)}"), None)
            return
        if not self._path.issuperset(sys.path):
            self._end_process()
        try:
            for _ in range(_STARTS):
                if self._hand_over(job):
                    self._write(("job", job), parts)
                    return
                self._start_process()
            why = "it ends as soon as it is started"
        except OSError as error:
            why = one_line(error)
        self._receive(("unsent", job, f"has no engine: {why}"), None)

    def _hand_over(self, job: int) -> bool:
        """Give a job to the engine. False if there is no engine."""
        with self._lock:
            if self._ended or self._process is None or self._process.poll() is not None:
                return False
            self._job = job
            return True

    def _take_back(self, *, ended: bool = False) -> int | None:
        with self._lock:
            job, self._job = self._job, None
            self._ended = self._ended or ended
            return job

    def _write(self, header: Header, parts: Any = ()) -> None:
        process = self._process
        if process is None or process.stdin is None:
            return
        # A broken pipe is reported by the reader, which sees the process end.
        with contextlib.suppress(OSError, ValueError):
            write_message(process.stdin, header, parts)

    def _start_process(self) -> None:
        self._end_process()
        self._resting = self._ended = False
        self._path = frozenset(sys.path)
        self._process = subprocess.Popen(
            python_command(
                "kirara_studio.engine.process", str(self._cache_folder), str(self._niceness)
            ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=child_environment(),
            **hidden(),
        )
        self._reader = threading.Thread(
            target=self._read_all, args=(self._process,), name="engine reader", daemon=True
        )
        self._reader.start()

    def _end_process(self) -> None:
        """Close the pipe, which ends the process, and wait until that was reported."""
        process, reader = self._process, self._reader
        if process is None or reader is None:
            return
        self._resting = True
        assert process.stdin is not None
        with contextlib.suppress(OSError):
            process.stdin.close()
        reader.join(2.0)
        if reader.is_alive():
            process.kill()
            reader.join()
        self._process = self._reader = None

    def _read_all(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None and process.stderr is not None
        words: deque[str] = deque(maxlen=_LINES_KEPT)
        listener = threading.Thread(
            target=_listen, args=(process, words), name="engine stderr", daemon=True
        )
        listener.start()
        try:
            while True:
                header, parts = read_message(process.stdout)
                payload = None
                if parts:
                    header, payload = _open(header, parts)
                if header[0] in ("result", "cancelled", "user_error", "error"):
                    self._take_back()
                self._receive(header, payload)
        except (EOFError, OSError):
            pass
        except Exception:  # a plugin wrote into the pipe; nothing after that can be trusted
            log.exception("The engine sent something odd")
            process.kill()
        code = process.wait()
        # Whatever the process started may hold its stderr open for ever.
        listener.join(0.5)
        process.stdout.close()
        job = self._take_back(ended=True)
        if job is not None or not self._resting:
            level = logging.INFO if self._resting else logging.WARNING
            log.log(level, "The engine ended: %s", exit_reason(code))
            self._receive(("died", job, exit_reason(code), "".join(words)), None)


def _open(header: Header, parts: Any) -> tuple[Header, Any]:
    """Unpickle a result; a failure takes the result's place."""
    try:
        return header, unpack(parts)
    except BaseException as error:  # whatever unpickling it runs must not end this thread
        what = f"returned something that the studio cannot read: {one_line(error)}"
        return ("error", header[1], what, ""), None


def _listen(process: subprocess.Popen[bytes], words: deque[str]) -> None:
    """Keep the last lines that the engine and its libraries print."""
    assert process.stderr is not None
    with process.stderr as lines:
        for line in lines:
            words.append(line.decode("utf-8", "replace"))
            log.info("engine: %s", words[-1].rstrip())
