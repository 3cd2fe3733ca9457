"""The choices for a character: names, ranges of numbers, colours."""

from __future__ import annotations

from typing import Final

# Each value with its weight: the common ones often, the striking ones now and then.
CHOICES: Final[dict[str, dict[str, float]]] = {
    "fringe": {
        "choppy": 5, "straight": 4, "swept": 4, "parted": 3, "between_eyes": 4,
        "wispy": 3, "curtain": 2, "spiky": 2, "over_eye": 1,
    },
    "side_locks": {"short": 3, "chin": 5, "long": 4, "blunt": 2},
    "back_hair": {
        "long": 5, "wavy": 3, "bob": 4, "short": 3, "twin_tails": 4, "low_tails": 2,
        "ponytail": 3, "side_tail": 2, "braids": 2, "buns": 2, "fluffy": 2, "drills": 1.5,
        "layered": 3, "spiky": 2,
    },
    "eye_shape": {"round": 4, "tareme": 3, "tsurime": 3, "almond": 2, "wide": 2},
    "expression": {
        "smile": 5, "neutral": 3, "open_smile": 4, "grin": 1.5, "wink": 1.5, "happy": 1.5,
        "pout": 1.5, "surprised": 1.5, "shy": 2, "sleepy": 1, "cat": 1.5,
        "smug": 1.2, "angry": 0.8, "squint": 0.8,
    },
    "eyebrows": {"soft": 4, "straight": 2, "thick": 2, "thin": 2, "short": 1},
    "accessory": {
        "none": 6, "ribbon": 3, "hairpin": 2.5, "headband": 1.5, "flower": 2, "cat_ears": 1.5,
        "beret": 1.5, "headphones": 1.2, "bow": 1.5, "bunny_ears": 0.8, "tiara": 0.8,
    },
    "glasses": {"none": 12, "round": 1, "square": 1},
    "clothes": {
        "sailor": 4, "blazer": 3, "hoodie": 2.5, "kimono": 2, "dress": 2.5, "turtleneck": 2,
        "cardigan": 2, "gakuran": 1.5, "scarf": 1.8, "apron": 1.5,
    },
    "background": {
        "plain": 5, "gradient": 3, "dots": 0.8, "stars": 0.8, "halo": 1, "clouds": 1.6,
        "evening": 1.5, "night": 1.3, "petals": 1.5, "bokeh": 1.7, "window": 1.4, "rays": 0.9,
    },
    "face_shape": {"soft": 4, "round": 3, "slim": 3},
    "iris": {
        "gradient": 5, "ring": 3, "crescent": 3, "rays": 2, "slit": 1, "star": 0.8, "heart": 0.5,
    },
    "eye_light": {"oval": 5, "twin": 3, "arc": 3, "window": 2, "sparkle": 1.5},
    "lashes": {"soft": 4, "flick": 3, "long": 3, "lower": 2, "fine": 2},
    "hair_shine": {"ring": 4, "zigzag": 4, "streaks": 3, "soft": 3, "patches": 2},
    "mark": {
        "none": 20, "sparkle": 1.6, "sweat": 1.2, "hearts": 1.2, "notes": 1, "anger": 0.9,
        "tear": 0.8,
    },
}  # fmt: skip

# The permitted range of every number, both ends included.
RANGES: Final[dict[str, tuple[float, float]]] = {
    "eye_size": (0.85, 1.15),
    "gaze_x": (-1.0, 1.0),
    "gaze_y": (-1.0, 1.0),
    "blush": (0.0, 1.0),
    "yaw": (-1.0, 1.0),
    "pitch": (-1.0, 1.0),
    "roll": (-14.0, 14.0),
    "scale": (0.86, 1.15),
    "shift_x": (-4.0, 4.0),
    "shift_y": (-7.0, 4.0),
    "light": (-1.0, 1.0),
    "shade": (0.0, 1.0),
    "fringe_length": (-1.0, 1.0),
    "hair_volume": (-1.0, 1.0),
    "eye_spacing": (-1.0, 1.0),
}

COLOURS: Final = (
    "hair_colour", "hair_tip_colour", "inner_hair_colour", "left_eye_colour", "right_eye_colour",
    "eye_glow_colour", "skin_colour", "accessory_colour", "clothes_colour", "trim_colour",
    "background_colour",
)  # fmt: skip
# These may be empty: then the hair has one colour throughout, and the iris its own glow.
OPTIONAL_COLOURS: Final = ("hair_tip_colour", "inner_hair_colour", "eye_glow_colour")
FLAGS: Final = ("mirrored", "ahoge")
