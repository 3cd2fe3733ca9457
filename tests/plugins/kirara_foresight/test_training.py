"""Training: it learns, and it resumes to the same run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from kirara_foresight.learning.schedule import KEY, TrainRequest
from kirara_foresight.learning.training import train
from kirara_foresight.networks.config import CONVLSTM, ConvLstmConfig
from kirara_foresight.networks.model_files import export_network, load_forecaster
from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.averaged_run import RunState
from kirara_studio.api.learning.run_files import read_tensors
from kirara_studio.api.learning.schedule import CHECKPOINT, STEPS
from kirara_studio.api.models import ModelCard
from kirara_studio.api.training import Reporter
from tests.plugins.kirara_foresight.test_digits_and_radar import idx, some_digits, write_radar

SMALL = ConvLstmConfig(widths=(8,), patch=4)

pytestmark = pytest.mark.usefixtures("in_one_thread")


class Listener(Reporter):
    """Keeps the reports of a run, and stops it after some steps."""

    def __init__(self, steps: int | None = None) -> None:
        super().__init__()
        self.steps, self.asked = steps, 0
        self.metrics: list[Mapping[str, float]] = []
        self.previews: list[Path] = []

    def progress(self, step: int, total: int, metrics: Mapping[str, float], text: str = "") -> None:
        self.metrics.append(metrics)

    def preview(self, path: Path) -> None:
        self.previews.append(path)

    def checkpoint(self, path: Path) -> None:
        assert path.is_file()

    def should_stop(self) -> bool:
        self.asked += 1
        return self.steps is not None and self.asked > self.steps


@pytest.fixture
def request_(tmp_path: Path) -> TrainRequest:
    path = tmp_path / "digits.idx"
    path.write_bytes(idx(some_digits()))
    return TrainRequest(
        "digits", str(path), SMALL, steps=8, batch=2, seen=3, forecast=2, curriculum=0, warm_up=4,
        precision="fp32", device="cpu",
    )  # fmt: skip


def run(request: TrainRequest, folder: Path, steps: int | None = None) -> Listener:
    listener = Listener(steps)
    train(request.to_dict(), folder, listener)
    return listener


def test_it_learns(request_: TrainRequest, tmp_path: Path) -> None:
    request = replace(request_, steps=60, learning_rate=1e-2, batch=4)
    metrics = run(request, tmp_path / "run").metrics[-1]
    assert metrics["MSE (held out)"] < 0.75 * metrics["MSE where nothing moves (held out)"]


def test_a_preview_shows_past_truth_forecast_and_error(
    request_: TrainRequest, tmp_path: Path
) -> None:
    listener = run(request_, tmp_path / "run")
    with Image.open(listener.previews[-1]) as picture:
        assert picture.size == (3 * 64, 4 * 66)


def test_a_stopped_run_goes_on_as_if_nothing_had_been(
    request_: TrainRequest, tmp_path: Path
) -> None:
    request = replace(request_, curriculum=4)
    run(request, tmp_path / "whole")
    run(request, tmp_path / "halves", steps=3)
    assert RunState.read(tmp_path / "halves" / CHECKPOINT, KEY).step == 3
    run(request, tmp_path / "halves")
    ours, theirs = (read_tensors(tmp_path / name / CHECKPOINT) for name in ("whole", "halves"))
    assert ours.keys() == theirs.keys()
    for name in ours:
        assert torch.equal(ours[name], theirs[name]), name


def test_a_new_run_starts_from_an_exported_model(request_: TrainRequest, tmp_path: Path) -> None:
    run(request_, tmp_path / "run")
    path = tmp_path / "model.safetensors"
    export_network(tmp_path / "run" / CHECKPOINT, path, ModelCard(CONVLSTM, name="m"))
    assert load_forecaster(path).config == SMALL
    request = replace(request_, start=str(path), steps=10)
    run(request, tmp_path / "second")
    state = RunState.read(tmp_path / "second" / CHECKPOINT, KEY)
    assert (state.began, state.step) == (8, 10)
    assert STEPS in path.with_suffix(".toml").read_text()
    with pytest.raises(UserError, match="another shape"):
        run(replace(request, config=ConvLstmConfig(widths=(4,))), tmp_path / "third")


def test_radar_is_learnt_from(request_: TrainRequest, tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    greys = [random.integers(0, 150, (40, 40)).astype(np.uint8) for _ in range(12)]
    write_radar(tmp_path / "radar", greys)
    request = replace(request_, source="radar", path=str(tmp_path / "radar"), crop=16, steps=2)
    assert run(request, tmp_path / "run").metrics[-1]["MSE (held out)"] > 0


def test_a_curriculum_grows(request_: TrainRequest) -> None:
    request = replace(request_, seen=10, forecast=10, curriculum=70)
    assert request.frames_at(0) == (3, 3)
    assert request.frames_at(35) == (6, 6)
    assert request.frames_at(70) == request.frames_at(10**6) == (10, 10)
    assert replace(request, seen=2, curriculum=0).frames_at(0) == (2, 10)


def test_a_request_comes_back_from_json(request_: TrainRequest) -> None:
    assert TrainRequest.from_dict(json.loads(json.dumps(request_.to_dict()))) == request_


@pytest.mark.parametrize(
    "change",
    [{"source": "films"}, {"batch": 0}, {"crop": 30}, {"steps": 0}, {"x": 1}],
)
def test_requests_that_make_no_sense(
    request_: TrainRequest, tmp_path: Path, change: dict[str, object]
) -> None:
    with pytest.raises(UserError, match="cannot start"):
        train({**request_.to_dict(), **change}, tmp_path / "run", Listener())
