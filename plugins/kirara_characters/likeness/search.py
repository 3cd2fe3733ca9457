"""Search for the attributes whose drawing is closest to a picture. Imports no torch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from kirara_characters.networks.character import Value
from kirara_characters.networks.latents import Attribute

Pixels = npt.NDArray[np.uint8]
Draw = Callable[[Mapping[str, Value]], Pixels]
"""Draws a character of attributes as (side, side, 3)."""

ROUNDS = 2
_SCALES = 3  # of the pictures that are compared, each half as large as the one before
_FIRST = (
    "scale", "shift_y", "shift_x", "background", "background_colour", "hair_colour", "skin_colour",
    "clothes_colour", "yaw", "pitch", "roll", "back_hair", "fringe", "side_locks", "clothes",
)  # fmt: skip
"""What covers most of a picture comes first."""
_STEPS = {1: 0.2, 2: 0.07}
"""Of a number's range, or of 256 levels of a colour, in each round."""


def distance(one: Pixels, other: Pixels) -> float:
    """The mean difference of two pictures (side, side, 3) over several scales, in levels."""
    a, b = one.astype(np.float32), other.astype(np.float32)
    total = 0.0
    for scale in range(_SCALES):
        if scale:
            size = (a.shape[1] // 2, a.shape[0] // 2)
            a = np.asarray(cv2.resize(a, size, interpolation=cv2.INTER_AREA), np.float32)
            b = np.asarray(cv2.resize(b, size, interpolation=cv2.INTER_AREA), np.float32)
        total += float(np.abs(a - b).mean())
    return total / _SCALES


class Search:
    """Changes one attribute after the other wherever that brings the drawing closer.

    ``values`` are the best found so far, ``best`` is their :func:`distance` from ``picture``.
    """

    def __init__(
        self,
        picture: Pixels,
        attributes: Sequence[Attribute],
        start: Mapping[str, Value],
        draw: Draw,
    ) -> None:
        self._picture, self._draw = picture, draw
        order = {name: place for place, name in enumerate(_FIRST)}
        self._attributes = sorted(attributes, key=lambda one: order.get(one.name, len(order)))
        self.values = dict(start)
        self.best = distance(picture, draw(self.values))

    @property
    def steps(self) -> int:
        """How often :meth:`run` yields."""
        return ROUNDS * len(self._attributes)

    def run(self) -> Iterator[None]:
        """Search, with a pause after each attribute."""
        for number in range(1, ROUNDS + 1):
            for attribute in self._attributes:
                self._improve(attribute, _STEPS[number])
                yield

    def _improve(self, attribute: Attribute, step: float) -> None:
        name = attribute.name
        if attribute.kind == "number":
            width = step * (attribute.high - attribute.low)
            while any(self._try({name: self._moved(attribute, way * width)}) for way in (1, -1)):
                pass
            return
        for value in self._others(attribute, step):
            self._try({name: value})

    def _moved(self, attribute: Attribute, by: float) -> float:
        value = float(self.values[attribute.name]) + by
        return min(max(value, attribute.low), attribute.high)

    def _others(self, attribute: Attribute, step: float) -> Iterator[Value]:
        """Other values; those of a colour depend on what was better before."""
        name, value = attribute.name, self.values[attribute.name]
        if attribute.kind == "choice":
            yield from (choice for choice in attribute.choices if choice != value)
        elif attribute.kind == "flag":
            yield not value
        else:
            if attribute.optional:
                yield "" if value else str(self.values["hair_colour"])
            for direction in ((1, 1, 1), (1, 0, 0), (0, 1, 0), (0, 0, 1)):
                for sign in (1, -1):
                    if colour := str(self.values[name]):
                        yield _shifted(colour, [round(sign * 256 * step * d) for d in direction])

    def _try(self, change: Mapping[str, Value]) -> bool:
        """Keep a change if the drawing comes closer."""
        values = {**self.values, **change}
        if values == self.values:
            return False
        found = distance(self._picture, self._draw(values))
        if found >= self.best:
            return False
        self.values, self.best = values, found
        return True


def _shifted(colour: str, by: Sequence[int]) -> str:
    levels = [int(colour[1 + 2 * at : 3 + 2 * at], 16) + by[at] for at in range(3)]
    return "#" + "".join(f"{min(max(level, 0), 255):02x}" for level in levels)
