"""The column on the left: all pictures, those with marks, and the sources."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QVBoxLayout, QWidget

from kirara_illustrations.session import EVERYTHING, FAVOURITES, HIDDEN, SIMILAR, SOURCE, Session
from kirara_illustrations.storage.library import SourceRow
from kirara_illustrations.words import kind_title, until_text
from kirara_studio.api.database import load_error
from kirara_studio.api.widgets import (
    Button,
    CellPainter,
    Cells,
    KeyboardFocus,
    error_words,
    paint_icon,
    plain_tip,
)
from kirara_studio.api.widgets.layouts import fill
from kirara_studio.api.widgets.style import RADIUS, color, draw_focus_ring, font

translate = QCoreApplication.translate

_WIDTH = 208
_LINE, _SOURCE = 34, 50  # pixels: the height of a place, and of a source
_FIXED = ((EVERYTHING, "picture"), (FAVOURITES, "heart"), (HIDDEN, "eye"))


class Places(QWidget):
    """A list of places, and a button to add a source.

    Emits :attr:`edit_requested` with a :class:`SourceRow`, or None for a new source, and
    :attr:`menu_requested` with a row and where the menu opens.
    """

    edit_requested = Signal(object)
    menu_requested = Signal(object, QPoint)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.list = _PlaceList(session)
        self.add = Button(icon="plus")
        fill(QVBoxLayout(self), (self.list, 1), self.add, spacing=8, margins=(0, 0, 0, 4))
        self.setFixedWidth(_WIDTH)
        self.add.clicked.connect(lambda: self.edit_requested.emit(None))
        self.list.edit_requested.connect(self.edit_requested)
        self.list.menu_requested.connect(self.menu_requested)

    def retranslate(self) -> None:
        """Set the texts again."""
        self.list.setAccessibleName(translate("illustrations", "Places"))
        self.add.set_content(translate("illustrations", "Add a source…"))
        self.list.show_places()


class _PlaceList(QListView):
    edit_requested = Signal(object)
    menu_requested = Signal(object, QPoint)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._sources: list[SourceRow] = []
        self.cells = Cells(self, self._name, self._note)
        self._keyboard = KeyboardFocus(self)
        CellPainter(self, self._size, self._paint)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QListView { background: transparent; border: none; }")
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        session.changed.connect(self.show_places)
        session.busy_changed.connect(self.viewport().update)

    def show_places(self) -> None:
        """Show the places as the session has them."""
        self._sources = self._session.gathering.rows
        self.cells.set_count(len(_FIXED) + len(self._sources))
        view = self._session.view
        row = next((n for n, (place, _) in enumerate(_FIXED) if place == view.place), -1)
        if view.place == SOURCE:
            numbers = [source.id for source in self._sources]
            row = len(_FIXED) + numbers.index(view.number) if view.number in numbers else -1
        if view.place == SIMILAR:
            self.clearSelection()
        elif row >= 0 and row != self.currentIndex().row():
            self.setCurrentIndex(self.cells.index(row, 0))
        self.doItemsLayout()
        self.viewport().update()

    def _source(self, row: int) -> SourceRow | None:
        number = row - len(_FIXED)
        return self._sources[number] if 0 <= number < len(self._sources) else None

    def _go(self, row: int) -> None:
        source = self._source(row)
        if source is not None:
            self._session.go(SOURCE, source.id)
        elif 0 <= row < len(_FIXED):
            self._session.go(_FIXED[row][0])

    # Words

    def _name(self, row: int) -> str:
        source = self._source(row)
        if source is not None:
            return source.name
        return (
            translate("illustrations", "All pictures"),
            translate("illustrations", "Favourites"),
            translate("illustrations", "Hidden"),
        )[row]

    def _note(self, row: int) -> str:
        """Kind and state of a source, or what is wrong with it."""
        source = self._source(row)
        if source is None:
            return ""
        progress = self._session.gathering.progress
        if progress is not None and progress.source == source.name:
            return translate("illustrations", "{0} new pictures…").format(progress.files)
        if source.error:
            return str(error_words(load_error(source.error)))
        if not source.enabled:
            return translate("illustrations", "switched off")
        next_time = until_text(source.next_time)
        return f"{kind_title(source.kind)} · {next_time}"

    # Mouse and keyboard

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self._go(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        source = self._source(self.indexAt(event.position().toPoint()).row())
        if source is not None:
            self.edit_requested.emit(source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        source = self._source(row)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(row)
        elif event.key() == Qt.Key.Key_F2 and source is not None:
            self.edit_requested.emit(source)
        elif event.key() == Qt.Key.Key_Delete and source is not None:
            self._session.gathering.remove(source)
        else:
            self._keyboard.here = True
            super().keyPressEvent(event)
            if self.currentIndex().row() != row:
                self._go(self.currentIndex().row())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if keyboard else self.indexAt(event.pos())
        source = self._source(index.row())
        if source is not None:
            place = self.visualRect(index).center() if keyboard else event.pos()
            self.menu_requested.emit(source, self.viewport().mapToGlobal(place))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            row = self.indexAt(event.pos()).row()  # type: ignore[attr-defined]
            self.viewport().setToolTip(plain_tip(self._note(row)) if row >= 0 else "")
        return super().viewportEvent(event)

    # Painting

    def _size(self, row: int) -> QSize:
        return QSize(_WIDTH - 8, _LINE if self._source(row) is None else _SOURCE)

    def _paint(self, painter: QPainter, row: int, whole: QRectF) -> None:
        box = whole.adjusted(1, 1, -1, -1)
        index, source = self.cells.index(row, 0), self._source(row)
        current = index == self.currentIndex() and self._session.view.place != SIMILAR
        if current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent_soft"))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        inside = box.adjusted(10, 0, -8, 0)
        count = self._count(source)
        if source is None:
            icon = QRectF(inside.left(), inside.center().y() - 8, 16, 16)
            paint_icon(painter, _FIXED[row][1], icon, color("text_soft"))
            inside.setLeft(inside.left() + 26)
        self._paint_text(painter, inside, row, count)
        if current and self.hasFocus() and self._keyboard.here:
            draw_focus_ring(painter, box, RADIUS)

    def _paint_text(self, painter: QPainter, inside: QRectF, row: int, count: str) -> None:
        source = self._source(row)
        small = font(self, 12)
        right = QFontMetrics(small).horizontalAdvance(count) + 4
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        title = QRectF(inside)
        if source is not None:
            title.setBottom(inside.center().y() + 3)
            note = QRectF(inside.left(), inside.center().y(), inside.width(), inside.height() / 2)
            painter.setFont(small)
            painter.setPen(color("attention_text" if source.error else "text_soft"))
            text = painter.fontMetrics().elidedText(
                self._note(row), Qt.TextElideMode.ElideRight, int(note.width())
            )
            painter.drawText(note.adjusted(0, -4, 0, -4), left, text)
        painter.setFont(small)
        painter.setPen(color("text_soft"))
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        painter.setFont(font(self, 14))
        off = source is not None and not source.enabled
        painter.setPen(color("text_disabled" if off else "text"))
        name = painter.fontMetrics().elidedText(
            self._name(row), Qt.TextElideMode.ElideRight, int(title.width() - right)
        )
        painter.drawText(title, left, name)

    def _count(self, source: SourceRow | None) -> str:
        if source is None:
            return ""
        count = self._session.gathering.counts.get(source.id, 0)
        return f"{count:,}" if count else ""
