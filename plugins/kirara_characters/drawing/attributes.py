"""The attributes of a drawn character, as plain values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np

from kirara_studio.api.errors import UserError

from .choices import CHOICES, COLOURS, FLAGS, OPTIONAL_COLOURS, RANGES
from .seeding import values_of_seed

__all__ = ["CHOICES", "COLOURS", "FLAGS", "OPTIONAL_COLOURS", "RANGES", "CharacterAttributes"]


@dataclass(frozen=True)
class CharacterAttributes:
    """All inputs of a drawing; the same attributes always give the same picture.

    Named choices are listed in `CHOICES`, the ranges of numbers in `RANGES`; colours are
    ``"#rrggbb"``. `yaw` and `pitch` are shares of the largest turn (about 20 and 14 degrees;
    positive looks to the right of the picture, and up), `roll` is in degrees. `mirrored` swaps
    the sides of what is not symmetric. A tip or inner hair colour of ``""`` means none, an eye
    glow of ``""`` the eye's own colour. `scale` and the shifts, in hundredths of the picture,
    frame the character; `light` is where the light comes from (-1 left, 1 right) and `shade`
    how deep its shadows are. `fringe_length`, `hair_volume` and `eye_spacing` go from less (-1)
    over the usual (0) to more (1). Raises UserError naming the field whose value does not fit.
    """

    fringe: str = "choppy"
    side_locks: str = "chin"
    back_hair: str = "long"
    hair_colour: str = "#7a5443"
    hair_tip_colour: str = ""
    inner_hair_colour: str = ""
    mirrored: bool = False
    ahoge: bool = False
    eye_shape: str = "round"
    left_eye_colour: str = "#3f7fd8"
    right_eye_colour: str = "#3f7fd8"
    eye_size: float = 1.0
    gaze_x: float = 0.0
    gaze_y: float = 0.0
    expression: str = "smile"
    eyebrows: str = "soft"
    skin_colour: str = "#ffe3d3"
    blush: float = 0.5
    accessory: str = "none"
    accessory_colour: str = "#e0455f"
    glasses: str = "none"
    clothes: str = "sailor"
    clothes_colour: str = "#3c4a7c"
    trim_colour: str = "#e0455f"
    background: str = "plain"
    background_colour: str = "#f3e6ee"
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    face_shape: str = "soft"
    iris: str = "gradient"
    eye_light: str = "oval"
    eye_glow_colour: str = ""
    lashes: str = "soft"
    hair_shine: str = "ring"
    mark: str = "none"
    scale: float = 1.0
    shift_x: float = 0.0
    shift_y: float = 0.0
    light: float = -0.6
    shade: float = 0.6
    fringe_length: float = 0.0
    hair_volume: float = 0.0
    eye_spacing: float = 0.0

    def __post_init__(self) -> None:
        for field in fields(self):
            name, value = field.name, getattr(self, field.name)
            low, high = RANGES.get(name, (0.0, 0.0))
            if name in CHOICES:
                fits = isinstance(value, str) and value in CHOICES[name]
            elif name in RANGES:
                number = isinstance(value, int | float) and not isinstance(value, bool)
                fits = number and low <= value <= high
            elif name in COLOURS:
                fits = isinstance(value, str) and bool(re.fullmatch("#[0-9a-fA-F]{6}", value))
                fits = fits or (value == "" and name in OPTIONAL_COLOURS)
            else:
                fits = isinstance(value, bool)
            if not fits:
                raise UserError(
                    'The character attribute "{name}" cannot be {value}.',
                    advice="Use one of: {allowed}."
                    if name in CHOICES
                    else "Use a number from {low:g} to {high:g}."
                    if name in RANGES
                    else 'Use a colour like "#f29fb8".'
                    if name in COLOURS
                    else "Use true or false.",
                    name=name,
                    value=repr(value),
                    allowed=", ".join(CHOICES.get(name, ())),
                    low=low,
                    high=high,
                )

    @property
    def side(self) -> int:
        """The side of what is not symmetric: 1, or -1 if mirrored."""
        return -1 if self.mirrored else 1

    @classmethod
    def from_seed(cls, seed: int | np.integer[Any]) -> CharacterAttributes:
        """The character of a seed, the same on every platform and release.

        Raises UserError if the seed is not a whole number of 0 or greater.
        """
        if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
            raise UserError(
                "{seed} is not a seed.",
                advice="Use a whole number of 0 or greater.",
                seed=repr(seed),
            )
        return cls(**values_of_seed(int(seed)))

    def to_dict(self) -> dict[str, Any]:
        """The attributes as strings, numbers and booleans that JSON keeps unchanged."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> CharacterAttributes:
        """The attributes from `to_dict`; fields left out keep their defaults.

        Raises UserError naming a field that does not exist or whose value does not fit.
        """
        if not isinstance(values, Mapping):
            raise UserError(
                "Character attributes cannot be a {kind}.",
                advice='Use an object with fields, like {{"fringe": "straight"}}.',
                kind=type(values).__name__,
            )
        known = {field.name for field in fields(cls)}
        if unknown := values.keys() - known:
            raise UserError(
                'A character has no attribute "{name}".',
                advice="Use any of: {known}.",
                name=min(unknown),
                known=", ".join(sorted(known)),
            )
        return cls(**values)
