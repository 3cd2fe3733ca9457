"""Training of one network and of a moving average of it, resumable at any moment.

A trainer says what is learnt, as a :class:`Task`; this is how: Adam with a warm-up and a
cool-down, the precision that is faster here, checkpoints, previews, and what is told meanwhile.
"""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.meter import Meter
from kirara_studio.api.learning.run_files import (
    Trained,
    no_run,
    read_state,
    read_tensors,
    save_run,
    step_seed,
)
from kirara_studio.api.learning.schedule import CHECKPOINT, Schedule
from kirara_studio.api.training import Reporter, StopTraining

_CLIP = 1.0  # the largest norm of a step's gradient
_FIRST_PREVIEW = 20.0  # seconds; the next ones come ever later, up to the schedule's
_REPORT_SECONDS = 2.0
_EMULATED = 3.0  # times as slow as fp32: one try is enough


class Task(Protocol):
    """A network and how it is taught."""

    def build(self) -> nn.Module:
        """A new network."""
        ...

    def losses(self, network: nn.Module, step: int) -> tuple[Tensor, dict[str, Tensor]]:
        """The loss of a training step, and what it is made of, by name.

        All that is random in it is drawn from the request's seed and ``step``, or from torch's
        generator, which was seeded with them.
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
    at which its optimiser ``began``, and the ``precision`` that was chosen."""

    config: Mapping[str, Any]
    step: int = 0
    began: int = 0
    precision: str = "fp32"

    @classmethod
    def read(cls, path: Path, key: str) -> RunState:
        """Read a run's file. Raises UserError for one that is damaged or something else."""
        state = read_state(path, key)
        try:
            return cls(
                dict(state["config"]),
                int(state["step"]),
                int(state["began"]),
                str(state["precision"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise no_run(path) from error


@dataclass(frozen=True)
class Kind:
    """What a plugin trains: the ``key`` of its files, the network's ``config`` in plain values, and
    how the weights that a run starts from are read, with how many steps they were trained for."""

    key: str
    config: Mapping[str, Any]
    load_start: Callable[[Path], tuple[Mapping[str, Tensor], int]]


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
        self._build()
        self.state = RunState(kind.config, precision=schedule.precision)
        self._begin()
        if self.state.precision == "auto":
            self.state = replace(self.state, precision=self._measure_precision())
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
        path = self.folder / CHECKPOINT
        if path.exists():
            state = RunState.read(path, self.kind.key)
            if state.config != self.kind.config:
                raise UserError(
                    "“{folder}” holds a run of a network of another shape.",
                    advice="Train into another folder, or with the settings of that run.",
                    folder=self.folder,
                )
            self.trained.load(read_tensors(path), path.name)
            self.state = state
            self.reporter.message(f"Going on at step {state.step}")
        elif self.schedule.start:
            weights, steps = self.kind.load_start(Path(self.schedule.start))
            self.network.load_state_dict(weights)
            self.average.load_state_dict(weights)
            self.state = replace(self.state, step=steps, began=steps)
            self.reporter.message(f"Starting from weights of step {steps}")

    def _measure_precision(self) -> str:
        """Time a step forwards and backwards in each precision."""
        seconds: dict[str, float] = {}
        for precision in ("fp32", "bf16"):
            times = []
            for _ in range(3):
                if self.reporter.should_stop():
                    raise StopTraining
                start = time.perf_counter()
                with self._autocast(precision):
                    loss, _ = self.task.losses(self.network, 0)
                loss.backward()
                loss.item()  # waits for a GPU
                times.append(time.perf_counter() - start)
                if times[-1] > _EMULATED * min(seconds.values(), default=math.inf):
                    break  # some processors only emulate bf16, ever so slowly
            seconds[precision] = min(times)
        self.adam.zero_grad()
        best = min(seconds, key=seconds.__getitem__)
        text = ", ".join(f"{name} {1000 * value:.0f} ms" for name, value in seconds.items())
        self.reporter.message(f"Precision: {best} ({text} for one pass)")
        return best

    # The loop

    def train(self) -> None:
        """Train until all steps are done or the reporter says stop.

        Raises UserError when the loss stops being a number; the last checkpoint is kept.
        """
        first = self.state.step
        saved = previewed = reported = time.monotonic()
        until_preview = min(_FIRST_PREVIEW, self.schedule.preview_seconds)
        while self.state.step < self.schedule.steps and not self.reporter.should_stop():
            self._step()
            now = time.monotonic()
            if now - reported >= _REPORT_SECONDS:
                self._report()
                reported = now
            if now - saved >= self.schedule.checkpoint_seconds:
                self._save()
                saved = now
            if now - previewed >= until_preview:
                self._preview()
                previewed = time.monotonic()
                until_preview = min(2 * until_preview, self.schedule.preview_seconds)
        self._save()
        if first == self.state.step < self.schedule.steps:
            return  # stopped before it began: nothing was learnt that is worth the time to show it
        self._preview()
        self._report()

    def _step(self) -> None:
        state = self.state
        torch.manual_seed(step_seed(self.schedule.seed, state.step))  # for dropout
        rate = self.schedule.rate_at(state.step, state.began)
        for group in self.adam.param_groups:
            group["lr"] = rate
        with self._autocast():
            loss, parts = self.task.losses(self.network, state.step)
        loss.backward()
        norm = nn.utils.clip_grad_norm_(self.network.parameters(), _CLIP)
        metrics = {name: part.item() for name, part in parts.items()}
        metrics |= {"loss": loss.item(), "gradient": norm.item()}
        if not all(math.isfinite(value) for value in metrics.values()):
            raise UserError(
                "The training has diverged: a loss is no longer a number.",
                advice="The last checkpoint is kept. Resume with a lower learning rate.",
            )
        self.adam.step()
        self.adam.zero_grad(set_to_none=True)
        self._move_average()
        self._meter.add({**metrics, "learning rate": rate})
        self.state = replace(state, step=state.step + 1)

    @torch.no_grad()
    def _move_average(self) -> None:
        """Faster at the beginning, when the network is still far from where it will be."""
        done = self.state.step - self.state.began + 1
        keep = min(self.schedule.average, (1 + done) / (10 + done))
        average = [parameter.detach() for parameter in self.average.parameters()]
        new = [parameter.detach() for parameter in self.network.parameters()]
        torch._foreach_lerp_(average, new, 1 - keep)

    def _autocast(self, precision: str | None = None) -> torch.autocast:
        bf16 = (precision or self.state.precision) == "bf16"
        return torch.autocast(self.device.type, torch.bfloat16, enabled=bf16)

    # Telling and keeping

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
            "precision": state.precision,
        }
        save_run(path, self.trained, self.kind.key, values)
        self.reporter.checkpoint(path)

    @torch.no_grad()
    def _preview(self) -> None:
        with self._autocast():
            judged = self.task.judge(self.average)
        for path in self.task.preview(self.average, self.folder / "previews", self.state.step):
            self.reporter.preview(path)
        self._judged = {f"{name} (held out)": value for name, value in judged.items()}


def device_for(wanted: str) -> torch.device:
    """The device ``wanted``, or the best there is."""
    if wanted != "auto":
        return torch.device(wanted)
    if torch.cuda.is_available():
        return torch.device("cuda")
    return torch.device("mps" if torch.backends.mps.is_available() else "cpu")
