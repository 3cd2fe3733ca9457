"""A picture prepared for the features: scaled to one small size, with shared intermediates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt

from kirara_paintings.answers import Pixels
from kirara_studio.api.media.scaling import scaled, size_within

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
    """``pixels`` (height, width, 3), longer side :data:`SIZE`; the rest is computed when used.

    Levels are 0…255.
    """

    pixels: Pixels

    @staticmethod
    def of(picture: Pixels) -> View:
        """Scale a picture of any size."""
        height, width = picture.shape[:2]
        width, height = size_within(width, height, SIZE)
        return View(scaled(picture, max(8, width), max(8, height)))

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
        across, down = self.across[strong], self.down[strong]
        changes: Floats = np.zeros(36)
        if len(across):
            # To a third of a degree, and three times as fast as arctan2; 0…360.
            angles = cv2.phase(across, down, angleInDegrees=True)[:, 0]
            turns = (angles * np.float32(1 / 5) + np.float32(0.5)).astype(np.intp)
            both = np.bincount(turns, weights=self.steepness[strong], minlength=73)
            changes += both[:36] + both[36:72]
            changes[0] += both[72]
        return np.asarray(changes + 1e-3, np.float64)

    @cached_property
    def colour_boxes(self) -> Floats:
        """How many pixels lie in each of 512 boxes of colour."""
        counts = cv2.calcHist([self.pixels], [0, 1, 2], None, [8, 8, 8], [0, 256] * 3)
        return counts.ravel().astype(np.float64)

    @cached_property
    def by_row_and_column(self) -> tuple[float, float]:
        """How much of the variance of colour is between rows, and between columns, 0…1."""
        spread = np.square(cv2.meanStdDev(self.pixels)[1]).sum() + 4.0
        rows = cv2.reduce(self.pixels, 1, cv2.REDUCE_AVG, dtype=cv2.CV_32F)
        columns = cv2.reduce(self.pixels, 0, cv2.REDUCE_AVG, dtype=cv2.CV_32F)
        between = (np.square(cv2.meanStdDev(means)[1]).sum() for means in (rows, columns))
        return tuple(float(part / spread) for part in between)  # type: ignore[return-value]

    @cached_property
    def hsv(self) -> tuple[Mask, ...]:
        """Hue 0…179 (pairs of degrees), saturation and value 0…255."""
        return _planes(cv2.cvtColor(self.pixels, cv2.COLOR_RGB2HSV))

    @cached_property
    def lab(self) -> tuple[Mask, ...]:
        """Lightness, green to red and blue to yellow (CIELAB), each scaled to 0…255."""
        return _planes(cv2.cvtColor(self.pixels, cv2.COLOR_RGB2LAB))

    @cached_property
    def cells(self) -> Plane:
        """:attr:`fine`, averaged over a grid of 16×16 places."""
        return np.asarray(cv2.resize(self.fine, (16, 16), interpolation=cv2.INTER_AREA), np.float32)

    @cached_property
    def lined_up(self) -> float:
        """The share of all change that lies in the fullest tenth of the columns and rows."""
        columns = cv2.reduce(np.abs(self.across), 0, cv2.REDUCE_SUM).ravel()
        rows = cv2.reduce(np.abs(self.down), 1, cv2.REDUCE_SUM).ravel()
        full = sum(
            float(np.sort(line)[-max(1, len(line) // 10) :].sum()) for line in (columns, rows)
        )
        return full / float(columns.sum() + rows.sum() + 0.01 * self.grey.size)

    @cached_property
    def steepest(self) -> tuple[float, float]:
        """How steep the steepest hundredth of all places is at least, and half of a hundredth."""
        places = self.steepness.ravel()
        # Nearly all places are far below: every sixteenth shows which need not be sorted.
        few = np.sort(places[::16])
        steep = np.sort(places[places >= few[int(0.97 * len(few))]])
        if len(steep) < len(places) // 100 + 3:
            steep = np.sort(places)
        hundredth, half = (
            float(np.interp(share * (len(places) - 1) - (len(places) - len(steep)),
                            np.arange(len(steep)), steep))
            for share in (0.99, 0.995)
        )  # fmt: skip
        return hundredth, half

    @cached_property
    def octaves(self) -> tuple[float, ...]:
        """The energy of details of one, two, four and eight pixels.

        Burt and Adelson, "The Laplacian Pyramid as a Compact Image Code", 1983.
        """
        image = self.grey.astype(np.float32)
        energies = []
        for _ in range(4):
            smaller = cv2.pyrDown(image)
            detail = cv2.subtract(image, cv2.pyrUp(smaller, dstsize=image.shape[::-1]))
            energies.append(float(np.vdot(detail, detail)) / detail.size + 0.05)
            image = np.asarray(smaller, np.float32)
        return tuple(energies)

    @cached_property
    def flat_regions(self) -> npt.NDArray[np.int32]:
        """The regions of :attr:`flat`: (regions, 5), left, top, width, height and area."""
        _, _, statistics, _ = cv2.connectedComponentsWithStats(self.flat, connectivity=4)
        return np.asarray(statistics[1:], np.int32)

    @cached_property
    def flat(self) -> Mask:
        """Where the 5×5 pixels around differ by less than 12 levels."""
        reach = cv2.morphologyEx(self.pixels, cv2.MORPH_GRADIENT, np.ones((5, 5), np.uint8))
        red, green, blue = cv2.split(reach)
        return (cv2.max(cv2.max(red, green), blue) < 12).astype(np.uint8)

    @cached_property
    def strokes(self) -> tuple[Plane, Plane]:
        """The structure tensor's coherence (0…1) and its strength, over some 7 pixels.

        Bigün and Granlund, "Optimal Orientation Detection of Linear Symmetry", ICCV 1987.
        """
        xx = cv2.GaussianBlur(self.across * self.across, (0, 0), 2.0)
        yy = cv2.GaussianBlur(self.down * self.down, (0, 0), 2.0)
        xy = cv2.GaussianBlur(self.across * self.down, (0, 0), 2.0)
        strength = xx + yy
        coherence = np.sqrt((xx - yy) ** 2 + 4 * xy * xy) / (strength + 4.0)
        return coherence, strength

    @cached_property
    def black_lines(self) -> Mask:
        """Dark bars that run up or across: long, thin, much darker than their neighbourhood."""
        thick = 2 * (max(self.grey.shape) // 26) + 3  # the thickest bar, and both sides of it
        bars = []
        for size in ((thick, 1), (1, thick)):
            kernel = cv2.getStructuringElement(cv2.MORPH_RECT, size)
            hat = cv2.morphologyEx(self.grey, cv2.MORPH_BLACKHAT, kernel)
            bars.append((hat > 50) & (self.grey < 110))
        return _long(*bars)

    @cached_property
    def straight_edges(self) -> Mask:
        """Edges that run exactly up or across for at least a seventh of the longer side."""
        return _long(np.abs(self.across) > EDGE / 2, np.abs(self.down) > EDGE / 2)

    @cached_property
    def loose_edges(self) -> Mask:
        """Edges that are not part of such a straight one, nor beside it."""
        near = cv2.dilate(self.straight_edges, np.ones((5, 5), np.uint8))
        return ((self.steepness > EDGE / 2) & (near == 0)).astype(np.uint8)

    @cached_property
    def turned(self) -> View:
        """The inner part of the picture, turned by 45 degrees: for canvases hung on a corner."""
        height, width = self.grey.shape
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), 45, 1.0)
        half = max(2, round(min(height, width) / (2 * 2**0.5)) - 1)
        whole = cv2.warpAffine(self.pixels, matrix, (width, height))
        top, left = height // 2 - half, width // 2 - half
        return View(np.ascontiguousarray(whole[top : top + 2 * half, left : left + 2 * half]))


def _planes(picture: npt.NDArray[np.integer | np.floating]) -> tuple[Mask, ...]:
    return tuple(np.asarray(plane, np.uint8) for plane in cv2.split(picture))


def _long(upright: npt.NDArray[np.bool_], level: npt.NDArray[np.bool_]) -> Mask:
    """The runs, up or across, of at least a seventh of the longer side."""
    long = max(3, max(upright.shape) // 7)
    found = np.zeros(upright.shape, np.uint8)
    for places, size in ((upright, (1, long)), (level, (long, 1))):
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, size)
        opened = cv2.morphologyEx(places.astype(np.uint8), cv2.MORPH_OPEN, kernel)
        found |= np.asarray(opened, np.uint8)
    return found


def deviation(plane: Mask, side: int) -> Plane:
    """Standard deviation in windows of ``side`` by ``side``, (height, width)."""
    window, border = (side, side), cv2.BORDER_REFLECT
    mean = cv2.boxFilter(plane, cv2.CV_32F, window, borderType=border)
    squares = cv2.sqrBoxFilter(plane, cv2.CV_32F, window, borderType=border)
    variance = cv2.subtract(squares, cv2.multiply(mean, mean, dst=mean), dst=squares)
    return np.sqrt(np.maximum(variance, 0, out=variance), out=variance)
