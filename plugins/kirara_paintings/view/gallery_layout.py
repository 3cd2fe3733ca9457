"""The places of the cells of a grouped gallery, by arithmetic only: thousands cost nothing."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from PySide6.QtCore import QRectF

HEADING = 38
CAPTION = 22
GAP = 12
EMPTY = 20
"""Pixels: a heading, the line below a picture, between cells, below an empty group's heading."""


class GalleryLayout:
    """Groups of ``counts`` cells below each other in ``width`` pixels.

    Cells are at least ``side`` pixels wide, fill the width, and are numbered through all groups.
    """

    def __init__(self, width: float, counts: Sequence[int], side: float) -> None:
        self.counts = tuple(counts)
        self.columns = max(1, int((width + GAP) // (side + GAP)))
        self.cell = max(24.0, (width - (self.columns - 1) * GAP) / self.columns)
        self.width = width
        self.firsts: list[int] = []
        self.tops: list[float] = []
        y, first = 0.0, 0
        for count in self.counts:
            self.firsts.append(first)
            self.tops.append(y)
            rows = -(-count // self.columns)
            y += HEADING + (rows * self._step if count else EMPTY)
            first += count
        self.height = y
        self.count = first

    @property
    def _step(self) -> float:
        return self.cell + CAPTION + GAP

    def group(self, index: int) -> QRectF:
        """The place of a group with its heading."""
        end = self.tops[index + 1] if index + 1 < len(self.tops) else self.height
        return QRectF(0, self.tops[index], self.width, end - self.tops[index])

    def group_of(self, cell: int) -> int:
        """The group of a cell."""
        group = bisect.bisect_right(self.firsts, cell) - 1
        while self.counts[group] == 0:  # empty ones begin at the same cell
            group -= 1
        return group

    def place(self, cell: int) -> QRectF:
        """The place of a cell with its caption."""
        group = self.group_of(cell)
        row, column = divmod(cell - self.firsts[group], self.columns)
        left = column * (self.cell + GAP)
        top = self.tops[group] + HEADING + row * self._step
        return QRectF(left, top, self.cell, self.cell + CAPTION)

    def cell_at(self, x: float, y: float) -> int:
        """The cell at a point, or −1."""
        group = self.group_at(y)
        if group < 0 or not self.counts[group]:
            return -1
        row = int((y - self.tops[group] - HEADING) // self._step)
        column = int(x // (self.cell + GAP))
        inside = row * self.columns + column
        if row < 0 or not 0 <= column < self.columns or inside >= self.counts[group]:
            return -1
        cell = self.firsts[group] + inside
        return cell if self.place(cell).contains(x, y) else -1

    def group_at(self, y: float) -> int:
        """The group at a height, or −1."""
        return bisect.bisect_right(self.tops, y) - 1 if 0 <= y < self.height else -1

    def visible(self, top: float, bottom: float) -> range:
        """The cells that may be seen between two heights."""
        if not self.count:
            return range(0)
        return range(self._first_below(top), min(self._first_below(bottom, after=True), self.count))

    def _first_below(self, y: float, *, after: bool = False) -> int:
        group = max(0, bisect.bisect_right(self.tops, y) - 1)
        row = int((y - self.tops[group] - HEADING) // self._step) + after
        inside = min(max(row, 0) * self.columns, self.counts[group])
        return self.firsts[group] + inside

    def across(self, cell: int, columns: int) -> int:
        """The cell to the right (``columns`` = 1) or left (−1), past ends of rows."""
        return min(max(cell + columns, 0), self.count - 1)

    def step(self, cell: int, rows: int) -> int:
        """The nearest cell of the next (``rows`` = 1) or previous (−1) row, past headings."""
        here = self.place(cell)
        near = 2 * self.columns
        beyond = [
            (abs(place.top() - here.top()), abs(place.left() - here.left()), other)
            for other in range(max(0, cell - near), min(self.count, cell + near + 1))
            if ((place := self.place(other)).top() - here.top()) * rows > 0
        ]
        return min(beyond)[2] if beyond else cell
