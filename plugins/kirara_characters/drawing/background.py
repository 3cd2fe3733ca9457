"""Plain colours, gradients and simple patterns in picture coordinates, 0..100 both ways."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainterPath

from .attributes import CharacterAttributes
from .canvas import Canvas, faded, gradient, mix, radial, star
from .scenes import FALLING_PETALS, PETAL, SCENES, WHOLE, paint_glow, paint_petals

_WHITE = QColor("#ffffff")


def paint_background(canvas: Canvas, attributes: CharacterAttributes) -> None:
    """The background of the character over the whole picture."""
    colour = QColor(attributes.background_colour)
    canvas.fill(WHOLE, colour)
    if attributes.background in SCENES:
        SCENES[attributes.background](canvas, colour)
    elif attributes.background == "gradient":
        _paint_gradient(canvas, colour)
    elif attributes.background in _PATTERNS:
        _PATTERNS[attributes.background](canvas)


def paint_foreground(canvas: Canvas, attributes: CharacterAttributes) -> None:
    """What a scene puts in front of the character; it leaves the face free."""
    colour = QColor(attributes.background_colour)
    if attributes.background == "petals":
        paint_petals(canvas, FALLING_PETALS, mix(mix(PETAL, colour, 0.12), QColor("#ff8fb4"), 0.25))
    elif attributes.background == "bokeh":
        for x, y, radius in ((9, 92, 12), (93, 88, 9), (24, 99, 7)):
            canvas.ellipse((x, y), radius, radius, faded(mix(colour, _WHITE, 0.8), 0.22))
    elif attributes.background == "evening":
        paint_glow(canvas, 96, 74, 62, QColor("#ffd08a"), 0.42)
    elif attributes.background == "window":
        paint_glow(canvas, 50, -8, 58, QColor("#fff8e6"), 0.4)


def _paint_gradient(canvas: Canvas, colour: QColor) -> None:
    deep = QColor.fromHsvF(
        (max(0.0, colour.hsvHueF()) + 0.09) % 1.0,
        min(1.0, colour.hsvSaturationF() + 0.1),
        min(0.95, colour.valueF()),
    )
    canvas.fill(WHOLE, gradient((0, 0), (0, 100), (0, mix(colour, _WHITE, 0.45)), (1, deep)))


def _halo(canvas: Canvas) -> None:
    glow = radial((50, 48), 52, (0.0, faded(_WHITE, 0.9)), (0.82, faded(_WHITE, 0.35)),
                  (0.84, faded(_WHITE, 0.0)))  # fmt: skip
    canvas.ellipse((50, 48), 44, 44, glow)


def _dots(canvas: Canvas) -> None:
    dots = QPainterPath()
    for row in range(8):
        for column in range(8):
            centre = QPointF(column * 14.3 + (7.1 if row % 2 else 0.0), row * 14.3)
            dots.addEllipse(centre, 2.4, 2.4)
    canvas.fill(dots, faded(_WHITE, 0.6))


def _stars(canvas: Canvas) -> None:
    for x, y, size in ((10, 14, 4.5), (88, 12, 5.5), (92, 52, 3.6), (7, 56, 4.2), (30, 5, 2.6),
                       (70, 6, 2.4), (95, 84, 4.5), (5, 88, 3.4)):  # fmt: skip
        canvas.fill(star(x, y, size), faded(_WHITE, 0.8))


def _rays(canvas: Canvas) -> None:
    """Beams that go out from behind the head."""
    beams = QPainterPath()
    for step in range(16):
        beams.moveTo(50, 46)
        for angle in (step * math.pi / 8 + 0.1, step * math.pi / 8 + 0.1 + math.pi / 16):
            beams.lineTo(50 + 90 * math.cos(angle), 46 + 90 * math.sin(angle))
        beams.closeSubpath()
    canvas.fill(beams, faded(_WHITE, 0.3))
    glow = radial((50, 46), 60, (0.0, faded(_WHITE, 0.75)), (1.0, faded(_WHITE, 0.0)))
    canvas.fill(WHOLE, glow)


_PATTERNS = {"halo": _halo, "dots": _dots, "stars": _stars, "rays": _rays}
