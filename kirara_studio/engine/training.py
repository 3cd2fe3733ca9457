"""Training as a child process that outlives the window, as the studio sees it."""

from __future__ import annotations

import logging
import subprocess
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from kirara_studio.api.errors import UserError
from kirara_studio.api.widgets import error_words
from kirara_studio.engine.children import kill_child, start_training_child
from kirara_studio.engine.errors import failure_fields, failure_of
from kirara_studio.engine.run_folder import (
    END,
    ENDED,
    PAUSE,
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
        last = last_event(folder)
        self.state = STATES[last["event"]] if last else "starting"
        if self.state not in ENDED and not folder.alive:
            self.state = "stopped" if self._control.wanted == END else "failed"

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
        self._folder.want(RUN)
        if not self.alive:
            self.state = "starting"
            self._begun = time.time()
            self._service.look_soon()
            self._process = start_training_child(self._folder)

    def stop(self) -> None:
        if self.alive:
            self._folder.want(STOP)

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
                self.state = STATES[events[-1]["event"]]
            if not alive and self.state not in ENDED:
                ended = self._control.wanted == END  # by the user
                self.state = "stopped" if ended else "failed"
                self._failure_reported = False
                if ended:
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

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
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
        key = folder.path.resolve()
        run = self._runs.get(key)
        if run is None:
            run = self._runs[key] = Run(self, folder)
        run.replay(on_event)
        self.look_soon()
        return run

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
        ended = all(run.state in ENDED for run in runs)
        self._timer.setInterval((SELDOM_MS if ended else POLL_MS) if all(all_read) else 1)
