"""The badge of a voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap

from kirara_speech.voice_library import VoiceLook

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def paint_avatar(painter: QPainter, look: VoiceLook, box: QRectF, font: QFont) -> None:
    """Paint a round badge with the first letter."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(look.color))
    painter.drawEllipse(box)
    letter = QFont(font)
    letter.setPixelSize(max(int(box.height() * 0.5), 8))
    letter.setWeight(QFont.Weight.DemiBold)
    painter.setFont(letter)
    painter.setPen(QColor("#FFFFFF"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, look.short[:1].upper())


def avatar(look: VoiceLook, widget: QWidget, side: int = 20) -> QPixmap:
    """A voice's badge as a picture."""
    ratio = widget.devicePixelRatioF()
    pixmap = QPixmap(int(side * ratio), int(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_avatar(painter, look, QRectF(0, 0, side, side), widget.font())
    return pixmap
