"""The pictures of the gallery as a model of Qt's: one row a picture, group after group."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from kirara_paintings.session import Session
from kirara_paintings.words import percent, style_name
from kirara_studio.api.kept_json import parse_json
from kirara_studio.api.widgets import DRAG_TYPE

translate = QCoreApplication.translate

Index = QModelIndex | QPersistentModelIndex
CELL = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Cell:
    """The contents of a cell: its file, a caption, and in the corner whether the classifiers
    disagree, and whether the user gave it its style."""

    path: Path
    caption: str
    disagree: bool = False
    corrected: bool = False


class GalleryModel(QAbstractListModel):
    """``order`` are the numbers of the pictures, row by row."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.order: Sequence[int] = ()
        self._rows: dict[int, int] = {}

    def show(self, order: Sequence[int]) -> None:
        """Show other pictures, or the same ones in another order."""
        self.beginResetModel()
        self.order = order
        self._rows = {number: row for row, number in enumerate(order)}
        self.endResetModel()

    def index_of(self, number: int) -> QModelIndex:
        """The index of a picture; invalid if it is not shown."""
        return self.index(self._rows.get(number, -1), 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self.order)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        number = self.order[index.row()]
        if role == CELL:
            return self._cell(number)
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(self._session.collection.paths[number])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._words(number)
        return None

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        numbers = [self.order[index.row()] for index in indexes]
        data.setData(DRAG_TYPE, json.dumps({"paintings": numbers}).encode())
        return data

    def numbers_in(self, data: QMimeData) -> list[int]:
        """The pictures of the gallery that are being dragged."""
        if not data.hasFormat(DRAG_TYPE):
            return []
        try:
            values = parse_json(bytes(data.data(DRAG_TYPE).data()))
        except ValueError:
            return []
        numbers = values.get("paintings") if isinstance(values, dict) else None
        return [one for one in numbers or () if isinstance(one, int) and one in self._rows]

    def _cell(self, number: int) -> Cell:
        collection, state = self._session.collection, self._session.state
        path, prediction = collection.paths[number], collection.prediction(number, state.method)
        caption = path.name if prediction is None else f"{percent(prediction[1])} · {path.name}"
        corrected = number in collection.labels(state)
        return Cell(path, caption, number in collection.disputed, corrected)

    def _words(self, number: int) -> str:
        """The text for screen readers: name, style, confidence, and the marks in the corner."""
        collection, state = self._session.collection, self._session.state
        prediction = collection.prediction(number, state.method)
        parts = [collection.paths[number].name, style_name(collection.style(number, state))]
        if number in collection.labels(state):
            parts.append(translate("paintings", "given by you"))
        elif prediction is not None:
            parts.append(percent(prediction[1]))
        if number in collection.disputed:
            parts.append(translate("paintings", "the classifiers disagree"))
        return ", ".join(parts)
