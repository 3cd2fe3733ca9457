"""Where the entries of the queue stand. All of it is read from the run folders."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from kirara_studio.engine.run_folder import RunFolder
from training.history import History, Milestone, best_of, milestones_of
from training.queue_file import Entry, Queue

CHECKOUT = Path(__file__).resolve().parent.parent

RUNNING, PAUSED, DONE, FAILED = "running", "paused", "done", "failed"
STOPPED, KILLED, WAITING = "stopped", "killed", "waiting"
SKIPPED, BLOCKED = "skipped", "blocked"
"""States of an entry. It is skipped while something that it needs is missing, and blocked while the
entry before it is not done. A run that was killed has ended without a report."""


def runs_folder() -> Path:
    """``KIRARA_RUNS``; or else ``runs`` beside the checkout; or else in the user's data."""
    if named := os.environ.get("KIRARA_RUNS"):
        return Path(named).expanduser().absolute()
    beside = CHECKOUT.parent / "runs"
    if os.access(beside if beside.exists() else beside.parent, os.W_OK):
        return beside
    return platformdirs.user_data_path("kirara-studio", appauthor=False) / "runs"


@dataclass(frozen=True)
class Standing:
    """The state of one entry, and the reason if it is skipped, blocked or failed."""

    entry: Entry
    folder: RunFolder
    state: str
    history: History
    milestones: Sequence[Milestone]
    reason: str = ""

    @property
    def best(self) -> Milestone | None:
        """The best milestone."""
        return best_of(self.entry, self.milestones)

    @property
    def seconds_left(self) -> float | None:
        """Of training, as far as it can be known."""
        history, limits = self.history, []
        if history.speed:
            limits.append((history.total - history.step) / history.speed)
        if self.entry.hours:
            limits.append(3600 * self.entry.hours - history.seconds)
        return max(0.0, min(limits)) if limits else None


def standings(queue: Queue, runs: Path) -> list[Standing]:
    """Where all entries stand, in their order."""
    done: set[str] = set()
    found = []
    for entry in queue.entries:
        standing = _standing(entry, RunFolder(runs / entry.name), done)
        if standing.state == DONE:
            done.add(entry.name)
        found.append(standing)
    return found


def over(entry: Entry, history: History) -> bool:
    """True if nothing is left to train: the trainer has finished, or the time is up."""
    return history.state == "finished" or 0 < 3600 * entry.hours <= history.seconds


def judged_at_end(history: History, milestones: Sequence[Milestone]) -> bool:
    """True if the last checkpoint was judged."""
    if history.checkpoint is None:
        return True
    return bool(milestones) and milestones[-1].step >= history.checkpoint_step


def _standing(entry: Entry, folder: RunFolder, done: set[str]) -> Standing:
    history, milestones = History.read(folder), milestones_of(folder.path)

    def stands(state: str, reason: str = "") -> Standing:
        return Standing(entry, folder, state, history, milestones, reason)

    if folder.alive:
        return stands(PAUSED if history.state == "paused" else RUNNING)
    if entry.gate and any(one.passed for one in milestones):
        return stands(DONE)
    if over(entry, history) and judged_at_end(history, milestones):
        return stands(DONE)
    if missing := _missing(entry):
        return stands(SKIPPED, missing)
    if entry.after and entry.after not in done:
        return stands(BLOCKED, f"“{entry.after}” is not done")
    if history.state == "failed":
        return stands(FAILED, history.message)
    if history.state == "stopped" or over(entry, history):
        return stands(STOPPED)
    return stands(KILLED if history.state else WAITING)


def _missing(entry: Entry) -> str:
    """What an entry needs and does not find."""
    for package in entry.packages:
        if not _importable(package):
            return f"the package “{package}” is not installed"
    for path in entry.paths:
        if not (CHECKOUT / path).exists():
            return f"“{path}” is missing"
    if entry.trainer and not _importable(entry.trainer.partition(":")[0]):
        return f"the trainer “{entry.trainer}” is missing"
    return ""


def _importable(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False
