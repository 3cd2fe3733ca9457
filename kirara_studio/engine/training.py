"""Training as a child process that outlives the window, as the studio sees it.

One run is trained at a time. Another one that is started meanwhile is queued: what is wanted of it
stands in its folder (``engine/run_folder.py``), so the queue survives the studio, too.
"""

from __future__ import annotations

import logging
import math
import subprocess
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from kirara_studio.api.errors import UserError, one_line
from kirara_studio.api.files import entries
from kirara_studio.api.training import RUNS, RunSummary
from kirara_studio.api.widgets import error_words
from kirara_studio.engine.children import kill_child, start_training_child
from kirara_studio.engine.errors import failure_fields, failure_of
from kirara_studio.engine.run_folder import (
    END,
    ENDED,
    PAUSE,
    QUEUE,
    RUN,
    STATES,
    STOP,
    Control,
    EventReader,
    RunFolder,
    child_of,
    last_event,
    prepare,
    waits_for_processor,
)
from kirara_studio.engine.run_summary import summary
from kirara_studio.processes import exit_reason

log = logging.getLogger(__name__)

GRACE = 5.0
"""Seconds in which a child that shall end now can still save what it has."""
POLL_MS = 250
SELDOM_MS = 2_000
"""Between two looks at runs that have all ended: a command may go on with one."""

OnEvent = Callable[[dict[str, Any]], Any]
ShowError = Callable[[BaseException], Any]


