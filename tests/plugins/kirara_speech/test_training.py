"""Training: it learns, it resumes to the same run, and it survives being killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
import torch
from PIL import Image

from kirara_speech.learning.dataset import FeatureRequest, batch_of_like_lengths, open_folder
from kirara_speech.learning.recording_checks import check_folder, examine
from kirara_speech.learning.recording_report import Report
from kirara_speech.learning.recordings import find_recordings
from kirara_speech.learning.schedule import READ, REPORT, TrainRequest, fitted
from kirara_speech.learning.training import train
from kirara_speech.networks.config import REDUCTION, SSRN, TEXT2MEL
from kirara_speech.networks.model_files import (
    RUN_KEY,
    export_network,
    load_ssrn,
    load_text2mel,
)
from kirara_speech.sound.spectrogram import features_of
from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.averaged_run import RunState
from kirara_studio.api.learning.run_files import read_tensors
from kirara_studio.api.learning.schedule import CHECKPOINT
from kirara_studio.api.models import ModelCard
from kirara_studio.api.training import Reporter, StopTraining
from tests.plugins.kirara_speech.voices import SMALL_SSRN, SMALL_TEXT2MEL, make_recordings

CONFIGS = {TEXT2MEL: SMALL_TEXT2MEL, SSRN: SMALL_SSRN}

pytestmark = pytest.mark.usefixtures("in_one_thread")


class Listener(Reporter):
    """Keeps the reports of a run, and stops it after so many steps."""

    def __init__(self, steps: int | None = None) -> None:
        super().__init__()
        self.steps = steps
        self.asked = 0
        self.metrics: list[Mapping[str, float]] = []
        self.messages: list[str] = []
        self.previews: list[Path] = []
        self.read: list[tuple[int, int]] = []
        self._reading = False

    def progress(self, step: int, total: int, metrics: Mapping[str, float], text: str = "") -> None:
        self._reading = READ in metrics
        if self._reading:
            self.read.append((step, total))
        else:
            self.metrics.append(metrics)

    def message(self, text: str) -> None:
        self.messages.append(text)

    def preview(self, path: Path) -> None:
        self.previews.append(path)

    def checkpoint(self, path: Path) -> None:
        assert path.is_file()

    def should_stop(self) -> bool:
        if self._reading:  # no step
            self._reading = False
            return False
        self.asked += 1
        return self.steps is not None and self.asked > self.steps


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_recordings(tmp_path_factory.mktemp("speech") / "voice")


@pytest.fixture(params=[TEXT2MEL, SSRN])
def request_(folder: Path, request: pytest.FixtureRequest) -> TrainRequest:
    return TrainRequest(
        str(folder),
        CONFIGS[request.param],
        steps=12,
        batch=4,
        warm_up=4,
        crop=8,
        precision="fp32",
        device="cpu",
    )


@pytest.fixture(scope="module")
def straight_runs(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[TrainRequest], tuple[Path, Listener]]:
    """Gives the folder and the reports of a request's run without a stop; each is run once."""
    runs: dict[str, tuple[Path, Listener]] = {}

    def straight(request: TrainRequest) -> tuple[Path, Listener]:
        kind = request.config.kind
        if kind not in runs:
            run_folder = tmp_path_factory.mktemp("straight")
            runs[kind] = run_folder, run(request, run_folder)
        return runs[kind]

    return straight


@pytest.fixture
def straight(
    request_: TrainRequest, straight_runs: Callable[[TrainRequest], tuple[Path, Listener]]
) -> tuple[Path, Listener]:
    """The folder and the reports of the run of ``request_``. The folder is not to be changed."""
    return straight_runs(request_)


def run(request: TrainRequest, run_folder: Path, steps: int | None = None) -> Listener:
    listener = Listener(steps)
    train(request.to_dict(), run_folder, listener)
    return listener


def assert_same(first: Path, second: Path) -> None:
    ours, theirs = read_tensors(first / CHECKPOINT), read_tensors(second / CHECKPOINT)
    assert ours.keys() == theirs.keys()
    for name in ours:
        assert torch.equal(ours[name], theirs[name]), name
    assert RunState.read(first / CHECKPOINT, RUN_KEY) == RunState.read(second / CHECKPOINT, RUN_KEY)


def test_it_learns(request_: TrainRequest, tmp_path: Path) -> None:
    steps, rate = (120, 1e-2) if request_.config.kind == TEXT2MEL else (150, 5e-3)
    request = replace(request_, steps=steps, learning_rate=rate, warm_up=10, dropout=0.0)
    begin = run(request, tmp_path, steps=1).metrics[-1]["loss"]
    metrics = run(request, tmp_path).metrics
    assert metrics[-1]["L1 (held out)"] < 0.13
    # SSRN begins with straight lines, and so less far away.
    share = 0.5 if request.config.kind == TEXT2MEL else 0.6
    assert [values["loss"] for values in metrics if "loss" in values][-1] < share * begin


