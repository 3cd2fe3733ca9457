"""``kirara-studio paintings learn``."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from kirara_paintings.network_classifier import load_network_classifier
from kirara_paintings.pictures.reading import read_picture
from kirara_studio.cli import main
from tests.plugins.kirara_paintings.test_own_classes import pieces


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KIRARA_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """煉瓦 is brick; names may be in any script."""
    for texture, name in (("brick", "煉瓦"), ("grass", "grass")):
        (tmp_path / "classes" / name).mkdir(parents=True)
        for number, piece in enumerate(pieces(texture, 0)):
            Image.fromarray(piece).save(tmp_path / "classes" / name / f"{number}.png")
    return tmp_path / "classes"


def test_a_folder_is_learnt_and_classifies(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["paintings", "learn", str(folder), "--out", str(tmp_path / "mine")]) == 0
    printed = capsys.readouterr().out
    assert "10 pictures of 2 classes" in printed and "100.0% are recognised" in printed
    classifier = load_network_classifier(tmp_path / "mine.safetensors")
    new = Image.fromarray(pieces("brick", 256)[2])
    new.save(tmp_path / "new.png")
    (answer,) = classifier.classify([read_picture(tmp_path / "new.png").pixels])
    assert answer.style == "煉瓦"


def test_what_was_mistaken_is_named(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Image.fromarray(pieces("grass", 128)[2]).save(folder / "煉瓦" / "stray.png")
    learn = ["paintings", "learn", str(folder), "--out", str(tmp_path / "mine.safetensors")]
    assert main(learn) == 0
    assert "煉瓦/stray.png is taken for “grass”" in capsys.readouterr().out
    assert main([*learn, "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["classes"] == ["grass", "煉瓦"]
    assert figures["confusion"][1][0] >= 1
    assert figures["leave-one-out accuracy"] == pytest.approx(
        np.mean([one["class"] == one["taken for"] for one in figures["left out"]])
    )


def test_what_was_survived_is_noted(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "empty").mkdir()
    (folder / "grass" / "broken.png").write_bytes(b"no picture")
    (folder / "grass" / "4.png").unlink()
    Image.fromarray(pieces("grass", 128)[0]).save(folder / "beside.png")
    assert main(["paintings", "learn", str(folder), "--out", str(tmp_path / "mine")]) == 0
    noted = capsys.readouterr().err
    for note in (
        "“broken.png” is not a picture", "“empty” has no pictures", "“grass” has 4 pictures only",
        "Pictures beside the folders of the classes were left aside: 1",
    ):  # fmt: skip
        assert note in noted


def test_what_cannot_be_learnt(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ["--out", str(tmp_path / "mine")]
    for asked, message in (
        (tmp_path / "nothing", "cannot be read"),
        (folder / "grass", "does not hold two folders"),
    ):
        assert main(["paintings", "learn", str(asked), *out]) == 1
        assert message in capsys.readouterr().err
    nowhere = ["--out", str(tmp_path / "no" / "folder")]
    assert main(["paintings", "learn", str(folder), *nowhere]) == 1
    assert "There is no folder" in capsys.readouterr().err
    for path in sorted((folder / "grass").iterdir())[1:]:
        path.unlink()
    assert main(["paintings", "learn", str(folder), *out]) == 1
    assert "“grass” has only one picture" in capsys.readouterr().err
    (folder / "grass" / "0.png").write_bytes(b"")
    assert main(["paintings", "learn", str(folder), *out]) == 1
    assert "None of the pictures of the class “grass”" in capsys.readouterr().err
    for path in (folder / "煉瓦").iterdir():
        (folder / "grass" / path.name).write_bytes(path.read_bytes())
    assert main(["paintings", "learn", str(folder), *out]) == 1
    assert "have the same pictures" in capsys.readouterr().err
    assert not (tmp_path / "mine.safetensors").exists()
