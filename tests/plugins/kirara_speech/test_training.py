"""Training: it learns, it resumes to the same run, and it survives being killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from kirara_speech.config import SSRN, TEXT2MEL
from kirara_speech.dataset import batch_of_like_lengths
from kirara_speech.model_files import export_network, load_ssrn, load_text2mel
from kirara_speech.run_state import read_state, read_tensors
from kirara_speech.schedule import CHECKPOINT, TrainRequest
from kirara_speech.training import train
from kirara_studio.api.errors import UserError
from kirara_studio.api.models import ModelCard
from tests.plugins.kirara_speech.voices import SMALL_SSRN, SMALL_TEXT2MEL, make_recordings

CONFIGS = {TEXT2MEL: SMALL_TEXT2MEL, SSRN: SMALL_SSRN}


class Listener:
    """Keeps what a run tells, and stops it after so many steps."""

    def __init__(self, steps: int | None = None) -> None:
        self.steps = steps
        self.asked = 0
        self.metrics: list[Mapping[str, float]] = []
        self.messages: list[str] = []
        self.previews: list[Path] = []

    def progress(self, step: int, total: int, metrics: Mapping[str, float], text: str = "") -> None:
        self.metrics.append(metrics)

    def message(self, text: str) -> None:
        self.messages.append(text)

    def preview(self, path: Path) -> None:
        self.previews.append(path)

    def checkpoint(self, path: Path) -> None:
        assert path.is_file()

    def should_stop(self) -> bool:
        self.asked += 1
        return self.steps is not None and self.asked > self.steps


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """The order of sums, which decides the last bit, must be the same here and in children."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


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


def run(request: TrainRequest, run_folder: Path, steps: int | None = None) -> Listener:
    listener = Listener(steps)
    train(request.to_dict(), run_folder, listener)
    return listener


def assert_same(first: Path, second: Path) -> None:
    ours, theirs = read_tensors(first / CHECKPOINT), read_tensors(second / CHECKPOINT)
    assert ours.keys() == theirs.keys()
    for name in ours:
        assert torch.equal(ours[name], theirs[name]), name
    assert read_state(first / CHECKPOINT) == read_state(second / CHECKPOINT)


def test_it_learns(request_: TrainRequest, tmp_path: Path) -> None:
    request = replace(request_, steps=150, learning_rate=5e-3, warm_up=20, dropout=0.0)
    listener = run(replace(request, preview_seconds=0), tmp_path)
    first, last = listener.metrics[0], listener.metrics[-1]
    assert last["L1 (held out)"] < 0.12
    assert last["loss"] < 0.5 * first.get("loss", 1.0)


def test_previews_are_pictures(request_: TrainRequest, tmp_path: Path) -> None:
    listener = run(request_, tmp_path)
    names = {path.name.split("-")[1] for path in listener.previews}
    expected = {"attention.png", "mel.png"} if request_.kind == TEXT2MEL else {"spectrogram.png"}
    assert names == expected
    for path in listener.previews:
        with Image.open(path) as picture:
            assert picture.width > 20 and picture.height > 20


@pytest.mark.parametrize("stop_after", [1, 7])
def test_a_stopped_run_goes_on_as_if_nothing_had_been(
    request_: TrainRequest, tmp_path: Path, stop_after: int
) -> None:
    run(request_, tmp_path / "straight")
    run(request_, tmp_path / "halves", steps=stop_after)
    assert read_state(tmp_path / "halves" / CHECKPOINT).step == stop_after
    run(request_, tmp_path / "halves")
    assert_same(tmp_path / "straight", tmp_path / "halves")


PROGRAM = """
import json, pathlib, sys
from kirara_speech.training import train
class Silent:
    def should_stop(self): return False
    def __getattr__(self, name): return lambda *values: None
train(json.loads(sys.argv[1]), pathlib.Path(sys.argv[2]), Silent())
"""


def test_a_killed_run_goes_on_as_if_nothing_had_been(
    request_: TrainRequest, tmp_path: Path
) -> None:
    request = replace(request_, steps=60, checkpoint_seconds=0)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", PROGRAM, json.dumps(request.to_dict())]
    process = subprocess.Popen([*command, str(tmp_path / "killed")], env=environment)
    until = time.monotonic() + 60
    while not (tmp_path / "killed" / CHECKPOINT).exists():
        assert process.poll() is None and time.monotonic() < until
        time.sleep(0.01)
    time.sleep(0.1)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert 0 < read_state(tmp_path / "killed" / CHECKPOINT).step < 60
    run(request, tmp_path / "killed")
    run(request, tmp_path / "straight")
    assert_same(tmp_path / "straight", tmp_path / "killed")


def test_a_new_run_starts_from_exported_weights(request_: TrainRequest, tmp_path: Path) -> None:
    run(request_, tmp_path / "first")
    start = tmp_path / "weights.safetensors"
    export_network(tmp_path / "first" / CHECKPOINT, start, ModelCard("", name="first"))
    load = load_text2mel if request_.kind == TEXT2MEL else load_ssrn
    assert load(start).config == request_.config

    request = replace(request_, start=str(start), steps=14, new_warm_up=4)
    run(request, tmp_path / "second", steps=0)
    state = read_state(tmp_path / "second" / CHECKPOINT)
    assert (state.step, state.began) == (12, 12)
    average = read_tensors(tmp_path / "first" / CHECKPOINT, "average")
    for name, tensor in read_tensors(tmp_path / "second" / CHECKPOINT, "network").items():
        assert torch.equal(tensor, average[name].half().float()), name
    run(request, tmp_path / "second")
    assert read_state(tmp_path / "second" / CHECKPOINT).step == 14


def test_a_new_start_warms_up_again() -> None:
    request = TrainRequest("x", warm_up=100, learning_rate=1.0, new_warm_up=10)
    assert request.rate_at(399) == pytest.approx(0.5)
    assert request.rate_at(400, began=400) == pytest.approx(0.05, rel=0.01)
    assert request.rate_at(420, began=400) == request.rate_at(420)


def test_another_shape_is_refused(request_: TrainRequest, tmp_path: Path) -> None:
    run(request_, tmp_path, steps=1)
    wider = replace(request_.config, width=16)
    with pytest.raises(UserError, match="another shape"):
        run(replace(request_, config=wider), tmp_path)


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
