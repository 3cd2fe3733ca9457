"""Training of one network, by a :class:`Task`, and of its moving average, with Adam."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from kirara_studio.api.learning.guard import Guard
from kirara_studio.api.learning.networks import move_average
from kirara_studio.api.learning.run_files import (
    Trained,
    read_state,
    read_tensors,
    reading_run,
    step_seed,
)
from kirara_studio.api.learning.schedule import Schedule
from kirara_studio.api.learning.training_loop import TrainingLoop, other_shape
from kirara_studio.api.training import Reporter

_CLIP = 1.0  # the largest norm of a step's gradient


class Task(Protocol):
    """A network, its training examples and its losses."""

    def build(self) -> nn.Module:
        """A new network."""

    def batch(self, step: int) -> Any:
        """The examples of a training step, on the CPU; called in another thread, one step ahead.

        It must depend on the request's seed and ``step`` only, not on torch's own generator.
        """

    def losses(self, network: nn.Module, batch: Any, step: int) -> tuple[Tensor, dict[str, Tensor]]:
        """The loss of a training step on its :meth:`batch`, and its parts by name.

        Torch's generator is seeded with the seed and ``step``.
        """

    def judge(self, network: nn.Module) -> dict[str, float]:
        """Measures on held-out data, without dropout."""

    def preview(self, network: nn.Module, folder: Path, step: int) -> Iterable[Path]:
        """Write its output for held-out data into ``folder``, and yield the files.

        Their names begin with the step in seven digits.
        """


@dataclass(frozen=True)
class RunState:
    """The network's configuration, the next and the first step, and the guard's values."""

    config: Mapping[str, Any]
    step: int = 0
    began: int = 0
    guard: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path, key: str) -> RunState:
        """Read a run's file. Raises UserError if it is damaged or something else."""
        with reading_run(path):
            state = read_state(path, key)
            numbers = int(state["step"]), int(state["began"])
            return cls(dict(state["config"]), *numbers, dict(state.get("guard", {})))


@dataclass(frozen=True)
class Kind:
    """A kind of run: the ``key`` of its files and the network's ``config`` in plain values.

    ``load_start`` reads the weights to start from, and their number of steps. ``measure`` is the
    figure of :meth:`Task.judge`, lower is better, by which a run that gets worse is noticed.
    """

    key: str
    config: Mapping[str, Any]
    load_start: Callable[[Path], tuple[Mapping[str, Tensor], int]]
    measure: str = ""


class AveragedRun(TrainingLoop):
    """A run of one network. Its metrics are named by :meth:`Task.losses` and :meth:`Task.judge`."""

    def __init__(
        self, schedule: Schedule, task: Task, kind: Kind, folder: Path, reporter: Reporter
    ) -> None:
        self.schedule, self.task, self.kind = schedule, task, kind
        super().__init__(schedule, kind.key, Guard(schedule.learning_rate), folder, reporter)

    def build(self) -> None:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(self.schedule.seed)
            self.network = self.task.build()
        self.network.to(self.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.average = copy.deepcopy(self.network).requires_grad_(False)
        weights, rate = self.network.parameters(), self.schedule.learning_rate
        betas = self.schedule.betas
        self.adam = torch.optim.Adam(weights, rate, betas=betas, eps=1e-6, fused=True)
        self.trained = Trained(
            {"network": self.network, "average": self.average},
            {"adam": (self.network, self.adam)},
        )
        self.state = RunState(self.kind.config)

    def load(self, path: Path) -> Mapping[str, Any]:
        state = RunState.read(path, self.kind.key)
        if state.config != self.kind.config:
            raise other_shape(self.folder)
        self.trained.load(read_tensors(path), path.name)
        self.state = state
        return state.guard

    def start(self) -> None:
        if not self.schedule.start:
            return
        weights, steps = self.kind.load_start(Path(self.schedule.start))
        self.network.load_state_dict(weights)
        self.average.load_state_dict(weights)
        self.state = replace(self.state, step=steps, began=steps)
        self.note(f"Starting from weights of step {steps}")

    def one_pass(self) -> Tensor:
        step = self.schedule.steps - 1
        loss, _ = self.task.losses(self.network, self.task.batch(step), step)
        return loss

    def batch(self, place: int) -> Any:
        return self.task.batch(place)

    @property
    def step_number(self) -> int:
        return self.state.step

    @property
    def finished(self) -> bool:
        return self.state.step >= self.schedule.steps

    def step(self) -> None:
        state = self.state
        following = state.step + 1 if state.step + 1 < self.schedule.steps else None
        batch = self.ahead.take(state.step, following)
        torch.manual_seed(step_seed(self.schedule.seed, state.step))  # for dropout
        rate = self.schedule.rate_at(state.step, state.began)
        self.set_rate(rate)
        with self.autocast():
            loss, parts = self.task.losses(self.network, batch, state.step)
        loss.backward()
        norm = nn.utils.clip_grad_norm_(self.network.parameters(), _CLIP)
        self.adam.step()
        self.adam.zero_grad(set_to_none=True)
        # Faster at the beginning, when the network is still far from its end.
        done = state.step - state.began + 1
        keep = min(self.schedule.average, (1 + done) / (10 + done))
        move_average(self.average, self.network, 1 - keep)
        self.guard.add(loss, norm * 0)  # of the norm, only NaN and infinity matter
        rate *= self.guard.share
        self.meter.add({**parts, "loss": loss, "gradient": norm, "learning rate": rate})
        self.state = replace(state, step=state.step + 1)

    def after_preview(self) -> None:
        measure = self.kind.measure
        value = self.judged.get(_held_out(measure))
        if value is not None:
            why = f"The {measure} of what is held out got much worse"
            self.judge_quality(measure, 1 / max(value, 1e-12), why)

    def figures(self) -> tuple[int, dict[str, float], str]:
        step, total = self.state.step, self.schedule.steps
        means, speed = self.meter.take()
        if speed:
            means["seconds per step"] = 1 / speed
        return total, means, f"step {step} of {total}"

    def values(self) -> dict[str, Any]:
        state = self.state
        return {**asdict(state), "config": dict(state.config), "guard": self.guard.values()}

    def preview(self, folder: Path) -> Iterable[Path]:
        with self.autocast():
            judged = self.task.judge(self.average)
        yield from self.task.preview(self.average, folder, self.state.step)
        self.judged = {_held_out(name): value for name, value in judged.items()}


def _held_out(name: str) -> str:
    return f"{name} (held out)"
