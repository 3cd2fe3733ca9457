"""Training of one network and of a moving average of it, resumable at any moment.

A trainer says what is learnt, as a :class:`Task`; this is how: Adam with a warm-up and a
cool-down, the precision that is faster here, checkpoints, previews, reports, and the way back from
an explosion.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.guard import LOOK_STEPS, Guard, keep_copy
from kirara_studio.api.learning.meter import Meter
from kirara_studio.api.learning.networks import move_average
from kirara_studio.api.learning.precision import autocast, faster_precision
from kirara_studio.api.learning.prefetch import Prefetch
from kirara_studio.api.learning.run_files import (
    Trained,
    no_run,
    read_state,
    read_tensors,
    save_run,
    step_seed,
)
from kirara_studio.api.learning.schedule import CHECKPOINT, GOOD_CHECKPOINT, Schedule
from kirara_studio.api.training import Reporter

_CLIP = 1.0  # the largest norm of a step's gradient
_FIRST_PREVIEW = 20.0  # seconds; the next ones come ever later, up to the schedule's
_REPORT_SECONDS = 2.0


class Task(Protocol):
    """A network and how it is taught."""

    def build(self) -> nn.Module:
        """A new network."""
        ...

    def batch(self, step: int) -> Any:
        """The examples of a training step, on the CPU; called in another thread, one step ahead.

        All that is random in it is drawn from the request's seed and ``step``, never from torch's
        own generator, which the step before is using.
        """
        ...

    def losses(self, network: nn.Module, batch: Any, step: int) -> tuple[Tensor, dict[str, Tensor]]:
        """The loss of a training step on its :meth:`batch`, and what it is made of, by name.

        What is random in it comes from torch's generator, seeded with the seed and ``step``.
        """
        ...

    def judge(self, network: nn.Module) -> dict[str, float]:
        """The same for what was held out, without dropout."""
        ...

    def preview(self, network: nn.Module, folder: Path, step: int) -> Iterable[Path]:
        """Write what it makes of something that was held out into ``folder``, each file whole or
        not at all, its name beginning with the step in seven digits. Yields the files."""
        ...


@dataclass(frozen=True)
class RunState:
    """Where a run stands: the network's configuration (plain values), the next ``step``, the step
    at which its optimiser ``began``, and what its ``guard`` remembers."""

    config: Mapping[str, Any]
    step: int = 0
    began: int = 0
    guard: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path, key: str) -> RunState:
        """Read a run's file. Raises UserError for one that is damaged or something else."""
        state = read_state(path, key)
        try:
            return cls(
                dict(state["config"]),
                int(state["step"]),
                int(state["began"]),
                dict(state.get("guard", {})),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise no_run(path) from error


@dataclass(frozen=True)
class Kind:
    """What a plugin trains: the ``key`` of its files, the network's ``config`` in plain values, and
    how the weights that a run starts from are read, with how many steps they were trained for.

    ``measure`` names the figure of :meth:`Task.judge`, lower is better, by which a run that gets
    worse is noticed.
    """

    key: str
    config: Mapping[str, Any]
    load_start: Callable[[Path], tuple[Mapping[str, Tensor], int]]
    measure: str = ""


class AveragedRun:
    """One training run, where it stands.

    Raises :class:`StopTraining` where the reporter says stop before there is anything to train.
    """

    def __init__(
        self, schedule: Schedule, task: Task, kind: Kind, folder: Path, reporter: Reporter
    ) -> None:
        self.schedule, self.task, self.kind = schedule, task, kind
        self.folder, self.reporter = folder, reporter
        self.device = device_for(schedule.device)
        self.guard = Guard(schedule.learning_rate)
        self._build()
        self._begin()
        self.precision = schedule.precision
        if self.precision == "auto":  # at every start: a run may have moved to another machine
            self.precision = self._measure_precision()
        self._ahead = Prefetch(task.batch)
        self._judged: dict[str, float] = {}
        self._meter = Meter()

    # Starting

    def _build(self) -> None:
        """New networks, initialised from the schedule's seed."""
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(self.schedule.seed)
            self.network = self.task.build()
        self.network.to(self.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.average = copy.deepcopy(self.network).requires_grad_(False)
        self.adam = torch.optim.Adam(
            self.network.parameters(),
            self.schedule.learning_rate,
            betas=(0.5, 0.9),
            eps=1e-6,
            fused=True,
        )
        self.trained = Trained(
            {"network": self.network, "average": self.average},
            {"adam": (self.network, self.adam)},
        )

    def _begin(self) -> None:
        """Go on from the checkpoint, or from the weights that the schedule names."""
        self.state = RunState(self.kind.config)
        path = self.folder / CHECKPOINT
        if path.exists():
            self._load(path)
            self.guard.restore(self.state.guard)
            self.reporter.message(f"Going on at step {self.state.step}")
        elif self.schedule.start:
            weights, steps = self.kind.load_start(Path(self.schedule.start))
            self.network.load_state_dict(weights)
            self.average.load_state_dict(weights)
            self.state = replace(self.state, step=steps, began=steps)
            self.reporter.message(f"Starting from weights of step {steps}")

    def _load(self, path: Path) -> None:
        state = RunState.read(path, self.kind.key)
        if state.config != self.kind.config:
            raise UserError(
                "“{folder}” holds a run of a network of another shape.",
                advice="Train into another folder, or with the settings of that run.",
                folder=self.folder,
            )
        self.trained.load(read_tensors(path), path.name)
        self.state = state

    def _measure_precision(self) -> str:
        """Time a step forwards and backwards, of the full size, in each precision."""
        step = self.schedule.steps - 1
        batch = self.task.batch(step)

        def one_pass() -> Tensor:
            loss, _ = self.task.losses(self.network, batch, step)
            return loss

        best, text = faster_precision(one_pass, self.device, self.reporter.should_stop)
        self.adam.zero_grad()
        self.reporter.message(f"Precision: {best} ({text} for one pass)")
        return best

    # The loop

    def train(self) -> None:
        """Train until all steps are done or the reporter says stop.

        A run that explodes, or whose held-out figure gets much worse, goes back to its last good
        checkpoint with half the rate. Raises UserError when that helped too few times; the last
        checkpoint is kept.
        """
        try:
            self._train()
        finally:
            self._ahead.close()

    def _train(self) -> None:
        first = self.state.step
        saved = previewed = reported = time.monotonic()
        until_preview = min(_FIRST_PREVIEW, self.schedule.preview_seconds)
        while self.state.step < self.schedule.steps and not self.reporter.should_stop():
            self.step()
            if self.state.step % LOOK_STEPS == 0 or self.state.step == self.schedule.steps:
                self._look()
            now = time.monotonic()
            if now - reported >= _REPORT_SECONDS:
                self._report()
                reported = now
            if now - saved >= self.schedule.checkpoint_seconds:
                self._look()
                if not self.guard.doubtful:
                    self._save()
                saved = now
            if now - previewed >= until_preview:
                self._preview()
                self._compare()
                previewed = time.monotonic()
                until_preview = min(2 * until_preview, self.schedule.preview_seconds)
        self._look()
        self._save()
        if first == self.state.step < self.schedule.steps:
            return  # stopped before it began: nothing was learnt that is worth the time to show it
        self._preview()
        self._report()

    def step(self) -> None:
        """Train one step, and no more: neither look at the losses nor save."""
        state = self.state
        following = state.step + 1 if state.step + 1 < self.schedule.steps else None
        batch = self._ahead.take(state.step, following)
        torch.manual_seed(step_seed(self.schedule.seed, state.step))  # for dropout
        rate = self.schedule.rate_at(state.step, state.began) * self.guard.share
        for group in self.adam.param_groups:
            group["lr"] = rate
        with self._autocast():
            loss, parts = self.task.losses(self.network, batch, state.step)
        loss.backward()
        norm = nn.utils.clip_grad_norm_(self.network.parameters(), _CLIP)
        self.adam.step()
        self.adam.zero_grad(set_to_none=True)
        self._move_average()
        self.guard.add(loss, norm * 0)  # of the norm, only whether it is a number
        self._meter.add({**parts, "loss": loss, "gradient": norm, "learning rate": rate})
        self.state = replace(state, step=state.step + 1)

    def _look(self) -> None:
        """Go back where the losses have exploded."""
        if self.guard.exploded():
            self._go_back(self.folder / CHECKPOINT, "The losses have exploded")

    def _compare(self) -> None:
        """Go back where the held-out figure got much worse; else remember this as a good place."""
        value = self._judged.get(_held_out(self.kind.measure))
        if value is None:
            return
        if self.guard.fell(self.kind.measure, 1 / max(value, 1e-12)):
            good = self.folder / GOOD_CHECKPOINT
            path = good if good.exists() else self.folder / CHECKPOINT
            self._go_back(path, f"The {self.kind.measure} of what is held out got much worse")
        elif self.guard.good:
            self._save()
            keep_copy(self.folder / CHECKPOINT, self.folder / GOOD_CHECKPOINT)

    def _go_back(self, path: Path, why: str) -> None:
        self.guard.slow_down()
        if path.exists():
            self._load(path)
        else:  # nothing was saved yet: from the beginning
            self._build()
            self._begin()
        self.reporter.message(
            f"{why}: back to step {self.state.step}, at {self.guard.share:g} of the learning rate"
        )
        self._meter.take()
        self._save()

    def _move_average(self) -> None:
        """Faster at the beginning, when the network is still far from where it will be."""
        done = self.state.step - self.state.began + 1
        keep = min(self.schedule.average, (1 + done) / (10 + done))
        move_average(self.average, self.network, 1 - keep)

    def _autocast(self) -> torch.autocast:
        return autocast(self.device, self.precision)

    # Reporting and keeping

    def _report(self) -> None:
        step, total = self.state.step, self.schedule.steps
        means, speed = self._meter.take()
        if speed:
            means["seconds per step"] = 1 / speed
        self.reporter.progress(step, total, {**means, **self._judged}, f"step {step} of {total}")

    def _save(self) -> None:
        path = self.folder / CHECKPOINT
        state = self.state
        values = {
            "config": dict(state.config),
            "step": state.step,
            "began": state.began,
            "guard": self.guard.values(),
        }
        save_run(path, self.trained, self.kind.key, values)
        self.reporter.checkpoint(path)

    @torch.no_grad()
    def _preview(self) -> None:
        with self._autocast():
            judged = self.task.judge(self.average)
        for path in self.task.preview(self.average, self.folder / "previews", self.state.step):
            self.reporter.preview(path)
        self._judged = {_held_out(name): value for name, value in judged.items()}


def _held_out(name: str) -> str:
    return f"{name} (held out)"


def device_for(wanted: str) -> torch.device:
    """The device ``wanted``, or the best there is."""
    if wanted != "auto":
        return torch.device(wanted)
    if torch.cuda.is_available():
        return torch.device("cuda")
    return torch.device("mps" if torch.backends.mps.is_available() else "cpu")
