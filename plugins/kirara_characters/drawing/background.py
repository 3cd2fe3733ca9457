"""Soft backgrounds in picture coordinates, 0..100 in both directions."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainterPath, QRadialGradient

from .attributes import CharacterAttributes
from .canvas import Canvas, faded, gradient, mix, star

_WHITE = QColor("#ffffff")


def paint_background(canvas: Canvas, attributes: CharacterAttributes) -> None:
    """A plain colour, a gradient, or a simple pattern in white."""
    colour = QColor(attributes.background_colour)
    whole = QPainterPath()
    # A little over the edge, so that no row of the picture is half covered.
    whole.addRect(QRectF(-5, -5, 110, 110))
    canvas.fill(whole, colour)
    if attributes.background == "gradient":
        deep = QColor.fromHsvF(
            (colour.hsvHueF() + 0.09) % 1.0, min(1.0, colour.hsvSaturationF() + 0.07), 0.95
        )
        canvas.fill(whole, gradient((0, 0), (0, 100), (0, mix(colour, _WHITE, 0.45)), (1, deep)))
    elif attributes.background == "halo":
        glow = QRadialGradient(QPointF(50, 48), 52)
        glow.setColorAt(0.0, faded(_WHITE, 0.9))
        glow.setColorAt(0.82, faded(_WHITE, 0.35))
        glow.setColorAt(0.84, faded(_WHITE, 0.0))
        canvas.ellipse((50, 48), 44, 44, glow)
    elif attributes.background == "dots":
        for row in range(8):
            for column in range(8):
                centre = (column * 14.3 + (7.1 if row % 2 else 0.0), row * 14.3)
                canvas.ellipse(centre, 2.4, 2.4, faded(_WHITE, 0.6))
    elif attributes.background == "stars":
        for x, y, size in ((10, 14, 4.5), (88, 12, 5.5), (92, 52, 3.6), (7, 56, 4.2),
            (30, 5, 2.6), (70, 6, 2.4),
                           (95, 84, 4.5), (5, 88, 3.4)):  # fmt: skip
            canvas.fill(star(x, y, size), faded(_WHITE, 0.8))
