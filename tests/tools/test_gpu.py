"""The trainings for a GPU, run for some seconds on this CPU, from what the packer packs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors import safe_open
from safetensors.numpy import load_file

from kirara_characters.networks.attribute_space import all_columns
from kirara_studio.api.learning.schedule import STEPS
from kirara_studio.api.models import read_card
from kirara_studio.api.resources import resource_folder
from tests.plugins.kirara_speech.voices import make_recordings

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="packs a Linux machine's libraries")


def run(*words: str, folder: Path, packed: bool = True, timeout: float = 170) -> str:
    """What ``python -m WORDS`` prints, without this checkout on its path if ``packed``."""
    command = " ".join([sys.executable, "-m", *words])
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    if packed:
        command = f"source {folder}/activate; cd {folder}/code; {command}"
    done = subprocess.run(
        ["bash", "-c", command], env=environment, capture_output=True, text=True, timeout=timeout
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def pack(training: str, folder: Path, repository: Path, *words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "tools.gpu.pack", training, "--out", str(folder), *words],
        cwd=repository, check=True, capture_output=True, timeout=170,
    )  # fmt: skip
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert size < 64 * 2**20  # what a checkout may hold that travels


def test_digits(tmp_path: Path, repository: Path) -> None:
    folder, out = tmp_path / "pack", tmp_path / "out"
    pack("digits", folder, repository)
    words = ("--digits", f"{folder}/digits.npz", "--out", str(out), "--batch", "2", "--judge", "8")
    printed = run("tools.gpu.digits", "--minutes", "0.05", *words, folder=folder)
    assert "MSE of 8 sequences" in printed
    report = json.loads((out / "report.json").read_text())
    assert report["figures"]["steps"] >= 1
    assert 0 < report["figures"]["MSE"] < 400
    path = out / "digits-0.safetensors"
    assert path.stat().st_size <= 16 * 2**20
    with safe_open(path, "np") as file:
        assert json.loads(file.metadata()["config"])["pyramid"]


def test_characters(tmp_path: Path, repository: Path) -> None:
    folder, out = tmp_path / "pack", tmp_path / "out"
    pack("characters", folder, repository)
    words = ["--side", "64", "--drawings", "64", "--judge", "8", "--batch-scale", "0.02"]
    words += ["--width", "0.1", "--processes", "1", "--out", str(out), "--minutes", "0.02"]
    printed = run("tools.gpu.characters", *words, folder=folder)
    assert "recall of halves" in printed
    figures = json.loads((out / "report.json").read_text())["figures"]
    assert figures["steps"] >= 1 and figures["samples"] == 8
    weights = load_file(out / "generator-0.safetensors")
    assert weights["mapping.0.weight"].shape[1] == len(all_columns())
    assert weights["mapping.0.weight"].dtype == np.float16
    assert (out / "samples.png").is_file() and (out / "wanted.png").is_file()


def test_text2mel(tmp_path: Path, repository: Path) -> None:
    folder, out = tmp_path / "pack", tmp_path / "out"
    pack("text2mel", folder, repository, "--voice", str(make_recordings(tmp_path / "voice")))
    words = ["--data", f"{folder}/speech.npz", "--start", f"{folder}/text2mel.safetensors"]
    words += ["--batch", "2", "--minutes", "0.05", "--out", str(out)]
    assert "Text2Mel at step" in run("tools.gpu.text2mel", *words, folder=folder)
    figures = json.loads((out / "report.json").read_text())["figures"]
    bundled = read_card(resource_folder() / "voices" / "kirara" / "text2mel.safetensors")
    assert figures["step"] >= bundled.measured[STEPS]
    # Two parts, since a file that comes back has at most 16 MiB.
    assert {path.name for path in out.glob("*.safetensors")} == {
        "text2mel-0.safetensors", "text2mel-1.safetensors",
    }  # fmt: skip
