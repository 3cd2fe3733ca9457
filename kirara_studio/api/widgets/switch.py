"""A switch: on or off, at once."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from kirara_studio.api.widgets.button import PlainButton
from kirara_studio.api.widgets.style import Animation, color, draw_focus_ring
from kirara_studio.api.widgets.tokens import current_tokens


class Switch(PlainButton):
    """Checkable; ``toggled`` as any button. Set its accessible name to what it switches."""

    def __init__(self) -> None:
        super().__init__()
        self._place = Animation(self, self.update)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(lambda on: self._place.animate_to(float(on)))

    def sizeHint(self) -> QSize:
        return QSize(48, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        track = QRectF(4, 4, 40, 22)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if not self.isEnabled():
                painter.setOpacity(0.45)
            if self._keyboard.here:
                draw_focus_ring(painter, track.adjusted(-4, -4, 4, 4), 14)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent_fill" if self.isChecked() else "line_strong"))
            painter.drawRoundedRect(track, 11, 11)
            knob = QPointF(track.left() + 11 + 18 * self._place.value, track.center().y())
            resting = "text_soft" if current_tokens().dark else "surface"
            painter.setBrush(color("on_accent" if self.isChecked() else resting))
            painter.drawEllipse(knob, 8, 8)
