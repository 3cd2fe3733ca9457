"""The gallery: pictures under the headings of their styles, thousands of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, QRectF, Qt, Signal
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
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QSizePolicy, QWidget

from kirara_paintings.collection import UNREAD, WAITING, Group
from kirara_paintings.session import Session
from kirara_paintings.view.gallery_layout import CAPTION, HEADING, GalleryLayout, Place
from kirara_paintings.words import percent, style_name
from kirara_studio.api.kept_json import parse_json
from kirara_studio.api.widgets import DRAG_TYPE, KeyboardFocus, paint_icon
from kirara_studio.api.widgets.look import RADIUS, color, draw_focus_ring, font
from kirara_studio.api.widgets.pictures import rounded_pixmap

translate = QCoreApplication.translate

_MARGIN = 8
_SIDE = 132


@dataclass(frozen=True)
class Cell:
    """What is told of a picture: its file, a caption, and in the corner whether the classifiers
    disagree, and whether the user gave it its style."""

    path: Path
    caption: str
    disagree: bool = False
    corrected: bool = False


class Gallery(QAbstractScrollArea):
    """Groups of pictures. Asks for cells and small pictures of what is seen, and of nothing else.

    A click or Enter opens (:attr:`opened`), Ctrl and Shift choose several, arrows walk, 1 to 9
    and a drag to another group give a style (:attr:`labelled`: numbers, style), Delete takes out
    (:attr:`removed`). :attr:`menu_requested` carries a picture's number and where to open a menu.
    """

    opened = Signal(int)
    labelled = Signal(list, str)
    removed = Signal(list)
    menu_requested = Signal(int, QPoint)

    def __init__(
        self,
        session: Session,
        thumbnail: Callable[[Path], QImage | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._thumbnail = session, thumbnail
        self.groups: list[Group] = []
        self.styles: Sequence[str] = ()
        self._order: list[int] = []
        self._layout = GalleryLayout(100, [], _SIDE)
        self._message = ""
        self.current = -1  # the number of the picture that the keyboard is at
        self.chosen: set[int] = set()
        self._anchor = -1
        self._hover = -1
        self._target = -1  # the group above which something hovers
        self._pressed: tuple[int, QPointF] | None = None
        self._keyboard = KeyboardFocus(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QAbstractScrollArea { background: transparent; border: none; }")

    # What it shows

    def show_groups(self, groups: Sequence[Group], styles: Sequence[str]) -> None:
        """Show other groups; pictures may be dragged to those of ``styles``."""
        self.groups, self.styles = list(groups), styles
        self._order = [number for group in groups for number in group.numbers]
        there = set(self._order)
        self.chosen &= there
        if self.current not in there:
            self.current = -1
        self._arrange()

    def set_message(self, text: str) -> None:
        """What is written where no picture is shown."""
        self._message = text
        self.viewport().update()

    @property
    def order(self) -> list[int]:
        """The numbers of all pictures, in the order in which they are shown."""
        return self._order

    def go_to(self, number: int) -> None:
        """Bring a picture into sight, and the keyboard to it."""
        if number in self._order:
            self.current = number
            self._scroll_to(self._order.index(number))
            self.viewport().update()

    def selection(self) -> list[int]:
        """What the keyboard acts on: the chosen pictures, or else the current one."""
        if self.chosen:
            return [number for number in self._order if number in self.chosen]
        return [self.current] if self.current >= 0 else []

    def place(self, index: int) -> QRectF:
        """Where the picture at ``index`` of the order lies in the viewport, without its caption."""
        place = self._layout.place(index)
        return QRectF(
            place.left + _MARGIN, place.top - self._scrolled(), place.width, place.height - CAPTION
        )

    def heading(self, group: int) -> QRectF:
        """Where the heading of a group lies in the viewport."""
        place = self._layout.group(group)
        return QRectF(_MARGIN, place.top - self._scrolled(), place.width, HEADING)

    def retranslate(self) -> None:
        """Set the texts anew."""
        self.setAccessibleName(translate("paintings", "Gallery"))
        self.viewport().update()

    def _arrange(self) -> None:
        width = self.viewport().width() - 2 * _MARGIN
        self._layout = GalleryLayout(width, [len(group.numbers) for group in self.groups], _SIDE)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, round(self._layout.height + _MARGIN - self.viewport().height())))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(48)
        self.viewport().update()

    def _scrolled(self) -> float:
        return float(self.verticalScrollBar().value())

    def _index_at(self, point: QPointF) -> int:
        return self._layout.cell_at(point.x() - _MARGIN, point.y() + self._scrolled())

    def _style_at(self, point: QPointF) -> tuple[int, str]:
        """The group at a point and its style; (−1, "") where nothing may be dropped."""
        group = self._layout.group_at(point.y() + self._scrolled())
        if group < 0 or self.groups[group].name not in self.styles:
            return -1, ""
        return group, self.groups[group].name

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _cell(self, number: int) -> Cell:
        collection, setting = self._session.collection, self._session.setting
        path, said = collection.paths[number], collection.said(number, setting.method)
        caption = path.name if said is None else f"{percent(said[1])} · {path.name}"
        corrected = number in collection.labels(setting)
        return Cell(path, caption, number in collection.disputed, corrected)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = (self._index_at(event.position()), event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event.position())
        if index != self._hover:
            self._hover = index
            hand = Qt.CursorShape.PointingHandCursor if index >= 0 else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(hand)
            path = self._cell(self._order[index]).path if index >= 0 else None
            self.viewport().setToolTip(str(path) if path is not None else "")
            self.viewport().update()
        if self._pressed is None or self._pressed[0] < 0:
            return
        if (event.position() - self._pressed[1]).manhattanLength() >= (
            QApplication.startDragDistance()
        ):
            number = self._order[self._pressed[0]]
            self._pressed = None
            self._drag(number)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        index = self._index_at(event.position())
        if pressed is None or pressed[0] != index:
            return
        if index < 0:
            self.chosen.clear()
        else:
            self._click(index, event.modifiers())
        self.viewport().update()

    def _click(self, index: int, modifiers: Qt.KeyboardModifier) -> None:
        number = self._order[index]
        if modifiers & Qt.KeyboardModifier.ShiftModifier and self._anchor in self._order:
            first, last = sorted((self._order.index(self._anchor), index))
            self.chosen |= set(self._order[first : last + 1])
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            self.chosen ^= {number}
            self._anchor = number
        else:
            self.chosen.clear()
            self._anchor = number
            self.current = number
            self.opened.emit(number)
        self.current = number

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = -1
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, place = self._index_at(QPointF(event.pos())), event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.current in self._order:
            index = self._order.index(self.current)
            place = self.viewport().mapToGlobal(self.place(index).center().toPoint())
        if index < 0:
            return
        number = self._order[index]
        if number not in self.chosen:
            self.chosen.clear()
        self.current = number
        self.viewport().update()
        self.menu_requested.emit(number, place)

    # Drags

    def _drag(self, number: int) -> None:
        numbers = self.selection() if number in self.chosen else [number]
        data = QMimeData()
        data.setData(DRAG_TYPE, json.dumps({"paintings": numbers}).encode())
        drag = QDrag(self)
        drag.setMimeData(data)
        image = self._thumbnail(self._cell(number).path)
        if image is not None and not image.isNull():
            drag.setPixmap(rounded_pixmap(image, 72, 72, self.devicePixelRatioF(), RADIUS))
            drag.setHotSpot(QPoint(36, 36))
        drag.exec(Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _numbers_in(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()  # files are the panel's

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        group, _ = self._style_at(event.position())
        if group != self._target:
            self._target = group
            self.viewport().update()
        if group >= 0:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._target = -1
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._target = -1
        self.viewport().update()
        group, style = self._style_at(event.position())
        numbers = [n for n in _numbers_in(event.mimeData()) if n in set(self._order)]
        if group >= 0 and numbers:
            event.acceptProposedAction()
            self.labelled.emit(numbers, style)

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not self._order or modifiers & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            if key == Qt.Key.Key_A:
                self.chosen = set(self._order)
                self.viewport().update()
            else:
                super().keyPressEvent(event)
            return
        digit = event.key() - Qt.Key.Key_1
        if key in _STEPS:
            self._walk(key, choose=bool(modifiers & Qt.KeyboardModifier.ShiftModifier))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current >= 0:
            self.opened.emit(self.current)
        elif 0 <= digit < min(9, len(self.styles)) and self.selection():
            self.labelled.emit(self.selection(), self.styles[digit])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.selection():
            self.removed.emit(self.selection())
        elif key == Qt.Key.Key_Escape and self.chosen:
            self.chosen.clear()
            self.viewport().update()
        else:
            super().keyPressEvent(event)

    def _walk(self, key: Qt.Key, *, choose: bool) -> None:
        self._keyboard.here = True
        columns, rows = _STEPS[key]
        if self.current not in self._order:
            index = 0
        else:
            if choose:
                self.chosen.add(self.current)
            index = self._layout.step(self._order.index(self.current), columns, rows)
        self.current = self._order[index]
        if choose:
            self.chosen.add(self.current)
        self._scroll_to(index)
        cell = self._cell(self.current)
        group = self.groups[self._layout.group_of(index)]
        self.setAccessibleDescription(f"{cell.path.name}, {style_name(group.name)}, {cell.caption}")
        self.viewport().update()

    def _scroll_to(self, index: int) -> None:
        place, bar = self._layout.place(index), self.verticalScrollBar()
        if place.top - HEADING < bar.value():
            bar.setValue(round(place.top - HEADING))
        elif place.bottom + _MARGIN > bar.value() + self.viewport().height():
            bar.setValue(round(place.bottom + _MARGIN - self.viewport().height()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._keyboard.here and self.current < 0 and self._order:
            self.current = self._order[0]
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            if not self._order and self._message:
                painter.setPen(color("text_soft"))
                painter.setFont(font(self, 14))
                flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                painter.drawText(self.viewport().rect(), int(flags), self._message)
                return
            top = self._scrolled()
            bottom = top + self.viewport().height()
            for number, group in enumerate(self.groups):
                place = self._layout.group(number)
                if place.bottom >= top and place.top <= bottom:
                    self._paint_group(painter, number, group, place)
            for index in self._layout.visible(top, bottom):
                self._paint_cell(painter, index)

    def _paint_group(self, painter: QPainter, number: int, group: Group, place: Place) -> None:
        if number == self._target:
            box = QRectF(2, place.top - self._scrolled() + 2, place.width + 12, 0)
            box.setHeight(place.height - 4)
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
        if group.name in self.styles:
            key = str(list(self.styles).index(group.name) + 1)
            if len(key) == 1:
                painter.setPen(color("text_soft"))
                right = QRectF(box.right() - 40, box.top(), 36, box.height())
                flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
                painter.drawText(right, flags, key)
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(
            QPointF(box.left(), box.bottom() - 5), QPointF(box.right(), box.bottom() - 5)
        )

    def _paint_cell(self, painter: QPainter, index: int) -> None:
        number = self._order[index]
        cell, box = self._cell(number), self.place(index)
        chosen = number in self.chosen
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent_soft" if chosen else "sunken"))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        image = self._thumbnail(cell.path)
        if image is not None and not image.isNull():
            inner = box.adjusted(5, 5, -5, -5)
            size = image.size().scaled(inner.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(0, 0, max(1, size.width()), max(1, size.height()))
            place.moveCenter(inner.center())
            painter.drawImage(place, image)
        elif image is not None:
            middle = QRectF(box.center().x() - 12, box.center().y() - 12, 24, 24)
            paint_icon(painter, "close", middle, color("text_disabled"))
        if chosen or index == self._hover:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color("accent" if chosen else "line_strong"), 2))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        if number == self.current and self.hasFocus() and self._keyboard.here:
            draw_focus_ring(painter, box.adjusted(-3, -3, 3, 3), RADIUS + 2)
        self._paint_caption(painter, cell, box)

    def _paint_caption(self, painter: QPainter, cell: Cell, box: QRectF) -> None:
        left, middle = box.left() + 4, box.bottom() + CAPTION / 2
        if cell.corrected:
            icon = QRectF(left, middle - 6, 12, 12)
            paint_icon(painter, "check", icon, color("success"))
            left += 17
        if cell.disagree:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("attention"))
            painter.drawEllipse(QPointF(left + 5, middle), 4, 4)
            left += 15
        painter.setFont(font(self, 12))
        painter.setPen(color("text_soft"))
        text = painter.fontMetrics().elidedText(
            cell.caption, Qt.TextElideMode.ElideMiddle, int(box.right() - left)
        )
        place = QRectF(left, box.bottom(), box.right() - left, CAPTION)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)


_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Home: (-(1 << 30), 0),
    Qt.Key.Key_End: (1 << 30, 0),
}


def _numbers_in(data: QMimeData) -> list[int]:
    """The pictures of the gallery that are being dragged."""
    if not data.hasFormat(DRAG_TYPE):
        return []
    try:
        values = parse_json(bytes(data.data(DRAG_TYPE).data()))
    except ValueError:
        return []
    numbers = values.get("paintings") if isinstance(values, dict) else None
    return [number for number in numbers if isinstance(number, int)] if numbers else []
