"""Training runs in child processes: the interface between trainers and the studio.

A trainer is a function ``train(request: dict, run_folder: Path, reporter: Reporter) -> None``,
named as ``"package.module:function"``. It keeps its state in ``run_folder``, so starting it again
on the same folder resumes the run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from kirara_studio.api.files import free_path, is_folder

Saved = TypeVar("Saved")

RUNS = "training"
"""The folder of a plugin's runs, in its folder for data."""


class Reporter:
    """Receives the reports of a trainer, and passes them on ``to`` another reporter, if any."""

    to: Reporter | None = None

    def __init__(self, to: Reporter | None = None) -> None:
        self.to = to

    def progress(self, step: int, total: int, metrics: Mapping[str, float], text: str = "") -> None:
        """Report the progress of the run. ``metrics`` are drawn as curves."""
        if self.to is not None:
            self.to.progress(step, total, metrics, text)

    def message(self, text: str) -> None:
        """Report something worth reading, such as what was skipped or measured."""
        if self.to is not None:
            self.to.message(text)

    def preview(self, path: Path) -> None:
        """Report that a preview (a picture or a sound) was written."""
        if self.to is not None:
            self.to.preview(path)

    def checkpoint(self, path: Path) -> None:
        """Report that the run can be resumed from a file."""
        if self.to is not None:
            self.to.checkpoint(path)

    def should_stop(self) -> bool:
        """True when the user pressed Stop: save a checkpoint and return.

        Blocks while the run is paused, so call it between steps, and also while data are read. If
        there is nothing to save yet, raise :class:`StopTraining`, from any depth.
        """
        return self.to is not None and self.to.should_stop()

    def save(self, write: Callable[[], Saved]) -> Saved:
        """Call ``write``, which saves something, and return its result (version 1.3).

        While it raises :class:`~kirara_studio.api.files.DiskFull`, the run is paused until the user
        resumes it, and it is called again. Raises :class:`StopTraining` after a Stop meanwhile.
        """
        return write() if self.to is None else self.to.save(write)


class StopTraining(Exception):
    """Raised by a trainer to end at once after Stop, when there is nothing to save."""


Trainer = Callable[[Mapping[str, Any], Path, Reporter], None]


class TrainingRun(Protocol):
    """A run in a child process, which survives the window."""

    @property
    def folder(self) -> Path:
        """The folder of the run's state."""
        ...

    @property
    def state(self) -> str:
        """One of "starting", "running", "paused", "stopped", "finished", "failed", "queued".

        A "queued" run starts when those before it have ended (version 1.3).
        """
        ...

    @property
    def interrupted(self) -> bool:
        """True if the run "failed" because its process was killed, as by a reboot (version 1.3)."""
        ...

    @property
    def stopping(self) -> bool:
        """True from :meth:`stop` until the run has ended, after a step and a preview."""
        ...

    @property
    def waiting(self) -> bool:
        """True while the run gets hardly any time of the processor, beside other programs."""
        ...

    def pause(self) -> None:
        """Pause the run between two steps."""
        ...

    def resume(self) -> None:
        """Go on: after a pause at once, after a stop from the last checkpoint.

        A run that has ended waits in the queue while another one goes on.
        """
        ...

    def start_now(self) -> None:
        """Start a "queued" run beside the one that goes on (version 1.3)."""
        ...

    def stop(self) -> None:
        """Save a checkpoint and end the child, or leave the queue."""
        ...

    def end_now(self) -> None:
        """Do the same, and kill the child if it has not ended after a few seconds.

        What it did since its last checkpoint is lost then.
        """
        ...


@dataclass(frozen=True)
class RunSummary:
    """A run in a list (version 1.3).

    ``state`` is that of :attr:`TrainingRun.state`, "interrupted" or "stopping". ``share`` is how
    much is done, 0…1, or None if that is not known. ``began`` is in seconds since 1970, 0 before
    its first start. ``preview`` is its newest picture. ``place`` counts the queued ones, from 1.
    """

    folder: Path
    name: str
    state: str
    share: float | None = None
    began: float = 0.0
    preview: Path | None = None
    place: int = 0


class Training(Protocol):
    """Starts and finds training runs. Callbacks run in the UI thread.

    One run is trained at a time, over all panels; others are queued.
    """

    def start(
        self,
        trainer: str,
        request: Mapping[str, Any],
        run_folder: Path,
        *,
        on_event: Callable[[dict[str, Any]], Any] | None = None,
    ) -> TrainingRun:
        """Start ``trainer``, or resume the run in ``run_folder``; queued while another one goes on.

        Events are dicts with a key ``event``: "started", "progress", "message", "preview",
        "checkpoint", "paused", "resumed", "stopped", "finished", "failed". The ``message`` and
        ``advice`` of "failed" are in the language of the window.
        """
        ...

    def attach(
        self, run_folder: Path, *, on_event: Callable[[dict[str, Any]], Any] | None = None
    ) -> TrainingRun | None:
        """Find the run that an earlier window started, if there is one."""
        ...

    def runs(self, folder: Path) -> list[RunSummary]:
        """The runs in ``folder``, the newest first (version 1.3)."""
        ...

    def rename(self, run_folder: Path, name: str) -> None:
        """Name a run (version 1.3). Its folder keeps its name. Raises UserError."""
        ...

    def forget(self, run_folder: Path) -> None:
        """Follow a run no longer, before its folder is removed (version 1.3)."""
        ...


def new_run_folder(runs: Path, name: str) -> Path:
    """A new folder below ``runs``, named after ``name``."""
    plain = "".join(c if c.isalnum() or c in "-_" else "-" for c in name).strip("-") or "run"
    return free_path(runs, plain, always=True)


def newest_run(runs: Path) -> Path | None:
    """The run below ``runs`` that was written to last."""
    if not is_folder(runs):
        return None
    folders = [path for path in runs.iterdir() if is_folder(path) and path.name[0] != "."]
    return max(folders, key=lambda folder: folder.stat().st_mtime, default=None)
