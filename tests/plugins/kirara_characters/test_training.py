"""Training: it learns, it resumes to the same run, and it survives being killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor

from kirara_characters.learning import growing, losses
from kirara_characters.learning.growing import GrowingRun, coarse_features, faded, shuffled
from kirara_characters.learning.run_state import KEY, RunState, read_state
from kirara_characters.learning.schedule import (
    TRAINER,
    Position,
    Stage,
    TrainRequest,
    stretched,
)
from kirara_characters.networks.config import BUNDLED
from kirara_characters.networks.model_files import (
    discriminator_beside,
    export_generator,
    load_discriminator,
    load_generator,
)
from kirara_characters.training import train
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import one_thread
from kirara_studio.api.learning import training_loop
from kirara_studio.api.learning.processes import Processes
from kirara_studio.api.learning.run_files import read_tensors, save_run, step_seed
from kirara_studio.api.learning.schedule import CHECKPOINT, GOOD_CHECKPOINT, LEFT
from kirara_studio.api.models import Checkpoint, ModelCard
from kirara_studio.api.training import Reporter, StopTraining
from kirara_studio.engine.training_child import find_trainer
from tests.api.learning.test_averaged_run import NoThread

SMALL = replace(BUNDLED, latent=8, channels=(16, 12, 8, 8))
STAGES = (Stage(24, 0, 4), Stage(24, 12, 4), Stage(32, 16, 4))  # 20 steps

pytestmark = pytest.mark.usefixtures("in_one_thread")


class Listener(Reporter):
    """Keeps what a run reports, and stops it after some steps."""

    def __init__(self, steps: int | None = None) -> None:
        super().__init__()
        self.steps = steps
        self.asked = 0
        self.metrics: list[Mapping[str, float]] = []
        self.totals: set[int] = set()
        self.shares: list[float] = []
        self.messages: list[str] = []
        self.previews: list[Path] = []
        self.checkpoints: list[Path] = []
        self._reading = False

    def progress(self, step: int, total: int, metrics: Mapping[str, float], text: str = "") -> None:
        self._reading = "files read" in metrics
        if not self._reading:
            self.metrics.append(metrics)
            self.totals.add(total)
            self.shares.append(step / total)

    def message(self, text: str) -> None:
        self.messages.append(text)

    def preview(self, path: Path) -> None:
        self.previews.append(path)

    def checkpoint(self, path: Path) -> None:
        self.checkpoints.append(path)

    def should_stop(self) -> bool:
        if self._reading:  # no step
            self._reading = False
            return False
        self.asked += 1
        return self.steps is not None and self.asked > self.steps


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty pictures of noise, and one that is broken."""
    folder = tmp_path_factory.mktemp("pictures")
    random = np.random.default_rng(0)
    for index in range(30):
        pixels = random.integers(0, 255, (20, 20, 3), np.uint8)
        Image.fromarray(pixels).save(folder / f"{index:02d}.png")
    (folder / "broken.png").write_text("no")
    return folder


@pytest.fixture(scope="module")
def request_(folder: Path) -> TrainRequest:
    return TrainRequest(str(folder), SMALL, STAGES, precision="fp32", device="cpu")


