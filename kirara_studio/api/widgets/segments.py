"""A row of choices of which one holds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kirara_studio.api.widgets.look import Glide, color, draw_focus_ring, font


class Segments(QWidget):
    """Choices side by side; the chosen one lies on a small card that slides.

    Emits :attr:`chosen` with the index when the user changes it (click, or Left and Right).
    Its accessible name is the choices, unless :meth:`set_name` gives it one.
    """

    chosen = Signal(int)

    def __init__(self, texts: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = list(texts)
        self._current = 0
        self._name = ""
        self._place = Glide(self, self.update)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._describe()

    @property
    def current(self) -> int:
        """The index of the chosen one."""
        return self._current

    def set_current(self, index: int) -> None:
        """Choose without emitting anything."""
        self._current = index
        self._place.send(float(index))
        self._describe()
        self.update()

    def set_texts(self, texts: Sequence[str]) -> None:
        """Change the texts. Where the chosen one is there no more, the first is chosen."""
        self._texts = list(texts)
        if self._current >= len(self._texts):
            self.set_current(0)
        self._describe()
        self.updateGeometry()
        self.update()

    def set_name(self, name: str) -> None:
        """Say what is chosen here, for those who do not see it."""
        self._name = name
        self._describe()

    def sizeHint(self) -> QSize:
        return QSize(self._widest() * len(self._texts) + 6, 36)

    def minimumSizeHint(self) -> QSize:
        return QSize(40 * len(self._texts), 36)

    def _widest(self) -> int:
        metrics = QFontMetrics(font(self, 14, bold=True))
        return max(metrics.horizontalAdvance(text) for text in self._texts) + 28

    def _describe(self) -> None:
        self.setAccessibleName(self._name or " / ".join(self._texts))
        self.setAccessibleDescription(self._texts[self._current])

    def _choose(self, index: int) -> None:
        index = min(max(index, 0), len(self._texts) - 1)
        if index != self._current:
            self.set_current(index)
            self.chosen.emit(index)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(int(event.position().x() * len(self._texts) / max(self.width(), 1)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step:
            self._choose(self._current + step)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("pressed", 0.75))
            painter.drawRoundedRect(box, 8, 8)
            width = (box.width() - 6) / len(self._texts)
            card = QRectF(box.left() + 3 + self._place.value * width, 3.5, width, box.height() - 6)
            painter.setPen(QPen(color("line"), 1))
            painter.setBrush(color("raised"))
            painter.drawRoundedRect(card, 6, 6)
            for index, text in enumerate(self._texts):
                current = index == self._current
                painter.setFont(font(self, 14, bold=current))
                painter.setPen(color("accent_text" if current else "text_soft"))
                corner = QPointF(box.left() + 3 + index * width, 0)
                place = QRectF(corner.x(), box.top(), width, box.height())
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
            if self.hasFocus():
                draw_focus_ring(painter, card.adjusted(-1, -1, 1, 1), 6)
