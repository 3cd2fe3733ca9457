"""The choice of device, precision and threads."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from kirara_studio.engine import device as devices


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kinds of device that were measured."""
    measured: list[str] = []
    real = devices.measure

    def measure(kind: str) -> dict[str, float]:
        measured.append(kind)
        return real(kind)

    monkeypatch.setattr(devices, "measure", measure)
    return measured


def test_the_precision_is_measured_once(tmp_path: Path, counted: list[str]) -> None:
    cache = tmp_path / "devices.json"
    first = devices.find_device(cache)
    assert first.precision in devices.PRECISIONS and first.threads >= 1 and first.name
    assert devices.find_device(cache) == first
    assert counted == [first.kind]
    ((key, values),) = json.loads(cache.read_text(encoding="utf-8")).items()
    assert "torch" in key and values["gflops"]["fp32"] > 0


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"\xff{"),
        lambda path: path.write_text("[]"),
        lambda path: path.write_text(path.read_text().replace('"precision"', '"nonsense"')),
        lambda path: path.write_text(
            json.dumps({key: {"precision": "fp1"} for key in json.loads(path.read_text())})
        ),
        lambda path: path.write_text(json.dumps(dict.fromkeys(json.loads(path.read_text()), 3))),
    ],
)
def test_a_damaged_cache_is_measured_again(
    tmp_path: Path, counted: list[str], damage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "_MEASURING", 0.02)
    cache = tmp_path / "devices.json"
    devices.find_device(cache)
    damage(cache)
    devices.find_device(cache)
    assert len(counted) == 2
    devices.find_device(cache)
    assert len(counted) == 2, "the damaged cache must have been replaced"


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert devices.find_device(tmp_path / "file" / "devices.json").precision


def test_measuring_is_short_and_agrees_with_fp32() -> None:
    devices.measure("cpu")  # the first convolution prepares its kernels
    started = time.process_time()
    speeds = devices.measure("cpu")
    assert time.process_time() - started < 3, "CPU time of all threads"
    assert speeds["fp32"] > 0.1


@pytest.mark.parametrize(
    ("speeds", "best"),
    [
        ({"fp32": 100.0}, "fp32"),
        ({"fp32": 100.0, "bf16": 110.0}, "fp32"),
        ({"fp32": 100.0, "bf16": 200.0, "fp16": 210.0}, "bf16"),
        ({"fp32": 100.0, "bf16": 30.0, "fp16": 300.0}, "fp16"),
        ({"fp32": 100.0, "fp16": 20.0}, "fp32"),
    ],
)
def test_a_lower_precision_must_be_worth_it(speeds: dict[str, float], best: str) -> None:
    assert devices.choose_precision(speeds) == best


def test_one_core_is_left_to_the_ui_where_there_are_enough() -> None:
    assert [devices.threads_for(cores, at_most=64) for cores in (1, 2, 3, 8)] == [1, 2, 2, 7]
    assert devices.threads_for(16, at_most=4) == 4


def test_the_device_that_the_user_wants_is_used_where_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    monkeypatch.setenv(devices.WANTED_DEVICE, "cpu")
    assert devices.find_device(tmp_path / "devices.json").kind == "cpu"
    monkeypatch.setenv(devices.WANTED_DEVICE, "cuda")
    found = devices.find_device(tmp_path / "devices.json").kind == "cuda"
    assert found == torch.cuda.is_available()
