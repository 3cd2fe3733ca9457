"""``kirara-studio paintings classify``."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from PIL import Image

from kirara_paintings.commands.classify import CSV_HEADER
from kirara_paintings.pictures.finding import samples_folder
from kirara_paintings.styles import IMPRESSIONISM, NEO_PLASTICISM, NONE, STYLES
from kirara_studio.cli import main

STYLE_NUMBERS = {f"style{number}": style for number, style in enumerate(STYLES, start=1)}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KIRARA_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def table(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    return list(csv.DictReader(capsys.readouterr().out.splitlines()))


def test_the_samples_as_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["paintings", "classify", str(samples_folder()), "--csv"]) == 0
    rows = table(capsys)
    assert tuple(rows[0]) == CSV_HEADER == ("path", "method", "style", "confidence")
    assert len(rows) == 24 and {row["method"] for row in rows} == {"network", "features"}
    assert all(0.2 < float(row["confidence"]) <= 1 for row in rows)
    prediction = {(Path(row["path"]).stem, row["method"]): row["style"] for row in rows}
    for method in ("network", "features"):
        assert prediction["planes-2", method] == NEO_PLASTICISM
        assert prediction["landscape-2", method] == IMPRESSIONISM
        assert prediction["page", method] == NONE


def test_as_json_with_the_box_and_all_probabilities(capsys: pytest.CaptureFixture[str]) -> None:
    picture = samples_folder() / "framed.jpg"
    arguments = ["paintings", "classify", str(picture), "--json", "--method", "network"]
    assert main(arguments) == 0
    cropped = json.loads(capsys.readouterr().out)
    assert cropped["size"] == [580, 640] and cropped["box"] != [0, 0, 1, 1]
    (answer,) = cropped["answers"]
    assert answer["method"] == "network" and set(answer["probabilities"]) == {*STYLES, NONE}
    assert sum(answer["probabilities"].values()) == pytest.approx(1, abs=0.001)
    assert main([*arguments, "--no-crop"]) == 0
    assert json.loads(capsys.readouterr().out)["box"] == [0, 0, 1, 1]


def test_unreadable_files_are_reported_and_the_rest_is_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Image.new("RGB", (300, 200), "white").save(tmp_path / "白.png")
    (tmp_path / "letter.jpg").write_text("Dear reader")
    arguments = ["paintings", "classify", str(tmp_path), "--csv", "--method", "features"]
    assert main(arguments) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 2 and "白.png,features," in out
    assert "letter.jpg: “letter.jpg” is not a picture" in err
    assert "1 of 2 files could not be read" in err


def test_requests_that_make_no_sense_are_reported(
    repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    other = repository / "resources" / "models" / "kirara-64.safetensors"
    for arguments, message in (
        ([str(tmp_path / "empty")], "There are no pictures"),
        ([str(tmp_path), "--model", str(other)], "holds a “"),
        ([str(tmp_path), "--model", str(tmp_path / "no.safetensors")], "no.safetensors"),
        ([str(tmp_path), "--model", str(other), "--method", "network"], "of one method already"),
    ):
        assert main(["paintings", "classify", *arguments]) == 1
        assert message in capsys.readouterr().err


@pytest.mark.parametrize("crop", [True, False])
def test_both_are_right_on_the_paintings_beside_the_checkout(
    shared_folder: Path, capsys: pytest.CaptureFixture[str], crop: bool
) -> None:
    """All that there are: 8 of the contest's and 27 of style 1; no claim on the contest's set."""
    folder = shared_folder / "data" / "paintings"
    if not folder.is_dir():
        pytest.skip("the reference data holds no paintings")
    options = [] if crop else ["--no-crop"]
    assert main(["paintings", "classify", str(folder), "--csv", *options]) == 0
    rows = table(capsys)
    wrong = []
    for row in rows:
        style = STYLE_NUMBERS.get(Path(row["path"]).parent.name, NEO_PLASTICISM)
        if row["style"] != style:
            wrong.append(f"{row['method']}: {row['path']} is classified as {row['style']}")
    assert len(rows) == 2 * 35
    assert wrong == []
