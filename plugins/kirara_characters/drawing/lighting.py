"""The effect of a scene's light on the colours of the character in front of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtGui import QColor

from .attributes import CharacterAttributes
from .canvas import faded, mix
from .scenes import SCENES

# The tint of everything, its share, and the light along the edge of the hair.
_AMBIENCES = {
    "evening": (QColor("#ff8a50"), 0.11, QColor("#ffe3b0")),
    "night": (QColor("#5a5ed8"), 0.09, QColor("#bcd0ff")),
}
_TINTED = (
    "hair_colour", "hair_tip_colour", "inner_hair_colour", "skin_colour", "clothes_colour",
    "trim_colour", "accessory_colour",
)  # fmt: skip


def in_scene(attributes: CharacterAttributes) -> CharacterAttributes:
    """Return the attributes with the colours that they have in the light of the background."""
    if attributes.background not in _AMBIENCES:
        return attributes
    tint, share, _ = _AMBIENCES[attributes.background]
    tinted: dict[str, Any] = {}
    for name in _TINTED:
        colour = getattr(attributes, name)
        if colour:
            # Skin keeps more of its own colour, or it looks ill.
            own = share * (0.5 if name == "skin_colour" else 1.0)
            tinted[name] = mix(QColor(colour), tint, own).name()
    return replace(attributes, **tinted)


def rim_of(attributes: CharacterAttributes) -> QColor | None:
    """The light along the edge of the hair, with its opacity; None if there is none.

    A scene has its own; a plain background gives more of it the darker it is.
    """
    if attributes.background in _AMBIENCES:
        return faded(_AMBIENCES[attributes.background][2], 0.75)
    colour = QColor(attributes.background_colour)
    strength = 1.2 * (0.6 - colour.valueF())
    if attributes.background in SCENES or strength <= 0.0:
        return None
    return faded(mix(colour, QColor("#ffffff"), 0.7), min(strength, 0.6))
