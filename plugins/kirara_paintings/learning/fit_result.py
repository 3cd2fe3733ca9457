"""The result of fitting own classes. Imports no torch."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class FitResult:
    """The cross-validation of a fitted model.

    ``labels`` are the class numbers of the pictures, ``predicted`` and ``confidences`` the answers
    of models fitted without them; these models' own calibration made the confidences, so they are
    not a test of it. ``unread`` are the names of files that could not be read.
    """

    classes: tuple[str, ...]
    labels: tuple[int, ...]
    predicted: tuple[int, ...]
    confidences: tuple[float, ...]
    pictures: tuple[Path, ...] = ()
    unread: tuple[str, ...] = ()
    model: Path = Path()
    seconds: float = 0.0

    @property
    def right(self) -> int:
        """The number of pictures that were recognised."""
        return sum(a == b for a, b in zip(self.labels, self.predicted, strict=True))

    @property
    def accuracy(self) -> float:
        """The share of pictures that were recognised, 0…1."""
        return self.right / len(self.labels)

    @property
    def counts(self) -> list[int]:
        """The number of pictures of each class."""
        return [self.labels.count(number) for number in range(len(self.classes))]

    @property
    def confusion(self) -> list[list[int]]:
        """The number of pictures of each class (rows) that were predicted as each (columns)."""
        counts = Counter(zip(self.labels, self.predicted, strict=True))
        numbers = range(len(self.classes))
        return [[counts[row, column] for column in numbers] for row in numbers]

    def pictures_in(self, row: int, column: int) -> list[Path]:
        """The pictures of a cell of :attr:`confusion`."""
        cells = zip(self.labels, self.predicted, strict=True)
        return [
            path for path, cell in zip(self.pictures, cells, strict=True) if cell == (row, column)
        ]
