"""The loop of all trainings: reports, checkpoints, and going back after an explosion.

Under ``torchrun`` a run has several processes: each takes its share of every batch, gradients are
averaged, and only the first process reports and saves.
"""

from __future__ import annotations

import math
import shutil
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Generic, TypeVar

import torch
from torch import Tensor

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import exists, whole_file
from kirara_studio.api.learning.guard import LOOK_STEPS, Guard
from kirara_studio.api.learning.processes import Processes
from kirara_studio.api.learning.run_files import Trained, save_run
from kirara_studio.api.learning.schedule import CHECKPOINT, GOOD_CHECKPOINT, Pace
from kirara_studio.api.training import Reporter, StopTraining

Request = TypeVar("Request")
Key = TypeVar("Key")
Value = TypeVar("Value")

_TRIES = 3  # passes to time a precision
_EMULATED = 3.0  # times as slow as fp32: one try is enough


class Prefetch(Generic[Key, Value]):
    """Calls ``make`` one step ahead.

    ``make`` must depend on its key alone, so that a resumed run gets the same batches. Its errors
    are raised by :meth:`take`.
    """

    def __init__(self, make: Callable[[Key], Value]) -> None:
        self._make = make
        self._ahead: tuple[Key, Future[Value]] | None = None
        self._thread = ThreadPoolExecutor(1, "prefetch")
        # It uses one torch thread, since more threads than cores slow down all. A thread takes the
        # common number at its first call, so it is called before; and setting the number in one
        # thread sets it for later threads, so that is undone.
        threads = torch.get_num_threads()
        self._thread.submit(torch.get_num_threads).result()
        self._thread.submit(torch.set_num_threads, 1).result()
        torch.set_num_threads(threads)

    def take(self, key: Key, following: Key | None = None) -> Value:
        """Return the value of ``key``, and begin to make that of ``following``."""
        ahead, self._ahead = self._ahead, None
        ready = ahead is not None and ahead[0] == key
        value = ahead[1].result() if ahead and ready else self._make(key)
        if following is not None:
            self._ahead = (following, self._thread.submit(self._make, following))
        return value

    def close(self) -> None:
        """End the thread."""
        self._ahead = None
        self._thread.shutdown(cancel_futures=True)


