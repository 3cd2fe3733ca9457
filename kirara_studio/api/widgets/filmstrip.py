"""Pictures in a row with the time between them: the timeline of a film of stills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QListView,
    QSizePolicy,
    QWidget,
)

from kirara_studio.api.widgets.cells import CellPainter, Cells
from kirara_studio.api.widgets.drop_zone import accept_copy
from kirara_studio.api.widgets.icons import paint_icon
from kirara_studio.api.widgets.mixins import Named
from kirara_studio.api.widgets.picture_grid import DRAG_TYPE, paint_number
from kirara_studio.api.widgets.pictures import rounded_pixmap
from kirara_studio.api.widgets.style import RADIUS, color, draw_focus_ring, draw_line, font

translate = QCoreApplication.translate

MARGIN = 24
GAP = 12
"""Between a picture and what stands beside it."""
_NARROWEST, _WIDEST = 52, 300  # a segment between two pictures
_SMALLEST = 56  # a picture, before the strip scrolls
_ARROW = 14


@dataclass(frozen=True)
class FilmItem:
    """A picture of the strip, and the segment that follows it.

    ``seconds`` is how long the segment lasts, or None if none follows; ``note`` is written
    beside the seconds, such as the easing. ``image`` may be None while it is to come.
    """

    image: QImage | None
    seconds: float | None = None
    note: str = ""
    name: str = ""


class Filmstrip(Named, QListView):
    """The strip: click selects, drag reorders, Delete removes, sliders set the seconds.

    Left and Right select, up to the empty place; Ctrl+Left and Ctrl+Right reorder, Up and Down
    change the seconds, Enter opens what :attr:`note_clicked` offers, or fills the empty place.
    :attr:`menu_requested` asks for the menu of a picture.
    Dropped pictures (:data:`DRAG_TYPE`) arrive in
    :attr:`dropped` with their place in the row.
    """

    selected = Signal(int)
    moved = Signal(int, int)
    removed = Signal(int)
    seconds_changing = Signal(int, float)
    seconds_changed = Signal(int, float)
    note_clicked = Signal(int, QPoint)
    menu_requested = Signal(int, QPoint)
    add_clicked = Signal()
    dropped = Signal(str, int)

    def __init__(
        self, *, shortest: float = 0.2, longest: float = 5.0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shortest, self._longest = shortest, longest
        self._items: list[FilmItem] = []
        self._pixmaps: dict[tuple[int, int], QPixmap] = {}
        self._hover = ""  # "item 2", "remove 2", "track 2", "note 2", "add"
        self._playhead: float | None = None
        self._pressed: tuple[str, int, QPointF] | None = None
        self._dragged: QPointF | None = None
        self._drop_place: int | None = None
        self._hint = ""
        self._cells = Cells(self, self._name_of)
        CellPainter(self, self._cell_size, self._paint_cell)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setViewportMargins(MARGIN - GAP // 2, 0, MARGIN - GAP // 2, 0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAcceptDrops(True)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QListView { background: transparent; border: none; }")
        self._cells.set_count(1)
        self._retranslate()

    def _default_name(self) -> str:
        return translate("widgets", "Timeline")

    # What it shows

    def set_items(self, items: Sequence[FilmItem]) -> None:
        """Show ``items``; a drag of one that is gone ends."""
        old = [item.image for item in self._items]
        self._items = list(items)
        if self._pressed is not None and self._pressed[1] >= len(items):
            self._pressed = self._dragged = self._drop_place = None
        if [item.image for item in self._items] != old:
            self._pixmaps.clear()
        self._cells.set_count(len(items) + 1)
        self.doItemsLayout()

    def set_hint(self, text: str) -> None:
        """What is written beside the empty place, while there are fewer than two pictures."""
        self._hint = text
        self.viewport().update()

    def set_playhead(self, place: float | None) -> None:
        """Mark a moment: 1.25 is a quarter of the way from item 1 to the next; None for none."""
        before, self._playhead = self._playhead, place
        moved = place is not None and before is not None and int(place) != int(before)
        if moved and place is not None and self._pressed is None:
            self.scrollTo(self._cells.index(min(int(place), len(self._items) - 1)))
        self.viewport().update()

    @property
    def current(self) -> int:
        """The selected item, or −1; one past the last is the empty place."""
        return self.currentIndex().row()

    def set_current(self, index: int) -> None:
        """Select an item without emitting anything."""
        self.setCurrentIndex(self._cells.index(index if index < len(self._items) else -1))
        self.viewport().update()

    def _name_of(self, index: int) -> str:
        if index >= len(self._items):
            return translate("widgets", "Empty place")
        item = self._items[index]
        name = item.name or translate("widgets", "Picture {0}").format(index + 1)
        return f"{name}, {self._time_text(item)}" if item.seconds is not None else name

    def _time_text(self, item: FilmItem) -> str:
        text = translate("widgets", "{0} s").format(f"{item.seconds:.1f}")
        return f"{text} · {item.note}" if item.note else text

    # Where things are

    def sizeHint(self) -> QSize:
        return QSize(600, 112)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 96)

    def _segment_width(self) -> int:
        """The width of each segment, so that the strip fills the view if it can."""
        count = sum(item.seconds is not None for item in self._items)
        pictures = (len(self._items) + 1) * (self._side() + GAP)
        share = (self.width() - 2 * MARGIN - pictures) // max(count, 1) - GAP
        return min(max(share, _NARROWEST), _WIDEST)

    def _side(self) -> int:
        """The side of the pictures: as high as the view, but less if so all of them fit."""
        highest = max(48, self.viewport().height() - 34)
        segments = sum(item.seconds is not None for item in self._items)
        room = self.width() - 2 * MARGIN - segments * (_NARROWEST + GAP)
        return max(min(highest, room // (len(self._items) + 1) - GAP), min(highest, _SMALLEST))

    def _cell_size(self, index: int) -> QSize:
        segment = index < len(self._items) and self._items[index].seconds is not None
        width = self._side() + GAP + (self._segment_width() + GAP if segment else 0)
        return QSize(width, self.viewport().height())

    def picture_box(self, index: int) -> QRectF:
        """Where picture ``index`` lies in the viewport; one past the last is the empty place."""
        left = self.visualRect(self._cells.index(index)).left() + GAP // 2
        highest = max(48, self.viewport().height() - 34)
        return QRectF(left, 14 + (highest - self._side()) / 2, self._side(), self._side())

    def note_box(self, index: int) -> QRectF:
        """The seconds and the note of a segment, as one button."""
        box = self.picture_box(index)
        return QRectF(box.right() + GAP, box.center().y() - 23, self._segment_width(), 24)

    def note_text(self, index: int) -> str:
        """What is written there: the seconds, and the note if there is room for both."""
        text = self._time_text(self._items[index])
        room = self._segment_width() - _ARROW
        if QFontMetrics(font(self, 12)).horizontalAdvance(text) <= room:
            return text
        return self._time_text(replace(self._items[index], note=""))

    def track_box(self, index: int) -> QRectF:
        """The slider of a segment."""
        note = self.note_box(index)
        return QRectF(note.left(), note.bottom(), note.width(), 22)

    def remove_box(self, index: int) -> QRectF:
        """The small cross that removes picture ``index``."""
        corner = self.picture_box(index).topLeft()
        return QRectF(corner.x() - 6, corner.y() - 6, 20, 20)

    def part_at(self, point: QPointF) -> tuple[str, int]:
        """What lies at ``point``: ("remove" | "item" | "note" | "track" | "add" | "", index)."""
        part, _, hovered = self._hover.partition(" ")
        count = len(self._items)
        crossed = int(hovered) if part in ("item", "remove") else count
        if crossed < count and self.remove_box(crossed).contains(point):
            return "remove", crossed
        index = self.indexAt(point.toPoint()).row()
        if index < 0:
            return "", -1
        if self.picture_box(index).contains(point):
            return ("item" if index < count else "add"), index
        if index < count and self._items[index].seconds is not None:
            if self.note_box(index).contains(point):
                return "note", index
            if self.track_box(index).contains(point):
                return "track", index
        return "", -1

    def place_at(self, x: float) -> int:
        """Before which picture something dropped at ``x`` belongs."""
        return sum(self.picture_box(i).center().x() < x for i in range(len(self._items)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.doItemsLayout()

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        part, index = self.part_at(event.position())
        self._pressed = (part, index, event.position())
        if part == "track":
            self._set_seconds(index, event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            self._set_hover(*self.part_at(event.position()))
            return
        part, index, start = self._pressed
        if part == "track":
            self._set_seconds(index, event.position().x())
        elif part == "item":
            way = (event.position() - start).manhattanLength()
            if self._dragged is not None or way >= QApplication.startDragDistance():
                self._dragged = event.position()
                self._drop_place = self.place_at(event.position().x())
                self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        dragged, self._dragged = self._dragged, None
        place, self._drop_place = self._drop_place, None
        self.viewport().update()
        if pressed is None:
            return
        part, index, _ = pressed
        if dragged is not None and place is not None:
            target = place - 1 if place > index else place
            if target != index:
                self.set_current(target)
                self.moved.emit(index, target)
        elif part == "track":
            seconds = self._items[index].seconds
            if seconds is not None:
                self.seconds_changed.emit(index, seconds)
        elif (part, index) == self.part_at(event.position()):
            self._click(part, index)

    def _click(self, part: str, index: int) -> None:
        if part == "remove":
            self.removed.emit(index)
        elif part == "item":
            self._select(index)
        elif part == "note":
            corner = self.note_box(index).bottomLeft().toPoint()
            self.note_clicked.emit(index, self.viewport().mapToGlobal(corner))
        elif part == "add":
            self.add_clicked.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        part, index = self.part_at(QPointF(event.pos()))
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.current >= 0:
            part, index = "item", self.current
        if part in ("note", "track"):
            self.note_clicked.emit(index, event.globalPos())
        elif part in ("item", "remove") and index < len(self._items):
            self.menu_requested.emit(index, event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta().y() or event.angleDelta().x()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - delta // 2)
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        self._set_hover("", -1)

    def _set_hover(self, part: str, index: int) -> None:
        hover = f"{part} {index}" if part else ""
        if hover != self._hover:
            self._hover = hover
            cursors = {
                "": Qt.CursorShape.ArrowCursor,
                "item": Qt.CursorShape.OpenHandCursor,
                "track": Qt.CursorShape.SizeHorCursor,
            }
            self.viewport().setCursor(cursors.get(part, Qt.CursorShape.PointingHandCursor))
            self.viewport().update()

    def _set_seconds(self, index: int, x: float) -> None:
        box = self.track_box(index)
        fraction = (x - box.left()) / box.width()  # clipped with the seconds
        self._change_seconds(index, self._shortest + fraction * (self._longest - self._shortest))

    def _change_seconds(self, index: int, seconds: float) -> bool:
        item = self._items[index]
        seconds = round(min(max(seconds, self._shortest), self._longest), 1)
        if item.seconds is None or seconds == item.seconds:
            return False
        self._items[index] = FilmItem(item.image, seconds, item.note, item.name)
        self.seconds_changing.emit(index, seconds)
        self.viewport().update()
        return True

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, count = event.key(), len(self._items)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        sideways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key), 0)
        upwards = {Qt.Key.Key_Down: -0.1, Qt.Key.Key_Up: 0.1}.get(Qt.Key(key), 0.0)
        current = self.current
        if sideways and control and current >= 0 and 0 <= current + sideways < count:
            self.set_current(current + sideways)
            self.moved.emit(current, current + sideways)
        elif sideways and not control:
            self._select(min(max(current + sideways, 0), count))
        elif upwards and 0 <= current < count:
            seconds = self._items[current].seconds
            if seconds is not None and self._change_seconds(current, seconds + upwards):
                self.seconds_changed.emit(current, self._items[current].seconds)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and 0 <= current < count:
            self.removed.emit(current)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if current == count:
                self._click("add", current)
            elif current >= 0 and self._items[current].seconds is not None:
                self._click("note", current)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        by_keyboard = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if event.reason() in by_keyboard and self.current < 0:
            self.set_current(0)  # a ring shows that the keyboard is here
        self.viewport().update()

    def _select(self, index: int) -> None:
        self.setCurrentIndex(self._cells.index(index))
        self.viewport().update()
        if index < len(self._items):
            self.selected.emit(index)

    # Drops from the wall

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(DRAG_TYPE):
            accept_copy(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(DRAG_TYPE):
            self._drop_place = self.place_at(event.position().x())
            self.viewport().update()
            accept_copy(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop_place = None
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        place, self._drop_place = self.place_at(event.position().x()), None
        self.viewport().update()
        if event.mimeData().hasFormat(DRAG_TYPE):
            payload = event.mimeData().data(DRAG_TYPE).toStdString()
            accept_copy(event)
            self.dropped.emit(payload, place)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            if self._playhead is not None and len(self._items) > 1:
                last = len(self._items) - (self._items[-1].seconds is None)
                centres = [self.picture_box(i).center() for i in range(last + 1)]
                _paint_playhead(painter, centres, self._side() / 2 + 10, self._playhead)
            if self._drop_place is not None:
                _paint_drop_place(painter, self.picture_box(self._drop_place))
            if self._dragged is not None and self._pressed is not None:
                side = self._side()
                corner = self._dragged - QPointF(side / 2, side / 2)
                painter.setOpacity(0.85)
                box = QRectF(corner.x(), corner.y(), side, side)
                self._paint_item(painter, self._pressed[1], box, lifted=True)

    def _paint_cell(self, painter: QPainter, index: int, box: QRectF) -> None:
        if index >= len(self._items):
            self._paint_add(painter)
            return
        item = self._items[index]
        if item.seconds is not None:
            hot = self._hover if self._hover.endswith(f" {index}") else ""
            fraction = (item.seconds - self._shortest) / (self._longest - self._shortest)
            note, track = self.note_box(index), self.track_box(index)
            text = self.note_text(index)
            _paint_note(painter, self, note, text, hot=hot.startswith("note"))
            _paint_track(painter, track, fraction, hot=hot.startswith("track"))
        self._paint_item(painter, index, self.picture_box(index))

    def _paint_item(
        self, painter: QPainter, index: int, box: QRectF, *, lifted: bool = False
    ) -> None:
        being_dragged = self._dragged is not None and self._pressed is not None
        if being_dragged and not lifted and self._pressed and self._pressed[1] == index:
            painter.setOpacity(0.3)
        image, side = self._items[index].image, round(box.width())
        painter.setPen(Qt.PenStyle.NoPen)
        if image is None:
            painter.setBrush(color("pressed", 0.6))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        else:
            pixmap = self._pixmaps.get((index, side))
            if pixmap is None:
                pixmap = rounded_pixmap(image, side, side, self.devicePixelRatioF(), RADIUS)
                self._pixmaps[(index, side)] = pixmap
            painter.drawPixmap(box.topLeft(), pixmap)
        chosen = index == self.current
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if chosen and self.hasFocus():
            draw_focus_ring(painter, box.adjusted(-5, -5, 5, 5), RADIUS + 3)
        painter.setPen(QPen(color("accent"), 3 if chosen else 2))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        paint_number(painter, QPointF(box.right() - 6, box.top() + 6), str(index + 1), self)
        if not lifted and self._hover in (f"item {index}", f"remove {index}"):
            cross = self.remove_box(index)
            hot = self._hover == f"remove {index}"
            painter.setPen(QPen(color("line_strong"), 1))
            painter.setBrush(color("loss_soft" if hot else "raised"))
            painter.drawEllipse(cross)
            ink = color("loss_text" if hot else "text_soft")
            paint_icon(painter, "close", cross.adjusted(5, 5, -5, -5), ink)
        painter.setOpacity(1.0)

    def _paint_add(self, painter: QPainter) -> None:
        box = self.picture_box(len(self._items)).adjusted(1, 1, -1, -1)
        chosen = self.current == len(self._items) and self.hasFocus()
        hot = chosen or self._hover.startswith("add")
        painter.setPen(QPen(color("accent" if hot else "line_strong"), 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(color("accent_soft") if hot else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        middle = QRectF(box.center() - QPointF(9, 9), box.center() + QPointF(9, 9))
        paint_icon(painter, "plus", middle, color("accent_text" if hot else "text_soft"))
        if chosen:
            draw_focus_ring(painter, box.adjusted(-5, -5, 5, 5), RADIUS + 3)
        if len(self._items) < 2 and self._hint:
            painter.setPen(color("text_soft"))
            painter.setFont(font(self, 14))
            left = box.right() + 16
            beside = QRectF(left, box.top(), self.viewport().width() - left - MARGIN, box.height())
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(beside, int(flags), self._hint)


def _paint_note(painter: QPainter, widget: QWidget, box: QRectF, text: str, *, hot: bool) -> None:
    """A segment's seconds and note, as a button that opens a menu; ``hot`` under the pointer."""
    if hot:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("hover"))
        painter.drawRoundedRect(box.adjusted(-4, 0, 4, 0), 6, 6)
    painter.setFont(font(widget, 12))
    painter.setPen(color("text" if hot else "text_soft"))
    metrics = painter.fontMetrics()
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()) - _ARROW)
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
    arrow_x = box.left() + metrics.horizontalAdvance(text) + 4
    arrow = QRectF(arrow_x, box.center().y() - 4, 9, 9)
    paint_icon(painter, "chevron-down", arrow, color("text_soft"))


