"""The field in which the reading of a phrase is typed, and what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from kirara_studio.api.widgets import Label
from kirara_studio.api.widgets.style import color


class ReadingField(QLineEdit):
    """Return takes what is typed, Escape does not. A problem stands above it until one types."""

    given_up = Signal()

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.note = Note(parent)
        self.installEventFilter(self)
        self.textEdited.connect(lambda _: self.note.hide())
        self.destroyed.connect(self.note.deleteLater)

    def complain(self, text: str) -> None:
        """Say above the field what is wrong with what is typed."""
        self.note.show_above(text, self.geometry().topLeft())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # or it would reach the panel, which stops on it
            return True
        if escape and event.type() == QEvent.Type.KeyPress:
            self.given_up.emit()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.editingFinished.emit()  # and no further: the view would open it again
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.note.hide()


class Note(Label):
    """A sentence that lies above a place in its parent."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(size=12, tone="loss_text", parent=parent)
        self._over = parent
        self.setMargin(8)
        self.hide()

    def show_above(self, text: str, place: QPoint) -> None:
        """Show ``text``, its end above ``place``, as far as it is within what is seen."""
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