class Run:
    """A run as a panel sees it (:class:`kirara_studio.api.training.TrainingRun`)."""

    def __init__(self, service: TrainingService, folder: RunFolder) -> None:
        self._service = service
        self.folder = folder.path
        self._folder = folder
        self._reader = EventReader(folder)
        self._control = Control(folder)
        self._process: subprocess.Popen[bytes] | None = None
        self._failure_reported = False
        self._begun: float | None = None  # if it was started here
        self.on_event: OnEvent | None = None
        self.interrupted = False
        last = last_event(folder)
        self.state = STATES[last["event"]] if last else "starting"
        if not folder.alive:
            self._end(never_started=last is None)

    def _end(self, *, never_started: bool = False) -> bool:
        """Set the state of a run without a child; True if the user ended it without its saying."""
        wanted = self._control.wanted
        if wanted == QUEUE:
            self.state = "queued"
        elif self.state not in ENDED:
            stopped = wanted == END or (wanted == STOP and never_started)
            self.state = "stopped" if stopped else "failed"
            self.interrupted = not stopped
            self._failure_reported = False
            return stopped
        return False

    @property
    def name(self) -> str:
        """What the user calls it."""
        return self._folder.name

    @property
    def queued_since(self) -> float:
        """When the run was put into the queue, in seconds since 1970."""
        return self._control.since

    @property
    def stopping(self) -> bool:
        return self.state not in ENDED and self._control.wanted in (STOP, END)

    @property
    def waiting(self) -> bool:
        at_work = self.state in ("starting", "running")
        return at_work and self.alive and waits_for_processor(self._folder, self._begun)

    @property
    def alive(self) -> bool:
        """True while its child lives."""
        starting = self._process is not None and self._process.poll() is None
        return starting or self._folder.alive

    def pause(self) -> None:
        self._folder.want(PAUSE)

    def resume(self) -> None:
        if self.alive:
            self._folder.want(RUN)
        elif self._service.another_goes_on(self):
            self._folder.want(QUEUE)
            self.state, self.interrupted = "queued", False
            self._service.look_soon()
        else:
            self.start_now()

    def start_now(self) -> None:
        if self.alive:
            return
        self._folder.want(RUN)
        self.state, self.interrupted = "starting", False
        self._begun = time.time()
        self._service.look_soon()
        self._process = start_training_child(self._folder)

    def stop(self) -> None:
        if self.alive:
            self._folder.want(STOP)
        elif self.state == "queued":
            self._folder.want(STOP)
            self.state = "stopped"
            self._emit_event({"event": "stopped", "time": time.time()})

    def end_now(self) -> None:
        """Stop, and kill the child if it has not ended after some seconds."""
        if self.alive:
            self._folder.want(END)
            QTimer.singleShot(round(1000 * GRACE), self._service, self._kill)
            self._service.look_soon()

    def _kill(self) -> None:
        """Kill the child; what it saved last is kept. The lock shows that it still lives."""
        if not self.alive or self._control.wanted != END:
            return
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
        elif (pid := child_of(self._folder)) is not None:
            kill_child(pid)

    def fail(self, error: Exception) -> None:
        """A run of the queue could not be started."""
        self._folder.want(STOP)
        self.state, self._failure_reported = "failed", True
        failure = UserError(
            "The training cannot start: {reason}.",
            advice="Start it again.",
            reason=one_line(error),
        )
        self._emit_event({"event": "failed", "time": time.time(), **failure_fields(failure)})

    def replay(self, on_event: OnEvent | None) -> None:
        """Send ``on_event`` all events from the beginning, then what comes."""
        self.on_event = on_event
        self._reader = EventReader(self._folder)
        self._failure_reported = False

    def poll(self) -> bool:
        """Read what is new; returns False while there is more."""
        alive = self.alive  # before reading: what a dying child wrote last is read, too
        events, caught_up = self._reader.read()
        if caught_up:
            if events:
                self.state, self.interrupted = STATES[events[-1]["event"]], False
            if not alive and self._end():
                events = [*events, {"event": "stopped", "time": time.time()}]
        for event in events:
            self._failure_reported = event["event"] == "failed"
            self._emit_event(event)
        if caught_up and self.state == "failed" and not self._failure_reported:
            self._failure_reported = True
            self._emit_event(self._sudden_end())
        return caught_up

    def _sudden_end(self) -> dict[str, Any]:
        code = self._process.poll() if self._process is not None else None
        error = UserError(
            "The training was interrupted.", advice="It can be resumed from its last checkpoint."
        )
        if code is not None:
            error = UserError(
                "The training stopped unexpectedly ({how}).",
                advice="It can be resumed from its last checkpoint.",
                how=exit_reason(code),
            )
        return {
            "event": "failed",
            "time": time.time(),
            **failure_fields(error),
            "details": self._folder.log_tail(),
        }

    def _emit_event(self, event: dict[str, Any]) -> None:
        if self.on_event is None:
            return
        if event["event"] == "failed":
            event = {**event, **error_words(failure_of(event))._asdict()}
        try:
            self.on_event(event)
        except Exception as error:
            log.error("A callback for %s failed:\n%s", self.folder, traceback.format_exc())
            self._service.callback_failed.emit(self, error)


