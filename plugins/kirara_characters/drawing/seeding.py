"""The character of a seed: how its attributes are drawn from random numbers."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from typing import Any, Final, TypeVar

import numpy as np

from .choices import CHOICES

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

# The order of the draws decides what a seed looks like: what is new is drawn after what was there.
_DRAWN_FIRST: Final = (
    "fringe", "side_locks", "back_hair", "eye_shape", "expression", "eyebrows", "accessory",
    "glasses", "clothes", "background",
)  # fmt: skip

# Backgrounds that may also be dark: their colour fills the picture.
_COLOURED: Final = ("plain", "gradient", "halo", "bokeh", "dots", "stars", "rays")

T = TypeVar("T")


class Dice:
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


def _vary(dice: Dice, colour: str, amount: float = 1.0) -> str:
    hue, saturation, value = _hsv(colour)
    return _hex(
        hue + dice.uniform(-0.02, 0.02) * amount,
        saturation * (1 + dice.uniform(-0.12, 0.12) * amount),
        value * (1 + dice.uniform(-0.06, 0.04) * amount),
    )


def values_of_seed(seed: int) -> dict[str, Any]:
    """A value for every attribute, the same on every platform and release."""
    dice = Dice(int(seed))
    chosen = {name: dice.choice(name) for name in _DRAWN_FIRST}
    hair = _vary(dice, dice.pick(_NATURAL_HAIR if dice.uniform() < 0.42 else _FANTASY_HAIR))
    tip, inner = _second_hair_colours(dice, hair)
    eye = _vary(dice, dice.pick(_EYES))
    other_eye = _vary(dice, dice.pick(_EYES))
    heterochromia = dice.uniform() < 0.04
    expression = chosen["expression"]
    blush = dice.uniform(0.25, 0.65)
    averted = expression == "shy" or dice.uniform() < 0.2
    gaze_x, gaze_y = dice.centred(), dice.centred()
    if chosen["back_hair"] == "buns" and chosen["accessory"] in ("cat_ears", "beret", "bunny_ears"):
        # Both would sit where the buns are.
        chosen["accessory"] = "hairpin"
    clothes, trim = _vary(dice, dice.pick(_CLOTHES)), dice.pick(_TRIM)
    accessory_colour = trim if dice.uniform() < 0.6 else dice.pick(_TRIM)
    values: dict[str, Any] = {
        "hair_colour": hair,
        "hair_tip_colour": tip,
        "inner_hair_colour": inner,
        "mirrored": dice.uniform() < 0.5,
        "ahoge": dice.uniform() < 0.2
        and chosen["accessory"] not in ("beret", "headphones", "bow", "tiara", "bunny_ears"),
        "left_eye_colour": eye,
        "right_eye_colour": other_eye if heterochromia else eye,
        "eye_size": round(dice.uniform(0.92, 1.1), 3),
        "gaze_x": round(gaze_x if averted else 0.25 * gaze_x, 3),
        "gaze_y": round(0.5 * gaze_y if averted else 0.15 * gaze_y, 3),
        "skin_colour": _vary(dice, dice.weighted(_SKIN), 0.3),
        "blush": round(min(1.0, blush + 0.35) if expression == "shy" else blush, 3),
        "accessory_colour": accessory_colour,
        "clothes_colour": clothes,
        "trim_colour": trim,
        "background_colour": _background(dice, hair),
        "yaw": round(0.8 * dice.centred(), 3),
        "pitch": round(0.7 * dice.centred(), 3),
        "roll": round(6.0 * dice.centred(), 3),
    }
    chosen |= {name: dice.choice(name) for name in CHOICES if name not in chosen}
    values["eye_glow_colour"] = _eye_glow(dice, eye)
    values |= _turn(dice) | _framing(dice) | _light(dice)
    for name in ("fringe_length", "hair_volume", "eye_spacing"):
        values[name] = round(0.9 * dice.centred(), 3)
    values["background_colour"] = _deeper(dice, chosen["background"], values["background_colour"])
    return {**chosen, **values}


def _second_hair_colours(dice: Dice, hair: str) -> tuple[str, str]:
    """A tip colour or an inner colour, neighbours of the hair's own hue, or mostly neither."""
    hue, saturation, value = _hsv(hair)
    shifted = _hex(
        hue + dice.pick((-0.14, -0.09, 0.09, 0.14)), max(saturation, 0.35), min(value + 0.2, 0.96)
    )
    kind = dice.uniform()
    return (shifted if kind < 0.14 else ""), (shifted if 0.14 <= kind < 0.24 else "")


def _background(dice: Dice, hair: str) -> str:
    """A soft colour that is either a neighbour or the complement of the hair's."""
    hue = _hsv(hair)[0] + dice.pick((0.5, 0.42, 0.58, 0.08, -0.08, 0.3))
    return _hex(hue, dice.uniform(0.05, 0.2), dice.uniform(0.93, 0.99))


def _eye_glow(dice: Dice, eye: str) -> str:
    """Now and then the lower half of the iris shines in a neighbouring hue."""
    hue, saturation, value = _hsv(eye)
    glow = _hex(hue + dice.pick((-0.16, -0.1, 0.1, 0.16)), saturation * 0.85, max(value, 0.9))
    return glow if dice.uniform() < 0.3 else ""


def _turn(dice: Dice) -> dict[str, Any]:
    """One in three turns into a three-quarter view, one in five tilts the head visibly."""
    turned, tilted = dice.uniform() < 0.34, dice.uniform() < 0.2
    yaw, roll = dice.uniform(0.5, 1.0), dice.uniform(5.0, 13.0)
    side, lean = dice.pick((-1, 1)), dice.pick((-1, 1))
    yaws = {"yaw": round(side * yaw, 3)} if turned else {}
    return yaws | ({"roll": round(lean * roll, 3)} if tilted else {})


def _framing(dice: Dice) -> dict[str, Any]:
    """Mostly the head and the shoulders; some from further away, some nearer."""
    kind = dice.uniform()
    spread, shift_x, shift_y = dice.uniform(), 2.6 * dice.centred(), dice.centred()
    if kind < 0.28:
        scale, shift_y = 0.86 + 0.08 * spread, -4.5 + 2.2 * shift_y
    elif kind < 0.4:
        scale, shift_y = 1.06 + 0.08 * spread, 1.8 + 1.6 * shift_y
    else:
        scale, shift_y = 0.95 + 0.1 * spread, 1.6 * shift_y
    return {
        "scale": round(scale, 3), "shift_x": round(shift_x, 3), "shift_y": round(shift_y, 3)
    }  # fmt: skip


def _light(dice: Dice) -> dict[str, Any]:
    """From either side, seldom from the front; from clear to deep shadows."""
    side = dice.pick((-1, -1, 1))
    return {
        "light": round(side * dice.uniform(0.25, 1.0), 3),
        "shade": round(dice.uniform(0.35, 0.95), 3),
    }


def _deeper(dice: Dice, background: str, colour: str) -> str:
    """The soft colour, or now and then a saturated or a dark one."""
    kind, saturation, value = dice.uniform(), dice.uniform(), dice.uniform()
    hue = _hsv(colour)[0]
    if kind < 0.2:
        return _hex(hue, 0.26 + 0.24 * saturation, 0.82 + 0.12 * value)
    if kind < 0.32 and background in _COLOURED:
        return _hex(hue, 0.28 + 0.3 * saturation, 0.24 + 0.24 * value)
    return colour
