"""A found face, and the choice among overlapping ones. Imports no torch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt
from PIL import Image

from kirara_studio.api.errors import UserError
from kirara_studio.api.media.pictures import opaque_of

Pixels = npt.NDArray[np.uint8]
Picture = Image.Image | Pixels
"""An image of any mode, of which transparent parts count as white, or RGB (height, width, 3)."""

LARGEST = 1_500_000
"""Pixels: a larger picture is shrunk to this before it is searched."""


@dataclass(frozen=True)
class Face:
    """A drawn face: its upright box in pixels of the picture, from the top left corner.

    The box reaches from cheek to cheek and from a little above the brows, where a fringe ends, to
    the chin; hair, ears and neck are outside. It holds the outline as it stands, so a tilted face
    has a larger box, and a face at the edge of the picture is cut off there. ``score`` is 0…1.
    ``roll`` is the tilt in degrees, clockwise as seen in the picture, -90…90.
    """

    left: float
    top: float
    width: float
    height: float
    score: float
    roll: float = 0.0

    def scaled(self, across: float, down: float) -> Face:
        """The face in a picture that is ``across`` times as wide and ``down`` times as high."""
        return replace(
            self,
            left=self.left * across,
            top=self.top * down,
            width=self.width * across,
            height=self.height * down,
        )

    def mirrored(self, width: float) -> Face:
        """The face in the mirror image of a picture of this width."""
        return replace(self, left=width - self.left - self.width, roll=-self.roll)

    def overlap(self, other: Face) -> float:
        """The area in both boxes as a share of that in any of them, 0…1."""
        both = self._common(other)
        return both / max(self.width * self.height + other.width * other.height - both, 1e-9)

    def inside(self, other: Face) -> float:
        """The area in both boxes as a share of the smaller one, 0…1."""
        smaller = min(self.width * self.height, other.width * other.height)
        return self._common(other) / max(smaller, 1e-9)

    def _common(self, other: Face) -> float:
        width = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        height = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        return max(0.0, width) * max(0.0, height)

    def square(self, width: int, height: int, factor: float = 2.2) -> tuple[int, int, int, int]:
        """A square around the head: left, top, right, bottom in whole pixels.

        Its side is ``factor`` times the longer side of the box; 2.2 shows hair and shoulders. It
        is moved, and if need be made smaller, to lie in a picture of ``width`` × ``height``.
        """
        side = max(1, min(round(factor * max(self.width, self.height)), width, height))
        x = self.left + self.width / 2 - side / 2
        y = self.top + 0.42 * self.height - side / 2  # there is more hair above than neck below
        left, top = round(min(max(x, 0), width - side)), round(min(max(y, 0), height - side))
        return left, top, left + side, top + side


_SAME, _NESTED = 0.35, 0.7


def suppress(faces: Iterable[Face]) -> tuple[Face, ...]:
    """The faces, best first, without those that overlap a better one.

    That is non-maximum suppression. A box that lies mostly within a better one, or around it, is
    left out too: it is the same face found at another scale.
    """
    kept: list[Face] = []
    for face in sorted(faces, key=lambda one: -one.score):
        if all(face.overlap(one) < _SAME and face.inside(one) < _NESTED for one in kept):
            kept.append(face)
    return tuple(kept)


class Finder(Protocol):
    """What finds drawn faces: the network, or a cascade."""

    def find(self, picture: Picture) -> tuple[Face, ...]:
        """The drawn faces in a picture, best first."""


def pixels_of(picture: Picture) -> Pixels:
    """RGB (height, width, 3). Raises UserError for an array of another shape or type."""
    if isinstance(picture, Image.Image):
        picture = np.asarray(opaque_of(picture), np.uint8)
    if picture.dtype != np.uint8 or picture.ndim != 3 or picture.shape[2] != 3 or not picture.size:
        raise UserError(
            "An array of shape {shape} is not a picture.",
            advice="Give RGB of shape (height, width, 3), of type uint8.",
            shape=picture.shape,
        )
    return picture


def within(face: Face, width: int, height: int) -> Face | None:
    """The face cut off at the edges of the picture, None if nothing is left."""
    left, top = max(0.0, face.left), max(0.0, face.top)
    right = min(float(width), face.left + face.width)
    bottom = min(float(height), face.top + face.height)
    if right - left < 1 or bottom - top < 1:
        return None
    return Face(left, top, right - left, bottom - top, face.score, face.roll)
