"""The field in which the reading of a phrase is typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit


class ReadingField(QLineEdit):
    """Return takes what is typed, Escape does not."""

    given_up = Signal()

    def event(self, event: QEvent) -> bool:
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # or it would reach the panel, which stops on it
            return True
        if escape and event.type() == QEvent.Type.KeyPress:
            self.given_up.emit()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.editingFinished.emit()  # and no further: the view would open it again
        else:
            super().keyPressEvent(event)
