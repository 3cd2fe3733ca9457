"""Squares of pictures: where to cut one out, and what is beyond the edges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from kirara_studio.api.media.training_pictures import Square

Pixels = npt.NDArray[np.uint8]

MOST_OUTSIDE = 0.4
"""The share of a square that may lie outside its picture."""
_LONG = 1.25  # how much longer than the other a side is in a picture that is not nearly square
_EDGE = 12  # difference of a channel from the border's colour that is no noise of JPEG
_HEADROOM = 0.04  # of the square's side above what is drawn


class Box(Protocol):
    """A box in pixels, such as that of a found face."""

    @property
    def left(self) -> float:
        """Pixels from the left edge of the picture."""

    @property
    def top(self) -> float:
        """Pixels from the top edge of the picture."""

    @property
    def width(self) -> float:
        """In pixels."""

    @property
    def height(self) -> float:
        """In pixels."""


@dataclass(frozen=True)
class Frame:
    """The place of a face in a square, in shares of the square's side.

    ``size`` is the longer side of the face's box, ``x`` and ``y`` the middle of the box.
    """

    size: float
    x: float = 0.5
    y: float = 0.5

    def square(self, face: Box) -> Square:
        """The square in which a face has this place and size."""
        side = max(1, round(max(face.width, face.height) / self.size))
        left = face.left + face.width / 2 - self.x * side
        top = face.top + face.height / 2 - self.y * side
        return Square(round(left), round(top), side)


def plain_square(pixels: Pixels) -> Square:
    """The square of a picture (height, width, 3) in which no face was found.

    That is the middle of a picture that is nearly square. Of a long one, borders of one colour are
    left out of account; if what is left is higher than wide, such as a standing figure, it is the
    upper end, else the middle.
    """
    height, width = pixels.shape[:2]
    left = top = 0
    if max(height, width) > _LONG * min(height, width):
        left, top, width, height = _drawn(pixels)
    high = height > _LONG * width
    side = min(width, height)
    if high:  # a little air above the head, if there is any
        side = min(round(side * (1 + 2 * _HEADROOM)), *pixels.shape[:2])
    x = left + (width - side) // 2
    y = top - round(_HEADROOM * side) if high else top + (height - side) // 2
    x, y = (max(0, min(x, pixels.shape[1] - side)), max(0, min(y, pixels.shape[0] - side)))
    return Square(x, y, side)


def _drawn(pixels: Pixels) -> tuple[int, int, int, int]:
    """Left, top, width and height of a picture without borders of one colour."""
    height, width = pixels.shape[:2]
    corners = pixels[[0, 0, -1, -1], [0, -1, 0, -1]].astype(np.int16)
    ground = np.median(corners, axis=0)
    if (np.abs(corners - ground).max(axis=1) > _EDGE).sum() > 1:
        return 0, 0, width, height  # the corners are no border
    drawn = (np.abs(pixels.astype(np.int16) - ground) > _EDGE).any(axis=2)
    columns, rows = np.flatnonzero(drawn.any(axis=0)), np.flatnonzero(drawn.any(axis=1))
    if not len(columns):
        return 0, 0, width, height
    return (
        int(columns[0]),
        int(rows[0]),
        int(columns[-1] - columns[0] + 1),
        int(rows[-1] - rows[0] + 1),
    )


def share_outside(square: Square, width: int, height: int) -> float:
    """The share of a square's area that lies outside a picture, 0…1."""
    across = max(0, min(square.left + square.side, width) - max(square.left, 0))
    down = max(0, min(square.top + square.side, height) - max(square.top, 0))
    return 1 - across * down / square.side**2


def cut(pixels: Pixels, square: Square) -> Pixels:
    """The square out of a picture (height, width, 3).

    What lies outside the picture has its border's colour where that is one colour, else it mirrors
    the picture, as far as that reaches.
    """
    height, width = pixels.shape[:2]
    before = max(0, -square.left), max(0, -square.top)
    after = (
        max(0, square.left + square.side - width),
        max(0, square.top + square.side - height),
    )
    right, bottom = max(0, square.left + square.side), max(0, square.top + square.side)
    inside = pixels[max(0, square.top) : bottom, max(0, square.left) : right]
    if not (any(before) or any(after)):
        return inside
    colour = _border_colour(pixels, before, after)
    if colour is None and inside.size:
        around = ((before[1], after[1]), (before[0], after[0]), (0, 0))
        return np.pad(inside, around, mode="symmetric")
    whole = np.empty((square.side, square.side, 3), np.uint8)
    whole[:] = colour if colour is not None else 255
    if inside.size:
        rows, columns = inside.shape[:2]
        whole[before[1] : before[1] + rows, before[0] : before[0] + columns] = inside
    return whole


def _border_colour(
    pixels: Pixels, before: tuple[int, int], after: tuple[int, int]
) -> Pixels | None:
    """The one colour of the edges that a square reaches over, or None."""
    edges = [
        edge.reshape(-1, 3)
        for over, edge in (
            (before[0], pixels[:, 0]),
            (before[1], pixels[0]),
            (after[0], pixels[:, -1]),
            (after[1], pixels[-1]),
        )
        if over
    ]
    colours = np.concatenate(edges).astype(np.int16)
    colour = np.median(colours, axis=0)
    near = (np.abs(colours - colour) <= _EDGE).all(axis=1)
    return colour.astype(np.uint8) if near.mean() > 0.9 else None