class TrainingService(QObject):
    """Starts runs and finds them again (:class:`kirara_studio.api.training.Training`).

    Use it from the UI thread. A run's events come from the beginning of its history, so a
    panel draws the same curves whether it was there or not.
    """

    callback_failed = Signal(object, object)
    """The run, and what its ``on_event`` raised."""

    def __init__(self, parent: QObject | None = None, data: Path | None = None) -> None:
        """``data`` holds the plugins' folders for data, in which :meth:`find_runs` looks."""
        super().__init__(parent)
        self._data = data
        self._runs: dict[Path, Run] = {}
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._poll)

    def start(
        self,
        trainer: str,
        request: Mapping[str, Any],
        run_folder: Path,
        *,
        on_event: OnEvent | None = None,
    ) -> Run:
        """Start ``trainer``, resume the run in the folder, or join it if it is alive.

        A run that is resumed gets the new request. Raises :class:`UserError` if the folder holds
        another trainer's run or cannot be written to.
        """
        folder = RunFolder(run_folder)
        run = self._run(folder, on_event)
        if run.alive:
            return run
        prepare(folder, trainer, request)
        run.resume()
        return run

    def attach(self, run_folder: Path, *, on_event: OnEvent | None = None) -> Run | None:
        """Find a run that was started before; None if the folder holds none."""
        folder = RunFolder(run_folder)
        return self._run(folder, on_event) if folder.exists else None

    def _run(self, folder: RunFolder, on_event: OnEvent | None) -> Run:
        run = self._known(folder)
        run.replay(on_event)
        self.look_soon()
        return run

    def _known(self, folder: RunFolder) -> Run:
        key = folder.path.resolve()
        run = self._runs.get(key)
        if run is None:
            run = self._runs[key] = Run(self, folder)
        return run

    def find_runs(self) -> list[Run]:
        """Find all plugins' runs that go on or are queued, at the start of the studio.

        Returns those that were interrupted since the last call: the user should know of them.
        """
        interrupted = []
        for folder in self._folders():
            run = self._runs.get(folder.path.resolve()) or Run(self, folder)
            if run.interrupted and Control(folder).wanted in (RUN, PAUSE):
                folder.want(STOP)  # so it is returned once
                interrupted.append(run)
            elif run.state in ENDED:
                continue
            self._runs[folder.path.resolve()] = run
        self.look_soon()
        return interrupted

    def _folders(self) -> list[RunFolder]:
        """The folders of all plugins' runs."""
        plugins = entries(self._data) if self._data is not None else []
        folders = [RunFolder(path) for one in plugins for path in entries(one / RUNS)]
        return [folder for folder in folders if folder.exists]

    # Lists

    def runs(self, folder: Path) -> list[RunSummary]:
        """The runs in ``folder``, the newest first."""
        folders = [RunFolder(path) for path in entries(folder) if path.name[0] != "."]
        known = [(one, self._runs.get(one.path.resolve()) or Run(self, one)) for one in folders
                 if one.exists]  # fmt: skip
        queue = [run.folder for run in self._queue()]
        found = []
        for one, run in known:
            state = "interrupted" if run.interrupted else "stopping" if run.stopping else run.state
            place = queue.index(run.folder) + 1 if run.folder in queue else 0
            found.append(summary(one, state, place))
        return sorted(found, key=lambda one: (one.began or math.inf, one.place), reverse=True)

    def rename(self, run_folder: Path, name: str) -> None:
        """Name a run; its folder keeps its name."""
        folder = RunFolder(run_folder)
        folder.write_run(*folder.read_run(), name.strip())

    def forget(self, run_folder: Path) -> None:
        """Follow a run no longer, before its folder is removed."""
        self._runs.pop(Path(run_folder).resolve(), None)

    # The queue

    def another_goes_on(self, run: Run) -> bool:
        """True if another run than ``run`` is alive, or queued."""
        others = [other for other in self._runs.values() if other is not run]
        queued = any(other.state == "queued" for other in others)
        return queued or self._one_is_alive()

    def _one_is_alive(self) -> bool:
        known = any(run.alive for run in self._runs.values())
        return known or any(folder.alive for folder in self._folders())

    def _queue(self) -> list[Run]:
        queued = [run for run in self._runs.values() if run.state == "queued"]
        return sorted(queued, key=lambda run: run.queued_since)

    def _start_next(self) -> None:
        """Start the first of the queue, if no other run is alive."""
        queue = self._queue()
        if not queue or self._one_is_alive():
            return
        try:
            queue[0].start_now()
        except Exception as error:
            log.error("A run of the queue cannot start:\n%s", traceback.format_exc())
            queue[0].fail(error)

    def look_soon(self) -> None:
        """Poll often again: something is about to happen, or the window is visible again."""
        if self._runs:
            self._timer.start(POLL_MS)

    def rest(self) -> None:
        """Stop polling until :meth:`look_soon`, if all runs have ended."""
        if all(run.state in ENDED for run in self._runs.values()):
            self._timer.stop()

    def _poll(self) -> None:
        runs = list(self._runs.values())
        all_read = [run.poll() for run in runs]
        self._start_next()
        ended = all(run.state in ENDED for run in runs)
        self._timer.setInterval((SELDOM_MS if ended else POLL_MS) if all(all_read) else 1)
