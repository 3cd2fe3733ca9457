"""Small drawn icons that take any colour."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF


def paint_icon(painter: QPainter, name: str, box: QRectF, color: QColor) -> None:
    """Paint the icon ``name`` (a key of :data:`DRAWINGS`) into the middle of ``box``.

    Raises KeyError for an unknown name.
    """
    draw = DRAWINGS[name]
    side = min(box.width(), box.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.center().x() - side / 2, box.center().y() - side / 2)
    painter.scale(side / 16, side / 16)  # every icon is drawn on 16 × 16
    pen = QPen(color, 1.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    draw(painter, color)
    painter.restore()


def _polygon(*points: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])


def _filled(painter: QPainter, color: QColor) -> None:
    painter.setBrush(color)


def _play(painter: QPainter, color: QColor) -> None:
    _filled(painter, color)
    painter.drawPolygon(_polygon((4.5, 2.8), (13, 8), (4.5, 13.2)))


def _pause(painter: QPainter, color: QColor) -> None:
    _filled(painter, color)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(QRectF(3.4, 2.5, 3.4, 11), 1.2, 1.2)
    painter.drawRoundedRect(QRectF(9.2, 2.5, 3.4, 11), 1.2, 1.2)


def _stop(painter: QPainter, color: QColor) -> None:
    _filled(painter, color)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(QRectF(3.2, 3.2, 9.6, 9.6), 1.8, 1.8)


def _loop(painter: QPainter, color: QColor) -> None:
    painter.drawArc(QRectF(2.5, 2.5, 11, 11), 60 * 16, 250 * 16)
    painter.drawPolyline(_polygon((9.6, 0.9), (11.6, 3.2), (8.8, 4.8)))


def _dice(painter: QPainter, color: QColor) -> None:
    painter.drawRoundedRect(QRectF(2, 2, 12, 12), 3, 3)
    _filled(painter, color)
    painter.setPen(Qt.PenStyle.NoPen)
    for x, y in ((5.4, 5.4), (10.6, 5.4), (8, 8), (5.4, 10.6), (10.6, 10.6)):
        painter.drawEllipse(QPointF(x, y), 1.15, 1.15)


def _plus(painter: QPainter, color: QColor) -> None:
    painter.drawLine(QPointF(8, 2.5), QPointF(8, 13.5))
    painter.drawLine(QPointF(2.5, 8), QPointF(13.5, 8))


def _close(painter: QPainter, color: QColor) -> None:
    painter.drawLine(QPointF(4, 4), QPointF(12, 12))
    painter.drawLine(QPointF(12, 4), QPointF(4, 12))


def _export(painter: QPainter, color: QColor) -> None:
    painter.drawLine(QPointF(8, 2), QPointF(8, 10))
    painter.drawPolyline(_polygon((4.8, 7), (8, 10.2), (11.2, 7)))
    painter.drawPolyline(_polygon((2.5, 11), (2.5, 13.8), (13.5, 13.8), (13.5, 11)))


def _folder(painter: QPainter, color: QColor) -> None:
    painter.drawPolygon(
        _polygon((1.8, 3.4), (6, 3.4), (7.6, 5.2), (14.2, 5.2), (14.2, 13), (1.8, 13))
    )


def _sparkle(painter: QPainter, color: QColor) -> None:
    _filled(painter, color)
    painter.setPen(Qt.PenStyle.NoPen)
    for x, y, size in ((7, 8.6, 6.4), (13, 3.2, 2.8)):
        star = QPainterPath(QPointF(x, y - size))
        for corner in ((x + size, y), (x, y + size), (x - size, y), (x, y - size)):
            star.quadTo(QPointF(x, y), QPointF(*corner))
        painter.drawPath(star)


def _down(painter: QPainter, color: QColor) -> None:
    painter.drawPolyline(_polygon((4, 6.2), (8, 10.2), (12, 6.2)))


def _left(painter: QPainter, color: QColor) -> None:
    painter.drawPolyline(_polygon((10, 3.6), (5.6, 8), (10, 12.4)))


def _right(painter: QPainter, color: QColor) -> None:
    painter.drawPolyline(_polygon((6, 3.6), (10.4, 8), (6, 12.4)))


def _undo(painter: QPainter, color: QColor) -> None:
    path = QPainterPath(QPointF(3, 6))
    path.lineTo(9.5, 6)
    path.cubicTo(14.5, 6, 14.5, 13, 9.5, 13)
    path.lineTo(6.5, 13)
    painter.drawPath(path)
    painter.drawPolyline(_polygon((6, 2.8), (2.8, 6), (6, 9.2)))


def _redo(painter: QPainter, color: QColor) -> None:
    painter.translate(16, 0)
    painter.scale(-1, 1)
    _undo(painter, color)


def _train(painter: QPainter, color: QColor) -> None:
    painter.drawPolyline(_polygon((2, 2), (2, 14), (14, 14)))
    path = QPainterPath(QPointF(4.2, 4))
    path.cubicTo(5.5, 10.5, 9, 11, 13.6, 11.2)
    painter.drawPath(path)


def _picture(painter: QPainter, color: QColor) -> None:
    painter.drawRoundedRect(QRectF(1.8, 2.8, 12.4, 10.4), 2, 2)
    painter.drawPolyline(_polygon((2.2, 11.6), (6, 7.4), (8.8, 10.4), (10.6, 8.6), (13.8, 11.8)))
    painter.drawEllipse(QPointF(10.8, 5.8), 1, 1)


def _more(painter: QPainter, color: QColor) -> None:
    _filled(painter, color)
    painter.setPen(Qt.PenStyle.NoPen)
    for x in (3.2, 8, 12.8):
        painter.drawEllipse(QPointF(x, 8), 1.5, 1.5)


def _check(painter: QPainter, color: QColor) -> None:
    painter.drawPolyline(_polygon((3, 8.4), (6.6, 12), (13, 4.6)))


DRAWINGS: dict[str, Callable[[QPainter, QColor], None]] = {
    "play": _play,
    "pause": _pause,
    "stop": _stop,
    "loop": _loop,
    "dice": _dice,
    "plus": _plus,
    "close": _close,
    "export": _export,
    "folder": _folder,
    "sparkle": _sparkle,
    "down": _down,
    "left": _left,
    "right": _right,
    "undo": _undo,
    "redo": _redo,
    "train": _train,
    "picture": _picture,
    "more": _more,
    "check": _check,
}
