"""The colours of a cover: the magazine's own, made so that its title can be read on it."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QColor

from kirara_studio.api.widgets.look import blend, color
from kirara_studio.api.widgets.tokens import contrast

_READABLE = 4.5
_BRIGHT = 6.0  # contrast to the dark ink from which on that ink suits a colour
_DARK_INK = "#2B2430"
_LIGHT_INK = "#FFFFFF"


@lru_cache(maxsize=256)
def cover_colors(magazine_color: str) -> tuple[QColor, QColor]:
    """Ground and ink of a cover; their contrast is at least 4.5.

    A bright colour keeps itself and gets dark ink; any other is darkened until white shows.
    """
    if contrast(magazine_color, _DARK_INK) >= _BRIGHT:
        return QColor(magazine_color), QColor(_DARK_INK)
    ground = QColor(magazine_color)
    while contrast(ground.name(), _LIGHT_INK) < _READABLE:
        saturation, value = min(ground.saturation() + 2, 255), max(ground.value() - 4, 0)
        ground = QColor.fromHsv(ground.hue(), saturation, value)
    return ground, QColor(_LIGHT_INK)


def soft_ground(magazine_color: str) -> QColor:
    """Behind an issue that is bought: a breath of its colour on the theme's surface."""
    return blend(color("surface"), QColor(magazine_color), 0.16)


def soft_line(magazine_color: str) -> QColor:
    """Around an issue that is bought."""
    return blend(color("surface"), QColor(magazine_color), 0.5)
