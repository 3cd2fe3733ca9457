"""The process that works through the queue: ``python -m training run``.

All that must outlast it is in the run folders, so it may be killed at any moment; the next one goes
on, with the run that is still alive if there is one.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import IO

from kirara_studio.api.errors import UserError, one_line
from kirara_studio.engine.children import (
    TRAINING_NICENESS,
    lower_priority,
    start_training_child,
)
from kirara_studio.engine.run_folder import (
    ENDED,
    PAUSE,
    RUN,
    STOP,
    Control,
    EventReader,
    EventWriter,
    RunFolder,
    prepare,
)
from kirara_studio.processes import child_environment, exit_reason, hidden, python_command
from training import milestones
from training.history import History, Milestone, milestones_of
from training.queue_file import QUEUE_RUN, Entry, Queue
from training.requests import data_folder, making, request_of
from training.standing import (
    DONE,
    FAILED,
    KILLED,
    PAUSED,
    RUNNING,
    SKIPPED,
    STOPPED,
    WAITING,
    Standing,
    judged_at_end,
    over,
    standings,
)

POLL = 0.2
"""Seconds between two looks at a run."""
DEATHS = 3
"""In a row without a checkpoint between them, after which a run has failed."""
JUDGING_LIMIT = 3600.0
"""Seconds after which a child that judges is ended."""


class Stopped(Exception):
    """The worker was asked to stop."""


def candidate(found: Sequence[Standing], given_up: Collection[str] = ()) -> Standing | None:
    """The entry to train next: one that is alive, or else the first that can be trained.

    Those in ``given_up`` have failed already and are not tried again.
    """
    alive = [one for one in found if one.state in (RUNNING, PAUSED)]
    waiting = [one for one in found if one.state in (WAITING, KILLED, STOPPED, FAILED)]
    possible = (one for one in alive + waiting if one.entry.name not in given_up)
    return next(possible, None)


class Worker:
    """Trains the entries of a queue, one at a time. Its lock must be held (:func:`work`)."""

    def __init__(self, queue: Queue, runs: Path, folder: RunFolder) -> None:
        self._queue, self._runs = queue, runs
        self._control = Control(folder)
        self._events = EventWriter(folder)
        self._interrupted = False
        self._events.write("started", pid=os.getpid())

    def interrupt(self) -> None:
        """Stop soon; may be called by a signal handler."""
        self._interrupted = True

    @property
    def stopping(self) -> bool:
        """True if the worker was asked to stop."""
        return self._interrupted or self._control.wanted == STOP

    def work(self) -> None:
        """Train until nothing is left, or the worker is asked to stop."""
        given_up: set[str] = set()
        skipped: set[str] = set()
        while not self.stopping:
            found = standings(self._queue, self._runs)
            for one in found:
                if one.state == SKIPPED and one.entry.name not in skipped:
                    skipped.add(one.entry.name)
                    self._report(f"{one.entry.name}: skipped, {one.reason}")
            chosen = candidate(found, given_up)
            if chosen is None:
                self._report("Nothing is left to train.")
                return
            try:
                state = self._train(chosen.entry, chosen.folder)
            except Stopped:
                return
            except UserError as error:
                self._report(f"{chosen.entry.name}: {error}")
            except Exception as error:
                traceback.print_exc()
                self._report(f"{chosen.entry.name}: failed, {one_line(error)}")
            else:
                if state == STOPPED:
                    return
            given_up.add(chosen.entry.name)  # or it is done, and no candidate any more

    def close(self) -> None:
        """Close the log."""
        self._events.close()

    # One entry

    def _train(self, entry: Entry, folder: RunFolder) -> str:
        """Train an entry until it is done, stopped or failed."""
        reader, history = EventReader(folder), History()
        self._read(reader, history)
        child: subprocess.Popen[bytes] | None = None
        deaths = 0
        while folder.alive or not over(entry, history):
            if folder.alive:
                folder.want(RUN)
                self._report(f"{entry.name}: joined at step {history.step}")
            else:
                child = self._start(entry, folder, history)
                history.restart()
            self._follow(entry, folder, reader, history, child)
            if self.stopping:
                self._report(f"{entry.name}: stopped at step {history.step}")
                raise Stopped
            if history.state in ENDED or self._passed(entry, folder):
                break
            code = None if child is None else child.poll()
            self._report(f"{entry.name}: ended without a report ({exit_reason(code)})")
            deaths = 1 if history.checkpoints else deaths + 1
            if deaths >= DEATHS:
                return FAILED
        if history.state == "failed":
            self._report(f"{entry.name}: {history.message}")
            return FAILED
        if self._passed(entry, folder):
            return self._done(entry, "passed its gate")
        if not over(entry, history):
            self._report(f"{entry.name}: stopped by somebody else at step {history.step}")
            return STOPPED
        if not judged_at_end(history, milestones_of(folder.path)):
            self._reach_milestone(entry, folder, history)
        passed = self._passed(entry, folder)
        return self._done(entry, "passed its gate" if passed else "trained to its end")

    def _done(self, entry: Entry, how: str) -> str:
        self._report(f"{entry.name}: done, {how}")
        return DONE

    def _passed(self, entry: Entry, folder: RunFolder) -> bool:
        return bool(entry.gate) and any(one.passed for one in milestones_of(folder.path))

    def _start(self, entry: Entry, folder: RunFolder, history: History) -> subprocess.Popen[bytes]:
        folder.path.mkdir(parents=True, exist_ok=True)
        for name in self._queue.data_of(entry):
            self._make(name, folder)
        if entry.after and history.checkpoint is None:
            earlier = History.read(RunFolder(self._runs / entry.after)).checkpoint
            if earlier is not None:
                milestones.begin_from(earlier, folder.path)
        prepare(folder, *request_of(self._queue, entry, self._runs))
        folder.want(RUN)
        self._report(
            f"{entry.name}: "
            + (
                f"going on after step {history.checkpoint_step}"
                if history.checkpoint
                else "starting"
            )
        )
        return start_training_child(folder)

    def _follow(
        self,
        entry: Entry,
        folder: RunFolder,
        reader: EventReader,
        history: History,
        child: subprocess.Popen[bytes] | None,
    ) -> None:
        """Look after a run while it lives: judge its milestones, and stop it in time."""
        asked = False
        judged = milestones_of(folder.path)
        at = judged[-1].seconds if judged else 0.0
        checkpoints = history.checkpoints
        while True:
            alive = (child is not None and child.poll() is None) or folder.alive
            self._read(reader, history)
            if not alive:
                return
            if self.stopping and not asked:
                asked = True
                folder.want(STOP)
            new = history.checkpoints != checkpoints and history.checkpoint is not None
            checkpoints = history.checkpoints
            if not asked and over(entry, history):
                asked = True
                folder.want(STOP)
            elif not asked and new and history.seconds - at >= 60 * entry.minutes:
                at = history.seconds
                asked = self._pause_and_judge(entry, folder, reader, history)
            time.sleep(POLL)

    def _pause_and_judge(
        self, entry: Entry, folder: RunFolder, reader: EventReader, history: History
    ) -> bool:
        """Hold the run while its last checkpoint is judged. True if it was then asked to stop."""
        folder.want(PAUSE)
        while folder.alive and history.state != "paused" and not self.stopping:
            time.sleep(POLL / 4)
            self._read(reader, history)
        try:
            milestone = self._reach_milestone(entry, folder, history)
        except Stopped:
            folder.want(STOP)
            return True
        ends = bool(entry.gate) and milestone.passed
        folder.want(STOP if ends else RUN)
        return ends

    def _reach_milestone(self, entry: Entry, folder: RunFolder, history: History) -> Milestone:
        self._report(f"{entry.name}: judging step {history.checkpoint_step}")
        milestone = milestones.reach(entry, folder.path, history, self._run_child)
        measure = entry.lowest or entry.highest
        if milestone.problem:
            text = f"not judged: {milestone.problem}; see judging.log"
        elif measure:
            text = f"{measure} {milestone.measures[measure]:g}"
        else:
            text = "exported"
        self._report(f"{entry.name}: step {milestone.step}: {text}")
        return milestone

    def _make(self, name: str, folder: RunFolder) -> None:
        """Make data that are not there yet. Raises UserError if that fails."""
        target = data_folder(self._runs, name)
        if target.is_dir():
            return
        self._report(f"making the data “{name}”")
        arguments, part = making(self._queue, name, self._runs)
        with folder.log.open("ab") as log:
            command = python_command("kirara_studio", *arguments)
            problem = self._run_child(command, log, log, limit=None)
        if problem:
            raise UserError(
                "The data “{name}” could not be made: {problem}.",
                advice="See {log}.",
                name=name,
                problem=problem,
                log=folder.log,
            )
        part.rename(target)

    def _run_child(
        self,
        command: list[str],
        output: IO[bytes],
        errors: IO[bytes],
        limit: float | None = JUDGING_LIMIT,
    ) -> str:
        """Run a command; returns why it failed, if it did. Raises :class:`Stopped`."""
        end = None if limit is None else time.monotonic() + limit
        with subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            env=child_environment(),
            **hidden(),
        ) as child:
            while child.poll() is None:
                late = end is not None and time.monotonic() > end
                if self.stopping or late:
                    child.kill()
                if late:
                    return f"it took longer than {limit:g} s"
                time.sleep(POLL / 4)
        if self.stopping:
            raise Stopped
        return exit_reason(child.returncode) if child.returncode else ""

    def _read(self, reader: EventReader, history: History) -> None:
        events, _ = reader.read(float("inf"))
        for event in events:
            history.add(event)

    def _report(self, text: str) -> None:
        self._events.write("message", text=text)
        print(f"{time.strftime('%Y-%m-%d %H:%M:%S')}  {text}", flush=True)


def work(queue: Queue, runs: Path, checkout: Path) -> int:
    """Work through the queue in this process; returns an exit status: 1 if another one does."""
    folder = RunFolder(runs / QUEUE_RUN)
    try:
        lock = folder.lock(patience=0.3)  # longer than a look whether it is alive
    except UserError:
        print("The queue is worked through already, by another process.", file=sys.stderr)
        return 1
    with lock:
        lower_priority(TRAINING_NICENESS)
        os.chdir(checkout)  # the paths of the queue are relative to it
        folder.want(RUN)
        worker = Worker(queue, runs, folder)
        for name in ("SIGTERM", "SIGINT"):
            signal.signal(getattr(signal, name), lambda *_: worker.interrupt())
        try:
            worker.work()
        except BaseException as error:
            worker._report(f"The queue has failed: {one_line(error)}")
            raise
        finally:
            worker.close()
    return 0
