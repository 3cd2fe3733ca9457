"""What painted widgets share: colours by name, fonts, motion and the focus ring."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QObject, QPointF, QRectF, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from kirara_studio.api.widgets.tokens import current_tokens

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

RADIUS = 8


def color(name: str, alpha: float = 1.0) -> QColor:
    """The colour that the current theme calls ``name``; ``alpha`` from 0 to 1."""
    found = QColor(getattr(current_tokens(), name))
    if alpha < 1:
        found.setAlphaF(alpha)
    return found


def blend(first: QColor, second: QColor, amount: float) -> QColor:
    """``first``, moved by ``amount`` (0 to 1) towards ``second``."""
    pairs = zip(first.getRgb(), second.getRgb(), strict=True)  # type: ignore[call-overload]
    return QColor(*(round(a + (b - a) * amount) for a, b in pairs))


def font(widget: QWidget, size: int, *, bold: bool = False) -> QFont:
    """The widget's font at ``size`` pixels."""
    chosen = QFont(widget.font())
    chosen.setPixelSize(size)
    chosen.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return chosen


def draw_focus_ring(painter: QPainter, box: QRectF, radius: float = RADIUS) -> None:
    """A ring around what has the keyboard."""
    painter.setPen(QPen(color("focus"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)


def draw_line(painter: QPainter, start: QPointF, end: QPointF, ink: QColor, width: float) -> None:
    """A line with round ends, such as the track of a slider."""
    pen = QPen(ink, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawLine(start, end)


class Animation(QObject):
    """A number that moves quickly to its target, or at once if motion is off."""

    def __init__(self, parent: QWidget, changed: Callable[[], None], value: float = 0.0) -> None:
        super().__init__(parent)
        self.value = value
        self.target = value
        self._widget = parent
        self._changed = changed
        self._animation = QVariantAnimation(self)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._move)

    def animate_to(self, target: float) -> None:
        """Start moving to ``target``."""
        if target == self.target:
            return
        self.target = target
        self._animation.stop()
        duration = current_tokens().motion_fast
        if duration == 0 or not self._widget.isVisible():
            self._move(target)
            return
        self._animation.setDuration(duration)
        self._animation.setStartValue(self.value)
        self._animation.setEndValue(float(target))
        self._animation.start()

    def _move(self, value: float) -> None:
        self.value = float(value)
        self._changed()
