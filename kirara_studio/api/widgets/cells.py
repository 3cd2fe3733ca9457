"""Painted cells of a list, with names for screen readers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

Index = QModelIndex | QPersistentModelIndex


class Cells(QAbstractListModel):
    """Numbered cells. ``name`` and ``note`` give the accessible name and description of a row."""

    def __init__(
        self, view: QListView, name: Callable[[int], str], note: Callable[[int], str] = lambda _: ""
    ) -> None:
        super().__init__(view)
        self._name, self._note = name, note
        self._count = 0
        view.setModel(self)

    def set_count(self, count: int) -> None:
        """Add or remove rows at the end; the current row stays. Every row may look different."""
        before = self._count
        if count < before:
            self.beginRemoveRows(QModelIndex(), count, before - 1)
            self._count = count
            self.endRemoveRows()
        elif count > before:
            self.beginInsertRows(QModelIndex(), before, count - 1)
            self._count = count
            self.endInsertRows()
        if count:
            self.dataChanged.emit(self.index(0), self.index(count - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._name(index.row())
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self._note(index.row())
        return None


class CellPainter(QStyledItemDelegate):
    """Gives a cell the size and the painting that the view itself has for it."""

    def __init__(
        self,
        view: QListView,
        size: Callable[[int], QSize],
        paint: Callable[[QPainter, int, QRectF], None],
    ) -> None:
        super().__init__(view)
        self._size, self._paint = size, paint
        view.setItemDelegate(self)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._size(index.row())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._paint(painter, index.row(), QRectF(option.rect))
        painter.restore()
