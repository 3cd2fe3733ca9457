"""A gallery of many pictures: cells at places of their own, chosen, opened and dragged."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
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

from kirara_studio.api.widgets.cells import CellPainter, Cells, Index
from kirara_studio.api.widgets.keyboard import KeyboardFocus
from kirara_studio.api.widgets.pictures import rounded_pixmap
from kirara_studio.api.widgets.style import RADIUS, color, draw_focus_ring

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

_MARGIN = 8
_DRAGGED = 72  # pixels of the picture at the pointer
_KEYS = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home,
    Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
)  # fmt: skip
_Flag = QItemSelectionModel.SelectionFlag
_Action = QAbstractItemView.CursorAction


class Flow(Protocol):
    """Where the cells of a gallery lie; coordinates in pixels from the upper left (version 1.4)."""

    @property
    def count(self) -> int:
        """The number of cells."""

    @property
    def height(self) -> float:
        """The height of all."""

    def place(self, cell: int) -> QRectF:
        """The place of a cell."""

    def cell_at(self, x: float, y: float) -> int:
        """The cell at a point, or −1."""

    def visible(self, top: float, bottom: float) -> Iterable[int]:
        """The cells that may be seen between two heights."""

    def step(self, cell: int, rows: int) -> int:
        """The cell below (``rows`` = 1) or above (−1), or ``cell`` if there is none."""

    def across(self, cell: int, columns: int) -> int:
        """The cell to the right (``columns`` = 1) or left (−1), or ``cell`` if there is none."""


class KeyedCells(Cells):
    """Cells that stand for numbers: ``order`` are the numbers, row by row (version 1.4)."""

    def __init__(self, view: QListView, name: Callable[[int], str]) -> None:
        """``name`` gives the accessible name of a row."""
        super().__init__(view, name)
        self.order: Sequence[int] = ()
        self._rows: dict[int, int] = {}

    def show(self, order: Sequence[int]) -> None:
        """Show other numbers, or the same ones in another order."""
        self.order = order
        self._rows = {number: row for row, number in enumerate(order)}
        self.set_count(len(order))

    def index_of(self, number: int) -> QModelIndex:
        """The index of a number; invalid if it is not shown."""
        return self.index(self._rows.get(number, -1), 0)

    def __contains__(self, number: object) -> bool:
        return number in self._rows


class Gallery(QListView):
    """Shows the cells of a :class:`KeyedCells` where a :class:`Flow` puts them (version 1.4).

    A list view with a flow of its own: Qt's would ask for the size of every cell after every
    change. A click or Enter opens, Ctrl and Shift choose several, arrows move, Delete removes, a
    drag carries what :meth:`KeyedCells.mimeData` gives. Only what is visible is painted.

    Override :meth:`paint_cell`, and call :meth:`show_order` when other cells are to be shown.
    """

    opened = Signal(int)
    remove_requested = Signal(list)
    menu_requested = Signal(QPoint)

    def __init__(self, make_cells: Callable[[Gallery], KeyedCells], *, heading: int = 0) -> None:
        """``heading`` is how many pixels above a cell come into sight with it."""
        super().__init__()
        self._flow: Flow | None = None
        self.cells = make_cells(self)
        self.hovered = QModelIndex()
        self._heading = heading
        self._anchor = -1  # the number that Shift chooses from
        self._pressed = QModelIndex()
        self._pressed_at = QPoint()
        self._keyboard = KeyboardFocus(self)
        CellPainter(self, lambda row: self._place(row).toRect().size(), self.paint_cell)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setAutoScroll(False)  # or every result that arrives would scroll to the current one
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QListView { background: transparent; border: none; }")
        self.entered.connect(self._set_hovered)
        self.viewportEntered.connect(self._set_hovered)

    # What subclasses say

    def make_flow(self, width: float) -> Flow:
        """Places for the cells as they are now, in ``width`` pixels."""
        raise NotImplementedError

    def paint_cell(self, painter: QPainter, row: int, place: QRectF) -> None:
        """Paint the cell of a row."""
        raise NotImplementedError

    def paint_behind(self, painter: QPainter, top: float) -> None:
        """Paint what lies behind the cells; ``top`` is the height of the viewport's upper edge."""

    def thumbnail_at(self, row: int) -> QImage | None:
        """The picture of a row that a drag shows at the pointer, if there is one."""
        return None

    # What is shown and chosen

    def show_order(self, order: Sequence[int]) -> None:
        """Show these numbers; what was chosen, and where the keyboard is, stays."""
        chosen, current = self.chosen, self.current
        self.cells.show(order)
        self.hovered = self._pressed = QModelIndex()
        self.choose(chosen)
        self.setCurrentIndex(self.cells.index_of(current))

    @property
    def current(self) -> int:
        """The number that the keyboard is at, or −1."""
        index = self.currentIndex()
        return self.cells.order[index.row()] if index.isValid() else -1

    @property
    def chosen(self) -> list[int]:
        """The numbers that are selected, in the order in which they are shown."""
        return [self.cells.order[row] for row in sorted(i.row() for i in self.selectedIndexes())]

    def choose(self, numbers: Iterable[int]) -> None:
        """Select these and no others; those that are not shown are left out."""
        rows = sorted(self.cells.index_of(number).row() for number in numbers)
        rows = [row for row in rows if row >= 0]
        selection = QItemSelection()
        runs = itertools.groupby(enumerate(rows), lambda pair: pair[1] - pair[0])
        for run in ([row for _, row in pairs] for _, pairs in runs):
            selection.select(self.cells.index(run[0], 0), self.cells.index(run[-1], 0))
        self.selectionModel().select(selection, _Flag.ClearAndSelect)

    def selection(self) -> list[int]:
        """What the keyboard acts on: what is chosen, or else the current one."""
        return self.chosen or [number for number in (self.current,) if number >= 0]

    def go_to(self, number: int) -> None:
        """Bring a picture into sight, and the keyboard to it."""
        index = self.cells.index_of(number)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    # The flow

    @property
    def places(self) -> Flow:
        """Where the cells lie now."""
        if self._flow is None:
            self._flow = self.make_flow(self.viewport().width() - 2 * _MARGIN)
        return self._flow

    def _place(self, row: int) -> QRectF:
        return self.places.place(row) if row < self.places.count else QRectF()

    def to_flow(self, point: QPoint) -> tuple[float, float]:
        """Coordinates of the flow for a point of the viewport."""
        return point.x() - _MARGIN, point.y() + self.verticalScrollBar().value()

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid() or index.row() >= self.places.count:
            return QRect()
        place = self.places.place(index.row())
        return place.translated(_MARGIN, -self.verticalScrollBar().value()).toRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        return self.cells.index(self.places.cell_at(*self.to_flow(point)), 0)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        place, bar = self.visualRect(index), self.verticalScrollBar()
        if place.top() < self._heading:
            bar.setValue(bar.value() + place.top() - self._heading)
        elif place.bottom() + _MARGIN > self.viewport().height():
            bar.setValue(bar.value() + place.bottom() + _MARGIN - self.viewport().height())

    def moveCursor(self, action: _Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        flow, row = self.places, self.currentIndex().row()
        if row < 0:
            return self.cells.index(0, 0)
        page = max(
            1, self.viewport().height() // max(1, self.visualRect(self.currentIndex()).height())
        )
        if action in (_Action.MoveHome, _Action.MoveEnd):
            row = 0 if action == _Action.MoveHome else flow.count - 1
        elif action in (_Action.MoveLeft, _Action.MovePrevious):
            row = flow.across(row, -1)
        elif action in (_Action.MoveRight, _Action.MoveNext):
            row = flow.across(row, 1)
        else:
            down = action in (_Action.MoveDown, _Action.MovePageDown)
            for _ in range(1 if action in (_Action.MoveUp, _Action.MoveDown) else page):
                row = flow.step(row, 1 if down else -1)
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
        self._flow = None
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        QAbstractItemView.updateGeometries(self)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, round(self.places.height + _MARGIN - height)))
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
        self._set_hovered()

    def _set_hovered(self, index: QModelIndex = QModelIndex()) -> None:  # noqa: B008 (Qt's way)
        self.hovered = index
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
            self.opened.emit(number)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if keyboard else self.indexAt(event.pos())
        if not index.isValid():
            return
        if not self.selectionModel().isSelected(index):
            self.clearSelection()
        self.setCurrentIndex(index)
        place = self.visualRect(index).center() if keyboard else event.pos()
        self.menu_requested.emit(self.viewport().mapToGlobal(place))

    def _drag(self, index: QModelIndex) -> None:
        selected = self.selectionModel().isSelected(index)
        data: QMimeData = self.cells.mimeData(self.selectedIndexes() if selected else [index])
        drag = QDrag(self)
        drag.setMimeData(data)
        image = self.thumbnail_at(index.row())
        if image is not None and not image.isNull():
            ratio = self.devicePixelRatioF()
            drag.setPixmap(rounded_pixmap(image, _DRAGGED, _DRAGGED, ratio, RADIUS))
            drag.setHotSpot(QPoint(_DRAGGED // 2, _DRAGGED // 2))
        drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction)

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = not modifiers & ~Qt.KeyboardModifier.ShiftModifier
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
            self.opened.emit(self.current)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and plain and self.selection():
            self.remove_requested.emit(self.selection())
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
            top = self.verticalScrollBar().value()
            self.paint_behind(painter, top)
            option = QStyleOptionViewItem()
            for row in self.places.visible(top, top + self.viewport().height()):
                option.rect = self.visualRect(self.cells.index(row, 0))
                self.itemDelegate().paint(painter, option, self.cells.index(row, 0))

    def paint_frame(self, painter: QPainter, row: int, box: QRectF) -> None:
        """Paint the frame of a cell that is chosen, under the pointer, or at the keyboard."""
        index = self.cells.index(row, 0)
        chosen = self.selectionModel().isSelected(index)
        if chosen or index == self.hovered:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color("accent" if chosen else "line_strong"), 2))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        if index == self.currentIndex() and self.hasFocus() and self._keyboard.here:
            draw_focus_ring(painter, box.adjusted(-3, -3, 3, 3), RADIUS + 2)
