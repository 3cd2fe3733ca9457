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

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from kirara_characters.drawing.attributes import (
    CHOICES,
    COLOURS,
    FLAGS,
    OPTIONAL_COLOURS,
    RANGES,
    CharacterAttributes,
)
from kirara_characters.networks.character import Character, Value
from kirara_characters.networks.latents import Attribute, Latents, LatentSpace, Point

_CHANNELS = ("red", "green", "blue")
_PRESENT = "present"
_TRACE = 1e-3  # a share that is none
_MEAN_OF = 256  # characters
_INSTEAD = {"eye_glow_colour": "left_eye_colour"}
"""What an optional colour is painted over, if not the hair."""
_FINE = (
    *COLOURS, "blush", "iris", "eye_light", "lashes", "hair_shine", "mark", "light", "shade",
    "background",
)  # fmt: skip
"""What a character takes over with the details of another: colours, patterns and light."""
_FIRST_SWITCH, _LAST_SWITCH = 0.15, 0.85
"""Between which shares of a step its choices and flags change, each at its own."""


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
        vector's, within their ranges. What the space has no columns for keeps its default.
        """
        return CharacterAttributes.from_dict(self.values(vector, second=second))

    def values(self, latent: Latents, *, second: bool = False) -> dict[str, Value]:
        """The values of a vector's attributes; see :meth:`decode`."""
        at = dict(zip(self.columns, latent.tolist(), strict=True))
        return {one.name: _value_at(at, one, second) for one in self.attributes}

    @cached_property
    def attributes(self) -> tuple[Attribute, ...]:
        known = {re.split("[=.]", column)[0] for column in self.columns}
        choices = [Attribute(name, "choice", choices=tuple(CHOICES[name])) for name in CHOICES]
        numbers = [Attribute(name, "number", low, high) for name, (low, high) in RANGES.items()]
        flags = [Attribute(name, "flag") for name in FLAGS]
        colours = [Attribute(name, "colour", optional=name in OPTIONAL_COLOURS) for name in COLOURS]
        return tuple(a for a in (*choices, *numbers, *flags, *colours) if a.name in known)

    def changed(self, latent: Latents, values: Mapping[str, Value]) -> Latents:
        result = latent.copy()
        for attribute in self.attributes:
            value = values.get(attribute.name)
            if value is not None and (levels := self._levels(attribute, value, latent)):
                for column, level in levels.items():
                    if column in self._places:
                        result[self._places[column]] = level
        return result

    def stepped(self, latent: Latents, seed: int, share: float) -> Latents:
        """See :meth:`LatentSpace.stepped`; choices and flags change one after the other."""
        target = self.of_seed(seed)
        result = self.between(latent, target, share)
        for name, places in self.switches.items():
            turn = random.Random(f"{seed} {name}").uniform(_FIRST_SWITCH, _LAST_SWITCH)
            result[places] = (target if share > turn else latent)[places]
        return result

    def point(self, character: Character) -> Point:
        vector = self._walked(character)
        if character.truncation != 1:
            vector = self.truncated(vector[None], character.truncation)[0]
        if character.details is not None:
            vector[self._fine] = self.point(character.details).latent[self._fine]
        vector = self.changed(vector, dict(character.changes))
        return Point(vector, vector)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {column: place for place, column in enumerate(self.columns)}

    @cached_property
    def _fine(self) -> list[int]:
        return [p for c, p in self._places.items() if re.split("[=.]", c)[0] in _FINE]

    @cached_property
    def switches(self) -> dict[str, list[int]]:
        """The places of each choice, flag, and presence of a colour, by the attribute's name."""
        switches: dict[str, list[int]] = {}
        for column, place in self._places.items():
            if _switched(column):
                switches.setdefault(re.split("[=.]", column)[0], []).append(place)
        return switches

    def _levels(self, attribute: Attribute, value: Value, latent: Latents) -> dict[str, float]:
        """The columns that a value sets; nothing for a value that does not fit."""
        name = attribute.name
        number = isinstance(value, int | float)
        if attribute.kind == "choice" and value in attribute.choices:
            return {f"{name}={choice}": float(choice == value) for choice in attribute.choices}
        if attribute.kind == "number" and number:
            return {name: min(max(_scaled(float(value), attribute), -1.0), 1.0)}
        if attribute.kind == "flag" and number:
            return {name: float(bool(value))}
        if attribute.kind == "colour" and value == "" and attribute.optional:
            under = _INSTEAD.get(name, "hair_colour")
            places = {c: self._places.get(f"{under}.{c}") for c in _CHANNELS}
            levels = {f"{name}.{c}": float(latent[p]) for c, p in places.items() if p is not None}
            return {f"{name}.{_PRESENT}": 0.0, **levels}
        if attribute.kind == "colour" and re.fullmatch("#[0-9a-fA-F]{6}", str(value)):
            levels = {f"{name}.{channel}": _channel(str(value), channel) for channel in _CHANNELS}
            return {f"{name}.{_PRESENT}": 1.0, **levels}
        return {}

    def mixture(self, vector: Latents) -> float:
        """How much of a second character there is in a vector: its largest share, 0…½."""
        switches = [place for places in self.switches.values() for place in places]
        shares = np.clip(vector[switches], 0, 1)
        return float(np.minimum(shares, 1 - shares).max(initial=0))

    def truncated(self, vectors: Latents, truncation: float) -> Latents:
        """Vectors (count, length) with numbers nearer to, or further from, their means.

        ``truncation`` is the share (0…2) that they keep of the distance. Choices, flags and
        colours stay.
        """
        numbers = [self._places[name] for name in RANGES if name in self._places]
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


def _value_at(at: Mapping[str, float], attribute: Attribute, second: bool) -> Value:
    name = attribute.name
    if attribute.kind == "choice":
        shares = sorted(attribute.choices, key=lambda choice: -at.get(f"{name}={choice}", 0.0))
        mixed = second and at.get(f"{name}={shares[1]}", 0.0) > _TRACE
        return shares[1 if mixed else 0]
    if attribute.kind == "number":
        low, high = attribute.low, attribute.high
        return min(max((at[name] + 1) / 2 * (high - low) + low, low), high)
    if attribute.kind == "flag":
        return _larger(at[name], second)
    if attribute.optional and not _larger(at[f"{name}.{_PRESENT}"], second):
        return ""
    levels = (at.get(f"{name}.{channel}", 0.0) for channel in _CHANNELS)
    return "#" + "".join(f"{round((min(max(level, -1), 1) + 1) * 127.5):02x}" for level in levels)


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
        return _scaled(getattr(attributes, column), Attribute(column, "number", low, high))
    if column in FLAGS:
        return float(getattr(attributes, column))
    name, _, part = column.partition(".")
    colour: str = getattr(attributes, name)
    if part == _PRESENT:
        return float(bool(colour))
    return _channel(colour or getattr(attributes, _INSTEAD.get(name, "hair_colour")), part)


def _scaled(value: float, attribute: Attribute) -> float:
    """A number as −1…1 over its range."""
    return 2 * (value - attribute.low) / (attribute.high - attribute.low) - 1


def _channel(colour: str, channel: str) -> float:
    """A channel of "#rrggbb" as −1…1."""
    place = 1 + 2 * _CHANNELS.index(channel)
    return int(colour[place : place + 2], 16) / 127.5 - 1
