"""The contest's layout of files, its score, and ``kirara-studio paintings contest``."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from kirara_paintings.commands.contest import labelled, score, style_of
from kirara_paintings.styles import ACTION_PAINTING, COLOUR_FIELD, IMPRESSIONISM, NEO_PLASTICISM
from kirara_studio.api.errors import UserError
from kirara_studio.cli import main


@pytest.mark.parametrize(
    ("name", "style"),
    [
        ("style_1_12.jpg", NEO_PLASTICISM),
        ("style2_5.png", IMPRESSIONISM),
        ("style_3_no_7.jpg", ACTION_PAINTING),
        ("4_12.png", COLOUR_FIELD),
        ("Style-1-3.JPG", NEO_PLASTICISM),
        ("style3/0.png", ACTION_PAINTING),
        ("4/any name.png", COLOUR_FIELD),
        ("style5_1.png", None),
        ("holiday.png", None),
        ("12_1.png", None),
    ],
)
def test_a_name_says_the_style(name: str, style: str | None) -> None:
    assert style_of(Path("contest") / name) == style


@pytest.mark.parametrize(
    ("accuracy", "points"),
    [(1, 100), (0.9, 100), (0.7, 55), (0.5, 10), (0.4, 6), (0.25, 0), (0.1, 0)],
)
def test_the_contest_scores_accuracy(accuracy: float, points: float) -> None:
    assert score(accuracy) == pytest.approx(points)


def test_just_below_ninety_percent_is_just_below_full_marks() -> None:
    assert score(0.899) == pytest.approx(10 + 90 * 39.9 / 40)


def save(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.full((60, 60, 3), 200, np.uint8)).save(path)


def test_what_is_not_named_like_the_contest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no folder"):
        list(labelled(tmp_path / "nowhere"))
    with pytest.raises(UserError, match="no pictures"):
        list(labelled(tmp_path))
    save(tmp_path / "style_1_1.png")
    assert [style for _, style in labelled(tmp_path)] == [NEO_PLASTICISM]
    save(tmp_path / "海.png")
    with pytest.raises(UserError, match=r"海\.png.*does not contain its style"):
        list(labelled(tmp_path))


def test_the_command_scores_the_contests_paintings(
    shared_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shared_folder / "data" / "paintings" / "contest"
    assert main(["paintings", "contest", str(folder), "--method", "features"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("features: 8 of 8 right, 100.0%, score 100.0")
    assert "style 4, colour-field (2): 2 colour-field" in printed
