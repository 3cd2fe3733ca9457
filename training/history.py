"""The history of a run, from its files: its progress, speed and judgements."""

from __future__ import annotations

import json
import math
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kirara_studio.engine.run_folder import STATES, EventReader, RunFolder
from training.queue_file import Entry

JUDGED = "judged.jsonl"
_PACE = 200  # reports of progress from which the speed is taken


class History:
    """A run's events, summed up.

    Attributes
    ----------
    state
        As in :data:`kirara_studio.engine.run_folder.STATES`, "" before the first event.
    step, total
        Where the run is, and where it ends.
    seconds
        Of training so far, without pauses and without what lies between a kill and the restart.
    checkpoint, checkpoint_step
        The last checkpoint's file, and about the step it was saved at.
    checkpoints
        How many were saved since the child was last started.
    message
        Why the run failed.
    """

    def __init__(self) -> None:
        self.state = ""
        self.step = self.total = 0
        self.seconds = 0.0
        self.checkpoint: Path | None = None
        self.checkpoint_step = 0
        self.checkpoints = 0
        self.message = ""
        self._time = 0.0
        self._pace: deque[tuple[float, int]] = deque(maxlen=_PACE)

    @classmethod
    def read(cls, folder: RunFolder) -> History:
        """The history of a run so far."""
        history = cls()
        events, _ = EventReader(folder).read(math.inf)
        for event in events:
            history.add(event)
        return history

    def add(self, event: Mapping[str, Any]) -> None:
        """Take in the next event."""
        kind, time = event["event"], float(event.get("time", 0.0))
        if self.state == "running" and kind != "started":
            self.seconds += max(0.0, time - self._time)
        self._time, self.state = time, STATES[kind]
        if kind in ("started", "resumed"):
            self._pace.clear()
        if kind == "started":
            self.checkpoints = 0
        elif kind == "progress":
            step, total = int(event["step"]), int(event["total"])
            if step < self.step or total != self.total:
                self._pace.clear()  # until now it read its data, or has gone back to a checkpoint
            self.step, self.total = step, total
            self._pace.append((time, step))
        elif kind == "checkpoint":
            self.checkpoint, self.checkpoint_step = Path(event["path"]), self.step
            self.checkpoints += 1
        elif kind == "finished":
            self.checkpoint_step = self.step  # its last report follows the last checkpoint
        elif kind == "failed":
            self.message = str(event.get("message", ""))

    def restart(self) -> None:
        """A child is about to be started: forget how the last one ended."""
        self.state, self.checkpoints = "", 0

    @property
    def speed(self) -> float:
        """Steps a second of late, 0 if unknown."""
        if len(self._pace) < 2:
            return 0.0
        (start, first), (end, last) = self._pace[0], self._pace[-1]
        return (last - first) / (end - start) if end > start and last > first else 0.0


@dataclass(frozen=True)
class Milestone:
    """A model of a run and how it was judged.

    ``step`` and ``seconds`` are those of the training so far, ``time`` that of the judgement
    (seconds since 1970). ``measures`` are the evaluation's, ``missed`` the bounds of the gate that
    they miss; without any, it has ``passed``. ``problem`` is why it was not judged.
    """

    step: int
    seconds: float
    time: float
    measures: Mapping[str, float] = field(default_factory=dict)
    missed: Mapping[str, str] = field(default_factory=dict)
    passed: bool = False
    problem: str = ""

    def append_to(self, run: Path) -> None:
        """Write it into the run's folder."""
        with (run / JUDGED).open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(self), ensure_ascii=False) + "\n")


def milestones_of(run: Path) -> list[Milestone]:
    """The milestones of a run. A line that is torn or something else is passed over."""
    milestones = []
    path = run / JUDGED
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        try:
            milestones.append(Milestone(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    return milestones


def best_of(entry: Entry, milestones: Sequence[Milestone]) -> Milestone | None:
    """The best milestone by gate and measure, or without a measure the last one."""
    if not entry.judge:
        return milestones[-1] if milestones else None
    measure, sign = (entry.lowest, -1) if entry.lowest else (entry.highest, 1)
    judged = [one for one in milestones if measure in one.measures]
    return max(judged, key=lambda one: (one.passed, sign * one.measures[measure]), default=None)
