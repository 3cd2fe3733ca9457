"""A cascade of faces: what it finds, and files that OpenCV must not get."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.api.media import cascade
from kirara_studio.api.media.cascade import NEIGHBOURS, Cascade

from .cascades import save_cascade


@pytest.mark.parametrize(("height", "width"), [(50, 60), (90, 40), (9, 400)])
def test_squares_lie_in_the_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, height: int, width: int
) -> None:
    finder = Cascade(save_cascade(tmp_path / "cascade.xml"))
    pixels = np.full((height, width, 3), 200, np.uint8)
    for largest in (3000, 1500):  # as it is, and shrunk first
        monkeypatch.setattr(cascade, "_LARGEST", largest)
        found = finder.find(pixels)
        assert bool(found) == (min(height, width) > 9)  # its window has 24 pixels a side
        for one in found:
            assert 0 <= one.left < one.left + one.width <= width + 1
            assert 0 <= one.top < one.top + one.height <= height + 1
            assert one.width == pytest.approx(one.height, rel=0.05)
            assert one.count >= NEIGHBOURS


@pytest.mark.parametrize(
    ("feature", "node", "reason"),
    [
        ("0 0 9 9", "0 -1 0", "outside the window"),
        ("-1 0 2 2", "0 -1 0", "outside the window"),
        ("0 0 2 2", "0 -1 1", "feature is missing"),
        ("0 0 2 2", "0 -1 -1", "feature is missing"),
        ("0 0 2 2", "0 -2 0", "leaf is missing"),
        ("0 0 2 2", "1 -1 0", "node is missing"),
        ("0 0 2 2", "0 -1 0 0", "tree is incomplete"),
        ("0 0 2", "0 -1 0", "not enough values"),
    ],
)
def test_numbers_that_lead_opencv_astray_are_refused(
    tmp_path: Path, feature: str, node: str, reason: str
) -> None:
    with pytest.raises(UserError, match=reason) as caught:
        Cascade(save_cascade(tmp_path / "cascade.xml", feature, node))
    assert "cascade.xml" in str(caught.value)


@pytest.mark.parametrize("text", ["", "<a/>", "<opencv_storage><cascade/></opencv_storage>", "\0"])
def test_another_file_is_no_cascade(tmp_path: Path, text: str) -> None:
    path = tmp_path / "cascade.xml"
    path.write_text(text)
    with pytest.raises(UserError, match=r"“cascade\.xml” is not a cascade"):
        Cascade(path)


def test_a_cascade_for_photographed_faces_is_refused() -> None:
    path = Path(cv2.data.haarcascades) / "haarcascade_eye.xml"
    with pytest.raises(UserError, match="local binary patterns"):
        Cascade(path)