class TrainingLoop(ABC):
    """The state of one run; a subclass defines the networks and the step.

    ``key`` names the kind of run in its checkpoint. ``first_preview`` is the seconds until the
    first preview; the intervals double up to the request's. Raises :class:`StopTraining` if the
    user stops it before anything is trained.
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
        self.seconds = 0.0
        """How long the run has trained, without pauses; kept by a run that needs it."""
        self._pace = request
        self.build()
        self._begin()
        self.precision = request.precision
        if self.precision == "auto":  # at every start: a run may have moved to another machine
            faster = self._measure_precision() == "bf16"
            self.precision = "bf16" if self._any_first(faster) else "fp32"
        self.ahead: Prefetch[Any, Any] = Prefetch(self.batch)

    # For subclasses

    @abstractmethod
    def build(self) -> None:
        """Make new networks, their optimisers and :attr:`trained`."""

    @abstractmethod
    def load(self, path: Path) -> Mapping[str, Any]:
        """Load a checkpoint; returns the values of its guard.

        Raises UserError for one that is damaged or of another network.
        """

    @abstractmethod
    def start(self) -> None:
        """Load the weights that the request names, if any."""

    @abstractmethod
    def one_pass(self) -> Tensor:
        """The loss of a step of the full size, for timing."""

    @abstractmethod
    def batch(self, place: Any) -> Any:
        """The examples of a step, on the CPU; called in another thread, one step ahead."""

    @abstractmethod
    def step(self) -> None:
        """Train one step, without looking at the losses or saving."""

    @property
    @abstractmethod
    def step_number(self) -> int:
        """The number of steps that are done."""

    @property
    @abstractmethod
    def finished(self) -> bool:
        """True when nothing is left to train."""

    @abstractmethod
    def values(self) -> dict[str, Any]:
        """The plain values of a checkpoint, the guard's included."""

    @abstractmethod
    def figures(self) -> tuple[int, dict[str, float], str]:
        """The steps of the whole run, its metrics and a line of text, for the reporter."""

    @abstractmethod
    def preview(self, folder: Path) -> Iterable[Path]:
        """Write previews of the averaged network into ``folder``. Yields the files."""

    def settle(self) -> str:
        """Go on to the next part of the run if one is complete.

        Returns the name of a file to keep the completed part in, or "".
        """
        return ""

    def after_step(self) -> None:  # noqa: B027  # most runs have nothing to do here
        """Judge the run after a step, in every process."""

    def after_preview(self) -> None:  # noqa: B027
        """Judge the run by the measures of its preview, in the first process."""

    # Starting

    def _begin(self) -> None:
        """Resume from the checkpoint, or start from the weights that the request names."""
        path = self.folder / CHECKPOINT
        if exists(path):
            self.guard.restore(self.load(path))
            self.note(f"Resuming at step {self.step_number}")
        else:
            self.start()

    def _measure_precision(self) -> str:
        """Time a pass in each precision."""

        def should_stop() -> bool:
            return self.processes.count == 1 and self.reporter.should_stop()

        best, text = faster_precision(self.one_pass, self.device, should_stop)
        for network in self.trained.networks.values():
            network.zero_grad()
        self.note(f"Precision: {best} ({text} for one pass)")
        return best

    # The loop

    def train(self) -> None:
        """Train until the run is finished or the user stops it.

        A run that explodes, or whose figures get much worse, goes back to its last good
        checkpoint with half the rate. Raises UserError if that happens too often.
        """
        try:
            self._train()
        finally:
            self.ahead.close()

    def _train(self) -> None:
        first_step = self.step_number
        self._saved = self._previewed = self._reported = time.monotonic()
        self._until_preview = min(self.first_preview, self._pace.preview_seconds)
        if self.previews_start and first_step == 0:
            self._preview()
        while not self.finished and not self._any_first(self._asked_to_stop()):
            begun = time.monotonic()
            self._train_a_step()
            self.seconds += time.monotonic() - begun
        self._look()
        if not self.processes.first:
            return
        self.save(self.folder / CHECKPOINT)
        if self.finished or self.step_number != first_step:  # else nothing new is there to show
            self._preview()
            self._report()

    def _train_a_step(self) -> None:
        """Train a step, then judge, report and save what is due."""
        self.step()
        kept = self.settle()
        ended = bool(kept) or self.finished
        if (self.step_number % LOOK_STEPS == 0 or ended) and self._look():
            return
        self.after_step()
        if not self.processes.first:
            return
        now = time.monotonic()
        if now - self._reported >= self.report_seconds:
            self._report()
            self._reported = now
        if kept:
            self.save(self.folder / kept)
        due = now - self._saved >= self._pace.checkpoint_seconds
        if kept or (due and not self.guard.doubtful):
            self.save(self.folder / CHECKPOINT)
        if kept or due:
            self._saved = now
        if now - self._previewed >= self._until_preview:
            self._preview()
            self.after_preview()
            self._previewed = time.monotonic()
            self._until_preview = min(2 * self._until_preview, self._pace.preview_seconds)

    def _asked_to_stop(self) -> bool:
        return self.processes.first and self.reporter.should_stop()

    def _any_first(self, value: bool) -> bool:
        """The value of the first process, in all processes."""
        return self.processes.any_true(self.processes.first and value)

    def set_rate(self, rate: float) -> None:
        """Set the learning rate of all optimisers, times the guard's share."""
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
        """Keep a good checkpoint, or go back if ``quality`` (higher is better) got much worse.

        Called in all processes, judged in the first. ``why`` is the reason in the message.
        """
        if self._any_first(self.guard.fell(of, quality) if self.processes.first else False):
            good = self.folder / GOOD_CHECKPOINT
            self.go_back(good if exists(good) else self.folder / CHECKPOINT, why)
        elif self.processes.first and self.guard.good:
            self.save(self.folder / CHECKPOINT)
            self.reporter.save(self._keep_good)

    def _keep_good(self) -> None:
        with whole_file(self.folder / GOOD_CHECKPOINT) as temporary:
            shutil.copyfile(self.folder / CHECKPOINT, temporary)

    def go_back(self, path: Path, why: str) -> None:
        """Go back to a checkpoint, or to the beginning, at half the rate.

        Raises UserError if that was done too often; the run is back there all the same, and a
        user who resumes it continues at half the rate.
        """
        try:
            self.guard.slow_down()
        finally:
            self._return_to(path)
        self.note(
            f"{why}: back to step {self.step_number}, at {self.guard.share:g} of the learning rate"
        )

    def _return_to(self, path: Path) -> None:
        if exists(path):
            self.load(path)
        else:  # not saved yet
            self.build()
            self.start()
        self.processes.any_true(False)  # wait until all have read it
        self.meter.take()
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
        self.reporter.save(lambda: save_run(path, self.trained, self.key, self.values()))
        self.reporter.checkpoint(path)

    @torch.no_grad()
    def _preview(self) -> None:
        if self.processes.first:
            for path in self.reporter.save(lambda: list(self.preview(self.folder / "previews"))):
                self.reporter.preview(path)


