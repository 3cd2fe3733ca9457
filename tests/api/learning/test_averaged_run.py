"""The shared trainer on a small regression: batches, precision, and the way back."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from kirara_studio.api.errors import UserError
from kirara_studio.api.learning import run_files, training_loop
from kirara_studio.api.learning.averaged_run import AveragedRun, Kind, RunState
from kirara_studio.api.learning.run_files import read_tensors
from kirara_studio.api.learning.schedule import CHECKPOINT, GOOD_CHECKPOINT, Schedule
from kirara_studio.api.training import Reporter

KIND = Kind("test_run", {"width": 32}, lambda path: ({}, 0), "error")
SCHEDULE = Schedule(
    steps=30, learning_rate=1e-2, warm_up=1, cool_down=0, precision="fp32", device="cpu"
)

pytestmark = pytest.mark.usefixtures("in_one_thread")


class Listener(Reporter):
    def __init__(self, steps: int | None = None) -> None:
        super().__init__()
        self.steps, self.asked = steps, 0
        self.messages: list[str] = []
        self.metrics: list[Mapping[str, float]] = []

    def progress(self, step: int, total: int, metrics: Mapping[str, float], text: str = "") -> None:
        self.metrics.append(metrics)

    def message(self, text: str) -> None:
        self.messages.append(text)

    def checkpoint(self, path: Path) -> None:
        assert path.is_file()

    def should_stop(self) -> bool:
        self.asked += 1
        return self.steps is not None and self.asked > self.steps


@dataclass
class Regression:
    """Sines of noise. ``spoiled`` says how much a step's loss is multiplied by."""

    spoiled: Mapping[int, float] = field(default_factory=dict)
    judged: Iterator[float] | None = None
    made: list[tuple[int, Tensor]] = field(default_factory=list)
    losses_seen: list[float] = field(default_factory=list)

    def build(self) -> nn.Module:
        return nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 32), nn.Linear(32, 8))

    def batch(self, step: int) -> Tensor:
        batch = torch.from_numpy(np.random.default_rng(step).normal(size=(16, 8))).float()
        self.made.append((step, batch))
        return batch

    def losses(
        self, network: nn.Module, batch: Tensor, step: int
    ) -> tuple[Tensor, dict[str, Tensor]]:
        dropped = nn.functional.dropout(batch, 0.1)
        loss = (network(dropped).float() - batch.sin()).square().mean()
        self.losses_seen.append(loss.item())
        return loss * self.spoiled.get(step, 1.0), {"error": loss}

    def judge(self, network: nn.Module) -> dict[str, float]:
        return {"error": next(self.judged) if self.judged else 1.0}

    def preview(self, network: nn.Module, folder: Path, step: int) -> Iterator[Path]:
        yield from ()


def train(
    folder: Path, task: Regression, schedule: Schedule = SCHEDULE, steps: int | None = None
) -> Listener:
    listener = Listener(steps)
    AveragedRun(schedule, task, KIND, folder, listener).train()
    return listener


def assert_same(first: Path, second: Path) -> None:
    ours, theirs = read_tensors(first / CHECKPOINT), read_tensors(second / CHECKPOINT)
    assert ours.keys() == theirs.keys() and all(torch.equal(ours[n], theirs[n]) for n in ours)


# Batches


class NoThread:
    """Makes every batch when it is asked for."""

    def __init__(self, make) -> None:  # type: ignore[no-untyped-def]
        self.make = make

    def take(self, key: int, following: int | None) -> Tensor:
        return self.make(key)

    def close(self) -> None:
        pass


def test_batches_made_ahead_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ahead, at_once = Regression(), Regression()
    train(tmp_path / "ahead", ahead)
    monkeypatch.setattr(training_loop, "Prefetch", NoThread)
    train(tmp_path / "at once", at_once)
    assert [step for step, _ in ahead.made] == list(range(30))
    for (step, batch), (other_step, other) in zip(ahead.made, at_once.made, strict=True):
        assert step == other_step and torch.equal(batch, other)
    assert ahead.losses_seen == at_once.losses_seen
    assert_same(tmp_path / "ahead", tmp_path / "at once")


def test_a_resumed_run_gets_the_same_batches(tmp_path: Path) -> None:
    whole, halves = Regression(), Regression()
    train(tmp_path / "whole", whole)
    train(tmp_path / "halves", halves, steps=11)
    train(tmp_path / "halves", halves)
    assert whole.losses_seen == halves.losses_seen
    assert_same(tmp_path / "whole", tmp_path / "halves")
    first, second = (
        RunState.read(tmp_path / name / CHECKPOINT, KIND.key) for name in ("whole", "halves")
    )
    assert first == second  # what the guard remembers, too


# Precision


def test_the_precision_is_measured_at_every_start_and_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule = replace(SCHEDULE, precision="auto")
    faster = iter(["bf16", "fp32"])
    monkeypatch.setattr(training_loop, "faster_precision", lambda *_: (next(faster), "by a test"))
    precisions = []
    for _ in range(2):
        run = AveragedRun(schedule, Regression(), KIND, tmp_path, Listener(3))
        run.train()
        precisions.append(run.precision)
    assert precisions == ["bf16", "fp32"]
    assert "precision" not in run_files.read_state(tmp_path / CHECKPOINT, KIND.key)


