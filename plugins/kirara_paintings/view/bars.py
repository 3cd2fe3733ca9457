"""The probabilities of the classes as bars, one row a class, one bar a classifier."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kirara_paintings.answers import Answer
from kirara_paintings.classifiers import FEATURES, NETWORK
from kirara_paintings.words import method_name, percent, style_name
from kirara_studio.api.widgets import KeyboardFocus
from kirara_studio.api.widgets.style import color, draw_focus_ring, font

translate = QCoreApplication.translate

INKS = {NETWORK: "accent", FEATURES: "success"}
"""The colours of the classifiers."""
_NAME, _BAR, _GAP, _LEGEND = 20, 10, 10, 22


class Bars(QWidget):
    """Answers side by side. A click on a class, or ↑ ↓, asks why it would be that
    (:attr:`asked`)."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answers: tuple[Answer, ...] = ()
        self.styles: list[str] = []
        self.current = ""
        self._keyboard = KeyboardFocus(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_answers(
        self, answers: Sequence[Answer], current: str, order: Sequence[str] = ()
    ) -> None:
        """Show answers, with the classes of ``order`` first; ``current`` is being explained."""
        self.answers, self.current = tuple(answers), current
        known = dict.fromkeys(name for one in answers for name in one.probabilities)
        first = [name for name in order if name in known]
        self.styles = [*first, *(name for name in known if name not in first)]
        self.setAccessibleName(translate("paintings", "Probabilities"))
        self.setAccessibleDescription("; ".join(self._words(style) for style in self.styles))
        self.updateGeometry()
        self.update()

    def _words(self, style: str) -> str:
        shares = ", ".join(
            f"{method_name(one.method)} {percent(one.probabilities.get(style, 0))}"
            for one in self.answers
        )
        return f"{style_name(style)}: {shares}"

    @property
    def _row(self) -> int:
        return _NAME + len(self.answers) * _BAR + _GAP

    def sizeHint(self) -> QSize:
        return QSize(200, _LEGEND + self._row * len(self.styles))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def row(self, index: int) -> QRectF:
        """Where the row of a class lies."""
        return QRectF(0, _LEGEND + index * self._row, self.width(), self._row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = int((event.position().y() - _LEGEND) // max(self._row, 1))
        if 0 <= index < len(self.styles) and event.position().y() >= _LEGEND:
            self.asked.emit(self.styles[index])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step and self.styles:
            here = self.styles.index(self.current) if self.current in self.styles else 0
            self.asked.emit(self.styles[min(max(here + step, 0), len(self.styles) - 1)])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_legend(painter)
            for index, style in enumerate(self.styles):
                self._paint_row(painter, self.row(index), style)

    def _paint_legend(self, painter: QPainter) -> None:
        left = 8.0
        painter.setFont(font(self, 12))
        for answer in self.answers:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(INKS.get(answer.method, "accent")))
            painter.drawEllipse(QRectF(left, 4, 8, 8))
            painter.setPen(color("text_soft"))
            name = method_name(answer.method)
            width = painter.fontMetrics().horizontalAdvance(name)
            place = QRectF(left + 13, 0, width + 2, 16)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
            left += 13 + width + 16

    def _paint_row(self, painter: QPainter, box: QRectF, style: str) -> None:
        current = style == self.current
        frame = box.adjusted(0.5, -3, -0.5, -4)
        box = box.adjusted(8, 0, -8, 0)
        if current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent_soft"))
            painter.drawRoundedRect(frame, 6, 6)
            if self._keyboard.here:
                draw_focus_ring(painter, frame, 6)
        painter.setFont(font(self, 12, bold=current))
        painter.setPen(color("text"))
        middle = Qt.AlignmentFlag.AlignVCenter
        name = QRectF(box.left(), box.top(), box.width(), _NAME)
        shares = " · ".join(percent(one.probabilities.get(style, 0)) for one in self.answers)
        room = painter.fontMetrics().horizontalAdvance(shares) + 12
        title = painter.fontMetrics().elidedText(
            style_name(style), Qt.TextElideMode.ElideRight, int(box.width() - room)
        )
        painter.drawText(name, middle, title)
        painter.setPen(color("text_soft"))
        painter.drawText(name, middle | Qt.AlignmentFlag.AlignRight, shares)
        for number, answer in enumerate(self.answers):
            track = QRectF(box.left(), box.top() + _NAME + number * _BAR, box.width(), 6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("pressed"))
            painter.drawRoundedRect(track, 3, 3)
            share = min(max(answer.probabilities.get(style, 0.0), 0.0), 1.0)
            if share > 0.004:
                track.setWidth(max(6.0, share * track.width()))
                painter.setBrush(color(INKS.get(answer.method, "accent")))
                painter.drawRoundedRect(track, 3, 3)
