"""Pictures as the classifiers see them: upright, RGB, of limited size."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kirara_paintings.answers import Pixels
from kirara_studio.api.media.pictures import load_picture, opened_picture, upright_size
from kirara_studio.api.reading import reading

if TYPE_CHECKING:
    from PIL import Image

LONGEST = 400
"""Pixels of the longer side. Larger pictures are scaled to it, smaller ones stay as they are.

A JPEG file of 1600 or 3200 pixels comes so without any scaling, since it is decoded at a fraction.
"""


@dataclass(frozen=True)
class Picture:
    """``pixels`` (height, width, 3), RGB, perhaps scaled; ``width`` and ``height`` of the file."""

    pixels: Pixels = field(repr=False)
    width: int
    height: int


def read_picture(path: Path, longest: int = LONGEST) -> Picture:
    """Read a picture, scaled so that its longer side has at most ``longest`` pixels.

    It is turned as the camera noted, see-through parts are white, and of an animation the first
    frame is read. Raises :class:`UserError` if the file is missing, not a picture, damaged or has
    more than 400 million pixels.
    """
    with opened_picture(path) as header:
        width, height = upright_size(header)
    # JPEG decodes at a fraction of its size; what is given is the shorter side, at least.
    least = max(1, -(-longest * min(width, height) // max(width, height)))
    with reading(path):
        return Picture(_pixels_of(load_picture(path, least=least), longest), width, height)


def _pixels_of(image: Image.Image, longest: int) -> Pixels:
    times = max(image.size) // (2 * longest)
    if times > 1:  # so that a huge picture is not copied whole
        image = image.reduce(times)
    pixels = np.asarray(image if image.mode == "RGB" else image.convert("RGB"), np.uint8)
    if max(image.size) <= longest:
        return pixels.copy()  # into what may be written to
    from kirara_studio.api.media.scaling import scaled, size_within

    return scaled(pixels, *size_within(*image.size, longest))
