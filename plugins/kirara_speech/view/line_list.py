"""The lines, below each other, each with its voice; the one in front is edited in place."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemView, QListView

from kirara_speech.project.script import Script, lines_of_text
from kirara_speech.session import Session
from kirara_speech.view.line_field import LineField
from kirara_speech.view.line_rows import ROW, LineModel, LineRows
from kirara_studio.api.widgets.style import color

translate = QCoreApplication.translate


class LineList(QListView):
    """Shows and edits the script of a session.

    ``voice_wanted`` and ``menu_wanted`` carry a place on the screen, ``word_requested`` a word for
    the dictionary.
    """

    voice_wanted = Signal(QPoint)
    menu_wanted = Signal(QPoint)
    word_requested = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._edits = session, session.edits
        self.lines = LineModel(self)
        self._rows = LineRows(self, session.voices.look, session.unread_of)
        self.text_box, self.play_box = self._rows.text_box, self._rows.play_box
        self._target: int | None = None
        self._quiet = False
        self.field = LineField(self.viewport())
        self.setModel(self.lines)
        self.setItemDelegate(self._rows)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setMinimumHeight(2 * ROW)
        self._connect()

    def _connect(self) -> None:
        self.selectionModel().currentChanged.connect(self._on_current)
        self.selectionModel().selectionChanged.connect(lambda *_: self._emit_selection())
        self.verticalScrollBar().valueChanged.connect(lambda _: self._place_field())
        self._session.readings.read.connect(lambda _: self._show_unread())
        field, edits = self.field, self._edits
        field.textEdited.connect(lambda text: edits.type(self.row, text))
        field.split.connect(lambda before, after: edits.split(self.row, before, after))
        field.pasted.connect(lambda *texts: edits.paste(self.row, *texts))
        field.backed.connect(self._on_backspace)
        field.left.connect(self._leave)
        field.word_requested.connect(self.word_requested)

    # What is shown

    def show_script(self, script: Script) -> None:
        self._quiet = True
        self.lines.show(script.lines)
        flags = QItemSelectionModel.SelectionFlag
        selection, front = self.selectionModel(), self.lines.index(script.row, 0)
        if self.currentIndex() != front:
            # Unlike a click, which adds to the selection while Ctrl is held.
            selection.setCurrentIndex(front, flags.ClearAndSelect)
        if self.chosen != script.rows or not self.selectedIndexes():
            selection.clearSelection()
            for row in script.rows:
                selection.select(self.lines.index(row, 0), flags.Select)
        self._quiet = False
        self._fill_field()
        self._place_field()

    @property
    def row(self) -> int:
        return max(self.currentIndex().row(), 0)

    @property
    def chosen(self) -> list[int]:
        """The selected rows, the one in front always among them."""
        rows = {index.row() for index in self.selectedIndexes()}
        return sorted(rows | {self.row})

    def write(self, at: int = -1) -> None:
        """Focus the field, with the cursor before character ``at``, or at its end for -1."""
        self.field.setFocus()
        self.field.setCursorPosition(len(self.field.text()) if at < 0 else at)

    def set_playing(self, key: str) -> None:
        """Mark the line that is played; an empty key removes the mark."""
        if key != self._rows.playing:
            self._rows.playing = key
            self.viewport().update()

    @property
    def playing(self) -> str:
        return self._rows.playing

    def _on_current(self, current: QModelIndex, _: QModelIndex) -> None:
        if current.isValid():
            self._fill_field()
            self._place_field()
            self._emit_selection()

    def _emit_selection(self) -> None:
        if not self._quiet:
            self._session.select(self.chosen, self.row)

    # The field

    def _fill_field(self) -> None:
        if self.row < len(self.lines.lines):
            text = self.lines.lines[self.row].text
            if text != self.field.text():
                at = self.field.cursorPosition()
                self.field.setText(text)
                self.field.setCursorPosition(min(at, len(text)))
            self._show_unread()

    def _show_unread(self) -> None:
        if self.row < len(self.lines.lines):
            self.field.show_unread(self._session.unread_of(self.lines.lines[self.row]))
        self.viewport().update()

    def _place_field(self) -> None:
        index = self.currentIndex()
        box = self.visualRect(index)
        self.field.setVisible(index.isValid())
        place = self.text_box(box)
        self.field.setGeometry(place.left() - 9, box.top() + 4, place.width() + 12, ROW - 8)

    def _on_backspace(self) -> None:
        if not self.field.text():
            if len(self.lines.lines) > 1:
                self._edits.remove([self.row])
                self.write()
        elif self.row:
            self._edits.join(self.row)

    def _leave(self, by: int) -> None:
        row = self.row + by
        if 0 <= row < len(self.lines.lines):
            at = self.field.cursorPosition()
            self.setCurrentIndex(self.lines.index(row, 0))
            self.write(min(at, len(self.field.text())))

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        index = self.indexAt(point)
        left = event.button() == Qt.MouseButton.LeftButton
        plain = not event.modifiers()
        if left and plain and index.isValid():
            row = self.visualRect(index)
            if self.play_box(row).contains(event.position()):
                self.setCurrentIndex(index)
                self._session.playback.toggle_line(index.row())
                return
            box = self.text_box(row)
            if point.x() >= box.left() - 8:
                self.setCurrentIndex(index)
                inside = QPoint(point.x() - self.field.x(), self.field.height() // 2)
                self.write(self.field.cursorPositionAt(inside))
                return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        left = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if left and index.row() == self.row and index.isValid():
            row = self.visualRect(index)
            if point.x() < self.text_box(row).left() - 8:
                self.ask_voice()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if keyboard else self.indexAt(event.pos())
        if index.isValid():
            if index.row() not in self.chosen:
                self.setCurrentIndex(index)
            place = self.visualRect(index).center() if keyboard else event.pos()
            self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    def ask_voice(self) -> None:
        """Ask for a voice for the selected lines, beside the line in front."""
        place = QPoint(12, self.visualRect(self.currentIndex()).bottom())
        self.voice_wanted.emit(self.viewport().mapToGlobal(place))

    # Keyboard, outside the field

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        alt = modifiers == Qt.KeyboardModifier.AltModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and not modifiers:
            self.write()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._edits.remove(self.chosen)
        elif alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_chosen(1 if key == Qt.Key.Key_Down else -1)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.copy()
            self._edits.remove(self.chosen)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif key == Qt.Key.Key_Space:
            event.ignore()  # the panel plays
        elif event.text().isprintable() and event.text() and not modifiers & ~_SHIFT:
            self.write()
            self.field.insert(event.text())
            self._edits.type(self.row, self.field.text())
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        texts = [self.lines.lines[row].text for row in self.chosen]
        QGuiApplication.clipboard().setText("\n".join(texts))

    def paste(self) -> None:
        """Add the sentences of the clipboard below the line in front."""
        self._edits.add_texts(lines_of_text(QGuiApplication.clipboard().text()))

    def move_chosen(self, by: int) -> None:
        """Move the selected lines one up (-1) or down (1)."""
        rows = self.chosen
        target = rows[0] - 1 if by < 0 else rows[-1] + 2
        if 0 <= target <= len(self.lines.lines):
            self._edits.move(rows, target)

    # Dragging lines

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is self:
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
        else:
            event.ignore()  # files go to the panel

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.source() is not self:
            event.ignore()
            return
        self._target = self.target_at(event.position().toPoint())
        self.viewport().update()
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()

    def dragLeaveEvent(self, event: object) -> None:
        self._target = None
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        if event.source() is self:
            target = self.target_at(event.position().toPoint())
            event.setDropAction(Qt.DropAction.IgnoreAction)  # or Qt would remove the rows
            event.accept()
            self._edits.move(self.chosen, target)
        self._target = None
        self.viewport().update()

    def target_at(self, point: QPoint) -> int:
        """The row before which a drop at ``point`` goes."""
        index = self.indexAt(point)
        if not index.isValid():
            return len(self.lines.lines)
        return index.row() + (point.y() > self.visualRect(index).center().y())

    def updateGeometries(self) -> None:
        super().updateGeometries()  # after every layout of the rows
        self._place_field()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._target is not None:
            row = min(self._target, len(self.lines.lines) - 1)
            box = self.visualRect(self.lines.index(row, 0))
            y = box.top() if self._target == row else box.bottom()
            with QPainter(self.viewport()) as painter:
                painter.setPen(QPen(color("accent"), 3))
                painter.drawLine(8, y, self.viewport().width() - 8, y)

    def retranslate(self) -> None:
        self.setAccessibleName(translate("speech", "Lines"))
        self.field.setAccessibleName(translate("speech", "Text of the line"))
        self.field.setPlaceholderText(
            translate("speech", "Type a text; Enter begins the next line")
        )


_SHIFT = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
