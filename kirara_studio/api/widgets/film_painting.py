"""How the parts of a filmstrip look."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from kirara_studio.api.widgets.icons import paint_icon
from kirara_studio.api.widgets.style import RADIUS, color, font

GAP = 12
"""Between a picture and what stands beside it."""


def paint_ring(painter: QPainter, box: QRectF) -> None:
    """The focus ring around a picture in ``box``."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color("focus"), 2))
    painter.drawRoundedRect(box.adjusted(-4, -4, 4, 4), RADIUS + 3, RADIUS + 3)


def paint_note(painter: QPainter, widget: QWidget, box: QRectF, text: str, *, hot: bool) -> None:
    """A segment's seconds and note, as a button that opens a menu; ``hot`` under the pointer."""
    if hot:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("hover"))
        painter.drawRoundedRect(box.adjusted(-4, 0, 4, 0), 6, 6)
    painter.setFont(font(widget, 12))
    painter.setPen(color("text" if hot else "text_soft"))
    metrics = painter.fontMetrics()
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()) - 14)
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
    arrow_x = box.left() + metrics.horizontalAdvance(text) + 4
    arrow = QRectF(arrow_x, box.center().y() - 4, 9, 9)
    paint_icon(painter, "chevron-down", arrow, color("text_soft"))


def paint_track(painter: QPainter, box: QRectF, fraction: float, *, hot: bool) -> None:
    """A segment's slider, its knob at ``fraction`` (0…1, clipped) of the way."""
    y = box.center().y()
    x = box.left() + 6 + (box.width() - 12) * min(max(fraction, 0), 1)
    _line(painter, QLineF(box.left() + 2, y, box.right() - 2, y), color("line"), 4)
    _line(painter, QLineF(box.left() + 2, y, x, y), color("accent"), 4)
    painter.setPen(QPen(color("accent"), 2))
    painter.setBrush(color("surface"))
    radius = 7.0 if hot else 6.0
    painter.drawEllipse(QPointF(x, y), radius, radius)


def paint_playhead(
    painter: QPainter, centres: Sequence[QPointF], below: float, playhead: float
) -> None:
    """A mint line ``below`` the pictures' centres, as far as the film has been played.

    ``playhead`` 1.25 is a quarter of the way from picture 1 to the next; the last of ``centres``
    is where the film ends.
    """
    index = min(int(playhead), len(centres) - 2)
    here, after = centres[index].x(), centres[index + 1].x()
    x = here + (after - here) * (playhead - index)
    y = centres[0].y() + below
    _line(painter, QLineF(centres[0].x(), y, centres[-1].x(), y), color("line"), 3)
    _line(painter, QLineF(centres[0].x(), y, x, y), color("success"), 3)
    painter.setPen(QPen(color("surface"), 2))
    painter.setBrush(color("success"))
    painter.drawEllipse(QPointF(x, y), 5.5, 5.5)


def paint_drop_place(painter: QPainter, box: QRectF) -> None:
    """A bar before the picture in ``box``, where something dropped would go."""
    x = box.left() - GAP / 2
    _line(painter, QLineF(x, box.top() - 4, x, box.bottom() + 4), color("accent"), 3)


def _line(painter: QPainter, line: QLineF, ink: QColor, width: float) -> None:
    pen = QPen(ink, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawLine(line)
