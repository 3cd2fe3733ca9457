"""Pictures made smaller or larger. Imports no torch."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
"""A picture: (height, width, 3), RGB."""


def scaled(pixels: Pixels, width: int, height: int) -> Pixels:
    """A picture (rows, columns, 3) at ``height`` × ``width`` pixels.

    Smaller pixels are means of the area they cover, at a third of the cost of Pillow's bicubic
    scaling; larger pictures are interpolated by cubics.
    """
    rows, columns = pixels.shape[:2]
    if (columns, rows) == (width, height):
        return pixels
    if width <= columns and height <= rows:
        return _resized(pixels, width, height, cv2.INTER_AREA)
    least = min(width, columns), min(height, rows)
    if least != (columns, rows):  # one side becomes smaller, the other larger
        pixels = _resized(pixels, *least, cv2.INTER_AREA)
    return _resized(pixels, width, height, cv2.INTER_CUBIC)


def size_within(width: int, height: int, longest: int) -> tuple[int, int]:
    """Width and height of the same shape whose longer side is ``longest``, at least a pixel."""
    scale = longest / max(width, height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _resized(pixels: Pixels, width: int, height: int, how: int) -> Pixels:
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=how), np.uint8)
