"""The probabilities of the classes as bars: one row per class, one bar per classifier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from kirara_paintings.answers import Answer
from kirara_paintings.classifiers import FEATURES, NETWORK
from kirara_paintings.words import method_name, percent, style_name
from kirara_studio.api.widgets import KeyboardFocus
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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = _Rows(self)
        self.keyboard = KeyboardFocus(self)
        self._showing = False
        self.setModel(self.rows)
        self.setItemDelegate(_Painter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setStyleSheet("QListView { background: transparent; border: none; }")
        self.viewport().setAutoFillBackground(False)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def answers(self) -> Sequence[Answer]:
        """The answers that are shown."""
        return self.rows.answers

    @property
    def styles(self) -> Sequence[str]:
        """The classes, in their order."""
        return self.rows.styles

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
        self.rows.show(answers, [*first, *(name for name in known if name not in first)])
        row = self.styles.index(current) if current in known else -1
        self.setCurrentIndex(self.rows.index(row, 0))
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


class _Rows(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.answers: Sequence[Answer] = ()
        self.styles: Sequence[str] = ()

    def show(self, answers: Sequence[Answer], styles: Sequence[str]) -> None:
        self.beginResetModel()
        self.answers, self.styles = tuple(answers), styles
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self.styles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.AccessibleTextRole:
            return None
        style = self.styles[index.row()]
        shares = ", ".join(
            f"{method_name(one.method)} {percent(one.probabilities.get(style, 0))}"
            for one in self.answers
        )
        return f"{style_name(style)}: {shares}"


class _Painter(QStyledItemDelegate):
    def __init__(self, bars: Bars) -> None:
        super().__init__(bars)
        self._bars = bars

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._bars.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        bars, style = self._bars, self._bars.styles[index.row()]
        current = index == bars.currentIndex()
        whole = QRectF(option.rect)
        box = whole.adjusted(8, 3, -8, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if current:
            frame = whole.adjusted(0.5, 0.5, -0.5, -1)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent_soft"))
            painter.drawRoundedRect(frame, 6, 6)
            if bars.keyboard.here:
                draw_focus_ring(painter, frame, 6)
        painter.setFont(font(bars, 12, bold=current))
        painter.setPen(color("text"))
        name = QRectF(box.left(), box.top(), box.width(), _NAME)
        shares = " · ".join(percent(one.probabilities.get(style, 0)) for one in bars.answers)
        room = painter.fontMetrics().horizontalAdvance(shares) + 12
        title = painter.fontMetrics().elidedText(
            style_name(style), Qt.TextElideMode.ElideRight, int(box.width() - room)
        )
        painter.drawText(name, _MIDDLE, title)
        painter.setPen(color("text_soft"))
        painter.drawText(name, _MIDDLE | Qt.AlignmentFlag.AlignRight, shares)
        for number, answer in enumerate(bars.answers):
            track = QRectF(box.left(), box.top() + _NAME + number * _BAR, box.width(), 6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("pressed"))
            painter.drawRoundedRect(track, 3, 3)
            share = min(max(answer.probabilities.get(style, 0.0), 0.0), 1.0)
            if share > 0.004:
                track.setWidth(max(6.0, share * track.width()))
                painter.setBrush(color(INKS.get(answer.method, "accent")))
                painter.drawRoundedRect(track, 3, 3)
        painter.restore()


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
