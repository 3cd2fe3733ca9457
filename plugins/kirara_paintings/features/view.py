"""A picture as the features look at it: small, of one size, with what several of them need."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt

from kirara_paintings.answers import Pixels

SIZE = 192
"""Pixels of the longer side."""
EDGE = 24
"""Levels (8-bit, between the two neighbours of a pixel) from which a change counts as an edge."""

Plane = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.uint8]
"""(height, width), 0 or 1."""


@dataclass(frozen=True)
class View:
    """``pixels`` (height, width, 3) with a longer side of :data:`SIZE`; the rest is worked out when
    it is first asked for. Levels are 0…255."""

    pixels: Pixels

    @staticmethod
    def of(picture: Pixels) -> View:
        """Scale a picture of any size."""
        height, width = picture.shape[:2]
        scale = SIZE / max(height, width)
        size = (max(8, round(width * scale)), max(8, round(height * scale)))
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        return View(np.asarray(cv2.resize(picture, size, interpolation=how), np.uint8))

    @cached_property
    def grey(self) -> Mask:
        """Brightness (height, width)."""
        return np.asarray(cv2.cvtColor(self.pixels, cv2.COLOR_RGB2GRAY), np.uint8)

    @cached_property
    def across(self) -> Plane:
        """By how much brightness changes from left to right, levels between two neighbours."""
        return np.asarray(cv2.Sobel(self.grey, cv2.CV_32F, 1, 0, scale=0.25), np.float32)

    @cached_property
    def down(self) -> Plane:
        """By how much brightness changes from top to bottom."""
        return np.asarray(cv2.Sobel(self.grey, cv2.CV_32F, 0, 1, scale=0.25), np.float32)

    @cached_property
    def steepness(self) -> Plane:
        """The size of that change, in any direction."""
        return np.asarray(cv2.magnitude(self.across, self.down), np.float32)

    @cached_property
    def fine(self) -> Plane:
        """Standard deviation of brightness in windows of 3×3."""
        return deviation(self.grey, 3)

    @cached_property
    def broad(self) -> Plane:
        """Standard deviation of brightness in windows of 65×65."""
        return deviation(self.grey, 65)

    @cached_property
    def directions(self) -> Floats:
        """How much changes in each of 36 directions of half a turn, 5 degrees each."""
        strong = self.steepness > EDGE / 3
        angles = np.arctan2(self.down[strong], self.across[strong])
        turns = np.floor(angles * (36 / np.pi) + 0.5).astype(np.int32) % 36
        changes = np.bincount(turns, weights=self.steepness[strong], minlength=36)
        return np.asarray(changes + 1e-3, np.float64)

    @cached_property
    def colour_boxes(self) -> Floats:
        """How many pixels lie in each of 512 boxes of colour."""
        red, green, blue = cv2.split(self.pixels >> 5)
        boxes = red.astype(np.int32) * 64 + green * 8 + blue
        return np.bincount(boxes.ravel(), minlength=512).astype(np.float64)

    @cached_property
    def by_row_and_column(self) -> tuple[float, float]:
        """How much of the variance of colour is between rows, and between columns, 0…1."""
        spread = np.square(cv2.meanStdDev(self.pixels)[1]).sum() + 4.0
        rows = cv2.reduce(self.pixels, 1, cv2.REDUCE_AVG, dtype=cv2.CV_32F)
        columns = cv2.reduce(self.pixels, 0, cv2.REDUCE_AVG, dtype=cv2.CV_32F)
        between = (np.square(cv2.meanStdDev(means)[1]).sum() for means in (rows, columns))
        return tuple(float(part / spread) for part in between)  # type: ignore[return-value]

    @cached_property
    def hsv(self) -> Pixels:
        """Hue 0…179 (pairs of degrees), saturation and value 0…255."""
        return np.asarray(cv2.cvtColor(self.pixels, cv2.COLOR_RGB2HSV), np.uint8)

    @cached_property
    def flat(self) -> Mask:
        """Where the 5×5 pixels around differ by less than 12 levels."""
        reach = cv2.morphologyEx(self.pixels, cv2.MORPH_GRADIENT, np.ones((5, 5), np.uint8))
        red, green, blue = cv2.split(reach)
        return (cv2.max(cv2.max(red, green), blue) < 12).astype(np.uint8)

    @cached_property
    def strokes(self) -> tuple[Plane, Plane]:
        """The structure tensor's coherence (0…1) and its strength, over some 7 pixels (Bigün and
        Granlund, "Optimal Orientation Detection of Linear Symmetry", ICCV 1987)."""
        xx = cv2.GaussianBlur(self.across * self.across, (0, 0), 2.0)
        yy = cv2.GaussianBlur(self.down * self.down, (0, 0), 2.0)
        xy = cv2.GaussianBlur(self.across * self.down, (0, 0), 2.0)
        strength = xx + yy
        coherence = np.sqrt((xx - yy) ** 2 + 4 * xy * xy) / (strength + 4.0)
        return coherence, strength

    @cached_property
    def black_lines(self) -> Mask:
        """Dark bars that run up or across: long, thin, much darker than what is beside them."""
        return _bars(self.grey, max(3, max(self.grey.shape) // 7))

    @cached_property
    def straight_edges(self) -> Mask:
        """Edges that run exactly up or across for at least a seventh of the longer side."""
        return _straight(self.across, self.down)

    @cached_property
    def loose_edges(self) -> Mask:
        """Edges that are no part of such a straight one, nor beside it."""
        near = cv2.dilate(self.straight_edges, np.ones((5, 5), np.uint8))
        return ((self.steepness > EDGE / 2) & (near == 0)).astype(np.uint8)

    @cached_property
    def turned(self) -> View:
        """The same picture, turned by an eighth, as far as it is then seen whole: for canvases that
        hang on a corner."""
        height, width = self.grey.shape
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), 45, 1.0)
        half = max(2, round(min(height, width) / (2 * 2**0.5)) - 1)
        whole = cv2.warpAffine(self.pixels, matrix, (width, height))
        top, left = height // 2 - half, width // 2 - half
        return View(np.ascontiguousarray(whole[top : top + 2 * half, left : left + 2 * half]))


def _straight(across: Plane, down: Plane) -> Mask:
    long = max(3, max(across.shape) // 7)
    found = np.zeros(across.shape, np.uint8)
    for change, size in ((across, (1, long)), (down, (long, 1))):
        edge = (np.abs(change) > EDGE / 2).astype(np.uint8)
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, size)
        found |= np.asarray(cv2.morphologyEx(edge, cv2.MORPH_OPEN, kernel), np.uint8)
    return found


def deviation(plane: Mask, side: int) -> Plane:
    """Standard deviation in windows of ``side`` by ``side``, (height, width)."""
    values = plane.astype(np.float32)
    mean = cv2.blur(values, (side, side), borderType=cv2.BORDER_REFLECT)
    squares = cv2.blur(values * values, (side, side), borderType=cv2.BORDER_REFLECT)
    return np.sqrt(np.maximum(squares - mean * mean, 0))


def _bars(grey: Mask, long: int) -> Mask:
    thick = 2 * (max(grey.shape) // 26) + 3  # the thickest bar, and both sides of it
    found = np.zeros(grey.shape, np.uint8)
    for across, along in (((thick, 1), (1, long)), ((1, thick), (long, 1))):
        hat = cv2.morphologyEx(
            grey, cv2.MORPH_BLACKHAT, cv2.getStructuringElement(cv2.MORPH_RECT, across)
        )
        dark = ((hat > 50) & (grey < 110)).astype(np.uint8)
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, along)
        found |= np.asarray(cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel), np.uint8)
    return found
