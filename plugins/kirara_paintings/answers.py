"""The answers of classifiers and the reasons for them. Imports no torch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

NETWORK = "network"
FEATURES = "features"
PAINTINGS_NETWORK = f"paintings-{NETWORK}"  # the architecture on models' cards
METHODS = (NETWORK, FEATURES)
"""The two classifiers, in the order in which they are shown."""

Pixels = npt.NDArray[np.uint8]
"""A picture: (height, width, 3), RGB."""

Heat = npt.NDArray[np.float32]
"""Evidence for a class at each place of a picture: (rows, columns); negative is against it."""


@dataclass(frozen=True)
class Box:
    """A part of a picture; edges are shares of its width and height, 0 (left, top) … 1."""

    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0

    def __post_init__(self) -> None:
        if not (0 <= self.left < self.right <= 1 and 0 <= self.top < self.bottom <= 1):
            raise ValueError("a box lies within its picture and is not empty")


WHOLE = Box()


@dataclass(frozen=True)
class Reason:
    """A feature that counted for or against the answer.

    ``value`` is its measured value, ``weight`` its effect on the answer (log odds, natural;
    negative is against it). ``usual`` is the range of most pictures of the class, ``regions`` the
    places in the picture where it was seen.
    """

    feature: str
    value: float
    weight: float
    usual: tuple[float, float]
    regions: Sequence[Box] = ()


@dataclass(frozen=True)
class Answer:
    """The answer of a classifier for one picture.

    ``probabilities`` are calibrated and sum to 1, in the order of the classifier's classes.
    """

    method: str
    probabilities: Mapping[str, float]

    @classmethod
    def of_rows(
        cls, method: str, classes: Sequence[str], rows: npt.NDArray[np.floating]
    ) -> list[Answer]:
        """One answer for each row of probabilities (pictures, classes)."""
        return [cls(method, dict(zip(classes, row, strict=True))) for row in rows.tolist()]

    @property
    def style(self) -> str:
        """The most probable class."""
        return max(self.probabilities, key=lambda name: self.probabilities[name])

    @property
    def confidence(self) -> float:
        """The probability of that class, 0…1."""
        return self.probabilities[self.style]


@dataclass(frozen=True)
class Explanation:
    """Why a picture may be of a class: reasons, strongest first, or a heat map."""

    style: str
    reasons: Sequence[Reason] = ()
    heat: Heat | None = None


class Classifier(Protocol):
    """The interface of both classifiers."""

    method: str
    classes: Sequence[str]

    def classify(self, pictures: Sequence[Pixels]) -> list[Answer]:
        """One answer for each picture; sizes may differ."""
        ...

    def explain(self, picture: Pixels, style: str) -> Explanation:
        """Explain what counts for ``style`` in a picture."""
        ...
