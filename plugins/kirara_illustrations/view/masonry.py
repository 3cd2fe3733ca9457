"""The places of pictures in columns, by arithmetic only: 50,000 take a twentieth of a second."""

from __future__ import annotations

import bisect
from array import array
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF

GAP = 10
"""Pixels between pictures."""
_FLATTEST, _TALLEST = 0.4, 2.4
"""Height by width of a place; what is flatter or taller is cut off."""


class Masonry:
    """Pictures of ``shapes`` (number, width, height) in columns, each below the shortest one.

    Columns are at least ``column`` pixels wide, and fill ``width``.
    """

    def __init__(self, width: float, shapes: Sequence[tuple[int, int, int]], column: float) -> None:
        columns = max(1, int((width + GAP) // (column + GAP)))
        self.side = max(24.0, (width - (columns - 1) * GAP) / columns)
        self.count = len(shapes)
        self._column = array("H")
        self._within = array("L")
        self._tops: list[array[float]] = [array("d") for _ in range(columns)]
        self._bottoms: list[array[float]] = [array("d") for _ in range(columns)]
        self._cells: list[array[int]] = [array("L") for _ in range(columns)]
        ends = [0.0] * columns
        for cell, (_, wide, high) in enumerate(shapes):
            to = ends.index(min(ends))
            aspect = min(max(high / wide, _FLATTEST), _TALLEST) if wide > 0 else 1.0
            top = ends[to]
            bottom = top + self.side * aspect
            ends[to] = bottom + GAP
            self._column.append(to)
            self._within.append(len(self._tops[to]))
            self._tops[to].append(top)
            self._bottoms[to].append(bottom)
            self._cells[to].append(cell)
        self.height = max(0.0, max(ends) - GAP)

    def place(self, cell: int) -> QRectF:
        column, within = self._column[cell], self._within[cell]
        top = self._tops[column][within]
        return QRectF(
            column * (self.side + GAP), top, self.side, self._bottoms[column][within] - top
        )

    def cell_at(self, x: float, y: float) -> int:
        column = int(x // (self.side + GAP))
        if not 0 <= column < len(self._tops) or x - column * (self.side + GAP) > self.side:
            return -1
        within = bisect.bisect_right(self._tops[column], y) - 1
        if within < 0 or y >= self._bottoms[column][within]:
            return -1
        return self._cells[column][within]

    def visible(self, top: float, bottom: float) -> Iterator[int]:
        for tops, bottoms, cells in zip(self._tops, self._bottoms, self._cells, strict=True):
            first = bisect.bisect_right(bottoms, top)
            yield from cells[first : bisect.bisect_left(tops, bottom)]

    def step(self, cell: int, rows: int) -> int:
        column, within = self._column[cell], self._within[cell] + rows
        cells = self._cells[column]
        return cells[within] if 0 <= within < len(cells) else cell

    def across(self, cell: int, columns: int) -> int:
        """The cell beside the middle of ``cell``; the first of the next row past the last."""
        column = self._column[cell] + columns
        if not 0 <= column < len(self._tops) or not self._tops[column]:
            return min(max(cell + columns, 0), self.count - 1)
        middle = self.place(cell).center().y()
        within = bisect.bisect_right(self._tops[column], middle) - 1
        return self._cells[column][max(within, 0)]