def test_previews_are_pictures_and_a_sound(
    request_: TrainRequest, straight: tuple[Path, Listener]
) -> None:
    _, listener = straight
    names = {path.name.split("-")[1] for path in listener.previews}
    pictures = (
        {"attention.png", "mel.png"} if request_.config.kind == TEXT2MEL else {"spectrogram.png"}
    )
    assert names == {*pictures, "speech.wav"}
    for path in listener.previews:
        if path.suffix == ".png":
            with Image.open(path) as picture:
                assert picture.width > 20 and picture.height > 20
        else:
            sound, rate = soundfile.read(path)
            assert rate == 22_050 and len(sound) > 1000
            assert 0 < np.abs(sound).max() <= 1


def test_a_run_reports_and_keeps_what_is_wrong_with_the_recordings(
    request_: TrainRequest, tmp_path: Path
) -> None:
    folder = make_recordings(tmp_path / "voice")
    soundfile.write(folder / "wavs" / "s05.wav", np.zeros(22_050), 22_050)
    listener = run(replace(request_, folder=str(folder)), tmp_path / "run", steps=0)
    assert listener.messages[0].startswith("29 of 30 recordings can be used")
    report = Report.from_dict(json.loads((tmp_path / "run" / REPORT).read_text()))
    assert report == check_folder(folder, "japanese" if request_.config.kind == TEXT2MEL else "")
    assert [finding.id for finding in report.skipped] == ["s05"]


class Stopping(Listener):
    """Asks to stop at a given check, whatever the run does."""

    def should_stop(self) -> bool:
        self.asked += 1
        return self.asked > (self.steps or 0)


def test_reading_and_measuring_end_at_once(request_: TrainRequest, tmp_path: Path) -> None:
    listener = Stopping(steps=3)
    with pytest.raises(StopTraining):
        train(request_.to_dict(), tmp_path, listener)
    assert listener.read == [(done, 30) for done in range(4)]
    assert not (tmp_path / "features.json").exists()

    listener = Listener(steps=0)
    with pytest.raises(StopTraining):  # between two tries of a precision
        train(replace(request_, precision="auto").to_dict(), tmp_path, listener)
    assert not (tmp_path / CHECKPOINT).exists()

    listener = run(request_, tmp_path, steps=0)  # before the first step
    assert (tmp_path / CHECKPOINT).exists() and not listener.previews


@pytest.mark.parametrize("stop_after", [1, 7])
def test_a_stopped_run_goes_on_as_if_nothing_had_been(
    request_: TrainRequest, straight: tuple[Path, Listener], tmp_path: Path, stop_after: int
) -> None:
    run(request_, tmp_path / "halves", steps=stop_after)
    assert RunState.read(tmp_path / "halves" / CHECKPOINT, RUN_KEY).step == stop_after
    run(request_, tmp_path / "halves")
    assert_same(straight[0], tmp_path / "halves")


PROGRAM = """
import json, pathlib, sys
from kirara_speech.learning.training import train
from kirara_studio.api.training import Reporter

class Waiting(Reporter):  # at the tenth step, so that it never ends before it is killed
    checkpoints = 0

    def checkpoint(self, path):
        self.checkpoints += 1
        if self.checkpoints == 10:
            sys.stdin.read()

train(json.loads(sys.argv[1]), pathlib.Path(sys.argv[2]), Waiting())
"""


def test_a_killed_run_goes_on_as_if_nothing_had_been(
    request_: TrainRequest, straight: tuple[Path, Listener], tmp_path: Path
) -> None:
    request = replace(request_, checkpoint_seconds=0)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", PROGRAM, json.dumps(request.to_dict())]
    process = subprocess.Popen(
        [*command, str(tmp_path / "killed")], env=environment, stdin=subprocess.PIPE
    )
    until = time.monotonic() + 60
    while not (tmp_path / "killed" / CHECKPOINT).exists():
        assert process.poll() is None and time.monotonic() < until
        time.sleep(0.01)
    time.sleep(0.1)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert 0 < RunState.read(tmp_path / "killed" / CHECKPOINT, RUN_KEY).step < 12
    run(request_, tmp_path / "killed")
    assert_same(straight[0], tmp_path / "killed")


def test_a_new_run_starts_from_exported_weights(
    request_: TrainRequest, straight: tuple[Path, Listener], tmp_path: Path
) -> None:
    first = straight[0] / CHECKPOINT
    start = tmp_path / "weights.safetensors"
    export_network(first, start, ModelCard("", name="first"))
    load = load_text2mel if request_.config.kind == TEXT2MEL else load_ssrn
    assert load(start).config == request_.config

    request = replace(request_, start=str(start), steps=14, new_warm_up=4)
    run(request, tmp_path / "second", steps=0)
    state = RunState.read(tmp_path / "second" / CHECKPOINT, RUN_KEY)
    assert (state.step, state.began) == (12, 12)
    average = read_tensors(first, "average")
    for name, tensor in read_tensors(tmp_path / "second" / CHECKPOINT, "network").items():
        assert torch.equal(tensor, average[name].half().float()), name
    run(request, tmp_path / "second")
    assert RunState.read(tmp_path / "second" / CHECKPOINT, RUN_KEY).step == 14


