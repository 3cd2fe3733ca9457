"""The attributes of drawn characters as vectors of numbers. Imports neither Qt nor torch.

A generator that learnt from attributes is given such a vector in place of Gaussian noise: a
*column* for each choice ("fringe=swept", 0 or 1), number ("yaw", −1…1 over its range), flag
("ahoge", 0 or 1) and channel of a colour ("hair_colour.red", −1…1). An optional colour has a
column more, which is 1 if it is present; if it is absent, its channels are those of what
it would be painted over, so that a colour grows out of it. The columns that a generator was trained
with are part of its configuration, so a drawing program that learns new attributes later changes
nothing for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from kirara_characters.drawing.attributes import (
    CHOICES,
    COLOURS,
    FLAGS,
    OPTIONAL_COLOURS,
    RANGES,
    CharacterAttributes,
)
from kirara_characters.networks.latents import Latents, LatentSpace

_CHANNELS = ("red", "green", "blue")
_PRESENT = "present"
_TRACE = 1e-3  # a share that is none
_MEAN_OF = 256  # characters
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
class AttributeSpace(LatentSpace):
    """Vectors of attributes, in the order of ``columns``; raises ValueError for unknown ones."""

    columns: tuple[str, ...]
    length: int = field(init=False)

    def __post_init__(self) -> None:
        known = set(all_columns())
        unknown = [column for column in self.columns if column not in known]
        if unknown:
            raise ValueError(f"drawings have no attribute “{unknown[0]}”")
        object.__setattr__(self, "length", len(self.columns))

    def encode(self, attributes: CharacterAttributes) -> Latents:
        """The vector (length,) of a character."""
        return np.array([_value(attributes, column) for column in self.columns], np.float32)

    def of_seed(self, seed: int) -> Latents:
        """The vector of the character that the drawing program draws for ``seed``."""
        return self.encode(CharacterAttributes.from_seed(seed))

    def decode(self, vector: Latents, *, second: bool = False) -> CharacterAttributes:
        """The character that a vector (length,) stands for.

        Of a mixture (:meth:`between`) it has the choices and flags with the larger share, or with
        ``second`` those with the smaller share, if there are two. Numbers and colours are the
        vector's, within their ranges. The space must have all columns.
        """
        at = dict(zip(self.columns, vector.tolist(), strict=True))
        values: dict[str, Any] = {}
        for name, choices in CHOICES.items():
            shares = sorted(choices, key=lambda choice: -at[f"{name}={choice}"])
            mixed = second and at[f"{name}={shares[1]}"] > _TRACE
            values[name] = shares[1 if mixed else 0]
        for name, (low, high) in RANGES.items():
            values[name] = min(max((at[name] + 1) / 2 * (high - low) + low, low), high)
        for name in FLAGS:
            values[name] = _larger(at[name], second)
        for name in COLOURS:
            if name in OPTIONAL_COLOURS and not _larger(at[f"{name}.{_PRESENT}"], second):
                values[name] = ""
                continue
            levels = (at[f"{name}.{channel}"] for channel in _CHANNELS)
            values[name] = "#" + "".join(
                f"{round((min(max(level, -1), 1) + 1) * 127.5):02x}" for level in levels
            )
        return CharacterAttributes(**values)

    def mixture(self, vector: Latents) -> float:
        """How much of a second character there is in a vector: its largest share, 0…½."""
        switches = [place for place, column in enumerate(self.columns) if _switched(column)]
        shares = np.clip(vector[switches], 0, 1)
        return float(np.minimum(shares, 1 - shares).max(initial=0))

    def truncated(self, vectors: Latents, truncation: float) -> Latents:
        """Vectors (count, length) with numbers nearer to, or further from, their means.

        ``truncation`` is the share (0…2) that they keep of the distance. Choices, flags and
        colours stay.
        """
        numbers = [self.columns.index(name) for name in RANGES]
        result = vectors.copy()
        means = self._means[numbers]
        result[:, numbers] = means + truncation * (vectors[:, numbers] - means)
        return result

    @cached_property
    def _means(self) -> Latents:
        return np.asarray(self.of_seeds(range(_MEAN_OF)).mean(0), np.float32)

    def between(self, start: Latents, end: Latents, t: float) -> Latents:
        """The vector that lies ``t`` (0…1) of the way: attributes mix in a straight line."""
        return ((1.0 - t) * start + t * end).astype(np.float32)


def _larger(share: float, second: bool) -> bool:
    """A flag of which there is a share: what it mostly is, or the other in a mixture."""
    mixed = _TRACE < share < 1 - _TRACE
    return (share > 0.5) != (second and mixed)


def _switched(column: str) -> bool:
    return "=" in column or column in FLAGS or column.endswith(f".{_PRESENT}")


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
