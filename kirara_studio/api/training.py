"""Training runs in child processes: the interface between trainers and the studio.

A trainer is a function ``train(request: dict, run_folder: Path, reporter: Reporter) -> None``,
named as ``"package.module:function"``. It keeps its state in ``run_folder``, so starting it again
on the same folder resumes the run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

from kirara_studio.api.files import free_path, is_folder

Saved = TypeVar("Saved")


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
        """One of "starting", "running", "paused", "stopped", "finished", "failed"."""
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
        """Go on: after a pause at once, after a stop from the last checkpoint."""
        ...

    def stop(self) -> None:
        """Save a checkpoint and end the child."""
        ...

    def end_now(self) -> None:
        """Do the same, and kill the child if it has not ended after a few seconds.

        What it did since its last checkpoint is lost then.
        """
        ...


class Training(Protocol):
    """Starts and finds training runs. Callbacks run in the UI thread."""

    def start(
        self,
        trainer: str,
        request: Mapping[str, Any],
        run_folder: Path,
        *,
        on_event: Callable[[dict[str, Any]], Any] | None = None,
    ) -> TrainingRun:
        """Start ``trainer``, or resume the run in ``run_folder``.

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


def new_run_folder(runs: Path, name: str) -> Path:
    """A new folder below ``runs``, named after ``name``."""
    plain = "".join(c if c.isalnum() or c in "-_" else "-" for c in name).strip("-") or "run"
    return free_path(runs, plain, always=True)


def newest_run(runs: Path) -> Path | None:
    """The run below ``runs`` that was written to last."""
    if not is_folder(runs):
        return None
    folders = [folder for folder in runs.iterdir() if is_folder(folder)]
    return max(folders, key=lambda folder: folder.stat().st_mtime, default=None)
