"""A wall of pictures: hovering enlarges, clicking picks, dragging carries one away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMimeData,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QSizePolicy, QWidget

from kirara_studio.api.widgets.keyboard import KeyboardFocus
from kirara_studio.api.widgets.look import RADIUS, Glide, color, font
from kirara_studio.api.widgets.pictures import Picture, rounded_pixmap, to_image

translate = QCoreApplication.translate

DRAG_TYPE = "application/x-kirara-picture"
_GROWTH = 0.07  # how much a hovered picture grows
_MARGIN = 8
_FULLNESS = 2.5  # how much a last row that is not full counts against the size


def fit_cells(count: int, width: float, height: float, gap: float) -> tuple[int, float]:
    """The columns, and the side of the squares, at which ``count`` fit best into the area.

    Large squares are good, and full rows are: a last row with one square alone is worth a third
    of the size.
    """
    count = max(count, 1)
    best, best_worth = (1, 0.0), 0.0
    for columns in range(1, count + 1):
        rows = -(-count // columns)
        side = min((width - (columns - 1) * gap) / columns, (height - (rows - 1) * gap) / rows)
        worth = side * (count / (rows * columns)) ** _FULLNESS
        if worth > best_worth:
            best, best_worth = (columns, side), worth
    return best


class PictureGrid(QAbstractScrollArea):
    """Square pictures, as large as all of them fit; scrolls where they would get too small.

    Arrow keys move, Enter or Space picks (:attr:`picked`), hovering and moving emit
    :attr:`hovered` (−1 when the pointer leaves). ``payloads`` are what is carried in a drag
    (:data:`DRAG_TYPE`, UTF-8). Cells without a picture yet are shown empty.
    """

    picked = Signal(int)
    hovered = Signal(int)
    menu_requested = Signal(int, object)

    def __init__(
        self,
        *,
        gap: int = 10,
        smallest: int = 56,
        largest: int = 220,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._gap, self._smallest, self._largest = gap, smallest, largest
        self._images: list[QImage | None] = []
        self._payloads: list[str] = []
        self._names: list[str] = []
        self._badges: dict[int, str] = {}
        self._scaled: dict[tuple[int, int], QPixmap] = {}
        self._hover = self._hover_before = -1
        self._grow = Glide(self, self._repaint)
        self._current = -1
        self._keyboard = KeyboardFocus(self)  # shows where it is, and lets Space pick
        self._pressed: tuple[int, QPointF] | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QAbstractScrollArea { background: transparent; border: none; }")
        self._own_name = translate("widgets", "Pictures")
        self.setAccessibleName(self._own_name)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # The panel may have given it a better name, and knows when to change that.
        if event.type() == QEvent.Type.LanguageChange and self.accessibleName() == self._own_name:
            self._own_name = translate("widgets", "Pictures")
            self.setAccessibleName(self._own_name)

    # The pictures

    def set_pictures(
        self,
        pictures: Sequence[Picture | QImage | None],
        payloads: Sequence[str] = (),
        names: Sequence[str] = (),
    ) -> None:
        """Show ``pictures``; None is a picture to come. ``names`` are read to the blind."""
        images = [None if p is None else to_image(p) for p in pictures]
        if images != self._images:
            self._scaled.clear()
        self._images = images
        self._payloads = list(payloads)
        self._names = list(names)
        self._current = min(self._current, len(self._images) - 1)
        if self._hover >= len(self._images):
            self._hover = self._hover_before = -1
        self._arrange()

    def set_badges(self, badges: dict[int, str]) -> None:
        """Mark pictures, by index, with a short text in the corner and a border."""
        self._badges = dict(badges)
        self._repaint()

    @property
    def count(self) -> int:
        """How many pictures there are."""
        return len(self._images)

    @property
    def current(self) -> int:
        """The index that the keyboard is at, or −1."""
        return self._current

    def image(self, index: int) -> QImage | None:
        """The picture at ``index``, or None while it is to come."""
        return self._images[index]

    # Arrangement

    def sizeHint(self) -> QSize:
        return QSize(320, 320)

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * self._smallest + self._gap + 2 * _MARGIN, 120)

    def _layout(self) -> tuple[int, float]:
        """Columns and side of a cell."""
        width = self.viewport().width() - 2 * _MARGIN
        height = self.viewport().height() - 2 * _MARGIN
        columns, side = fit_cells(len(self._images), width, height, self._gap)
        if side < self._smallest:  # then it scrolls, in as many columns as go in
            columns = max(1, int((width + self._gap) // (self._smallest + 16 + self._gap)))
            side = (width - (columns - 1) * self._gap) / columns
        return columns, float(int(min(side, self._largest)))

    def cell(self, index: int) -> QRectF:
        """Where picture ``index`` lies in the viewport."""
        columns, side = self._layout()
        row, column = divmod(index, columns)
        step = side + self._gap
        y = _MARGIN + row * step - self.verticalScrollBar().value()
        return QRectF(_MARGIN + column * step, y, side, side)

    def index_at(self, point: QPointF) -> int:
        """The picture at ``point`` of the viewport, or −1."""
        return next((i for i in range(self.count) if self.cell(i).contains(point)), -1)

    def _arrange(self) -> None:
        columns, side = self._layout()
        rows = -(-self.count // columns)
        content = 2 * _MARGIN + rows * (side + self._gap) - self._gap
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, int(content - self.viewport().height())))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(int(side / 2))
        self._repaint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._scaled.clear()
        self._arrange()

    def _repaint(self) -> None:
        self.viewport().update()

    # Mouse and keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._keyboard.here = False
            self._pressed = (self.index_at(event.position()), event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_hover(self.index_at(event.position()))
        if self._pressed is None or self._pressed[0] < 0:
            return
        index, start = self._pressed
        way = (event.position() - start).manhattanLength()
        if way >= QApplication.startDragDistance() and index < len(self._payloads):
            self._pressed = None
            self._drag(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        index = self.index_at(event.position())
        if pressed is not None and index >= 0 and pressed[0] == index:
            self._pick(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, place = self.index_at(QPointF(event.pos())), event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and 0 <= self._current < self.count:
            index = self._current
            place = self.viewport().mapToGlobal(self.cell(index).center().toPoint())
        if index >= 0:
            self.menu_requested.emit(index, place)

    def leaveEvent(self, event: QEvent) -> None:
        self._set_hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        columns, _ = self._layout()
        moves = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
            Qt.Key.Key_Home: -self.count,
            Qt.Key.Key_End: self.count,
        }
        key = Qt.Key(event.key())
        if key in moves and self.count:
            first = self._current < 0 and abs(moves[key]) < self.count
            place = 0 if first else self._current + moves[key]
            self._walk_to(min(max(place, 0), self.count - 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and (
            self._keyboard.here and self._current >= 0 and not event.modifiers()
        ):
            self._pick(self._current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._keyboard.here:
            self._current = max(self._current, 0)
        self._repaint()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._repaint()

    def _walk_to(self, index: int) -> None:
        self._keyboard.here = True
        self._current = index
        cell = self.cell(index)
        bar = self.verticalScrollBar()
        if cell.top() < 0:
            bar.setValue(bar.value() + int(cell.top()) - _MARGIN)
        elif cell.bottom() > self.viewport().height():
            bar.setValue(bar.value() + int(cell.bottom()) - self.viewport().height() + _MARGIN)
        if index < len(self._names):
            self.setAccessibleDescription(self._names[index])
        self.hovered.emit(index)
        self._repaint()

    def _pick(self, index: int) -> None:
        self._current = index
        if self._images[index] is not None:
            self.picked.emit(index)

    def _set_hover(self, index: int) -> None:
        if index == self._hover:
            return
        self._hover_before, self._hover = self._hover, index
        self._grow.value = self._grow.target = 0.0
        self._grow.send(1.0)
        hand = Qt.CursorShape.PointingHandCursor if index >= 0 else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(hand)
        self.hovered.emit(index)

    def _drag(self, index: int) -> None:
        image = self._images[index]
        if image is None:
            return
        data = QMimeData()
        data.setData(DRAG_TYPE, self._payloads[index].encode())
        data.setImageData(image)
        drag = QDrag(self)
        drag.setMimeData(data)
        ratio = self.devicePixelRatioF()
        drag.setPixmap(rounded_pixmap(image, 72, 72, ratio, RADIUS))
        drag.setHotSpot(QPoint(36, 36))
        drag.exec(Qt.DropAction.CopyAction)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            seen = QRectF(self.viewport().rect())
            order = [i for i in range(self.count) if i != self._hover]
            if 0 <= self._hover < self.count:
                order.append(self._hover)  # enlarged, so above its neighbours
            for index in order:
                if self.cell(index).intersects(seen):
                    self._paint_cell(painter, index)

    def _growth(self, index: int) -> float:
        if index == self._hover:
            return self._grow.value
        if index == self._hover_before:
            return 1 - self._grow.value
        return 0.0

    def _paint_cell(self, painter: QPainter, index: int) -> None:
        box = self.cell(index)
        grown = box.width() * _GROWTH * self._growth(index) / 2
        box = box.adjusted(-grown, -grown, grown, grown)
        image = self._images[index]
        if image is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("pressed", 0.6))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        else:
            side = round(box.width() - 2 * grown)
            pixmap = self._scaled.get((index, side))
            if pixmap is None:
                # A little larger than the cell, so that growing stays sharp.
                full = round(side * (1 + _GROWTH))
                pixmap = rounded_pixmap(image, full, full, self.devicePixelRatioF(), RADIUS)
                self._scaled[(index, side)] = pixmap
            painter.drawPixmap(box, pixmap, QRectF(pixmap.rect()))
        if index in self._badges:
            self._paint_badge(painter, box, self._badges[index])
        if self._keyboard.here and index == self._current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color("text"), 2, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(box.adjusted(-4, -4, 4, 4), RADIUS + 3, RADIUS + 3)

    def _paint_badge(self, painter: QPainter, box: QRectF, text: str) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color("accent"), 3))
        painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), RADIUS, RADIUS)
        paint_number(painter, QPointF(box.right() - 9, box.top() + 9), text, self)


def paint_number(painter: QPainter, centre: QPointF, text: str, widget: QWidget) -> None:
    """A small round badge with ``text`` around ``centre``."""
    painter.setFont(font(widget, 12, bold=True))
    width = max(20.0, painter.fontMetrics().horizontalAdvance(text) + 10.0)
    box = QRectF(centre.x() - width / 2, centre.y() - 10, width, 20)
    painter.setPen(QPen(color("surface"), 1.5))
    painter.setBrush(color("accent_fill"))
    painter.drawRoundedRect(box, 10, 10)
    painter.setPen(color("on_accent"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
