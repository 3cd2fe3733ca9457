"""The pictures of the gallery as a model of Qt's: one row a picture, group after group."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QMimeData, QModelIndex, QPersistentModelIndex, Qt

from kirara_paintings.session import Session
from kirara_paintings.words import percent, style_name
from kirara_studio.api.kept_files import parse_json
from kirara_studio.api.widgets import DRAG_TYPE, Cells, plain_tip

if TYPE_CHECKING:
    from PySide6.QtWidgets import QListView

translate = QCoreApplication.translate

Index = QModelIndex | QPersistentModelIndex


class GalleryModel(Cells):
    """``order`` are the numbers of the pictures, row by row."""

    def __init__(self, view: QListView, session: Session) -> None:
        super().__init__(view, self._words)
        self._session = session
        self.order: Sequence[int] = ()
        self._rows: dict[int, int] = {}

    def show(self, order: Sequence[int]) -> None:
        """Show other pictures, or the same ones in another order."""
        self.order = order
        self._rows = {number: row for row, number in enumerate(order)}
        self.set_count(len(order))

    def index_of(self, number: int) -> QModelIndex:
        """The index of a picture; invalid if it is not shown."""
        return self.index(self._rows.get(number, -1), 0)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(str(self._session.collection.paths[self.order[index.row()]]))
        return super().data(index, role)

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        numbers = [self.order[index.row()] for index in indexes]
        data.setData(DRAG_TYPE, json.dumps({"paintings": numbers}).encode())
        return data

    def numbers_in(self, data: QMimeData) -> list[int]:
        """The pictures of the gallery that are being dragged."""
        try:
            values = parse_json(bytes(data.data(DRAG_TYPE).data()))
        except ValueError:
            return []
        numbers = values.get("paintings") if isinstance(values, dict) else None
        return [one for one in numbers or () if isinstance(one, int) and one in self._rows]

    def _words(self, row: int) -> str:
        """Name, style, confidence, and the marks in the corner."""
        collection, state = self._session.collection, self._session.state
        number = self.order[row]
        prediction = collection.prediction(number, state.method)
        parts = [collection.paths[number].name, style_name(collection.style(number, state))]
        if number in collection.labels(state):
            parts.append(translate("paintings", "given by you"))
        elif prediction is not None:
            parts.append(percent(prediction[1]))
        if number in collection.disputed:
            parts.append(translate("paintings", "the classifiers disagree"))
        return ", ".join(parts)
