"""The attributes of drawn characters as vectors of numbers. Imports neither Qt nor torch.

A generator that learnt from attributes is given such a vector in place of Gaussian noise: a
*column* for each choice ("fringe=swept", 0 or 1), number ("yaw", −1…1 over its range), flag
("ahoge", 0 or 1) and channel of a colour ("hair_colour.red", −1…1). An optional colour has a
column more, which says whether there is one; where there is none, its channels are those of what
it would be painted over, so that a colour grows out of it. The columns that a generator was trained
with are part of its configuration, so a drawing program that learns new attributes later changes
nothing for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kirara_characters.drawing.attributes import (
    CHOICES,
    COLOURS,
    FLAGS,
    OPTIONAL_COLOURS,
    RANGES,
    CharacterAttributes,
)
from kirara_characters.latents import Latents

_CHANNELS = ("red", "green", "blue")
_PRESENT = "present"
_INSTEAD = {"eye_glow_colour": "left_eye_colour"}
"""What an optional colour is painted over, if not the hair."""


def all_columns() -> tuple[str, ...]:
    """The columns of everything that the drawing program knows."""
    columns = [f"{name}={value}" for name, values in CHOICES.items() for value in values]
    columns += [*RANGES, *FLAGS]
    for name in COLOURS:
        if name in OPTIONAL_COLOURS:
            columns.append(f"{name}.{_PRESENT}")
        columns += [f"{name}.{channel}" for channel in _CHANNELS]
    return tuple(columns)


@dataclass(frozen=True)
class AttributeSpace:
    """Vectors of attributes, in the order of ``columns``; raises ValueError for unknown ones."""

    columns: tuple[str, ...]

    def __post_init__(self) -> None:
        known = set(all_columns())
        unknown = [column for column in self.columns if column not in known]
        if unknown:
            raise ValueError(f"drawings have no attribute “{unknown[0]}”")

    @property
    def length(self) -> int:
        """How many numbers a vector has."""
        return len(self.columns)

    def encode(self, attributes: CharacterAttributes) -> Latents:
        """The vector (length,) of a character."""
        return np.array([_value(attributes, column) for column in self.columns], np.float32)

    def of_seed(self, seed: int) -> Latents:
        """The vector of the character that the drawing program draws for ``seed``."""
        return self.encode(CharacterAttributes.from_seed(seed))

    def of_seeds(self, seeds: Sequence[int]) -> Latents:
        """The vectors of several seeds, (len(seeds), length)."""
        rows = [self.of_seed(seed) for seed in seeds]
        return np.stack(rows) if rows else np.empty((0, self.length), np.float32)

    def between(self, start: Latents, end: Latents, t: float) -> Latents:
        """The vector that lies ``t`` (0…1) of the way: attributes mix in a straight line."""
        return ((1.0 - t) * start + t * end).astype(np.float32)


def _value(attributes: CharacterAttributes, column: str) -> float:
    name, choice, value = column.partition("=")
    if choice:
        return float(getattr(attributes, name) == value)
    if column in RANGES:
        low, high = RANGES[column]
        return float(2 * (getattr(attributes, column) - low) / (high - low) - 1)
    if column in FLAGS:
        return float(getattr(attributes, column))
    name, _, part = column.partition(".")
    colour: str = getattr(attributes, name)
    if part == _PRESENT:
        return float(bool(colour))
    colour = colour or getattr(attributes, _INSTEAD.get(name, "hair_colour"))
    place = 1 + 2 * _CHANNELS.index(part)
    return int(colour[place : place + 2], 16) / 127.5 - 1
