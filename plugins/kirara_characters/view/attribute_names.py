"""What the attributes of drawn characters and their values are called, and how they are grouped."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from kirara_studio.api.text import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate

DIRECTIONS = "directions"
"""The group of what has no name of its own."""

_GROUPS = {
    "face": (
        QT_TRANSLATE_NOOP("characters", "Face"),
        ("expression", "glasses", "blush", "eyebrows", "face_shape", "skin_colour", "mark"),
    ),
    "hair": (
        QT_TRANSLATE_NOOP("characters", "Hair"),
        (
            "hair_colour", "back_hair", "fringe", "side_locks", "fringe_length", "hair_volume",
            "hair_tip_colour", "inner_hair_colour", "hair_shine", "ahoge", "mirrored",
        ),
    ),
    "eyes": (
        QT_TRANSLATE_NOOP("characters", "Eyes"),
        (
            "left_eye_colour", "right_eye_colour", "eye_shape", "eye_size", "eye_spacing", "gaze_x",
            "gaze_y", "iris", "eye_light", "eye_glow_colour", "lashes",
        ),
    ),
    "pose": (
        QT_TRANSLATE_NOOP("characters", "Pose"),
        ("yaw", "pitch", "roll", "scale", "shift_x", "shift_y"),
    ),
    "clothes": (
        QT_TRANSLATE_NOOP("characters", "Clothes"),
        ("clothes", "clothes_colour", "trim_colour", "accessory", "accessory_colour"),
    ),
    "scene": (
        QT_TRANSLATE_NOOP("characters", "Background and light"),
        ("background", "background_colour", "light", "shade"),
    ),
    DIRECTIONS: (QT_TRANSLATE_NOOP("characters", "Directions"), ()),
}  # fmt: skip

_NAMES = {
    "fringe": QT_TRANSLATE_NOOP("characters", "Fringe"),
    "side_locks": QT_TRANSLATE_NOOP("characters", "Side locks"),
    "back_hair": QT_TRANSLATE_NOOP("characters", "Hairstyle"),
    "hair_colour": QT_TRANSLATE_NOOP("characters", "Hair colour"),
    "hair_tip_colour": QT_TRANSLATE_NOOP("characters", "Tip colour"),
    "inner_hair_colour": QT_TRANSLATE_NOOP("characters", "Inner colour"),
    "mirrored": QT_TRANSLATE_NOOP("characters", "Sides swapped"),
    "ahoge": QT_TRANSLATE_NOOP("characters", "Ahoge (cowlick)"),
    "eye_shape": QT_TRANSLATE_NOOP("characters", "Eye shape"),
    "left_eye_colour": QT_TRANSLATE_NOOP("characters", "Left eye"),
    "right_eye_colour": QT_TRANSLATE_NOOP("characters", "Right eye"),
    "eye_size": QT_TRANSLATE_NOOP("characters", "Eye size"),
    "gaze_x": QT_TRANSLATE_NOOP("characters", "Looks left or right"),
    "gaze_y": QT_TRANSLATE_NOOP("characters", "Looks up or down"),
    "expression": QT_TRANSLATE_NOOP("characters", "Expression"),
    "eyebrows": QT_TRANSLATE_NOOP("characters", "Eyebrows"),
    "skin_colour": QT_TRANSLATE_NOOP("characters", "Skin colour"),
    "blush": QT_TRANSLATE_NOOP("characters", "Blush"),
    "accessory": QT_TRANSLATE_NOOP("characters", "Accessory"),
    "accessory_colour": QT_TRANSLATE_NOOP("characters", "Accessory colour"),
    "glasses": QT_TRANSLATE_NOOP("characters", "Glasses"),
    "clothes": QT_TRANSLATE_NOOP("characters", "Outfit"),
    "clothes_colour": QT_TRANSLATE_NOOP("characters", "Outfit colour"),
    "trim_colour": QT_TRANSLATE_NOOP("characters", "Trim colour"),
    "background": QT_TRANSLATE_NOOP("characters", "Background"),
    "background_colour": QT_TRANSLATE_NOOP("characters", "Background colour"),
    "yaw": QT_TRANSLATE_NOOP("characters", "Turn of the head"),
    "pitch": QT_TRANSLATE_NOOP("characters", "Nod"),
    "roll": QT_TRANSLATE_NOOP("characters", "Tilt"),
    "face_shape": QT_TRANSLATE_NOOP("characters", "Face shape"),
    "iris": QT_TRANSLATE_NOOP("characters", "Iris"),
    "eye_light": QT_TRANSLATE_NOOP("characters", "Highlight"),
    "eye_glow_colour": QT_TRANSLATE_NOOP("characters", "Glow"),
    "lashes": QT_TRANSLATE_NOOP("characters", "Lashes"),
    "hair_shine": QT_TRANSLATE_NOOP("characters", "Shine"),
    "mark": QT_TRANSLATE_NOOP("characters", "Mark"),
    "scale": QT_TRANSLATE_NOOP("characters", "Size"),
    "shift_x": QT_TRANSLATE_NOOP("characters", "Left or right"),
    "shift_y": QT_TRANSLATE_NOOP("characters", "Up or down"),
    "light": QT_TRANSLATE_NOOP("characters", "Light from left or right"),
    "shade": QT_TRANSLATE_NOOP("characters", "Depth of the shadows"),
    "fringe_length": QT_TRANSLATE_NOOP("characters", "Length of the fringe"),
    "hair_volume": QT_TRANSLATE_NOOP("characters", "Hair volume"),
    "eye_spacing": QT_TRANSLATE_NOOP("characters", "Distance of the eyes"),
}

_VALUES = {
    "almond": QT_TRANSLATE_NOOP("characters", "Almond"),
    "anger": QT_TRANSLATE_NOOP("characters", "Anger"),
    "angry": QT_TRANSLATE_NOOP("characters", "Angry"),
    "apron": QT_TRANSLATE_NOOP("characters", "Apron"),
    "arc": QT_TRANSLATE_NOOP("characters", "Arc"),
    "beret": QT_TRANSLATE_NOOP("characters", "Beret"),
    "between_eyes": QT_TRANSLATE_NOOP("characters", "Between the eyes"),
    "blazer": QT_TRANSLATE_NOOP("characters", "Blazer"),
    "blunt": QT_TRANSLATE_NOOP("characters", "Cut straight"),
    "bob": QT_TRANSLATE_NOOP("characters", "Bob"),
    "bokeh": QT_TRANSLATE_NOOP("characters", "Bokeh"),
    "bow": QT_TRANSLATE_NOOP("characters", "Bow"),
    "braids": QT_TRANSLATE_NOOP("characters", "Braids"),
    "bunny_ears": QT_TRANSLATE_NOOP("characters", "Bunny ears"),
    "buns": QT_TRANSLATE_NOOP("characters", "Buns"),
    "cardigan": QT_TRANSLATE_NOOP("characters", "Cardigan"),
    "cat": QT_TRANSLATE_NOOP("characters", "Cat mouth"),
    "cat_ears": QT_TRANSLATE_NOOP("characters", "Cat ears"),
    "chin": QT_TRANSLATE_NOOP("characters", "To the chin"),
    "choppy": QT_TRANSLATE_NOOP("characters", "Choppy"),
    "clouds": QT_TRANSLATE_NOOP("characters", "Clouds"),
    "crescent": QT_TRANSLATE_NOOP("characters", "Crescent"),
    "curtain": QT_TRANSLATE_NOOP("characters", "Curtain"),
    "dots": QT_TRANSLATE_NOOP("characters", "Dots"),
    "dress": QT_TRANSLATE_NOOP("characters", "Dress"),
    "drills": QT_TRANSLATE_NOOP("characters", "Drills"),
    "evening": QT_TRANSLATE_NOOP("characters", "Evening"),
    "fine": QT_TRANSLATE_NOOP("characters", "Fine"),
    "flick": QT_TRANSLATE_NOOP("characters", "Flicked"),
    "flower": QT_TRANSLATE_NOOP("characters", "Flower"),
    "fluffy": QT_TRANSLATE_NOOP("characters", "Fluffy"),
    "gakuran": QT_TRANSLATE_NOOP("characters", "Gakuran"),
    "gradient": QT_TRANSLATE_NOOP("characters", "Gradient"),
    "grin": QT_TRANSLATE_NOOP("characters", "Grin"),
    "hairpin": QT_TRANSLATE_NOOP("characters", "Hairpin"),
    "halo": QT_TRANSLATE_NOOP("characters", "Halo"),
    "happy": QT_TRANSLATE_NOOP("characters", "Happy, eyes closed"),
    "headband": QT_TRANSLATE_NOOP("characters", "Headband"),
    "headphones": QT_TRANSLATE_NOOP("characters", "Headphones"),
    "heart": QT_TRANSLATE_NOOP("characters", "Heart"),
    "hearts": QT_TRANSLATE_NOOP("characters", "Hearts"),
    "hoodie": QT_TRANSLATE_NOOP("characters", "Hoodie"),
    "kimono": QT_TRANSLATE_NOOP("characters", "Kimono"),
    "layered": QT_TRANSLATE_NOOP("characters", "Layered"),
    "long": QT_TRANSLATE_NOOP("characters", "Long"),
    "low_tails": QT_TRANSLATE_NOOP("characters", "Low twin tails"),
    "lower": QT_TRANSLATE_NOOP("characters", "Lower lashes"),
    "neutral": QT_TRANSLATE_NOOP("characters", "Neutral"),
    "night": QT_TRANSLATE_NOOP("characters", "Night"),
    "none": QT_TRANSLATE_NOOP("characters", "None"),
    "notes": QT_TRANSLATE_NOOP("characters", "Notes"),
    "open_smile": QT_TRANSLATE_NOOP("characters", "Open smile"),
    "oval": QT_TRANSLATE_NOOP("characters", "Oval"),
    "over_eye": QT_TRANSLATE_NOOP("characters", "Over one eye"),
    "parted": QT_TRANSLATE_NOOP("characters", "Parted"),
    "patches": QT_TRANSLATE_NOOP("characters", "Patches"),
    "petals": QT_TRANSLATE_NOOP("characters", "Petals"),
    "plain": QT_TRANSLATE_NOOP("characters", "Plain"),
    "ponytail": QT_TRANSLATE_NOOP("characters", "Ponytail"),
    "pout": QT_TRANSLATE_NOOP("characters", "Pout"),
    "rays": QT_TRANSLATE_NOOP("characters", "Rays"),
    "ribbon": QT_TRANSLATE_NOOP("characters", "Ribbon"),
    "ring": QT_TRANSLATE_NOOP("characters", "Ring"),
    "round": QT_TRANSLATE_NOOP("characters", "Round"),
    "sailor": QT_TRANSLATE_NOOP("characters", "Sailor uniform"),
    "scarf": QT_TRANSLATE_NOOP("characters", "Scarf"),
    "short": QT_TRANSLATE_NOOP("characters", "Short"),
    "shy": QT_TRANSLATE_NOOP("characters", "Shy"),
    "side_tail": QT_TRANSLATE_NOOP("characters", "Side tail"),
    "sleepy": QT_TRANSLATE_NOOP("characters", "Sleepy"),
    "slim": QT_TRANSLATE_NOOP("characters", "Slim"),
    "slit": QT_TRANSLATE_NOOP("characters", "Slit"),
    "smile": QT_TRANSLATE_NOOP("characters", "Smile"),
    "smug": QT_TRANSLATE_NOOP("characters", "Smug"),
    "soft": QT_TRANSLATE_NOOP("characters", "Soft"),
    "sparkle": QT_TRANSLATE_NOOP("characters", "Sparkle"),
    "spiky": QT_TRANSLATE_NOOP("characters", "Spiky"),
    "square": QT_TRANSLATE_NOOP("characters", "Square"),
    "squint": QT_TRANSLATE_NOOP("characters", "Squint"),
    "star": QT_TRANSLATE_NOOP("characters", "Star"),
    "stars": QT_TRANSLATE_NOOP("characters", "Stars"),
    "straight": QT_TRANSLATE_NOOP("characters", "Straight"),
    "streaks": QT_TRANSLATE_NOOP("characters", "Streaks"),
    "surprised": QT_TRANSLATE_NOOP("characters", "Surprised"),
    "sweat": QT_TRANSLATE_NOOP("characters", "Sweat"),
    "swept": QT_TRANSLATE_NOOP("characters", "Swept"),
    "tareme": QT_TRANSLATE_NOOP("characters", "Drooping (tareme)"),
    "tear": QT_TRANSLATE_NOOP("characters", "Tear"),
    "thick": QT_TRANSLATE_NOOP("characters", "Thick"),
    "thin": QT_TRANSLATE_NOOP("characters", "Thin"),
    "tiara": QT_TRANSLATE_NOOP("characters", "Tiara"),
    "tsurime": QT_TRANSLATE_NOOP("characters", "Upturned (tsurime)"),
    "turtleneck": QT_TRANSLATE_NOOP("characters", "Turtleneck"),
    "twin": QT_TRANSLATE_NOOP("characters", "Two"),
    "twin_tails": QT_TRANSLATE_NOOP("characters", "Twin tails"),
    "wavy": QT_TRANSLATE_NOOP("characters", "Wavy"),
    "wide": QT_TRANSLATE_NOOP("characters", "Wide"),
    "window": QT_TRANSLATE_NOOP("characters", "Window"),
    "wink": QT_TRANSLATE_NOOP("characters", "Wink"),
    "wispy": QT_TRANSLATE_NOOP("characters", "Wispy"),
    "zigzag": QT_TRANSLATE_NOOP("characters", "Zigzag"),
}


def group_of(attribute: str) -> str:
    """The group of an attribute."""
    found = (group for group, (_, members) in _GROUPS.items() if attribute in members)
    return next(found, DIRECTIONS)


def groups() -> tuple[str, ...]:
    """All groups, in their order."""
    return tuple(_GROUPS)


def order_of(attribute: str) -> int:
    """The place of an attribute in its group."""
    members = _GROUPS[group_of(attribute)][1]
    return members.index(attribute) if attribute in members else 0


def group_title(group: str) -> str:
    """The title of a group, in the language of the window."""
    return translate("characters", _GROUPS[group][0])


def attribute_name(attribute: str) -> str:
    """The name of an attribute; a direction that was found without labels has a number."""
    if attribute in _NAMES:
        return translate("characters", _NAMES[attribute])
    kind, _, number = attribute.partition("-")
    if kind == "component":
        return translate("characters", "Component {0}").format(number)
    return translate("characters", "Factor {0}").format(number)


def value_name(value: str) -> str:
    """The name of a choice."""
    return translate("characters", _VALUES[value]) if value in _VALUES else value
