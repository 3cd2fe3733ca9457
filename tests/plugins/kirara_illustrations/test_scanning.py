"""``kirara-studio illustrations scan``: classes, the threshold, a second opinion, what fails."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from kirara_characters.drawing.attributes import CharacterAttributes
from kirara_characters.drawing.character import draw_character
from kirara_illustrations.filter.classes import CLASSES, ILLUSTRATION
from kirara_illustrations.filter.faces import shows_faces
from kirara_studio.api.learning.features import Extractor
from kirara_studio.api.media.cascade import Cascade
from kirara_studio.cli import main
from tests.api.cascades import save_cascade

from .small_filter import save_examples, save_filter

Scan = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    return save_filter(folder / "filter.safetensors", Extractor(threads=1))


@pytest.fixture
def scan(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Scan:
    """Runs ``illustrations scan`` and gives its exit status, output and errors."""
    monkeypatch.setenv("KIRARA_HOME", str(tmp_path / "home"))

    def call(*arguments: object, named: bool = True) -> tuple[int, str, str]:
        model_words = ["--model", str(model)] if named else []
        try:
            status = main(["illustrations", "scan", *map(str, arguments), *model_words])
        except SystemExit as error:  # argparse
            status = int(error.code or 0)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "timeline"
    (folder / "below").mkdir(parents=True)
    paths = save_examples(folder)
    paths[0].rename(folder / "below" / "絵.png")
    (folder / "notes.txt").write_text("no picture")
    return folder


def test_a_folder_is_judged(scan: Scan, folder: Path) -> None:
    status, out, err = scan(folder, "--json")
    rows: list[dict[str, Any]] = json.loads(out)
    assert (status, err) == (0, "")
    assert {row["class"]: Path(row["path"]) for row in rows} == {
        ILLUSTRATION: folder / "below" / "絵.png",
        **{name: folder / f"{name}.png" for name in CLASSES[1:]},
    }
    for row in rows:
        assert row.keys() == {"path", "class", "confidence", "passes"}
        assert 0.3 < row["confidence"] <= 1
        assert row["passes"] == (row["class"] == ILLUSTRATION)


def test_the_threshold_is_the_users(scan: Scan, folder: Path) -> None:
    for threshold, passing in ((0, 5), (1, 0)):
        _, out, _ = scan(folder, "--json", "--threshold", threshold)
        assert sum(row["passes"] for row in json.loads(out)) == passing
    status, _, err = scan(folder, "--threshold", 1.5)
    assert status == 2 and "between 0 and 1" in err


def test_people_get_lines_and_a_summary(scan: Scan, folder: Path) -> None:
    status, out, _ = scan(folder)
    lines, _, summary = out.partition("\n\n")
    assert status == 0
    assert [line.split()[0] for line in summary.splitlines()] == list(CLASSES)
    assert summary.splitlines()[0].split() == [ILLUSTRATION, "1", "1", "pass"]
    (passing,) = (line for line in lines.splitlines() if "passes" in line)
    assert passing.startswith(ILLUSTRATION) and passing.endswith("絵.png")


def test_what_cannot_be_read_is_listed_with_its_reason(scan: Scan, folder: Path) -> None:
    good = folder / "other.png"
    damaged = folder / "damaged.png"
    damaged.write_bytes(good.read_bytes()[:90])
    status, out, err = scan(damaged, good, folder / "gone.png", "--json")
    judged, *unread = json.loads(out)
    assert status == 1 and judged["path"] == str(good)
    assert [row["path"] for row in unread] == [str(damaged), str(folder / "gone.png")]
    for row in unread:
        assert row["error"] in err
    status, out, err = scan(damaged)
    assert status == 1 and "damaged.png: " in err


def test_a_folder_that_cannot_be_read_is_told(
    scan: Scan, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    scandir = os.scandir

    def refusing(path: Any) -> Any:  # permissions do not stop root
        if str(path).endswith("below"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    status, out, err = scan(folder, "--json")
    assert status == 1 and str(folder / "below") in err
    assert len(json.loads(out)) == len(CLASSES)
    assert json.loads(out)[-1]["path"] == str(folder / "below")


def test_a_cascade_gives_a_second_opinion(scan: Scan, tmp_path: Path) -> None:
    cascade = save_cascade(tmp_path / "cascade.xml")  # which finds faces everywhere
    pictures = tmp_path / "large.png", tmp_path / "small.png"
    for path, side in zip(pictures, (48, 23), strict=True):  # its window has 24 pixels a side
        Image.new("RGB", (side, side), "pink").save(path)
    status, out, _ = scan(*pictures, "--json", "--cascade", cascade)
    assert status == 0
    assert [row["faces"] for row in json.loads(out)] == [True, False]
    lines, _, summary = scan(*pictures, "--cascade", cascade)[1].partition("\n\n")
    assert ["faces" in line for line in lines.splitlines()] == [True, False]
    assert summary.count("with faces") >= 1


def test_a_small_face_alone_is_not_enough(repository: Path) -> None:
    path = repository.parent / "shared/data/illustrations/lbpcascade_animeface.xml"
    if not path.is_file():
        pytest.skip(f"{path} is missing")
    cascade = Cascade(path)
    face = draw_character(CharacterAttributes.from_seed(1_200_000_000), 256)
    small = cv2.resize(face, (96, 96), interpolation=cv2.INTER_AREA)
    page = np.full((700, 700, 3), 255, np.uint8)
    assert shows_faces(cascade, face) and not shows_faces(cascade, page)
    page[420:516, 420:516] = small
    assert len(cascade.find(page)) == 1 and not shows_faces(cascade, page)
    part = page[400:540, 400:540]  # in which the same face is not small
    assert len(cascade.find(part)) == 1 and shows_faces(cascade, part)


def test_mistakes_are_explained(scan: Scan, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    status, _, err = scan(tmp_path / "empty")
    assert status == 1 and "no pictures" in err
    status, _, err = scan(folder, "--cascade", folder / "notes.txt")
    assert status == 1 and "not a cascade" in err
    status, _, err = scan(folder, "--model", tmp_path / "none.safetensors", named=False)
    assert status == 1 and "no model" in err
