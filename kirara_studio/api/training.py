"""Training runs as a child process; this is the seam between a trainer and the studio.

A trainer is a function ``train(request: dict, run_folder: Path, reporter: Reporter) -> None``,
named as ``"package.module:function"``. It keeps everything that it needs to go on in
``run_folder``, so starting it again on the same folder resumes the run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from kirara_studio.api.files import free_path


class Reporter(Protocol):
    """What a trainer reports, and what it is asked."""

    def progress(self, step: int, total: int, metrics: Mapping[str, float], text: str = "") -> None:
        """Tell how far the run is. ``metrics`` are drawn as curves."""
        ...

    def message(self, text: str) -> None:
        """Tell something worth reading: what was skipped, what was measured."""
        ...

    def preview(self, path: Path) -> None:
        """Tell that a preview (a picture or a sound) was written."""
        ...

    def checkpoint(self, path: Path) -> None:
        """Tell that the run can be resumed from here."""
        ...

    def should_stop(self) -> bool:
        """True when the user asked to stop: save a checkpoint and return.

        Blocks while the run is paused, so call it between steps; and while data are read, too.
        Where there is nothing to save yet, raise :class:`StopTraining`, from any depth.
        """
        ...


class SilentReporter:
    """A :class:`Reporter` that reports nothing and never says stop."""

    def progress(self, step: int, total: int, metrics: Mapping[str, float], text: str = "") -> None:
        pass

    def message(self, text: str) -> None:
        pass

    def preview(self, path: Path) -> None:
        pass

    def checkpoint(self, path: Path) -> None:
        pass

    def should_stop(self) -> bool:
        return False


class StopTraining(Exception):
    """A trainer raises it to end at once, after Stop was pressed: nothing is lost by it."""


Trainer = Callable[[Mapping[str, Any], Path, Reporter], None]


class TrainingRun(Protocol):
    """A run as a panel sees it. It lives in a child process and survives the window."""

    @property
    def folder(self) -> Path:
        """Where the run keeps its state."""
        ...

    @property
    def state(self) -> str:
        """One of "starting", "running", "paused", "stopped", "finished", "failed"."""
        ...

    @property
    def stopping(self) -> bool:
        """True from :meth:`stop` until the run has ended, which may take a step and a preview."""
        ...

    def pause(self) -> None:
        """Hold the run between two steps."""
        ...

    def resume(self) -> None:
        """Go on: after a pause at once, after a stop from the last checkpoint."""
        ...

    def stop(self) -> None:
        """Save a checkpoint and end the child."""
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
        """Start ``trainer``, or resume it where ``run_folder`` already holds a run.

        Events are dicts with a key ``event``: "started", "progress", "message", "preview",
        "checkpoint", "paused", "resumed", "stopped", "finished", "failed". The ``message`` and
        ``advice`` of "failed" are in the language of the window.
        """
        ...

    def attach(
        self, run_folder: Path, *, on_event: Callable[[dict[str, Any]], Any] | None = None
    ) -> TrainingRun | None:
        """Find a run that an earlier window started; None where the folder holds none."""
        ...


def new_run_folder(runs: Path, name: str) -> Path:
    """A folder below ``runs`` that does not exist yet, named after ``name``."""
    plain = "".join(c if c.isalnum() or c in "-_" else "-" for c in name).strip("-") or "run"
    return free_path(runs, plain, always=True)


def newest_run(runs: Path) -> Path | None:
    """The run below ``runs`` that was written to last."""
    if not runs.is_dir():
        return None
    folders = [folder for folder in runs.iterdir() if folder.is_dir()]
    return max(folders, key=lambda folder: folder.stat().st_mtime, default=None)
