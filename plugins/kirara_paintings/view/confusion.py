"""A confusion matrix that one can click into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from kirara_paintings.words import style_name
from kirara_studio.api.widgets import KeyboardFocus, plain_tip
from kirara_studio.api.widgets.style import blend, color, draw_focus_ring, font

translate = QCoreApplication.translate

Index = QModelIndex | QPersistentModelIndex

_NAMES, _HEAD = 110, 26
_LEAST, _MOST = 34, 56
_Role = Qt.ItemDataRole


class ConfusionMatrix(QTableView):
    """Rows are true classes, columns predicted ones; choosing a cell emits :attr:`chosen`."""

    chosen = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.keyboard = KeyboardFocus(self)
        self.setItemDelegate(_Cells(self))
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.viewport().setAutoFillBackground(False)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setFixedHeight(_HEAD)
        down.setFixedWidth(_NAMES)
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for header in (across, down):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setMinimumSectionSize(1)
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
            header.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setStyleSheet(
            "QTableView, QHeaderView, QHeaderView::section, QTableCornerButton::section"
            "{ background: transparent; border: none; font-size: 12px; padding: 0; }"
            "QHeaderView::section:vertical { padding-right: 8px; }"
        )

    def show_counts(self, names: Sequence[str], counts: Sequence[Sequence[int]]) -> None:
        """Show how many pictures of each class (rows) were taken for each (columns)."""
        old = self.model()
        self.setModel(_Counts(names, counts, self))
        if old is not None:
            old.deleteLater()
        self.selectionModel().currentChanged.connect(
            lambda index, _: self.chosen.emit(index.row(), index.column())
        )
        side = min(max(360 // max(len(names), 1), _LEAST), _MOST)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setDefaultSectionSize(side)
        self.setAccessibleName(translate("paintings", "Confusion matrix"))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        side = self.horizontalHeader().length()
        return QSize(_NAMES + side + 2, _HEAD + side + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def choose(self, row: int, column: int) -> None:
        """Go to a cell."""
        self.setCurrentIndex(self.model().index(row, column))


class _Counts(QAbstractTableModel):
    def __init__(
        self, names: Sequence[str], counts: Sequence[Sequence[int]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._names, self._counts = names, counts
        self.most = max((sum(row) for row in counts), default=1) or 1  # pictures of a class

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._names)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return self.rowCount(parent)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if role == _Role.DisplayRole:
            return self._counts[row][column]
        if role == _Role.AccessibleTextRole:
            names = style_name(self._names[row]), style_name(self._names[column])
            text = translate("paintings", "{0}, taken for {1}: {2}")
            return text.format(*names, self._counts[row][column])
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        if role in (_Role.DisplayRole, _Role.ToolTipRole):
            name = style_name(self._names[section])
            return plain_tip(name) if role == _Role.ToolTipRole else name
        return color("text_soft") if role == _Role.ForegroundRole else None


class _Cells(QStyledItemDelegate):
    def __init__(self, matrix: ConfusionMatrix) -> None:
        super().__init__(matrix)
        self._matrix = matrix

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        count: int = index.data()
        share = count / index.model().most  # type: ignore[attr-defined]
        whole = QRectF(option.rect)
        box = whole.adjusted(1.5, 1.5, -1.5, -1.5)
        strong = color("success" if index.row() == index.column() else "attention")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(blend(color("sunken"), strong, 0.15 + 0.4 * share if count else 0))
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(font(self._matrix, 14, bold=bool(count)))
        painter.setPen(color("text" if count else "text_disabled"))
        painter.drawText(whole, Qt.AlignmentFlag.AlignCenter, f"{count}")
        if index == self._matrix.currentIndex():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color("text"), 2))
            painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), 4, 4)
            if self._matrix.keyboard.here:
                draw_focus_ring(painter, whole.adjusted(-1, -1, 1, 1), 6)
        painter.restore()
