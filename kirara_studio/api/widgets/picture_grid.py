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
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QWidget,
)

from kirara_studio.api.widgets.cells import CellPainter, Cells
from kirara_studio.api.widgets.keyboard import KeyboardFocus
from kirara_studio.api.widgets.mixins import Named
from kirara_studio.api.widgets.pictures import Picture, rounded_pixmap, to_image
from kirara_studio.api.widgets.style import RADIUS, Animation, color, font

translate = QCoreApplication.translate

DRAG_TYPE = "application/x-kirara-picture"
_GROWTH = 0.07  # how much a hovered picture grows
_FULLNESS = 1.7  # how much a last row that is not full counts against the size


def fit_cells(count: int, width: float, height: float, gap: float) -> tuple[int, float]:
    """The columns, and the side of the squares, at which ``count`` fit best into the area.

    Large squares are good, and full rows are: what is missing in the last row counts against it.
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


class PictureGrid(Named, QListView):
    """Square pictures, as large as all of them fit; scrolls if they would get too small.

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
        self._columns, self._side = 1, smallest
        self._hover = self._hover_before = -1
        self._grow = Animation(self, self.viewport().update)
        self._keyboard = KeyboardFocus(self)  # shows where it is, and lets Space pick
        self._cells = Cells(self, self._name_of, lambda row: self._badges.get(row, ""))
        CellPainter(self, lambda _: QSize(self._side, self._side), self._paint_cell)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSpacing(gap)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setDragEnabled(True)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QListView { background: transparent; border: none; }")
        self.clicked.connect(lambda index: self._pick(index.row()))
        self.entered.connect(lambda index: self._set_hover(index.row()))
        self.viewportEntered.connect(lambda: self._set_hover(-1))
        self._retranslate()

    def _default_name(self) -> str:
        return translate("widgets", "Pictures")

    # The pictures

    def set_pictures(
        self,
        pictures: Sequence[Picture | QImage | None],
        payloads: Sequence[str] = (),
        names: Sequence[str] = (),
    ) -> None:
        """Show ``pictures``; None is a picture to come. ``names`` are for screen readers."""
        images = [None if p is None else to_image(p) for p in pictures]
        if images != self._images:
            self._scaled.clear()
        self._images, self._payloads, self._names = images, list(payloads), list(names)
        if self._hover >= len(images):
            self._hover = self._hover_before = -1
        self._cells.set_count(len(images))
        self._arrange()

    def set_badges(self, badges: dict[int, str]) -> None:
        """Mark pictures, by index, with a short text in the corner and a border."""
        self._badges = dict(badges)
        self.viewport().update()

    @property
    def count(self) -> int:
        """The number of pictures."""
        return len(self._images)

    @property
    def current(self) -> int:
        """The index that the keyboard is at, or −1."""
        return self.currentIndex().row()

    def image(self, index: int) -> QImage | None:
        """The picture at ``index``, or None while it is to come."""
        return self._images[index]

    def _name_of(self, index: int) -> str:
        name = self._names[index] if index < len(self._names) else ""
        return name or translate("widgets", "Picture {0}").format(index + 1)

    # Arrangement

    def sizeHint(self) -> QSize:
        return QSize(320, 320)

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * self._smallest + 3 * self._gap, 120)

    def _arrange(self) -> None:
        """Choose the columns and the side of a cell, and let the view flow in that width."""
        gap = self._gap
        # Qt starts a new row when a cell would touch the edge: hence one pixel more.
        width, height = self.width() - 2 * gap - 1, self.height() - 2 * gap
        columns, side = fit_cells(self.count, width, height, gap)
        bar = 0
        if side < self._smallest:  # then it scrolls, in as many columns as go in
            bar = self.verticalScrollBar().sizeHint().width()
            columns = max(1, (width - bar + gap) // (self._smallest + 16 + gap))
            side = (width - bar - (columns - 1) * gap) / columns
        side = max(1, int(min(side, self._largest)))
        self._columns, self._side = columns, side
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOn if bar else policy.ScrollBarAlwaysOff
        )
        unused = self.width() - bar - gap - columns * (side + gap) - 1
        self.setViewportMargins(0, 0, max(unused, 0), 0)
        self.verticalScrollBar().setSingleStep(side // 2)
        self.doItemsLayout()

    def cell(self, index: int) -> QRectF:
        """Where picture ``index`` lies in the viewport."""
        return QRectF(self.visualRect(self._cells.index(index)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._scaled.clear()
        self._arrange()
        super().resizeEvent(event)

    # Mouse and keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._keyboard.here = False
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, place = self.indexAt(event.pos()).row(), event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.current >= 0:
            index = self.current
            place = self.viewport().mapToGlobal(self.cell(index).center().toPoint())
        if index >= 0:
            self.menu_requested.emit(index, place)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._set_hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        moves = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
            Qt.Key.Key_Home: -self.count,
            Qt.Key.Key_End: self.count,
        }
        if key in moves and self.count:
            self._keyboard.here = True
            index = min(max(self.current + moves[key], 0), self.count - 1)
            self.setCurrentIndex(self._cells.index(index))
            self.hovered.emit(index)
            self.viewport().update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and (
            self._keyboard.here and self.current >= 0 and not event.modifiers()
        ):
            self._pick(self.current)
        else:
            event.ignore()

    def _pick(self, index: int) -> None:
        if self.image(index) is not None:
            self.picked.emit(index)

    def _set_hover(self, index: int) -> None:
        if index == self._hover:
            return
        self._hover_before, self._hover = self._hover, index
        self._grow.value = self._grow.target = 0.0
        self._grow.animate_to(1.0)
        hand = Qt.CursorShape.PointingHandCursor if index >= 0 else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(hand)
        self.hovered.emit(index)

    def startDrag(self, actions: Qt.DropAction) -> None:
        index = self.current
        image = self._images[index] if index >= 0 else None
        if image is None or index >= len(self._payloads):
            return
        data = QMimeData()
        data.setData(DRAG_TYPE, self._payloads[index].encode())
        data.setImageData(image)
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.setPixmap(rounded_pixmap(image, 72, 72, self.devicePixelRatioF(), RADIUS))
        drag.setHotSpot(QPoint(36, 36))
        drag.exec(Qt.DropAction.CopyAction)

    def _paint_cell(self, painter: QPainter, index: int, box: QRectF) -> None:
        """Paint a cell; the one under the pointer grows, the one before it shrinks."""
        growth = {self._hover_before: 1 - self._grow.value, self._hover: self._grow.value}
        grown = self._side * _GROWTH * growth.get(index, 0.0) / 2
        box = box.adjusted(-grown, -grown, grown, grown)
        image = self._images[index]
        if image is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("pressed", 0.6))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        else:
            pixmap = self._scaled.get((index, self._side))
            if pixmap is None:
                # A little larger than the cell: it stays sharp while it grows.
                full = round(self._side * (1 + _GROWTH))
                pixmap = rounded_pixmap(image, full, full, self.devicePixelRatioF(), RADIUS)
                self._scaled[(index, self._side)] = pixmap
            painter.drawPixmap(box, pixmap, QRectF(pixmap.rect()))
        if index in self._badges:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color("accent"), 3))
            painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), RADIUS, RADIUS)
            corner = QPointF(box.right() - 9, box.top() + 9)
            paint_number(painter, corner, self._badges[index], self)
        if self._keyboard.here and index == self.current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color("text"), 2, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(box.adjusted(-4, -4, 4, 4), RADIUS + 3, RADIUS + 3)


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
