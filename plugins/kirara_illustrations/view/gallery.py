"""The gallery: pictures in columns, tens of thousands of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QMimeData, QModelIndex, QRectF, Qt, QUrl
from PySide6.QtGui import QImage, QPainter, QPainterPath

from kirara_illustrations.session import Session
from kirara_illustrations.view.masonry import Masonry
from kirara_illustrations.words import class_title, percent
from kirara_studio.api.widgets import Gallery, KeyedCells, paint_icon, plain_tip
from kirara_studio.api.widgets.cells import Index
from kirara_studio.api.widgets.style import RADIUS, color, font

translate = QCoreApplication.translate

Thumbnail = Callable[[int], QImage | None]

_COLUMN = 150  # pixels, at least
_CHIP = 24


class IllustrationsGallery(Gallery):
    """What a session shows. Requests small copies of the visible pictures only."""

    def __init__(self, session: Session, thumbnail: Thumbnail) -> None:
        self._session, self._thumbnail = session, thumbnail
        super().__init__(lambda view: _Pictures(view, session))
        session.changed.connect(self._show)

    def _show(self) -> None:
        order = self._session.order
        if order != self.cells.order:
            self.show_order(order)
            self.doItemsLayout()
        self.viewport().update()

    def make_flow(self, width: float) -> Masonry:
        return Masonry(width, self._session.shapes[: self.cells.rowCount()], _COLUMN)

    def thumbnail_at(self, row: int) -> QImage | None:
        return self._thumbnail(self.cells.order[row])

    def retranslate(self) -> None:
        """Set the texts again."""
        self.setAccessibleName(translate("illustrations", "Gallery"))

    # Painting

    def paint_cell(self, painter: QPainter, row: int, place: QRectF) -> None:
        number = self.cells.order[row]
        item, image = self._session.item(number), self._thumbnail(number)
        shape = QPainterPath()
        shape.addRoundedRect(place, RADIUS, RADIUS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("sunken"))
        painter.drawPath(shape)
        if image is not None and not image.isNull():
            painter.setClipPath(shape)
            high = place.width() * image.height() / image.width()
            part = QRectF(image.rect())
            if high > place.height():  # what is too tall begins at its head
                part.setHeight(image.width() * place.height() / place.width())
            painter.drawImage(place, image, part)
            painter.setClipping(False)
        elif image is not None:
            middle = QRectF(place.center().x() - 12, place.center().y() - 12, 24, 24)
            paint_icon(painter, "alert", middle, color("text_disabled"))
        if item is not None:
            if item.favourite:
                self._paint_mark(painter, place)
            if not self._session.filtering.passes(item):
                self._paint_class(painter, place, class_title(item.corrected or item.class_name))
        self.paint_frame(painter, row, place)

    def _paint_mark(self, painter: QPainter, place: QRectF) -> None:
        box = QRectF(place.right() - _CHIP - 6, place.top() + 6, _CHIP, _CHIP)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("surface"))
        painter.drawEllipse(box)
        paint_icon(painter, "heart", box.adjusted(4, 4, -4, -4), color("accent"))

    def _paint_class(self, painter: QPainter, place: QRectF, text: str) -> None:
        painter.setFont(font(self, 12))
        text = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, int(place.width()) - 32
        )
        if not text:
            return
        width = painter.fontMetrics().horizontalAdvance(text) + 16
        box = QRectF(place.left() + 6, place.bottom() - _CHIP - 6, width, _CHIP)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("surface"))
        painter.drawRoundedRect(box, _CHIP / 2, _CHIP / 2)
        painter.setPen(color("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class _Pictures(KeyedCells):
    """The pictures by their numbers."""

    def __init__(self, view: Gallery, session: Session) -> None:
        super().__init__(view, self._words)
        self._session = session

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.ToolTipRole:
            item = self._session.item(self.order[index.row()])
            return "" if item is None else plain_tip(f"{item.author_name}\n{item.text}".strip())
        return super().data(index, role)

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        paths = [self._session.path(self.order[index.row()]) for index in indexes]
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths if path is not None])
        return data

    def _words(self, row: int) -> str:
        """Author, text or description, class and marks."""
        item = self._session.item(self.order[row])
        if item is None:
            return translate("illustrations", "Picture")
        parts = [item.author_name or item.author, item.description or item.text]
        if item.corrected or item.class_name:
            name = class_title(item.corrected or item.class_name)
            parts.append(f"{name} {percent(item.confidences.get(item.class_name, 1.0))}")
        if item.favourite:
            parts.append(translate("illustrations", "favourite"))
        return ", ".join(part for part in parts if part)