@pytest.fixture(scope="module")
def whole_runs(request_: TrainRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folders of runs from the first step to the last, by loss. To be read only."""
    runs = {loss: tmp_path_factory.mktemp(loss) for loss in ("logistic", "wgan-gp")}
    with one_thread():
        for loss, run_folder in runs.items():
            run(replace(request_, loss=loss), run_folder)
    return runs


@pytest.fixture
def finished(whole_runs: dict[str, Path], tmp_path: Path) -> Path:
    """The folder of a finished run of ``request_`` for the test alone."""
    return shutil.copytree(whole_runs["logistic"], tmp_path / "finished")


def run(request: TrainRequest, run_folder: Path, steps: int | None = None) -> Listener:
    listener = Listener(steps)
    train(request.to_dict(), run_folder, listener)
    return listener


def assert_same(first: Path, second: Path) -> None:
    ours, theirs = read_tensors(first / CHECKPOINT), read_tensors(second / CHECKPOINT)
    assert ours.keys() == theirs.keys()
    for name in ours:
        assert torch.equal(ours[name], theirs[name]), name
    assert read_state(first / CHECKPOINT).position == read_state(second / CHECKPOINT).position


# Learning


@pytest.mark.parametrize("loss", ["logistic", "wgan-gp"])
def test_it_learns_the_colours_of_its_pictures(loss: str, tmp_path: Path) -> None:
    for index, colour in enumerate([(230, 30, 120), (200, 60, 150)]):
        Image.new("RGB", (8, 8), colour).save(tmp_path / f"{index}.png")
    request = TrainRequest(
        str(tmp_path),
        SMALL,
        (Stage(120 * 8, 0, 8), Stage(80 * 8, 30 * 8, 8)),
        loss=loss,
        learning_rate=6e-3,
        augment=False,
        ema_pictures=200,
        precision="fp32",
        device="cpu",
    )
    run(request, tmp_path / "run")
    export_generator(tmp_path / "run" / CHECKPOINT, tmp_path / "m.safetensors", ModelCard("x"))
    pictures = load_generator(tmp_path / "m.safetensors")(torch.randn(64, 8))
    mean = (pictures.mean((0, 2, 3)) + 1) * 127.5
    assert torch.allclose(mean, torch.tensor([215.0, 45.0, 135.0]), atol=30)


def test_a_run_tells_and_keeps_what_it_did(request_: TrainRequest, tmp_path: Path) -> None:
    stages = (Stage(8, 0, 4), Stage(12, 4, 4), Stage(16, 8, 4))
    listener = run(
        replace(request_, stages=stages, preview_seconds=0, checkpoint_seconds=0), tmp_path
    )
    assert any("broken.png" in text for text in listener.messages)
    assert listener.totals == {9}
    reported = set().union(*listener.metrics)
    assert {"alpha", "discriminator loss", "generator loss", "pictures per second"} <= reported
    assert all(path.is_file() for path in listener.previews + listener.checkpoints)
    assert (tmp_path / "checkpoint-4.safetensors").is_file()
    assert (tmp_path / "checkpoint-8.safetensors").is_file()
    with Image.open(listener.previews[-1]) as preview:
        assert preview.size == (8 * 64, 8 * 64)
    assert json.loads((tmp_path / "request.json").read_text())["loss"] == "logistic"
    state = read_state(tmp_path / CHECKPOINT)
    assert state.position == Position(step=9, pictures=36, level=2, shown=16)


def test_small_folders_are_augmented_unless_told_otherwise(
    request_: TrainRequest, tmp_path: Path
) -> None:
    run(request_, tmp_path / "default", steps=8)
    run(replace(request_, augment=True), tmp_path / "on", steps=8)
    run(replace(request_, augment=False), tmp_path / "off", steps=8)
    assert_same(tmp_path / "default", tmp_path / "on")
    with pytest.raises(AssertionError):
        assert_same(tmp_path / "default", tmp_path / "off")


def test_mirroring_can_be_switched_off(request_: TrainRequest, tmp_path: Path) -> None:
    run(request_, tmp_path / "on", steps=8)
    run(replace(request_, mirror=False), tmp_path / "off", steps=8)
    with pytest.raises(AssertionError):
        assert_same(tmp_path / "on", tmp_path / "off")


def test_the_average_follows_the_generator_slowly(request_: TrainRequest, tmp_path: Path) -> None:
    run(request_, tmp_path, steps=1)
    start = read_tensors(tmp_path / CHECKPOINT, "average")["blocks.0.conv2.weight"]
    run(request_, tmp_path, steps=12)
    name = "blocks.0.conv2.weight"
    average = read_tensors(tmp_path / CHECKPOINT, "average")[name]
    generator = read_tensors(tmp_path / CHECKPOINT, "generator")[name]
    assert 0 < (average - start).norm() < (generator - start).norm()


def test_r1_keeps_the_discriminator_flat(request_: TrainRequest, tmp_path: Path) -> None:
    steep = {}
    for r1 in (0.0, 1000.0):
        request = replace(
            request_, r1=r1, r1_every=1, learning_rate=3e-3, stages=(Stage(200, 0, 4),)
        )
        steep[r1] = run(request, tmp_path / str(r1)).metrics[-1]["R1 penalty"]
    assert steep[1000.0] < 0.7 * steep[0.0]


def test_bf16_trains_and_auto_measures(request_: TrainRequest, tmp_path: Path) -> None:
    run(replace(request_, precision="bf16"), tmp_path / "bf16")
    tensors = read_tensors(tmp_path / "bf16" / CHECKPOINT)
    assert all(torch.isfinite(tensor).all() for tensor in tensors.values())
    assert {tensor.dtype for tensor in tensors.values()} == {torch.float32}
    # Three tries of each are asked for, too.
    listener = run(replace(request_, precision="auto"), tmp_path / "auto", steps=7)
    assert any("Precision: " in text for text in listener.messages)
    # At every start, since a run may have moved to another machine: nothing of it is kept.
    again = run(replace(request_, precision="auto"), tmp_path / "auto", steps=7)
    assert any("Precision: " in text for text in again.messages)
    assert read_state(tmp_path / "auto" / CHECKPOINT).extra.keys() == {"guard"}


def test_a_checkpoint_that_holds_a_precision_still_loads(
    request_: TrainRequest, tmp_path: Path
) -> None:
    built = GrowingRun(request_, tmp_path, Listener(), Processes())
    old = RunState(SMALL, Position(3, 12), 1.0, {"precision": "bf16"}).to_dict()
    save_run(tmp_path / CHECKPOINT, built.trained, KEY, old)
    resumed = GrowingRun(request_, tmp_path, Listener(), Processes())
    assert (resumed.precision, resumed.position.step) == ("fp32", 3)


def test_a_hundred_steps_in_bf16_are_those_in_fp32(request_: TrainRequest, tmp_path: Path) -> None:
    """Rounding to 8 bits moves scores by a percent or so; the sum of all that is bounded here."""
    request = replace(request_, stages=(Stage(160, 0, 4), Stage(240, 80, 4)), augment=False)
    losses_of: dict[str, list[list[float]]] = {}
    for precision in ("fp32", "bf16"):
        one = GrowingRun(
            replace(request, precision=precision), tmp_path / precision, Listener(), Processes()
        )
        losses_of[precision] = []
        for _ in range(100):
            one.step()
            one.position = one.position.settled(request.stages)
            means, _ = one.meter.take()
            losses_of[precision].append([means["generator loss"], means["discriminator loss"]])
    fp32, bf16 = (np.array(losses_of[name]) for name in ("fp32", "bf16"))
    assert np.abs(fp32 - bf16)[:10].max() < 0.02
    assert 0 < np.abs(fp32 - bf16).max() < 0.25
    assert np.abs(fp32.mean(0) - bf16.mean(0)).max() < 0.03


def test_batches_made_ahead_are_those_made_at_once(
    request_: TrainRequest,
    whole_runs: dict[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(training_loop, "Prefetch", NoThread)
    run(request_, tmp_path)
    assert_same(whole_runs["logistic"], tmp_path)


def test_milestones_are_judged_and_a_collapse_goes_back(
    request_: TrainRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growing, "MILESTONE", 8)  # pictures: every second step
    recalls = iter([0.6, 0.5, 0.1, 0.2, *[0.6] * 99])
    monkeypatch.setattr(growing, "precision_recall", lambda *_: (0.7, next(recalls)))
    listener = run(replace(request_, stages=(Stage(80, 0, 4),)), tmp_path)
    assert any("At 8 pictures, 4×4: precision 0.70, recall 0.60" in m for m in listener.messages)
    backs = [text for text in listener.messages if "back to" in text]
    assert backs == ["The generated pictures vary much less than they did: back to step 4, at "
                     "0.5 of the learning rate"]  # fmt: skip
    assert listener.metrics[-1]["recall (16×16 pixels)"] == 0.6
    assert read_state(tmp_path / CHECKPOINT).extra["guard"]["share"] == 0.5
    assert (tmp_path / GOOD_CHECKPOINT).is_file()


def test_a_level_that_fades_in_is_no_collapse(
    request_: TrainRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growing, "MILESTONE", 4)
    monkeypatch.setattr(
        GrowingRun,
        "precision_recall",
        lambda self: (0.5, 0.6 if self.position.alpha(self.request.stages[self.position.level]) == 1
                      else 0.0),
    )  # fmt: skip
    assert not any("back to" in text for text in run(request_, tmp_path).messages)


def test_figures_tell_variety(request_: TrainRequest, tmp_path: Path) -> None:
    one = GrowingRun(request_, tmp_path, Listener(), Processes())
    random = torch.Generator().manual_seed(0)
    real = torch.randn(200, 3, 32, 32, generator=random)
    features = coarse_features(real)
    assert features.shape == (200, 3 * 16 * 16)
    assert np.allclose(features[0, 0], real[0, 0, :2, :2].mean(), atol=1e-6)
    precision, recall = one.precision_recall()
    assert 0 <= precision <= 1 and recall < 0.5  # grey pictures of a new network beside noise


class Stopping(Listener):
    """Asks to stop at a given call."""

    def should_stop(self) -> bool:
        self.asked += 1
        return self.asked > (self.steps or 0)


def test_reading_and_measuring_end_at_once(request_: TrainRequest, tmp_path: Path) -> None:
    request = replace(request_, precision="auto")
    listener = Stopping(steps=3)
    with pytest.raises(StopTraining):
        train(request.to_dict(), tmp_path, listener)
    assert listener.asked == 4 and not (tmp_path / "pictures.json").exists()

    run(request_, tmp_path, steps=0)  # now they are read
    (tmp_path / CHECKPOINT).unlink()
    with pytest.raises(StopTraining):
        train(request.to_dict(), tmp_path, Stopping(steps=2))
    assert not (tmp_path / CHECKPOINT).exists()


# Resuming


@pytest.mark.parametrize("loss", ["logistic", "wgan-gp"])
@pytest.mark.parametrize("stop_after", [3, 10])
def test_ten_steps_and_ten_more_are_twenty(
    request_: TrainRequest,
    whole_runs: dict[str, Path],
    tmp_path: Path,
    loss: str,
    stop_after: int,
) -> None:
    request = replace(request_, loss=loss)
    first = run(request, tmp_path, steps=stop_after)
    assert first.checkpoints == [p for p in first.checkpoints if p.is_file()]
    assert read_state(tmp_path / CHECKPOINT).position.step == stop_after
    run(request, tmp_path)
    assert_same(whole_runs[loss], tmp_path)


PROGRAM = """
import sys
from kirara_characters.training import train
from kirara_studio.api.training import Reporter
import json, pathlib
train(json.loads(sys.argv[1]), pathlib.Path(sys.argv[2]), Reporter())
"""


# Both processes of one launch average gradients that are known before they train.
CHECKED_PROGRAM = (
    """
import sys, torch
from contextlib import contextmanager
from pathlib import Path
from kirara_studio.api.learning.processes import Processes

def check(processes):
    first, second = torch.nn.Linear(2, 3), torch.nn.Conv2d(2, 2, 3)
    second.to(memory_format=torch.channels_last)
    parameters = [*first.parameters(), *second.parameters()]
    for parameter in parameters[1:]:
        pattern = torch.arange(parameter.numel()).float().view(parameter.shape)
        parameter.grad = torch.empty_like(parameter).copy_(pattern * (1 + 2 * processes.rank))
    processes.average_gradients(parameters)
    assert parameters[0].grad is None
    for parameter in parameters[1:]:
        pattern = torch.arange(parameter.numel()).float().view(parameter.shape)
        assert torch.equal(parameter.grad, pattern * 2), (processes.rank, parameter.grad)
    assert processes.any_true(processes.rank == 1)
    assert not processes.any_true(False)
    Path(sys.argv[2]).with_name(f"averaged-{processes.rank}-of-{processes.count}").touch()

join = Processes.join

@contextmanager
def join_and_check():
    with join() as processes:
        check(processes)
        yield processes

Processes.join = join_and_check
"""
    + PROGRAM
)


def start(
    request: TrainRequest, run_folder: Path, *launcher: str, program: str = PROGRAM
) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "OMP_NUM_THREADS": "1"}
    environment.pop("WORLD_SIZE", None)
    command = [sys.executable, *launcher, str(run_folder.parent / "program.py")]
    (run_folder.parent / "program.py").write_text(program)
    return subprocess.Popen(
        [*command, json.dumps(request.to_dict()), str(run_folder)], env=environment
    )


def wait_for(path: Path, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while not path.exists():
        assert process.poll() is None and time.monotonic() < until
        time.sleep(0.01)


def test_a_killed_run_resumes_as_if_nothing_had_been(
    request_: TrainRequest, tmp_path: Path
) -> None:
    many = tuple(replace(stage, pictures=120) for stage in STAGES)
    request = replace(request_, stages=many, checkpoint_seconds=0)
    process = start(request, tmp_path / "killed")
    wait_for(tmp_path / "killed" / CHECKPOINT, process)
    time.sleep(0.2)
    process.send_signal(signal.SIGKILL)
    process.wait()
    step = read_state(tmp_path / "killed" / CHECKPOINT).position.step
    assert 0 < step < 90

    # Some steps more show whether everything came back; not every one of them is saved.
    request = replace(request, checkpoint_seconds=60)
    run(request, tmp_path / "killed", steps=20)
    run(request, tmp_path / "straight", steps=step + 20)
    assert_same(tmp_path / "straight", tmp_path / "killed")


@pytest.mark.alone
def test_torchrun_with_two_processes(request_: TrainRequest, tmp_path: Path) -> None:
    launcher = ("-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2")
    request = replace(request_, stages=STAGES[:2])
    process = start(request, tmp_path / "two", *launcher, program=CHECKED_PROGRAM)
    assert process.wait(120) == 0
    averaged = sorted(path.name for path in tmp_path.glob("averaged-*"))
    assert averaged == ["averaged-0-of-2", "averaged-1-of-2"]
    state = read_state(tmp_path / "two" / CHECKPOINT)
    assert state.position == Position(step=12, pictures=48, level=1, shown=24)

    # Each process saw half of every batch, so this is not what one process would have learnt
    # from either half; and one process goes on where two stopped.
    run(request, tmp_path / "one")
    with pytest.raises(AssertionError):
        assert_same(tmp_path / "one", tmp_path / "two")
    run(request_, tmp_path / "two")
    assert read_state(tmp_path / "two" / CHECKPOINT).position.step == 20


def test_the_trainer_keeps_the_name_that_run_folders_hold() -> None:
    assert TRAINER == "kirara_characters.training:train"
    assert find_trainer(TRAINER) is train


def test_a_finished_run_grows_when_a_level_is_added(request_: TrainRequest, finished: Path) -> None:
    before = read_tensors(finished / CHECKPOINT, "generator")
    grown = replace(request_, stages=(*STAGES, Stage(16, 8, 4)))
    run(grown, finished)
    position = read_state(finished / CHECKPOINT).position
    assert (position.level, position.shown, position.pictures) == (3, 16, 96)
    after = read_tensors(finished / CHECKPOINT, "generator")
    assert not torch.equal(before["blocks.3.conv1.weight"], after["blocks.3.conv1.weight"])


def test_a_run_does_not_shrink(request_: TrainRequest, finished: Path) -> None:
    with pytest.raises(UserError, match="16 pixels already, not 8"):
        run(replace(request_, stages=STAGES[:2]), finished)


def test_a_level_still_fading_in_is_not_exported(
    request_: TrainRequest, finished: Path, tmp_path: Path
) -> None:
    run(request_, tmp_path / "run", steps=7)  # in the fade of level 1
    path = tmp_path / "model.safetensors"
    export_generator(tmp_path / "run" / CHECKPOINT, path, ModelCard("x", name="half"))
    assert load_generator(path).config == SMALL.cut_at(0)

    export_generator(finished / CHECKPOINT, path, ModelCard("x", name="whole"))
    checkpoint = Checkpoint.load(path)
    assert checkpoint.card.name == "whole"
    assert {tensor.dtype for tensor in checkpoint.tensors.values()} == {torch.float16}
    assert load_generator(path)(torch.randn(1, 8)).shape == (1, 3, 16, 16)
    average = read_tensors(finished / CHECKPOINT, "average")
    name = "blocks.2.conv2.weight"
    assert torch.equal(checkpoint.tensors[name], average[name].half())
    export_generator(finished / CHECKPOINT, path, ModelCard("x", name="critic"), discriminator=True)
    assert load_discriminator(path).config == SMALL.cut_at(2)


# Starting from a model


def exported(run_folder: Path, name: str) -> Path:
    """The model of a run, with its discriminator beside it."""
    path = run_folder.parent / f"{name}.safetensors"
    card = ModelCard("", training_data="noise")
    export_generator(run_folder / CHECKPOINT, path, card)
    beside = discriminator_beside(path)
    export_generator(run_folder / CHECKPOINT, beside, card, discriminator=True)
    return path


def test_a_run_takes_over_the_levels_of_a_model(
    request_: TrainRequest, finished: Path, tmp_path: Path
) -> None:
    model = exported(finished, "model")
    grown = replace(request_, stages=(*STAGES, Stage(32, 16, 4)), start_from=str(model))
    listener = run(grown, tmp_path / "second", steps=0)
    assert any("model.safetensors”, with its discriminator" in text for text in listener.messages)

    state = read_state(tmp_path / "second" / CHECKPOINT)
    assert (state.position.level, state.position.shown, state.alpha) == (2, 16, 1.0)
    begun = read_tensors(tmp_path / "second" / CHECKPOINT)
    for kind in ("generator", "discriminator"):
        learnt = Checkpoint.load(
            tmp_path / f"model{'-' + kind if kind[0] == 'd' else ''}.safetensors"
        )
        for name, tensor in learnt.tensors.items():
            assert torch.equal(begun[f"{kind}.{name}"], tensor.float()), name

    run(grown, tmp_path / "second")
    assert read_state(tmp_path / "second" / CHECKPOINT).position.level == 3


def test_a_model_without_its_discriminator_will_do(
    request_: TrainRequest, finished: Path, tmp_path: Path
) -> None:
    model = exported(finished, "model")
    discriminator_beside(model).unlink()
    listener = run(replace(request_, start_from=str(model)), tmp_path / "second", steps=1)
    assert any("without its discriminator" in text for text in listener.messages)


def test_a_model_of_another_shape_is_no_start(
    request_: TrainRequest, finished: Path, tmp_path: Path
) -> None:
    model = exported(finished, "model")
    for other in (
        replace(request_, stages=STAGES[:2]),
        replace(request_, config=replace(SMALL, latent=9)),
    ):
        with pytest.raises(UserError, match="another shape"):
            run(replace(other, start_from=str(model)), tmp_path / "second")
    with pytest.raises(UserError, match="missing"):
        run(replace(request_, start_from=str(tmp_path / "missing.safetensors")), tmp_path / "third")


# What can go wrong


def test_a_damaged_checkpoint_is_named_and_left_alone(
    request_: TrainRequest, tmp_path: Path
) -> None:
    run(request_, tmp_path, steps=2)
    content = (tmp_path / CHECKPOINT).read_bytes()
    for broken in (content[:100], content[: len(content) // 2], b"", b"\x80\x04pickle" * 50):
        (tmp_path / CHECKPOINT).write_bytes(broken)
        with pytest.raises(UserError, match=r"checkpoint\.safetensors"):
            run(request_, tmp_path)
        assert (tmp_path / CHECKPOINT).read_bytes() == broken


def test_a_run_of_another_shape_is_not_overwritten(request_: TrainRequest, tmp_path: Path) -> None:
    run(request_, tmp_path, steps=1)
    other = replace(request_, config=replace(SMALL, latent=9))
    with pytest.raises(UserError, match="another shape"):
        run(other, tmp_path)


def test_a_run_that_diverges_keeps_its_last_checkpoint(
    request_: TrainRequest, tmp_path: Path
) -> None:
    run(request_, tmp_path, steps=2)
    before = read_tensors(tmp_path / CHECKPOINT)
    absurd = replace(request_, learning_rate=1e38)
    with pytest.raises(UserError, match="diverged"):
        run(absurd, tmp_path)
    after = read_tensors(tmp_path / CHECKPOINT)
    assert all(torch.equal(before[name], after[name]) for name in before)
    state = read_state(tmp_path / CHECKPOINT)
    assert (state.position.step, state.extra["guard"]["share"]) == (2, 1 / 16)
    run(request_, tmp_path)  # another rate: with all of it


@pytest.mark.parametrize("loss", ["logistic", "wgan-gp"])
def test_losses_that_explode_at_an_absurd_rate_are_noticed(
    request_: TrainRequest, tmp_path: Path, loss: str
) -> None:
    """All numbers stay finite, as in an explosion that was seen: 1e27 after an hour."""
    request = replace(request_, loss=loss, learning_rate=50.0, stages=(Stage(400, 0, 4),))
    run(request, tmp_path, steps=1)
    before = read_tensors(tmp_path / CHECKPOINT)
    listener = Listener()
    with pytest.raises(UserError, match="diverged"):
        train(request.to_dict(), tmp_path, listener)
    backs = [text for text in listener.messages if "exploded: back to step 1," in text]
    assert [text.split(", at ")[1][:5] for text in backs] == ["0.5 o", "0.25 ", "0.125"]
    after = read_tensors(tmp_path / CHECKPOINT)
    assert all(torch.equal(before[name], after[name]) for name in before)


@pytest.mark.parametrize(
    "change",
    [
        {"loss": "hinge"},
        {"precision": "fp8"},
        {"stages": []},
        {"stages": [{"pictures": 10, "fade": 0, "batch": 1}]},
        {"stages": [{"pictures": 10, "fade": 0, "batch": 4}] * 9},
        {"stages": [{"pictures": 10, "fade": 5, "batch": 4}]},
        {"learning_rate": 0},
        {"surprise": True},
    ],
)
def test_a_request_that_makes_no_sense_is_refused(
    request_: TrainRequest, tmp_path: Path, change: dict[str, object]
) -> None:
    with pytest.raises(UserError, match="cannot start"):
        train({**request_.to_dict(), **change}, tmp_path, Listener())


def test_an_empty_folder_is_refused(request_: TrainRequest, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="readable picture"):
        run(replace(request_, folder=str(tmp_path)), tmp_path / "run")


# The parts


def test_the_schedule_fades_settles_and_ends() -> None:
    stages = (Stage(8, 0, 4), Stage(16, 8, 4))
    position, seen = Position(), []
    while not position.finished(stages):
        seen.append((position.level, position.alpha(stages[position.level])))
        assert position.steps_left(stages) == 6 - position.step
        position = position.advanced(4).settled(stages)
    assert seen == [(0, 1.0), (0, 1.0), (1, 0.5), (1, 1.0), (1, 1.0), (1, 1.0)]


def test_a_request_survives_json(request_: TrainRequest) -> None:
    assert TrainRequest.from_dict(json.loads(json.dumps(request_.to_dict()))) == request_


def test_real_pictures_fade_in_with_their_level() -> None:
    real = torch.randn(2, 3, 8, 8)
    coarse = faded(real, 0.0)
    assert torch.equal(coarse[..., ::2, ::2], coarse[..., 1::2, 1::2])
    assert torch.allclose(coarse[..., 0, 0], real[..., :2, :2].mean((2, 3)))
    assert torch.allclose(faded(real, 0.25), 0.75 * coarse + 0.25 * real, atol=1e-6)
    assert torch.equal(faded(real, 1.0), real)


def test_every_step_of_every_process_has_chances_of_its_own() -> None:
    seeds = {step_seed(*values) for values in np.ndindex(4, 50, 3)}
    assert len(seeds) == 4 * 50 * 3
    assert all(0 <= seed < 2**63 for seed in seeds)


def test_steps_draw_other_latents(request_: TrainRequest, tmp_path: Path) -> None:
    """With networks that stand still, only other latents can give other pictures."""
    still = replace(request_, learning_rate=1e-30, mirror=False, r1_every=99)
    scores = []
    for steps in (1, 1, 1):
        listener = run(still, tmp_path, steps)
        scores.append(listener.metrics[-1]["score of generated"])
    assert len(set(scores)) == 3


def test_every_deck_holds_every_picture_once() -> None:
    row = shuffled(np.arange(30), 10, seed=3)
    for deck in row.reshape(3, 10):
        assert sorted(deck) == list(range(10))
    assert (row[:10] != row[10:20]).any()
    assert (shuffled(np.arange(7, 15), 10, seed=3) == row[7:15]).all()


def plane(pictures: Tensor) -> Tensor:
    """A score whose gradient is (1, 2, 2) in every pixel."""
    return (pictures * torch.tensor([1.0, 2.0, 2.0]).view(1, 3, 1, 1)).sum((1, 2, 3))


def test_penalties_measure_the_gradient() -> None:
    real, fake = torch.randn(5, 3, 2, 2), torch.randn(5, 3, 2, 2)
    assert losses.r1_penalty(plane, real).item() == pytest.approx(9 * 4)
    penalty = losses.gradient_penalty(plane, real, fake, torch.rand(5))
    assert penalty.item() == pytest.approx((6 - 1) ** 2)


def test_losses_reward_the_right_side() -> None:
    high, low = torch.full((4,), 3.0), torch.full((4,), -3.0)
    for loss in (losses.logistic_discriminator, losses.wasserstein_discriminator):
        assert loss(high, low) < loss(low, high)
    for loss in (losses.logistic_generator, losses.wasserstein_generator):
        assert loss(high) < loss(low)
    drifted = losses.wasserstein_discriminator(high, high)
    assert drifted.item() == pytest.approx(0.001 * 9)


# A budget of time


def test_stages_are_stretched_to_the_time_that_is_left() -> None:
    costs = (0.01, 0.02, 0.1)
    start = stretched(STAGES, STAGES, Position(), 1000.0, costs)
    taken = sum(stage.pictures * cost for stage, cost in zip(start, costs, strict=True))
    assert taken == pytest.approx(1000, rel=0.01)
    shares = [stage.pictures / asked.pictures for stage, asked in zip(start, STAGES, strict=True)]
    assert max(shares) == pytest.approx(min(shares), rel=0.01)
    assert start[2].fade == pytest.approx(start[2].pictures / 2, abs=1)

    # Half through the second level everything takes twice as long as it did.
    here = Position(0, 0, 1, start[1].pictures // 2)
    left = 1000.0 - start[0].pictures * costs[0] - here.shown * costs[1]
    slower = stretched(STAGES, start, here, left, [2 * cost for cost in costs])
    assert slower[0] == start[0] and slower[1].fade == start[1].fade, "what has begun stays"
    rest = (slower[1].pictures - here.shown) * 2 * costs[1] + slower[2].pictures * 2 * costs[2]
    assert rest == pytest.approx(left, rel=0.01)

    over = stretched(STAGES, start, Position(0, 0, 1, 500), 0.0, costs)
    assert over[1].pictures == 500, "a level whose time is over ends"
    last = Position(0, 0, 2, 700)
    assert last.finished(stretched(STAGES, start, last, 0.0, costs))


@pytest.fixture
def short(request_: TrainRequest) -> TrainRequest:
    """Three seconds, where the stages alone would take three steps."""
    stages = (Stage(4, 0, 4), Stage(4, 4, 4), Stage(4, 4, 4))
    return replace(request_, stages=stages, hours=3 / 3600, augment=False)


def test_a_run_ends_when_its_time_is_over_and_has_seen_every_level(
    short: TrainRequest, tmp_path: Path
) -> None:
    listener = run(short, tmp_path)
    state = read_state(tmp_path / CHECKPOINT)
    assert state.position.level == 2 and state.position.step > 6
    assert state.seconds > 2.5
    asked = sum(stage.pictures for stage in short.stages)
    assert sum(stage.pictures for stage in state.stages) > 2 * asked
    assert listener.metrics[-1][LEFT] < 1 and listener.metrics[0][LEFT] > 1
    for share, metrics in zip(listener.shares[5:], listener.metrics[5:], strict=True):
        assert share == pytest.approx(1 - metrics[LEFT] / 3, abs=0.1), "it goes by the time"


def test_time_is_kept_over_a_stop_and_more_of_it_can_be_given(
    short: TrainRequest, tmp_path: Path
) -> None:
    run(short, tmp_path, steps=15)
    first = read_state(tmp_path / CHECKPOINT)
    assert first.seconds > 0 and first.stages
    run(short, tmp_path)
    second = read_state(tmp_path / CHECKPOINT)
    assert second.seconds > 2.5 and second.position.level == 2
    run(short, tmp_path)
    again = read_state(tmp_path / CHECKPOINT)
    assert again.seconds < second.seconds + 2, "it is over, but for a rest"
    run(replace(short, hours=6 / 3600), tmp_path)
    third = read_state(tmp_path / CHECKPOINT)
    assert third.seconds > 5 and third.position.step > again.position.step


def test_a_budget_that_makes_no_sense_is_refused(request_: TrainRequest) -> None:
    for hours in (-1.0, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="hours"):
            replace(request_, hours=hours)
