"""The loop of all trainings: what is reported and kept, and the way back from an explosion.

A run can be resumed at any moment. Under ``torchrun`` it has several processes: each takes its
share of every batch, gradients are averaged, and the first process alone reports and saves.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import torch
from torch import Tensor

from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.guard import LOOK_STEPS, Guard, keep_copy
from kirara_studio.api.learning.meter import Meter
from kirara_studio.api.learning.precision import autocast, faster_precision
from kirara_studio.api.learning.prefetch import Prefetch
from kirara_studio.api.learning.processes import Processes
from kirara_studio.api.learning.run_files import Trained, save_run
from kirara_studio.api.learning.schedule import CHECKPOINT, GOOD_CHECKPOINT, Pace
from kirara_studio.api.training import Reporter

Request = TypeVar("Request")


class TrainingLoop(ABC):
    """One run, where it stands; a subclass says what is trained and what a step is.

    ``key`` names the kind of run in its checkpoint. ``first_preview`` is the seconds until the
    first preview; the next ones come ever later, up to the request's. Raises
    :class:`StopTraining` if the reporter says stop before there is anything to train.
    """

    first_preview = 20.0
    report_seconds = 2.0
    previews_start = False
    """True if a run also shows a preview before its first step."""

    trained: Trained

    def __init__(
        self,
        request: Pace,
        key: str,
        guard: Guard,
        folder: Path,
        reporter: Reporter,
        processes: Processes | None = None,
    ) -> None:
        self.key, self.guard = key, guard
        self.folder, self.reporter = folder, reporter
        self.processes = processes if processes is not None else Processes()
        self.device = self.processes.device(request.device)
        self.meter = Meter()
        self.judged: dict[str, float] = {}
        self._pace = request
        self.build()
        self._begin()
        self.precision = request.precision
        if self.precision == "auto":  # at every start: a run may have moved to another machine
            faster = self._measure_precision() == "bf16"
            self.precision = "bf16" if self._any_first(faster) else "fp32"
        self.ahead: Prefetch[Any, Any] = Prefetch(self.batch)

    # What a subclass says

    @abstractmethod
    def build(self) -> None:
        """Make new networks, their optimisers and :attr:`trained`, at the run's beginning."""

    @abstractmethod
    def load(self, path: Path) -> Mapping[str, Any]:
        """Take over a checkpoint; returns the values of its guard.

        Raises :class:`UserError` for one that is damaged or of another network.
        """

    @abstractmethod
    def start(self) -> None:
        """Take over the weights that the request names, if it names any."""

    @abstractmethod
    def one_pass(self) -> Tensor:
        """The loss of a step of the full size, to time it."""

    @abstractmethod
    def batch(self, place: Any) -> Any:
        """The examples of a step, on the CPU; called in another thread, one step ahead."""

    @abstractmethod
    def step(self) -> None:
        """Train one step, and no more: neither look at the losses nor save."""

    @property
    @abstractmethod
    def step_number(self) -> int:
        """How many steps are done."""

    @property
    @abstractmethod
    def finished(self) -> bool:
        """True when nothing is left to train."""

    @abstractmethod
    def values(self) -> dict[str, Any]:
        """What a checkpoint remembers beside tensors, as plain values; with the guard's."""

    @abstractmethod
    def figures(self) -> tuple[int, dict[str, float], str]:
        """The steps of the whole run, its metrics and a line of text, for the reporter."""

    @abstractmethod
    def preview(self, folder: Path) -> Iterable[Path]:
        """Write previews of the averaged network into ``folder``. Yields the files."""

    def settle(self) -> str:
        """Go on to the next part of the run if one is complete; returns the name of the file that
        keeps the completed part, or ""."""
        return ""

    def after_step(self) -> None:  # noqa: B027  # most runs have nothing to do here
        """Judge the run after a step if it is time to, in every process."""

    def after_preview(self) -> None:  # noqa: B027
        """Judge the run by what its preview measured, in the first process."""

    # Starting

    def _begin(self) -> None:
        """Resume from the checkpoint, or start from the weights that the request names."""
        path = self.folder / CHECKPOINT
        if path.exists():
            self.guard.restore(self.load(path))
            self.note(f"Resuming at step {self.step_number}")
        else:
            self.start()

    def _measure_precision(self) -> str:
        """Time forwards and backwards in each precision."""

        def should_stop() -> bool:
            return self.processes.count == 1 and self.reporter.should_stop()

        best, text = faster_precision(self.one_pass, self.device, should_stop)
        for network in self.trained.networks.values():
            network.zero_grad()
        self.note(f"Precision: {best} ({text} for one pass)")
        return best

    # The loop

    def train(self) -> None:
        """Train until the run is finished or the reporter says stop.

        A run that explodes, or whose figures get much worse, goes back to its last good
        checkpoint with half the rate. Raises UserError when that helped too few times; the last
        checkpoint is kept.
        """
        try:
            self._train()
        finally:
            self.ahead.close()

    def _train(self) -> None:
        first_step = self.step_number
        saved = previewed = reported = time.monotonic()
        until_preview = min(self.first_preview, self._pace.preview_seconds)
        if self.previews_start and first_step == 0:
            self._preview()
        while not self.finished and not self._any_first(self._asked_to_stop()):
            self.step()
            kept = self.settle()
            ended = bool(kept) or self.finished
            if (self.step_number % LOOK_STEPS == 0 or ended) and self._look():
                continue
            self.after_step()
            if not self.processes.first:
                continue
            now = time.monotonic()
            if now - reported >= self.report_seconds:
                self._report()
                reported = now
            if kept:
                self.save(self.folder / kept)
            due = now - saved >= self._pace.checkpoint_seconds
            if kept or (due and not self.guard.doubtful):
                self.save(self.folder / CHECKPOINT)
            if kept or due:
                saved = now
            if now - previewed >= until_preview:
                self._preview()
                self.after_preview()
                previewed = time.monotonic()
                until_preview = min(2 * until_preview, self._pace.preview_seconds)
        self._look()
        if not self.processes.first:
            return
        self.save(self.folder / CHECKPOINT)
        if self.finished or self.step_number != first_step:  # else nothing new is there to show
            self._preview()
            self._report()

    def _asked_to_stop(self) -> bool:
        return self.processes.first and self.reporter.should_stop()

    def _any_first(self, value: bool) -> bool:
        """What the first process says, in all processes."""
        return self.processes.any_true(self.processes.first and value)

    def set_rate(self, rate: float) -> None:
        """Set the learning rate of all optimisers, less what the guard holds back."""
        for _, adam in self.trained.optimisers.values():
            for group in adam.param_groups:
                group["lr"] = rate * self.guard.share

    def autocast(self) -> torch.autocast:
        """The context in which networks compute in the run's precision."""
        return autocast(self.device, self.precision)

    # Going back

    def _look(self) -> bool:
        """Go back if the losses have exploded; True if they have."""
        exploded = self.processes.any_true(self.guard.exploded())
        if exploded:
            self.go_back(self.folder / CHECKPOINT, "The losses have exploded")
        return exploded

    def judge_quality(self, of: str, quality: float, why: str) -> None:
        """Keep the run as it is now if ``quality`` (higher is better) is good; go back, saying
        ``why``, if it got much worse. Called in all processes, judged in the first."""
        if self._any_first(self.guard.fell(of, quality) if self.processes.first else False):
            good = self.folder / GOOD_CHECKPOINT
            self.go_back(good if good.exists() else self.folder / CHECKPOINT, why)
        elif self.processes.first and self.guard.good:
            self.save(self.folder / CHECKPOINT)
            keep_copy(self.folder / CHECKPOINT, self.folder / GOOD_CHECKPOINT)

    def go_back(self, path: Path, why: str) -> None:
        """Go back to a checkpoint, or to the beginning, and learn at half the rate.

        Raises UserError when that was done too often.
        """
        self.guard.slow_down()
        if path.exists():
            self.load(path)
        else:  # nothing was saved yet
            self.build()
            self.start()
        self.processes.any_true(False)  # all have read it before it is replaced
        self.meter.take()
        self.note(
            f"{why}: back to step {self.step_number}, at {self.guard.share:g} of the learning rate"
        )
        if self.processes.first:
            self.save(self.folder / CHECKPOINT)

    # Reporting and keeping

    def note(self, text: str) -> None:
        """Report a message, once for all processes."""
        if self.processes.first:
            self.reporter.message(text)

    def _report(self) -> None:
        total, metrics, text = self.figures()
        self.reporter.progress(self.step_number, total, {**metrics, **self.judged}, text)

    def save(self, path: Path) -> None:
        """Write a checkpoint."""
        save_run(path, self.trained, self.key, self.values())
        self.reporter.checkpoint(path)

    @torch.no_grad()
    def _preview(self) -> None:
        if self.processes.first:
            for path in self.preview(self.folder / "previews"):
                self.reporter.preview(path)


def other_shape(folder: Path) -> UserError:
    """The error for a folder whose run is of another network."""
    return UserError(
        "“{folder}” holds a run of a network of another shape.",
        advice="Train into another folder, or with the settings of that run.",
        folder=folder,
    )


def parsed_request(
    read: Callable[[Mapping[str, Any]], Request], values: Mapping[str, Any]
) -> Request:
    """A trainer's request from plain values. Raises :class:`UserError` if they make no sense."""
    try:
        return read(values)
    except (TypeError, ValueError, KeyError) as error:
        raise UserError(
            "The training cannot start: {reason}.", advice="Correct the settings.", reason=error
        ) from error
