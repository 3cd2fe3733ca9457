"""``kirara-studio foresight …``."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from kirara_studio.cli import main
from tests.plugins.author_files import author_outputs, write_author_file
from tests.plugins.kirara_foresight.test_digits_and_radar import idx, some_digits, write_radar


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KIRARA_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_the_authors_file_gives_his_logits(shared_folder: Path, tmp_path: Path) -> None:
    his = write_author_file(shared_folder, "convlstm", tmp_path / "his.npz")
    outputs = author_outputs(shared_folder, "convlstm")
    model, frames, out = (tmp_path / name for name in ("his.safetensors", "in.npy", "out.npy"))
    assert main(["foresight", "import", str(his), "--out", str(model)]) == 0
    np.save(frames, outputs["frames"])
    arguments = ["--raw-in", str(frames), "--frames", "3", "--raw", str(out)]
    assert main(["foresight", "predict", "--model", str(model), *arguments]) == 0
    assert np.abs(np.load(out) - outputs["logits"]).max() <= 1e-4
    for wrong, message in (
        (np.zeros((1, 3, 64)), "does not hold frames"),
        (np.zeros((1, 3, 32, 64)), "sees 64×64 only"),
        (np.full((1, 3, 64, 64), np.nan), "does not hold frames"),
        (np.zeros((1, 0, 64, 64)), "does not hold frames"),
        (np.zeros((1, 3, 64, 64), complex), "complex"),
    ):
        np.save(frames, wrong)
        assert main(["foresight", "predict", "--model", str(model), *arguments]) == 1, message


@pytest.fixture
def digits(tmp_path: Path) -> Path:
    path = tmp_path / "digits.idx"
    path.write_bytes(idx(some_digits()))
    return path


def test_a_model_is_trained_exported_and_judged(
    digits: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, model = tmp_path / "run", tmp_path / "mine.safetensors"
    few = ["--steps", "2", "--batch", "2", "--seen", "3", "--forecast", "2", "--device", "cpu"]
    train = ["foresight", "train", "digits", str(digits), "--out", str(run)]
    assert main([*train, *few, "--precision", "fp32"]) == 0
    assert main(["foresight", "export", str(run), "--out", str(model), "--name", "Mine"]) == 0
    capsys.readouterr()
    evaluate = ["foresight", "evaluate", "--digits", str(digits), "--sequences", "2"]
    assert main([*evaluate, "--model", str(model), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)["digits"]
    assert set(result["forecasts"]) == {"network", "nothing moves", "optical flow"}
    assert len(result["forecasts"]["network"]["mse by lead"]) == 10
    assert main([*evaluate, "--model", str(model)]) == 0
    table = capsys.readouterr().out
    assert "nothing moves" in table and "MSE by lead time" in table
    assert main(["foresight", "export", str(tmp_path), "--out", str(model)]) == 1


def test_radar_is_judged_by_its_rain(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    still = np.random.default_rng(0).integers(60, 150, (64, 64)).astype(np.uint8)
    write_radar(tmp_path / "radar", [np.roll(still, n, 1) for n in range(30)], step=1)
    evaluate = ["foresight", "evaluate", "--radar", str(tmp_path / "radar"), "--crop", "32"]
    assert main([*evaluate, "--sequences", "2", "--json"]) == 0
    forecasts = json.loads(capsys.readouterr().out)["radar"]["forecasts"]
    still, flow = forecasts["nothing moves"], forecasts["optical flow"]
    assert len(still["20 dBZ"]["csi by lead"]) == 12
    assert flow["20 dBZ"]["csi by lead"][0] > still["20 dBZ"]["csi by lead"][0]


def test_bad_requests(digits: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, message in (
        (["evaluate"], "nothing to judge"),
        (["evaluate", "--digits", str(digits), "--sequences", "0"], "At least one sequence"),
        (["evaluate", "--digits", str(digits), "--model", "no such"], "There is no model"),
        (["train", "digits", str(digits), "--out", str(tmp_path), "--batch", "0"], "cannot start"),
        (["import", str(digits), "--out", str(tmp_path / "x.safetensors")], "not an .npz"),
    ):
        assert main(["foresight", *arguments]) == 1
        assert message in capsys.readouterr().err
