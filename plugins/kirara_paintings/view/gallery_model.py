"""The pictures of the gallery as a model of Qt's: one row a picture, group after group."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QMimeData, QModelIndex, QPersistentModelIndex, Qt

from kirara_paintings.session import Session
from kirara_paintings.words import percent, style_name
from kirara_studio.api.kept_files import parse_json
from kirara_studio.api.widgets import DRAG_TYPE, KeyedCells, plain_tip

if TYPE_CHECKING:
    from PySide6.QtWidgets import QListView

translate = QCoreApplication.translate

Index = QModelIndex | QPersistentModelIndex


class GalleryModel(KeyedCells):
    """The pictures by their numbers."""

    def __init__(self, view: QListView, session: Session) -> None:
        super().__init__(view, self._words)
        self._session = session

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
        return [one for one in numbers or () if isinstance(one, int) and one in self]

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
