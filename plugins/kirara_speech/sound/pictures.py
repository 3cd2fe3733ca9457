"""Spectrograms and attention as pictures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image

_STOPS = np.array(
    [(8, 6, 28), (64, 18, 110), (158, 42, 120), (232, 98, 76), (250, 188, 92), (252, 250, 214)]
)
"""From quiet to loud."""


def spectrogram_picture(values: npt.NDArray[np.float32], zoom: int = 4) -> Image.Image:
    """(channels, frames), 0…1, low frequencies at the bottom; ``zoom`` pixels a value."""
    return _picture(values[::-1], zoom)


def attention_picture(values: npt.NDArray[np.float32], zoom: int = 6) -> Image.Image:
    """(symbols, frames), 0…1, the first symbol at the bottom."""
    return _picture(values[::-1], zoom)


def stacked(pictures: Sequence[Image.Image]) -> Image.Image:
    """One below the other."""
    width = max(picture.width for picture in pictures)
    gap = 4
    height = sum(picture.height + gap for picture in pictures) - gap
    result = Image.new("RGB", (width, height), "white")
    top = 0
    for picture in pictures:
        result.paste(picture, (0, top))
        top += picture.height + gap
    return result


def _picture(values: npt.NDArray[np.float32], zoom: int) -> Image.Image:
    places = np.linspace(0, 1, len(_STOPS))
    clipped = np.clip(values, 0, 1)
    colours = [np.interp(clipped, places, _STOPS[:, channel]) for channel in range(3)]
    pixels = np.stack(colours, -1).round().astype(np.uint8)
    image = Image.fromarray(pixels)
    return image.resize((image.width * zoom, image.height * zoom), Image.Resampling.NEAREST)
