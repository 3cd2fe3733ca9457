"""The probabilities of the classes as bars: one row per class, one bar per classifier."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QWidget

from kirara_paintings.answers import FEATURES, NETWORK, Answer
from kirara_paintings.words import method_name, percent, style_name
from kirara_studio.api.widgets import CellPainter, Cells, KeyboardFocus
from kirara_studio.api.widgets.style import color, draw_focus_ring, font

translate = QCoreApplication.translate

Index = QModelIndex | QPersistentModelIndex

INKS = {NETWORK: "accent", FEATURES: "success"}
"""The colours of the classifiers."""
_NAME, _BAR, _GAP, _LEGEND = 20, 10, 10, 19
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class Bars(QListView):
    """The answers side by side. A click on a class, or ↑ ↓, asks for reasons (:attr:`asked`)."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.answers: Sequence[Answer] = ()
        self.styles: Sequence[str] = ()
        self.cells = Cells(self, self._words)
        CellPainter(self, lambda _: QSize(100, self.row_height), self._paint_row)
        self.keyboard = KeyboardFocus(self)
        self._showing = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setStyleSheet("QListView { background: transparent; border: none; }")
        self.viewport().setAutoFillBackground(False)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def current(self) -> str:
        """The class that is explained."""
        index = self.currentIndex()
        return self.styles[index.row()] if index.isValid() else ""

    def show_answers(
        self, answers: Sequence[Answer], current: str, order: Sequence[str] = ()
    ) -> None:
        """Show answers, with the classes of ``order`` first; ``current`` is being explained."""
        self._showing = True
        known = dict.fromkeys(name for one in answers for name in one.probabilities)
        first = [name for name in order if name in known]
        self.answers = tuple(answers)
        self.styles = [*first, *(name for name in known if name not in first)]
        self.cells.set_count(len(self.styles))
        row = self.styles.index(current) if current in known else -1
        self.setCurrentIndex(self.cells.index(row, 0))
        self._showing = False
        self.setAccessibleName(translate("paintings", "Probabilities"))
        self.updateGeometry()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and not self._showing:
            self.asked.emit(self.styles[current.row()])

    @property
    def row_height(self) -> int:
        """The height of a class, in pixels."""
        return _NAME + len(self.answers) * _BAR + _GAP

    def sizeHint(self) -> QSize:
        return QSize(200, self.row_height * len(self.styles) + 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _words(self, row: int) -> str:
        style = self.styles[row]
        shares = ", ".join(
            f"{method_name(one.method)} {percent(one.probabilities.get(style, 0))}"
            for one in self.answers
        )
        return f"{style_name(style)}: {shares}"

    def _paint_row(self, painter: QPainter, row: int, whole: QRectF) -> None:
        style, current = self.styles[row], row == self.currentIndex().row()
        box = whole.adjusted(8, 3, -8, 0)
        if current:
            frame = whole.adjusted(0.5, 0.5, -0.5, -1)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent_soft"))
            painter.drawRoundedRect(frame, 6, 6)
            if self.keyboard.here:
                draw_focus_ring(painter, frame, 6)
        painter.setFont(font(self, 12, bold=current))
        painter.setPen(color("text"))
        name = QRectF(box.left(), box.top(), box.width(), _NAME)
        shares = " · ".join(percent(one.probabilities.get(style, 0)) for one in self.answers)
        room = painter.fontMetrics().horizontalAdvance(shares) + 12
        title = painter.fontMetrics().elidedText(
            style_name(style), Qt.TextElideMode.ElideRight, int(box.width() - room)
        )
        painter.drawText(name, _MIDDLE, title)
        painter.setPen(color("text_soft"))
        painter.drawText(name, _MIDDLE | Qt.AlignmentFlag.AlignRight, shares)
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


class Legend(QWidget):
    """The names of the classifiers beside their colours."""

    def __init__(self) -> None:
        super().__init__()
        self._methods: list[str] = []
        self.setFixedHeight(_LEGEND)

    def show_methods(self, methods: list[str]) -> None:
        """Show other classifiers."""
        self._methods = methods
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font(self, 12))
            left = 8.0
            for method in self._methods:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(color(INKS.get(method, "accent")))
                painter.drawEllipse(QRectF(left, 4, 8, 8))
                painter.setPen(color("text_soft"))
                name = method_name(method)
                width = painter.fontMetrics().horizontalAdvance(name)
                painter.drawText(QRectF(left + 13, 0, width + 2, 16), _MIDDLE, name)
                left += 13 + width + 16
