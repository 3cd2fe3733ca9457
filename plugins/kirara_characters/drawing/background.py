"""Plain colours, gradients and simple patterns in picture coordinates, 0..100 both ways."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainterPath, QRadialGradient

from .attributes import CharacterAttributes
from .canvas import Canvas, faded, gradient, mix, star
from .scenes import FOREGROUNDS, SCENES

_WHITE = QColor("#ffffff")


def paint_background(canvas: Canvas, attributes: CharacterAttributes) -> None:
    """The background of the character over the whole picture."""
    colour = QColor(attributes.background_colour)
    whole = QPainterPath()
    # A little over the edge, so that no row of the picture is half covered.
    whole.addRect(QRectF(-5, -5, 110, 110))
    canvas.fill(whole, colour)
    _BACKGROUNDS[attributes.background](canvas, colour, whole)


def paint_foreground(canvas: Canvas, attributes: CharacterAttributes) -> None:
    """What a scene puts in front of the character; it leaves the face free."""
    if attributes.background in FOREGROUNDS:
        FOREGROUNDS[attributes.background](canvas, QColor(attributes.background_colour))


def _plain(canvas: Canvas, colour: QColor, whole: QPainterPath) -> None:
    """The colour alone."""


def _gradient(canvas: Canvas, colour: QColor, whole: QPainterPath) -> None:
    deep = QColor.fromHsvF(
        (max(0.0, colour.hsvHueF()) + 0.09) % 1.0,
        min(1.0, colour.hsvSaturationF() + 0.1),
        min(0.95, colour.valueF()),
    )
    canvas.fill(whole, gradient((0, 0), (0, 100), (0, mix(colour, _WHITE, 0.45)), (1, deep)))


def _halo(canvas: Canvas, colour: QColor, whole: QPainterPath) -> None:
    glow = QRadialGradient(QPointF(50, 48), 52)
    glow.setColorAt(0.0, faded(_WHITE, 0.9))
    glow.setColorAt(0.82, faded(_WHITE, 0.35))
    glow.setColorAt(0.84, faded(_WHITE, 0.0))
    canvas.ellipse((50, 48), 44, 44, glow)


def _dots(canvas: Canvas, colour: QColor, whole: QPainterPath) -> None:
    dots = QPainterPath()
    for row in range(8):
        for column in range(8):
            centre = QPointF(column * 14.3 + (7.1 if row % 2 else 0.0), row * 14.3)
            dots.addEllipse(centre, 2.4, 2.4)
    canvas.fill(dots, faded(_WHITE, 0.6))


def _stars(canvas: Canvas, colour: QColor, whole: QPainterPath) -> None:
    for x, y, size in ((10, 14, 4.5), (88, 12, 5.5), (92, 52, 3.6), (7, 56, 4.2), (30, 5, 2.6),
                       (70, 6, 2.4), (95, 84, 4.5), (5, 88, 3.4)):  # fmt: skip
        canvas.fill(star(x, y, size), faded(_WHITE, 0.8))


def _rays(canvas: Canvas, colour: QColor, whole: QPainterPath) -> None:
    """Beams that go out from behind the head."""
    beams = QPainterPath()
    for step in range(16):
        beams.moveTo(50, 46)
        for angle in (step * math.pi / 8 + 0.1, step * math.pi / 8 + 0.1 + math.pi / 16):
            beams.lineTo(50 + 90 * math.cos(angle), 46 + 90 * math.sin(angle))
        beams.closeSubpath()
    canvas.fill(beams, faded(_WHITE, 0.3))
    glow = QRadialGradient(QPointF(50, 46), 60)
    glow.setColorAt(0.0, faded(_WHITE, 0.75))
    glow.setColorAt(1.0, faded(_WHITE, 0.0))
    canvas.fill(whole, glow)


_BACKGROUNDS: dict[str, Callable[[Canvas, QColor, QPainterPath], None]] = {
    "plain": _plain, "gradient": _gradient, "halo": _halo, "dots": _dots, "stars": _stars,
    "rays": _rays, **SCENES,
}  # fmt: skip
