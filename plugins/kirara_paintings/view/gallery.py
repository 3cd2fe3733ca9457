"""The gallery: pictures under the headings of their styles, thousands of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPen,
)

from kirara_paintings.collection import UNREAD, WAITING, Group
from kirara_paintings.session import Session
from kirara_paintings.view.gallery_layout import CAPTION, HEADING, GalleryLayout
from kirara_paintings.view.gallery_model import GalleryModel
from kirara_paintings.view.picture_menu import PictureMenu
from kirara_paintings.view_state import ALL, DISAGREE
from kirara_paintings.words import percent, style_name
from kirara_studio.api.widgets import Gallery, paint_icon
from kirara_studio.api.widgets.style import RADIUS, color, font

translate = QCoreApplication.translate

Thumbnail = Callable[[Path], QImage | None]

_MARGIN = 8
_SIDE = 132


class PaintingsGallery(Gallery):
    """The groups of a session. Requests thumbnails of the visible cells only.

    Besides what every gallery does, 1 to 9 and a drag to another group give a style.
    """

    cells: GalleryModel

    def __init__(self, session: Session, thumbnail: Thumbnail) -> None:
        self._session, self._thumbnail = session, thumbnail
        self.groups: list[Group] = []
        self._target = -1  # the group above which something hovers
        super().__init__(lambda view: GalleryModel(view, session), heading=HEADING)
        self.setAcceptDrops(True)
        self.opened.connect(session.open)
        self.remove_requested.connect(session.remove)
        self.menu_requested.connect(self._open_menu)
        session.changed.connect(self._show)

    def _show(self) -> None:
        session = self._session
        self.groups = session.groups
        if session.order != self.cells.order:
            self.show_order(session.order)
        self.doItemsLayout()
        self.setAccessibleDescription(
            "; ".join(f"{style_name(group.name)}: {len(group.numbers)}" for group in self.groups)
        )

    def retranslate(self) -> None:
        """Set the texts again."""
        self.setAccessibleName(translate("paintings", "Gallery"))
        self._show()

    def make_flow(self, width: float) -> GalleryLayout:
        return GalleryLayout(width, [len(group.numbers) for group in self.groups], _SIDE)

    def heading(self, group: int) -> QRectF:
        """Where the heading of a group lies in the viewport."""
        place = self._layout.group(group)
        top = place.top() - self.verticalScrollBar().value()
        return QRectF(_MARGIN, top, place.width(), HEADING)

    @property
    def _layout(self) -> GalleryLayout:
        flow = self.places
        assert isinstance(flow, GalleryLayout)
        return flow

    def _open_menu(self, place: QPoint) -> None:
        menu = PictureMenu(self._session, self.current, self.selection(), self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    # Drags

    def thumbnail_at(self, row: int) -> QImage | None:
        return self._thumbnail(self._path(row))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.cells.numbers_in(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()  # files are the panel's

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._set_target(self._group_at(event.position()))
        if self._target >= 0:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_target(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_target(-1)
        group = self._group_at(event.position())
        numbers = self.cells.numbers_in(event.mimeData())
        if group >= 0 and numbers:
            event.acceptProposedAction()
            self._session.label(numbers, self.groups[group].name)

    def _group_at(self, point: QPointF) -> int:
        """The group at a point; −1 if nothing may be dropped there."""
        group = self._layout.group_at(point.y() + self.verticalScrollBar().value())
        return group if group >= 0 and self.groups[group].name in self._session.styles else -1

    def _set_target(self, group: int) -> None:
        if group != self._target:
            self._target = group
            self.viewport().update()

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        styles, digit = self._session.styles, event.key() - Qt.Key.Key_1
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = not modifiers & ~Qt.KeyboardModifier.ShiftModifier
        if plain and 0 <= digit < min(9, len(styles)) and self.selection():
            self._session.label(self.selection(), styles[digit])
        else:
            super().keyPressEvent(event)

    # Painting

    def paint_behind(self, painter: QPainter, top: float) -> None:
        if not self.cells.order and self._session.state.only != ALL:
            painter.setPen(color("text_soft"))
            painter.setFont(font(self, 14))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect(), int(flags), self._nothing())
            return
        for number, group in enumerate(self.groups):
            place = self._layout.group(number)
            if place.bottom() >= top and place.top() <= top + self.viewport().height():
                self._paint_group(painter, number, group, place.translated(0, -top))

    def _nothing(self) -> str:
        if self._session.state.only == DISAGREE:
            return translate("paintings", "The classifiers agree on every picture.")
        return translate("paintings", "You have not given any picture a style yet.")

    def _paint_group(self, painter: QPainter, number: int, group: Group, place: QRectF) -> None:
        if number == self._target:
            box = QRectF(2, place.top() + 2, place.width() + 12, place.height() - 4)
            painter.setPen(QPen(color("accent"), 2, Qt.PenStyle.DashLine))
            painter.setBrush(color("accent_soft"))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        box = self.heading(number)
        quiet = group.name in (WAITING, UNREAD) or not group.numbers
        painter.setFont(font(self, 14, bold=True))
        painter.setPen(color("text_soft" if quiet else "text"))
        name = style_name(group.name)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)
        width = painter.fontMetrics().horizontalAdvance(name)
        painter.setFont(font(self, 12))
        painter.setPen(color("text_soft"))
        beside = QRectF(box.left() + width + 10, box.top(), 120, box.height())
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, f"{len(group.numbers):,}")
        styles = self._session.styles
        if group.name in styles[:9]:
            right = QRectF(box.right() - 40, box.top(), 36, box.height())
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(right, flags, str(styles.index(group.name) + 1))
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(box.bottomLeft() - QPointF(0, 5), box.bottomRight() - QPointF(0, 5))

    def paint_cell(self, painter: QPainter, row: int, place: QRectF) -> None:
        box = place.adjusted(0, 0, 0, -CAPTION)
        chosen = self.selectionModel().isSelected(self.cells.index(row, 0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent_soft" if chosen else "sunken"))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        self._paint_picture(painter, self._path(row), box.adjusted(5, 5, -5, -5))
        self.paint_frame(painter, row, box)
        self._paint_caption(painter, self.cells.order[row], box)

    def _path(self, row: int) -> Path:
        return self._session.collection.paths[self.cells.order[row]]

    def _paint_picture(self, painter: QPainter, path: Path, inner: QRectF) -> None:
        image = self._thumbnail(path)
        if image is not None and not image.isNull():
            size = image.size().scaled(inner.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(0, 0, max(1, size.width()), max(1, size.height()))
            place.moveCenter(inner.center())
            painter.drawImage(place, image)
        elif image is not None:
            middle = QRectF(inner.center().x() - 12, inner.center().y() - 12, 24, 24)
            paint_icon(painter, "close", middle, color("text_disabled"))

    def _paint_caption(self, painter: QPainter, number: int, box: QRectF) -> None:
        collection, state = self._session.collection, self._session.state
        prediction = collection.prediction(number, state.method)
        left, middle = box.left() + 4, box.bottom() + CAPTION / 2
        if number in collection.labels(state):
            icon = QRectF(left, middle - 6, 12, 12)
            paint_icon(painter, "check", icon, color("success"))
            left += 17
        if number in collection.disputed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("attention"))
            painter.drawEllipse(QPointF(left + 5, middle), 4, 4)
            left += 15
        painter.setFont(font(self, 12))
        painter.setPen(color("text_soft"))
        place = QRectF(left, box.bottom(), box.right() - left, CAPTION)
        text = collection.paths[number].name
        if prediction is not None:
            text = f"{percent(prediction[1])} · {text}"
        text = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideMiddle, int(place.width())
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
