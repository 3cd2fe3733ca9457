"""The field of the line in front."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QLineEdit, QWidget

from kirara_speech.project.script import lines_of_text
from kirara_speech.reading.traced_text import Span
from kirara_speech.view.line_rows import mark_unread

translate = QCoreApplication.translate

_UNDO = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class LineField(QLineEdit):
    """Edits one line; emits edits that concern others.

    ``split`` (Enter) carries the texts before and after the cursor, ``pasted`` the text before it,
    the pasted lines, and the text after it. ``backed``: Backspace at the beginning. ``left``: up
    (-1) or down (1). ``word_requested``: a word for the dictionary. Undo is the panel's.
    """

    split = Signal(str, str)
    pasted = Signal(str, list, str)
    backed = Signal()
    left = Signal(int)
    word_requested = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "search")
        self.setMaxLength(100_000)
        self._unread: Sequence[Span] = ()
        self.installEventFilter(self)

    def show_unread(self, spans: Sequence[Span]) -> None:
        """Underline characters that cannot be read."""
        self._unread = spans
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._unread:
            return
        text = self.text()
        before = text.encode("utf-16-le")[: 2 * self.cursorPosition()].decode("utf-16-le", "ignore")
        # Where the text begins, also if it is scrolled.
        cursor = self.cursorRect()
        left = cursor.center().x() - self.fontMetrics().horizontalAdvance(before)
        with QPainter(self) as painter:
            painter.setClipRect(self.rect().adjusted(6, 0, -6, 0))
            mark_unread(painter, text, self._unread, left, cursor.bottom() + 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
            return False
        control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        play = event.key() == Qt.Key.Key_Space and event.modifiers() == shift
        again = event.key() == Qt.Key.Key_Y and bool(event.modifiers() & control)
        save = event.key() == Qt.Key.Key_E and event.modifiers() == control  # X11's end of line
        if play or again or save or any(event.matches(keys) for keys in _UNDO):
            event.ignore()  # the panel's
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text, at = event.key(), self.text(), self.cursorPosition()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.split.emit(text[:at], text[at:])
        elif key == Qt.Key.Key_Backspace and not at and not self.hasSelectedText():
            self.backed.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
            self.left.emit(1 if key == Qt.Key.Key_Down else -1)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_lines()
        else:
            super().keyPressEvent(event)

    def paste_lines(self) -> None:
        """Paste; several sentences become several lines."""
        lines = lines_of_text(QGuiApplication.clipboard().text())
        if len(lines) < 2:
            self.insert(lines[0] if lines else "")
            return
        text = self.text()
        start, end = self.cursorPosition(), self.cursorPosition()
        if self.hasSelectedText():
            start, end = self.selectionStart(), self.selectionEnd()
        self.pasted.emit(text[:start], lines, text[end:])

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in menu.actions():
            if action.objectName() == "edit-paste":
                action.triggered.disconnect()
                action.triggered.connect(self.paste_lines)
            elif action.objectName() in ("edit-undo", "edit-redo"):
                menu.removeAction(action)
        word = self.selectedText().strip()
        menu.addSeparator()
        add = menu.addAction(translate("speech", "Add to the dictionary…"))
        add.setEnabled(bool(word))
        add.triggered.connect(lambda: self.word_requested.emit(word))
        menu.popup(event.globalPos())
