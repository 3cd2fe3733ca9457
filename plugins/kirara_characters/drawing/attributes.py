"""What a drawn character looks like, as plain data that JSON can carry."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, TypeVar

import numpy as np

from kirara_studio.api.errors import UserError

# Each value with its weight: the common ones often, the striking ones now and then.
CHOICES: Final[dict[str, dict[str, float]]] = {
    "fringe": {
        "choppy": 5, "straight": 4, "swept": 4, "parted": 3, "between_eyes": 4,
        "wispy": 3, "curtain": 2,
    },
    "side_locks": {"short": 3, "chin": 5, "long": 4},
    "back_hair": {
        "long": 5, "wavy": 3, "bob": 4, "short": 3, "twin_tails": 4, "low_tails": 2,
        "ponytail": 3, "side_tail": 2, "braids": 2, "buns": 2, "fluffy": 2, "drills": 1.5,
    },
    "eye_shape": {"round": 4, "tareme": 3, "tsurime": 3, "almond": 2, "wide": 2},
    "expression": {
        "smile": 5, "neutral": 3, "open_smile": 4, "grin": 1.5, "wink": 1.5, "happy": 1.5,
        "pout": 1.5, "surprised": 1.5, "shy": 2, "sleepy": 1, "cat": 1.5,
    },
    "eyebrows": {"soft": 4, "straight": 2, "thick": 2, "thin": 2, "short": 1},
    "accessory": {
        "none": 6, "ribbon": 3, "hairpin": 2.5, "headband": 1.5, "flower": 2, "cat_ears": 1.5,
        "beret": 1.5, "headphones": 1.2, "bow": 1.5,
    },
    "glasses": {"none": 12, "round": 1, "square": 1},
    "clothes": {
        "sailor": 4, "blazer": 3, "hoodie": 2.5, "kimono": 2, "dress": 2.5, "turtleneck": 2,
        "cardigan": 2,
    },
    "background": {"plain": 6, "gradient": 3, "dots": 1, "stars": 1, "halo": 1},
}  # fmt: skip

# The permitted range of every number, both ends included.
RANGES: Final[dict[str, tuple[float, float]]] = {
    "eye_size": (0.85, 1.15),
    "gaze_x": (-1.0, 1.0),
    "gaze_y": (-1.0, 1.0),
    "blush": (0.0, 1.0),
    "yaw": (-1.0, 1.0),
    "pitch": (-1.0, 1.0),
    "roll": (-8.0, 8.0),
}

_COLOURS: Final = (
    "hair_colour", "hair_tip_colour", "inner_hair_colour", "left_eye_colour", "right_eye_colour",
    "skin_colour", "accessory_colour", "clothes_colour", "trim_colour", "background_colour",
)  # fmt: skip
# These may be empty: then the hair has one colour throughout.
_OPTIONAL_COLOURS: Final = ("hair_tip_colour", "inner_hair_colour")
_FLAGS: Final = ("mirrored", "ahoge")
_BAD = 'The character attribute "{name}" cannot be {value}.'

_NATURAL_HAIR: Final = (
    "#3a3340", "#5a4038", "#7a5443", "#a5724f", "#c99563", "#e8c583", "#f2dca6", "#8c4a3c",
    "#4b3a58", "#d9d3dc",
)  # fmt: skip
_FANTASY_HAIR: Final = (
    "#f29fb8", "#f7bfd0", "#e8728f", "#d8556a", "#9d7bd8", "#b9a3ea", "#6b5bb8", "#5f83d6",
    "#86b6ee", "#4a5aa0", "#5fc3c4", "#8fdcc8", "#7fbf8e", "#f0a56a", "#f4c95d", "#e9e6f4",
)  # fmt: skip
_EYES: Final = (
    "#3f7fd8", "#39a7c9", "#35b08a", "#6bb04a", "#d89a2e", "#b8682e", "#8a4f3c", "#d8476a",
    "#c7509f", "#8a5cd0", "#5a5fc8", "#6f7f96",
)  # fmt: skip
_SKIN: Final = (
    ("#ffeadf", 4), ("#ffe3d3", 5), ("#fddac6", 4), ("#f3c7a8", 2), ("#dca581", 1), ("#b97f5e", 0.7)
)  # fmt: skip
_CLOTHES: Final = (
    "#3c4a7c", "#2f3a56", "#7a3b4c", "#d9637f", "#f2a7b5", "#8c79c2", "#5b8fc9", "#58a6a0",
    "#6d9b6b", "#e0a458", "#f5efe6", "#8a6a58", "#4a4552", "#c8d8ea", "#f3d9a4",
)  # fmt: skip
_TRIM: Final = ("#e0455f", "#3f66c0", "#f2b632", "#ffffff", "#35a090", "#7a52b8", "#ef7fa0")

T = TypeVar("T")


class _Dice:
    """Draws from the raw PCG64 stream, the part of numpy that never changes between releases."""

    def __init__(self, seed: int) -> None:
        self._bits = np.random.PCG64(seed)

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        unit = (int(self._bits.random_raw()) >> 11) * 2.0**-53
        return low + (high - low) * unit

    def centred(self) -> float:
        """Triangular in -1..1: most characters look nearly straight at the viewer."""
        return self.uniform(-0.5, 0.5) + self.uniform(-0.5, 0.5)

    def pick(self, values: Sequence[T]) -> T:
        return values[int(self.uniform() * len(values))]

    def weighted(self, values: Sequence[tuple[T, float]]) -> T:
        at = self.uniform(0.0, sum(weight for _, weight in values))
        for value, weight in values:
            at -= weight
            if at < 0.0:
                return value
        return values[-1][0]

    def choice(self, name: str) -> str:
        return self.weighted(tuple(CHOICES[name].items()))


def _hex(hue: float, saturation: float, value: float) -> str:
    rgb = colorsys.hsv_to_rgb(hue % 1.0, min(max(saturation, 0), 1), min(max(value, 0), 1))
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in rgb)


def _hsv(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return colorsys.rgb_to_hsv(red, green, blue)


def _vary(dice: _Dice, colour: str, amount: float = 1.0) -> str:
    hue, saturation, value = _hsv(colour)
    return _hex(
        hue + dice.uniform(-0.02, 0.02) * amount,
        saturation * (1 + dice.uniform(-0.12, 0.12) * amount),
        value * (1 + dice.uniform(-0.06, 0.04) * amount),
    )


@dataclass(frozen=True)
class CharacterAttributes:
    """Everything that decides a drawing; the same attributes always give the same picture.

    Named choices are listed in `CHOICES`, the ranges of numbers in `RANGES`; colours are
    ``"#rrggbb"``. `yaw` and `pitch` are shares of the largest turn (about 14 degrees; positive
    looks to the right of the picture, and up), `roll` is in degrees. `mirrored` swaps the sides
    of what is not symmetric. A tip or inner hair colour of ``""`` means none.

    Raises
    ------
    UserError
        When a value is of the wrong type, unknown or out of range; the message names the field.
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

    def __post_init__(self) -> None:
        for name, allowed in CHOICES.items():
            value = getattr(self, name)
            if not isinstance(value, str) or value not in allowed:
                raise UserError(
                    _BAD,
                    advice="Use one of: {allowed}.",
                    name=name,
                    value=repr(value),
                    allowed=", ".join(allowed),
                )
        for name, (low, high) in RANGES.items():
            value = getattr(self, name)
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if not number or not low <= value <= high:
                raise UserError(
                    _BAD,
                    advice="Use a number from {low:g} to {high:g}.",
                    name=name,
                    value=repr(value),
                    low=low,
                    high=high,
                )
        for name in _COLOURS:
            value = getattr(self, name)
            if value == "" and name in _OPTIONAL_COLOURS:
                continue
            if not isinstance(value, str) or not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
                raise UserError(
                    _BAD, advice='Use a colour like "#f29fb8".', name=name, value=repr(value)
                )
        for name in _FLAGS:
            value = getattr(self, name)
            if not isinstance(value, bool):
                raise UserError(_BAD, advice="Use true or false.", name=name, value=repr(value))

    @classmethod
    def from_seed(cls, seed: int | np.integer[Any]) -> CharacterAttributes:
        """The character of a seed (0 or greater), the same on every platform and release.

        Raises
        ------
        UserError
            When the seed is not a whole number of 0 or greater.
        """
        if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
            raise UserError(
                "{seed} is not a seed.",
                advice="Use a whole number of 0 or greater.",
                seed=repr(seed),
            )
        dice = _Dice(int(seed))
        chosen = {name: dice.choice(name) for name in CHOICES}
        natural = dice.uniform() < 0.42
        hair = _vary(dice, dice.pick(_NATURAL_HAIR if natural else _FANTASY_HAIR))
        tip, inner = _second_hair_colours(dice, hair)
        eye = _vary(dice, dice.pick(_EYES))
        other_eye = _vary(dice, dice.pick(_EYES))
        heterochromia = dice.uniform() < 0.04
        expression = chosen["expression"]
        blush = dice.uniform(0.25, 0.65)
        averted = expression == "shy" or dice.uniform() < 0.2
        gaze_x, gaze_y = dice.centred(), dice.centred()
        if chosen["back_hair"] == "buns" and chosen["accessory"] in ("cat_ears", "beret"):
            # Both would sit where the buns are.
            chosen["accessory"] = "hairpin"
        clothes, trim = _vary(dice, dice.pick(_CLOTHES)), dice.pick(_TRIM)
        accessory_colour = trim if dice.uniform() < 0.6 else dice.pick(_TRIM)
        return cls(
            **chosen,
            hair_colour=hair,
            hair_tip_colour=tip,
            inner_hair_colour=inner,
            mirrored=dice.uniform() < 0.5,
            ahoge=dice.uniform() < 0.2
            and chosen["accessory"] not in ("beret", "headphones", "bow"),
            left_eye_colour=eye,
            right_eye_colour=other_eye if heterochromia else eye,
            eye_size=round(dice.uniform(0.92, 1.1), 3),
            gaze_x=round(gaze_x if averted else 0.25 * gaze_x, 3),
            gaze_y=round(0.5 * gaze_y if averted else 0.15 * gaze_y, 3),
            skin_colour=_vary(dice, dice.weighted(_SKIN), 0.3),
            blush=round(min(1.0, blush + 0.35) if expression == "shy" else blush, 3),
            accessory_colour=accessory_colour,
            clothes_colour=clothes,
            trim_colour=trim,
            background_colour=_background(dice, hair),
            yaw=round(0.9 * dice.centred(), 3),
            pitch=round(0.7 * dice.centred(), 3),
            roll=round(4.5 * dice.centred(), 3),
        )

    def to_dict(self) -> dict[str, Any]:
        """The attributes as strings, numbers and booleans that JSON keeps unchanged."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> CharacterAttributes:
        """The attributes from `to_dict`; fields left out keep their defaults.

        Raises
        ------
        UserError
            When there is no such field, or its value does not fit; the message names it.
        """
        if not isinstance(values, Mapping):
            raise UserError(
                "Character attributes cannot be a {kind}.",
                advice='Use an object with fields, like {{"fringe": "straight"}}.',
                kind=type(values).__name__,
            )
        known = {field.name for field in fields(cls)}
        for name in values:
            if name not in known:
                raise UserError(
                    'A character has no attribute "{name}".',
                    advice="Use any of: {known}.",
                    name=name,
                    known=", ".join(sorted(known)),
                )
        return cls(**values)


def _second_hair_colours(dice: _Dice, hair: str) -> tuple[str, str]:
    """A tip colour or an inner colour, neighbours of the hair's own hue, or mostly neither."""
    hue, saturation, value = _hsv(hair)
    shifted = _hex(
        hue + dice.pick((-0.14, -0.09, 0.09, 0.14)), max(saturation, 0.35), min(value + 0.2, 0.96)
    )
    kind = dice.uniform()
    return (shifted if kind < 0.14 else ""), (shifted if 0.14 <= kind < 0.24 else "")


def _background(dice: _Dice, hair: str) -> str:
    """A soft colour that is either a neighbour or the complement of the hair's."""
    hue = _hsv(hair)[0] + dice.pick((0.5, 0.42, 0.58, 0.08, -0.08, 0.3))
    return _hex(hue, dice.uniform(0.05, 0.2), dice.uniform(0.93, 0.99))