class Meter:
    """Means of metrics, and the steps a second, since they were last taken."""

    def __init__(self) -> None:
        self._last: tuple[dict[str, float], float] = ({}, 0.0)
        self._begin()

    def _begin(self) -> None:
        self._sums: dict[str, tuple[float | Tensor, int]] = {}
        self._work = 0
        self._since = time.monotonic()

    def add(self, metrics: Mapping[str, float | Tensor], work: int = 1) -> None:
        """Add the metrics of one step; other steps may have others.

        Tensors of one number are read in :meth:`take` only, since reading waits for a GPU.
        """
        for name, value in metrics.items():
            value = value.detach() if isinstance(value, Tensor) else value
            total, count = self._sums.get(name, (0.0, 0))
            self._sums[name] = (total + value, count + 1)
        self._work += work

    def take(self) -> tuple[dict[str, float], float]:
        """The means, and the work a second, since the last call that had new ones."""
        if self._work:
            seconds = max(time.monotonic() - self._since, 1e-9)
            means = {name: float(total) / count for name, (total, count) in self._sums.items()}
            self._last = means, self._work / seconds
            self._begin()
        means, speed = self._last
        return dict(means), speed


def autocast(device: torch.device, precision: str) -> torch.autocast:
    """The context in which a network computes in ``precision``, "fp32" or "bf16".

    In bf16, activations and their gradients are bf16, and all else fp32, as in Micikevicius et al.,
    "Mixed Precision Training" (ICLR 2018). The loss is not scaled: bf16 has the exponents of fp32.
    """
    return torch.autocast(device.type, torch.bfloat16, enabled=precision == "bf16")


def faster_precision(
    one_pass: Callable[[], Tensor], device: torch.device, should_stop: Callable[[], bool]
) -> tuple[str, str]:
    """Time ``one_pass``, which returns a loss, and its backward pass in each precision.

    Returns the faster precision, and the times as text. Leaves gradients behind. Raises
    StopTraining as soon as ``should_stop`` is true.
    """
    seconds: dict[str, float] = {}
    for precision in ("fp32", "bf16"):
        times: list[float] = []
        for _ in range(_TRIES):
            if should_stop():
                raise StopTraining
            start = time.perf_counter()
            with autocast(device, precision):
                loss = one_pass()
            loss.backward()
            loss.item()  # waits for a GPU
            times.append(time.perf_counter() - start)
            if times[-1] > _EMULATED * min(seconds.values(), default=math.inf):
                break  # some processors only emulate bf16
        seconds[precision] = min(times)
    best = min(seconds, key=seconds.__getitem__)
    return best, ", ".join(f"{name} {1000 * value:.0f} ms" for name, value in seconds.items())


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
