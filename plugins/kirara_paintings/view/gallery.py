"""The gallery: pictures under the headings of their styles, thousands of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QListView,
    QSizePolicy,
    QStyleOptionViewItem,
)

from kirara_paintings.collection import UNREAD, WAITING, Group
from kirara_paintings.session import Session
from kirara_paintings.view.gallery_layout import CAPTION, HEADING, GalleryLayout
from kirara_paintings.view.gallery_model import GalleryModel, Index
from kirara_paintings.view.picture_menu import PictureMenu
from kirara_paintings.view_state import ALL, DISAGREE
from kirara_paintings.words import percent, style_name
from kirara_studio.api.widgets import CellPainter, KeyboardFocus, paint_icon
from kirara_studio.api.widgets.pictures import rounded_pixmap
from kirara_studio.api.widgets.style import RADIUS, color, draw_focus_ring, font

translate = QCoreApplication.translate

Thumbnail = Callable[[Path], QImage | None]

_MARGIN = 8
_SIDE = 132
_KEYS = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home,
    Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
)  # fmt: skip
_Flag = QItemSelectionModel.SelectionFlag
_Action = QAbstractItemView.CursorAction


class Gallery(QListView):
    """The groups of a session. Requests thumbnails of the visible cells only.

    A list view with its own flow, :class:`GalleryLayout`: Qt's would ask for the size of every
    picture after every change. A click or Enter opens, Ctrl and Shift choose several, arrows move,
    1 to 9 and a drag to another group give a style, Delete removes.
    """

    def __init__(self, session: Session, thumbnail: Thumbnail) -> None:
        super().__init__()
        self._session, self._thumbnail = session, thumbnail
        self.groups: list[Group] = []
        self.cells = GalleryModel(self, session)
        self._layout = GalleryLayout(100, [], _SIDE)
        self._anchor = -1  # the number of the picture that Shift chooses from
        self._target = -1  # the group above which something hovers
        self._hover = self._pressed = QModelIndex()
        self._pressed_at = QPoint()
        self._keyboard = KeyboardFocus(self)
        CellPainter(self, lambda row: self._layout.place(row).toRect().size(), self._paint_cell)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.setAutoScroll(False)  # or every result that arrives would scroll to the current one
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QListView { background: transparent; border: none; }")
        self.entered.connect(self._set_hover)
        self.viewportEntered.connect(self._set_hover)
        session.changed.connect(self._show)

    def _show(self) -> None:
        session = self._session
        self.groups = session.groups
        if session.order != self.cells.order:
            chosen, current = self.chosen, self.current
            self.cells.show(session.order)
            self._hover = self._pressed = QModelIndex()
            self.choose(chosen)
            self.setCurrentIndex(self.cells.index_of(current))
        self.doItemsLayout()
        self.setAccessibleDescription(
            "; ".join(f"{style_name(group.name)}: {len(group.numbers)}" for group in self.groups)
        )

    @property
    def current(self) -> int:
        """The number of the picture that the keyboard is at, or −1."""
        index = self.currentIndex()
        return self.cells.order[index.row()] if index.isValid() else -1

    @property
    def chosen(self) -> list[int]:
        """The numbers of the selected pictures, in the order in which they are shown."""
        return [self.cells.order[row] for row in sorted(i.row() for i in self.selectedIndexes())]

    def choose(self, numbers: Iterable[int]) -> None:
        """Select these pictures and no others."""
        rows = sorted(self.cells.index_of(number).row() for number in numbers)
        selection = QItemSelection()
        runs = itertools.groupby(enumerate(rows), lambda pair: pair[1] - pair[0])
        for run in ([row for _, row in pairs] for _, pairs in runs):
            selection.select(self.cells.index(max(run[0], 0), 0), self.cells.index(run[-1], 0))
        self.selectionModel().select(selection, _Flag.ClearAndSelect)

    def selection(self) -> list[int]:
        """What the keyboard acts on: the chosen pictures, or else the current one."""
        return self.chosen or [number for number in (self.current,) if number >= 0]

    def go_to(self, number: int) -> None:
        """Bring a picture into sight, and the keyboard to it."""
        index = self.cells.index_of(number)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def retranslate(self) -> None:
        """Set the texts again."""
        self.setAccessibleName(translate("paintings", "Gallery"))
        self._show()

    # The flow

    def heading(self, group: int) -> QRectF:
        """Where the heading of a group lies in the viewport."""
        top = self._layout.group(group).top() - self.verticalScrollBar().value()
        return QRectF(_MARGIN, top, self._layout.width, HEADING)

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid() or index.row() >= self._layout.count:
            return QRect()
        place = self._layout.place(index.row())
        return place.translated(_MARGIN, -self.verticalScrollBar().value()).toRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        y = point.y() + self.verticalScrollBar().value()
        return self.cells.index(self._layout.cell_at(point.x() - _MARGIN, y), 0)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        place, bar = self.visualRect(index), self.verticalScrollBar()
        if place.top() < HEADING:
            bar.setValue(bar.value() + place.top() - HEADING)
        elif place.bottom() + _MARGIN > self.viewport().height():
            bar.setValue(bar.value() + place.bottom() + _MARGIN - self.viewport().height())

    def moveCursor(self, action: _Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        row, last = self.currentIndex().row(), self._layout.count - 1
        if row < 0:
            return self.cells.index(0, 0)
        page = max(
            1, self.viewport().height() // max(1, self.visualRect(self.currentIndex()).height())
        )
        if action in (_Action.MoveHome, _Action.MoveEnd):
            row = 0 if action == _Action.MoveHome else last
        elif action in (_Action.MoveLeft, _Action.MovePrevious):
            row = max(row - 1, 0)
        elif action in (_Action.MoveRight, _Action.MoveNext):
            row = min(row + 1, last)
        else:
            down = action in (_Action.MoveDown, _Action.MovePageDown)
            for _ in range(1 if action in (_Action.MoveUp, _Action.MoveDown) else page):
                row = self._layout.step(row, 1 if down else -1)
        return self.cells.index(row, 0)

    def selectionCommand(self, index: Index, event: QEvent | None = None) -> _Flag:
        """Nothing is selected by moving to it, but with Shift; clicks are :meth:`_click`'s."""
        shift = (
            isinstance(event, QKeyEvent) and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        )
        return _Flag.Select if shift else _Flag.NoUpdate

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())

    def doItemsLayout(self) -> None:
        width = self.viewport().width() - 2 * _MARGIN
        self._layout = GalleryLayout(width, [len(group.numbers) for group in self.groups], _SIDE)
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        QAbstractItemView.updateGeometries(self)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, round(self._layout.height + _MARGIN - height)))
        bar.setPageStep(height)
        bar.setSingleStep(48)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.doItemsLayout()

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        self._pressed = self.indexAt(self._pressed_at)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons():
            super().mouseMoveEvent(event)  # what the pointer is above
        elif self._pressed.isValid() and event.buttons() & Qt.MouseButton.LeftButton:
            way = (event.position().toPoint() - self._pressed_at).manhattanLength()
            if way >= QApplication.startDragDistance():
                pressed, self._pressed = self._pressed, QModelIndex()
                self._drag(pressed)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        pressed, self._pressed = self._pressed, QModelIndex()
        if event.button() == Qt.MouseButton.LeftButton and index == pressed:
            if index.isValid():
                self._click(index, event.modifiers())
            else:
                self.clearSelection()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._set_hover()

    def _set_hover(self, index: QModelIndex = QModelIndex()) -> None:  # noqa: B008 (as Qt does it)
        self._hover = index
        hand = Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(hand if index.isValid() else Qt.CursorShape.ArrowCursor)
        self.viewport().update()

    def _click(self, index: QModelIndex, modifiers: Qt.KeyboardModifier) -> None:
        number = self.cells.order[index.row()]
        anchor = self.cells.index_of(self._anchor)
        if modifiers & Qt.KeyboardModifier.ShiftModifier and anchor.isValid():
            first, last = sorted((anchor, index), key=QModelIndex.row)
            self.selectionModel().select(QItemSelection(first, last), _Flag.Select)
            return
        self._anchor = number
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self.selectionModel().select(index, _Flag.Toggle)
        else:
            self.clearSelection()
            self._session.open(number)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if keyboard else self.indexAt(event.pos())
        if not index.isValid():
            return
        if not self.selectionModel().isSelected(index):
            self.clearSelection()
        self.setCurrentIndex(index)
        place = self.visualRect(index).center() if keyboard else event.pos()
        menu = PictureMenu(self._session, self.current, self.selection(), self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.viewport().mapToGlobal(place))

    # Drags

    def _drag(self, index: QModelIndex) -> None:
        selected = self.selectionModel().isSelected(index)
        drag = QDrag(self)
        drag.setMimeData(self.cells.mimeData(self.selectedIndexes() if selected else [index]))
        image = self._thumbnail(self._path(index.row()))
        if image is not None and not image.isNull():
            drag.setPixmap(rounded_pixmap(image, 72, 72, self.devicePixelRatioF(), RADIUS))
            drag.setHotSpot(QPoint(36, 36))
        drag.exec(Qt.DropAction.MoveAction)

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
        key, styles = Qt.Key(event.key()), self._session.styles
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = not modifiers & ~Qt.KeyboardModifier.ShiftModifier
        digit = event.key() - Qt.Key.Key_1
        if key in _KEYS and plain and self.cells.order:
            self._keyboard.here = True
            if modifiers and self.currentIndex().isValid():
                self.selectionModel().select(self.currentIndex(), _Flag.Select)
            super().keyPressEvent(event)
            self.scrollTo(self.currentIndex())
            self.viewport().update()
        elif key == Qt.Key.Key_A and modifiers == Qt.KeyboardModifier.ControlModifier:
            self.selectAll()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and self.current >= 0:
            self._session.open(self.current)
        elif plain and 0 <= digit < min(9, len(styles)) and self.selection():
            self._session.label(self.selection(), styles[digit])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and plain and self.selection():
            self._session.remove(self.selection())
        elif key == Qt.Key.Key_Escape and self.chosen:
            self.clearSelection()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._keyboard.here and self.current < 0:
            self.setCurrentIndex(self.cells.index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            if not self.cells.order and self._session.state.only != ALL:
                painter.setPen(color("text_soft"))
                painter.setFont(font(self, 14))
                flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                painter.drawText(self.viewport().rect(), int(flags), self._nothing())
                return
            top = self.verticalScrollBar().value()
            bottom = top + self.viewport().height()
            for number, group in enumerate(self.groups):
                place = self._layout.group(number)
                if place.bottom() >= top and place.top() <= bottom:
                    self._paint_group(painter, number, group, place.translated(0, -top))
            option = QStyleOptionViewItem()
            for row in self._layout.visible(top, bottom):
                option.rect = self.visualRect(self.cells.index(row, 0))
                self.itemDelegate().paint(painter, option, self.cells.index(row, 0))

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

    def _paint_cell(self, painter: QPainter, row: int, whole: QRectF) -> None:
        index = self.cells.index(row, 0)
        box = whole.adjusted(0, 0, 0, -CAPTION)
        chosen = self.selectionModel().isSelected(index)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent_soft" if chosen else "sunken"))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        self._paint_picture(painter, self._path(row), box.adjusted(5, 5, -5, -5))
        if chosen or index == self._hover:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color("accent" if chosen else "line_strong"), 2))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        if index == self.currentIndex() and self.hasFocus() and self._keyboard.here:
            draw_focus_ring(painter, box.adjusted(-3, -3, 3, 3), RADIUS + 2)
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
