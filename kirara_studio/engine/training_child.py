"""Runs a trainer, in a child or in the process of a command. Imports no Qt.

The child, ``python -m kirara_studio.engine.training_child RUN_FOLDER``, shares nothing with the
studio but the run folder, so either may be killed at any moment.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import math
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from kirara_studio.api.errors import UserError, one_line
from kirara_studio.api.files import DiskFull
from kirara_studio.api.training import Reporter, Saved, StopTraining, Trainer
from kirara_studio.engine.children import TRAINING_NICENESS, lower_priority
from kirara_studio.engine.errors import failure_fields
from kirara_studio.engine.run_folder import (
    END,
    PAUSE,
    RUN,
    STOP,
    Control,
    EventWriter,
    Pulse,
    RunFolder,
    is_full,
    prepare,
)
from kirara_studio.importing import import_object

FINISHED, FAILED, STOPPED = 0, 1, 3
"""Exit statuses."""

_SIGNALLED = 128  # as shells do, plus the number of the signal
_END_SIGNALS = (signal.SIGINT, signal.SIGTERM)

_PROGRESS_INTERVAL = 0.5  # seconds
_LOOK_INTERVAL = 0.1  # seconds, while paused


class EventReporter(Reporter):
    """Writes what a trainer reports into the run folder.

    Progress is thinned to two reports a second. If the disk is full, the run pauses until the user
    resumes it. Each line is printed to ``stream`` too, if there is one.
    """

    def __init__(self, folder: RunFolder, stream: IO[str] | None = None) -> None:
        super().__init__()
        self._folder = folder
        self._stream = stream
        self._writer = EventWriter(folder)
        self._control = Control(folder)
        self._last_progress = -math.inf
        self._held_back: dict[str, Any] | None = None
        self._interrupted = threading.Event()
        self.stop_requested = False

    def interrupt(self) -> None:
        """Make :meth:`should_stop` true; may be called by a signal handler."""
        self._interrupted.set()

    # What the trainer calls

    def progress(self, step: int, total: int, metrics: Mapping[str, float], text: str = "") -> None:
        """Report how far the run is. Metrics that are not finite are named, not drawn."""
        finite = {name: float(value) for name, value in metrics.items() if math.isfinite(value)}
        values: dict[str, Any] = {"step": int(step), "total": int(total), "metrics": finite}
        if text:
            values["text"] = text
        if len(finite) < len(metrics):
            values["not_finite"] = sorted(set(metrics) - set(finite))
        self._held_back = values
        if step >= total or time.monotonic() - self._last_progress >= _PROGRESS_INTERVAL:
            self._flush_progress()

    def message(self, text: str) -> None:
        self._emit_event("message", text=str(text))

    def preview(self, path: Path) -> None:
        self._flush_progress()
        self._emit_event("preview", path=self._relative(path))

    def checkpoint(self, path: Path) -> None:
        self._flush_progress()
        self._emit_event("checkpoint", path=self._relative(path))

    def should_stop(self) -> bool:
        if self._wanted() == PAUSE:
            self._flush_progress()
            self._emit_event("paused")
            while self._wanted() == PAUSE:
                self._interrupted.wait(_LOOK_INTERVAL)
            if self._wanted() == RUN:
                self._emit_event("resumed")
        self.stop_requested = self._wanted() == STOP
        return self.stop_requested

    def save(self, write: Callable[[], Saved]) -> Saved:
        while True:
            with contextlib.suppress(DiskFull):
                return write()
            self._flush_progress()
            self._wait_for_room()
            if self._wanted() == STOP:
                self.stop_requested = True
                raise StopTraining

    # What the child calls

    def begin(self, trainer: str, pid: int) -> None:
        self._emit_event("started", trainer=trainer, pid=pid)

    def end(self, event: str, **values: Any) -> None:
        """Report how the run ended, as well as the disk allows."""
        self._flush_progress()
        self._writer.spend_reserve()
        try:
            self._print(self._writer.write(event, **values))
        except OSError as error:
            print(f"{event}: {values}; not written: {error}", file=sys.stderr)
        self._writer.close()

    def _wanted(self) -> str:
        wanted = self._control.wanted
        return STOP if self._interrupted.is_set() or wanted == END else wanted

    def _flush_progress(self) -> None:
        if self._held_back is not None:
            values, self._held_back = self._held_back, None
            self._last_progress = time.monotonic()
            self._emit_event("progress", **values)

    def _emit_event(self, event: str, **values: Any) -> None:
        while True:
            try:
                self._print(self._writer.write(event, **values))
                return
            except OSError as error:
                if not is_full(error):
                    raise
                self._wait_for_room()
                if self._wanted() == STOP:
                    return

    def _wait_for_room(self) -> None:
        """Pause because the disk is full, until the user asks for anything else."""
        _ = self._control.wanted
        before = self._control.changes
        self._writer.spend_reserve()
        text = "The disk is full, so the training pauses. Make room, then let it go on."
        try:
            self._print(self._writer.write("paused", text=text))
        except OSError:
            print(text, file=sys.stderr, flush=True)
        while self._wanted() != STOP and self._control.changes == before:
            self._interrupted.wait(_LOOK_INTERVAL)
        self._writer.make_reserve()
        if self._wanted() == RUN:
            self._emit_event("resumed")

    def _relative(self, path: Path) -> str:
        """Relative to the run folder if it lies inside, so the folder can be moved."""
        path = Path(path).absolute()
        inside = path.is_relative_to(self._folder.path)
        return path.relative_to(self._folder.path).as_posix() if inside else str(path)

    def _print(self, record: Mapping[str, Any]) -> None:
        if self._stream is not None:
            print(json.dumps(record, ensure_ascii=False), file=self._stream, flush=True)


def execute(folder: RunFolder, reporter: EventReporter, pid: int) -> int:
    """Run the trainer of a folder whose lock is held; returns an exit status.

    Whatever happens becomes an event: “finished”, “stopped” or “failed”.
    """
    details = {}
    try:
        name, request = folder.read_run()
        reporter.begin(name, pid)
        with contextlib.suppress(StopTraining):
            train = find_trainer(name)
            # A trainer that could not save something goes on from its last checkpoint.
            reporter.save(lambda: train(request, folder.path, reporter))
    except UserError as error:
        failure = error
    except KeyboardInterrupt:
        failure = UserError(
            "The training was interrupted before it could save.",
            advice="It can be resumed from its last checkpoint, if it has one.",
        )
    except BaseException as error:
        traceback.print_exc()
        details["details"] = traceback.format_exc()
        failure = UserError(
            "The training failed: {reason}.",
            advice="It can be resumed from its last checkpoint.",
            reason=one_line(error),
        )
    else:
        reporter.end("stopped" if reporter.stop_requested else "finished")
        return STOPPED if reporter.stop_requested else FINISHED
    reporter.end("failed", **failure_fields(failure), **details)
    return FAILED


def run_in_foreground(
    trainer: str, request: Mapping[str, Any], run_folder: Path, stream: IO[str]
) -> int:
    """Train in the process of a command, printing the JSON lines; returns an exit status.

    0: finished, or stopped by the studio. 1: failed. 130, 143: stopped by Ctrl+C, SIGTERM, after a
    checkpoint; a second one ends at once. Call it from the main thread.

    Of several processes that torchrun started, the first alone keeps the folder and reports.
    """
    if int(os.environ.get("RANK", "0")):
        # They reach all processes; this one ends with the first.
        for number in _END_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        find_trainer(trainer)(request, run_folder, Reporter())
        return 0
    folder = RunFolder(run_folder)
    with folder.lock():
        prepare(folder, trainer, request)
        folder.want(RUN)
        Pulse(folder).start()
        reporter = EventReporter(folder, stream)
        received = 0

        def interrupt(number: int, _frame: object) -> None:
            nonlocal received
            if received:
                raise KeyboardInterrupt
            received = number
            reporter.interrupt()

        previous = {number: signal.signal(number, interrupt) for number in _END_SIGNALS}
        try:
            status = execute(folder, reporter, os.getpid())
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)
    if received:
        return _SIGNALLED + received
    return 0 if status == STOPPED else status


def find_trainer(name: str) -> Trainer:
    """Import ``"package.module:function"``; raises :class:`UserError` if that fails."""
    try:
        trainer: Trainer = import_object(name)
    except (ImportError, AttributeError, ValueError) as error:
        raise UserError(
            "The trainer “{name}” cannot be loaded: {reason}.",
            advice="Check that its plugin is installed and switched on.",
            name=name,
            reason=one_line(error),
        ) from error
    return trainer


def main(arguments: Sequence[str]) -> int:
    """Run the trainer of the folder."""
    faulthandler.enable()
    lower_priority(TRAINING_NICENESS)
    folder = RunFolder(Path(arguments[0]))
    with folder.lock():
        Pulse(folder).start()
        reporter = EventReporter(folder)
        for number in _END_SIGNALS:  # the computer shuts down: there is time to save
            signal.signal(number, lambda *_: reporter.interrupt())
        return execute(folder, reporter, os.getpid())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
