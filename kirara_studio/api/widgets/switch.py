"""A switch: on or off, at once."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from kirara_studio.api.widgets.tokens import current_tokens


class Switch(QAbstractButton):
    """Checkable; ``toggled`` as any button. Set its accessible name to what it switches."""

    def __init__(self) -> None:
        super().__init__()
        self._place = 0.0
        self._glide = QVariantAnimation(self)
        self._glide.valueChanged.connect(self._set_place)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._on_toggled)

    def sizeHint(self) -> QSize:
        return QSize(48, 30)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current_tokens()
        track = QRectF(4, 4, 40, 22)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if not self.isEnabled():
                painter.setOpacity(0.45)
            if self.hasFocus() and self.property("ring"):
                painter.setPen(QPen(QColor(tokens.focus), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(track.adjusted(-3, -3, 3, 3), 14, 14)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_fill if self.isChecked() else tokens.line_strong))
            painter.drawRoundedRect(track, 11, 11)
            knob = QPointF(track.left() + 11 + 18 * self._place, track.center().y())
            resting = tokens.text_soft if tokens.dark else tokens.surface
            painter.setBrush(QColor(tokens.on_accent if self.isChecked() else resting))
            painter.drawEllipse(knob, 8, 8)

    def _on_toggled(self, on: bool) -> None:
        self._glide.stop()
        duration = current_tokens().motion_fast
        if not duration or not self.isVisible():
            self._set_place(float(on))
            return
        self._glide.setDuration(duration)
        self._glide.setStartValue(self._place)
        self._glide.setEndValue(float(on))
        self._glide.start()

    def _set_place(self, place: float) -> None:
        self._place = float(place)
        self.update()
