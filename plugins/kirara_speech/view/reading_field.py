"""The field for the reading of a phrase."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from kirara_studio.api.widgets import Label


class ReadingField(QLineEdit):
    """Return accepts the text, Escape cancels. A problem is shown above it until the next key."""

    cancelled = Signal()

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._parent = parent
        self.note = Label(size=12, pill="loss", parent=parent)
        self.note.hide()
        self.installEventFilter(self)
        self.textEdited.connect(lambda _: self.note.hide())
        self.destroyed.connect(self.note.deleteLater)

    def show_problem(self, text: str) -> None:
        note = self.note
        note.setText(text)
        note.adjustSize()
        seen = self._parent.visibleRegion().boundingRect()
        left = max(min(self.x(), seen.right() - note.width()), seen.left())
        note.move(left, max(self.y() - note.height() - 4, 0))
        note.show()
        note.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # or the panel would stop playing
            return True
        if escape and event.type() == QEvent.Type.KeyPress:
            self.cancelled.emit()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.editingFinished.emit()  # not passed on: the view would open it again
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.note.hide()
