"""Chooses a magazine's colour: ten that look well, or any other."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QColorDialog, QSizePolicy, QWidget

from kirara_studio.api.widgets import paint_icon
from kirara_studio.api.widgets.look import color

translate = QCoreApplication.translate

COLORS = (
    "#E5678F",
    "#D9534F",
    "#E98A3B",
    "#E9B83B",
    "#7FB24A",
    "#45B8AC",
    "#3E8EDE",
    "#5B6BD6",
    "#9A63C9",
    "#8A7FA8",
)
_STEP = 32


class ColorRow(QWidget):
    """Circles side by side, the last one for any other colour. ``changed`` when it does."""

    changed = Signal()

    def __init__(self, chosen: str) -> None:
        super().__init__()
        self._chosen = chosen.upper()
        self._current = self._index()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(translate("releases", "Color"))
        self.setAccessibleDescription(self._chosen)

    @property
    def chosen(self) -> str:
        """The colour, as "#RRGGBB"."""
        return self._chosen

    def choose(self, chosen: str) -> None:
        """Choose a colour."""
        self._chosen = chosen.upper()
        self._current = self._index()
        self.setAccessibleDescription(self._chosen)
        self.update()
        self.changed.emit()

    def _index(self) -> int:
        return COLORS.index(self._chosen) if self._chosen in COLORS else len(COLORS)

    def sizeHint(self) -> QSize:
        return QSize(_STEP * (len(COLORS) + 1), _STEP)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pick(int(event.position().x() // _STEP))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step:
            self._current = min(max(self._current + step, 0), len(COLORS))
            if self._current < len(COLORS):
                self.choose(COLORS[self._current])
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._pick(self._current)
        else:
            super().keyPressEvent(event)

    def _pick(self, index: int) -> None:
        if 0 <= index < len(COLORS):
            self.choose(COLORS[index])
        elif index == len(COLORS):
            title = translate("releases", "Color")
            other = QColorDialog.getColor(QColor(self._chosen), self, title)
            if other.isValid():
                self.choose(other.name())

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        own = self._index() == len(COLORS)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for index in range(len(COLORS) + 1):
                centre = QPointF(index * _STEP + _STEP / 2, _STEP / 2)
                last = index == len(COLORS)
                painter.setPen(Qt.PenStyle.NoPen)
                if last and not own:
                    painter.setPen(QPen(color("line_strong"), 1))
                    painter.setBrush(color("surface"))
                else:
                    painter.setBrush(QColor(self._chosen if last else COLORS[index]))
                painter.drawEllipse(centre, 11, 11)
                if last and not own:
                    box = QRectF(centre.x() - 6, centre.y() - 6, 12, 12)
                    paint_icon(painter, "more", box, color("text_soft"))
                if index == self._index():
                    self._ring(painter, centre, "text")
                elif index == self._current and self.hasFocus():
                    self._ring(painter, centre, "focus")
            if self.hasFocus() and self._current == self._index():
                self._ring(painter, QPointF(self._current * _STEP + _STEP / 2, _STEP / 2), "focus")

    def _ring(self, painter: QPainter, centre: QPointF, tone: str) -> None:
        painter.setPen(QPen(color(tone), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, 14, 14)