def _paint_track(painter: QPainter, box: QRectF, fraction: float, *, hot: bool) -> None:
    """A segment's slider, its knob at ``fraction`` (0…1, clipped) of the way."""
    y = box.center().y()
    x = box.left() + 6 + (box.width() - 12) * min(max(fraction, 0), 1)
    start, knob = QPointF(box.left() + 2, y), QPointF(x, y)
    draw_line(painter, start, QPointF(box.right() - 2, y), color("line"), 4)
    draw_line(painter, start, knob, color("accent"), 4)
    painter.setPen(QPen(color("accent"), 2))
    painter.setBrush(color("surface"))
    radius = 7.0 if hot else 6.0
    painter.drawEllipse(knob, radius, radius)


def _paint_playhead(
    painter: QPainter, centres: Sequence[QPointF], below: float, playhead: float
) -> None:
    """A mint line ``below`` the pictures' centres, as far as the film has been played.

    ``playhead`` 1.25 is a quarter of the way from picture 1 to the next; the last of ``centres``
    is where the film ends.
    """
    index = min(int(playhead), len(centres) - 2)
    here, after = centres[index], centres[index + 1]
    down = QPointF(0, below)
    knob = here + (after - here) * (playhead - index) + down
    draw_line(painter, centres[0] + down, centres[-1] + down, color("line"), 3)
    draw_line(painter, centres[0] + down, knob, color("success"), 3)
    painter.setPen(QPen(color("surface"), 2))
    painter.setBrush(color("success"))
    painter.drawEllipse(knob, 5.5, 5.5)


def _paint_drop_place(painter: QPainter, box: QRectF) -> None:
    """A bar before the picture in ``box``, where something dropped would go."""
    x = box.left() - GAP / 2
    top, bottom = QPointF(x, box.top() - 4), QPointF(x, box.bottom() + 4)
    draw_line(painter, top, bottom, color("accent"), 3)
