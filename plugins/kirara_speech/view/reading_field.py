"""The field for the reading of a phrase."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from kirara_studio.api.widgets import Label
from kirara_studio.api.widgets.style import color


class ReadingField(QLineEdit):
    """Return accepts the text, Escape cancels. A problem is shown above it until the next key."""

    cancelled = Signal()

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.note = Note(parent)
        self.installEventFilter(self)
        self.textEdited.connect(lambda _: self.note.hide())
        self.destroyed.connect(self.note.deleteLater)

    def show_problem(self, text: str) -> None:
        self.note.show_above(text, self.geometry().topLeft())

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


class Note(Label):
    """A sentence above a place in its parent."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(size=12, tone="loss_text", parent=parent)
        self._over = parent
        self.setMargin(8)
        self.hide()

    def show_above(self, text: str, place: QPoint) -> None:
        """Show ``text`` above ``place``, within the visible part of the parent."""
        self.setText(text)
        self.adjustSize()
        seen = self._over.visibleRegion().boundingRect()
        left = max(min(place.x(), seen.right() - self.width()), seen.left())
        self.move(left, max(place.y() - self.height() - 4, 0))
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(color("loss_text"), 1))
            painter.setBrush(color("raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        super().paintEvent(event)