def test_a_new_start_warms_up_again() -> None:
    request = TrainRequest("x", warm_up=100, learning_rate=1.0, new_warm_up=10)
    assert request.rate_at(399) == pytest.approx(0.5)
    assert request.rate_at(400, began=400) == pytest.approx(0.05, rel=0.01)
    assert request.rate_at(420, began=400) == request.rate_at(420)


def test_the_rate_falls_to_nothing_at_the_end_of_a_run() -> None:
    request = TrainRequest("x", steps=1000, warm_up=10, learning_rate=1.0)
    full = replace(request, cool_down=0)
    assert request.rate_at(899) == full.rate_at(899)
    assert request.rate_at(950) == pytest.approx(full.rate_at(950) / 2)
    assert request.rate_at(999) == pytest.approx(full.rate_at(999) / 100)
    chosen = replace(request, cool_down=500)
    assert chosen.rate_at(750) == pytest.approx(full.rate_at(750) / 2)
    # A run that went on from other weights has fewer steps of its own.
    assert request.rate_at(979, began=800) == full.rate_at(979, began=800)
    assert request.rate_at(990, began=800) == pytest.approx(full.rate_at(990, began=800) / 2)
    assert replace(full, steps=2000).rate_at(999) == full.rate_at(999)
    with pytest.raises(ValueError, match="cool-down"):
        replace(request, cool_down=-1)


def test_a_run_goes_on_with_more_steps_than_it_was_to_have(
    request_: TrainRequest, tmp_path: Path
) -> None:
    request = replace(request_, cool_down=6)
    run(request, tmp_path)
    listener = run(replace(request, steps=16), tmp_path)
    assert RunState.read(tmp_path / CHECKPOINT, RUN_KEY).step == 16
    assert listener.metrics[-1]["learning rate"] > 0


def test_few_recordings_are_held_out_and_batched_so_that_some_are_left() -> None:
    for sentences in (1, 2, 3, 5, 10, 30, 100, 800, 5000):
        values = fitted(sentences)
        learnt = sentences - values["held_out"]
        assert 1 <= values["batch"] <= max(1, learnt // 2) and values["batch"] <= 16
        assert values.keys() == {"held_out", "batch"}
    assert fitted(1416) == {"held_out": 40, "batch": 16}
    assert fitted(5) == {"held_out": 0, "batch": 2}
    assert fitted(20)["held_out"] == 1
    few, many = fitted(20, trained=9000), fitted(5000, trained=9000)
    assert few["steps"] == 9600 and many["steps"] == 15_000
    assert few["learning_rate"] == 5e-4
    TrainRequest("x", **few)


def test_another_shape_is_refused(request_: TrainRequest, tmp_path: Path) -> None:
    run(request_, tmp_path, steps=1)
    wider = replace(request_.config, width=16)
    with pytest.raises(UserError, match="another shape"):
        run(replace(request_, config=wider), tmp_path)


def test_a_sentence_may_begin_anywhere_between_the_coarse_frames(
    folder: Path, tmp_path: Path
) -> None:
    speech = open_folder(folder, tmp_path, FeatureRequest("japanese", "log", fine=True))
    sentence = speech.sentences[1]
    recording = next(one for one in find_recordings(folder)[0] if one.id == sentence.id)
    examined = examine(recording, "")
    assert isinstance(examined, tuple)
    sound = examined[1]
    for shift in range(4):
        later = np.concatenate([np.zeros(256 * shift, np.float32), sound])
        mel = features_of(later, "log")[0][REDUCTION - 1 :: REDUCTION][: sentence.frames]
        # Its first frame is left out: the sound's beginning is mirrored there, not silence.
        np.testing.assert_allclose(speech.mel_of(sentence, shift)[1:], mel[1:], atol=1e-3)


def test_every_sentence_comes_once_in_a_round_in_batches_of_like_lengths() -> None:
    lengths = tuple(np.random.default_rng(1).integers(10, 400, 64).tolist())
    batches = [batch_of_like_lengths(lengths, 8, step, 5) for step in range(8)]
    assert sorted(np.concatenate(batches).tolist()) == list(range(64))
    spread = np.mean([np.ptp(np.take(lengths, batch)) for batch in batches])
    assert spread < np.ptp(lengths) / 3
    again = batch_of_like_lengths(lengths, 8, 3, 5)
    assert np.array_equal(batches[3], again)
    assert not np.array_equal(
        np.sort(batches[3]), np.sort(batch_of_like_lengths(lengths, 8, 11, 5))
    )


@pytest.mark.parametrize("kind", [TEXT2MEL, SSRN])
def test_both_networks_train_in_bf16_too(folder: Path, tmp_path: Path, kind: str) -> None:
    request = TrainRequest(
        str(folder), CONFIGS[kind], steps=2, batch=4, crop=8, precision="bf16", device="cpu"
    )
    assert np.isfinite(run(request, tmp_path).metrics[-1]["loss"])