def test_both_precisions_are_timed(tmp_path: Path) -> None:
    listener = Listener(7)  # three tries of each precision, and one step
    run = AveragedRun(replace(SCHEDULE, precision="auto"), Regression(), KIND, tmp_path, listener)
    assert run.precision in ("fp32", "bf16")
    assert any(f"Precision: {run.precision} (fp32 " in text for text in listener.messages)


def test_a_checkpoint_that_holds_a_precision_still_loads(tmp_path: Path) -> None:
    run = AveragedRun(SCHEDULE, Regression(), KIND, tmp_path, Listener())
    old = {"config": dict(KIND.config), "step": 20, "began": 0, "precision": "bf16"}
    run_files.save_run(tmp_path / CHECKPOINT, run.trained, KIND.key, old)
    resumed = AveragedRun(SCHEDULE, Regression(), KIND, tmp_path, Listener())
    assert (resumed.precision, resumed.state.step) == ("fp32", 20)


def test_bf16_learns_what_fp32_learns(tmp_path: Path) -> None:
    """Each step rounds to 8 bits, which is 0.4 %: losses may differ by a few times of that."""
    schedule = replace(SCHEDULE, steps=100, learning_rate=5e-3)
    fp32, bf16 = Regression(), Regression()
    train(tmp_path / "fp32", fp32, schedule)
    train(tmp_path / "bf16", bf16, replace(schedule, precision="bf16"))
    ours, theirs = np.array(fp32.losses_seen), np.array(bf16.losses_seen)
    assert 0 < np.abs(ours / theirs - 1).max() < 0.03
    assert ours[-10:].mean() < 0.5 * ours[:10].mean()


# The way back


def test_an_explosion_goes_back_with_half_the_rate_and_is_remembered(tmp_path: Path) -> None:
    train(tmp_path, Regression(), steps=12)
    before = read_tensors(tmp_path / CHECKPOINT)
    spoiled = Regression(dict.fromkeys(range(15, 20), math.nan))
    listener = Listener(9)  # just after it went back, at step 20
    run = AveragedRun(SCHEDULE, spoiled, KIND, tmp_path, listener)
    run.train()
    assert any("exploded: back to step 12, at 0.5 of" in text for text in listener.messages)
    state = RunState.read(tmp_path / CHECKPOINT, KIND.key)
    assert (state.step, state.guard["share"]) == (13, 0.5)
    assert len(before) == len(read_tensors(tmp_path / CHECKPOINT))

    resumed = AveragedRun(SCHEDULE, Regression(), KIND, tmp_path, Listener())
    assert resumed.guard.share == 0.5
    resumed.train()
    rates = {group["lr"] for group in resumed.adam.param_groups}
    assert rates == {SCHEDULE.rate_at(29) / 2}


def test_a_run_that_explodes_again_and_again_ends(tmp_path: Path) -> None:
    train(tmp_path, Regression(), steps=12)
    before = read_tensors(tmp_path / CHECKPOINT)
    spoiled = Regression({15: math.inf})
    with pytest.raises(UserError, match="diverged"):
        train(tmp_path, spoiled)
    after = read_tensors(tmp_path / CHECKPOINT)
    assert all(torch.equal(before[name], after[name]) for name in before)
    assert RunState.read(tmp_path / CHECKPOINT, KIND.key).step == 12


def test_an_absurd_rate_comes_down_to_one_that_learns(tmp_path: Path) -> None:
    """Without a checkpoint the run begins again: at an eighth of the rate it goes through."""

    class Fragile(Regression):
        def losses(
            self, network: nn.Module, batch: Tensor, step: int
        ) -> tuple[Tensor, dict[str, Tensor]]:
            loss, parts = super().losses(network, batch, step)
            return loss.exp(), parts  # explodes for real, by itself

    schedule = replace(SCHEDULE, learning_rate=1.0)
    listener = train(tmp_path, Fragile(), schedule)
    assert any("exploded: back to step 0" in text for text in listener.messages)
    state = RunState.read(tmp_path / CHECKPOINT, KIND.key)
    assert state.step == 30 and state.guard["share"] < 1
    assert all(tensor.isfinite().all() for tensor in read_tensors(tmp_path / CHECKPOINT).values())


def test_a_held_out_figure_that_gets_much_worse_goes_back_to_the_good_checkpoint(
    tmp_path: Path,
) -> None:
    figures = iter([1.0, 0.5, 1.1, 1.2, *[0.5] * 99])
    schedule = replace(SCHEDULE, preview_seconds=0, checkpoint_seconds=0)
    listener = train(tmp_path, Regression(judged=figures), schedule)
    backs = [text for text in listener.messages if "back to" in text]
    assert backs == ["The error of what is held out got much worse: back to step 2, at 0.5 of the "
                     "learning rate"]  # fmt: skip
    assert (tmp_path / GOOD_CHECKPOINT).is_file()
    assert RunState.read(tmp_path / CHECKPOINT, KIND.key).step == 30
