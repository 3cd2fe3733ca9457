"""A field that asks for files, which are dropped on it or chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from kirara_studio.api.widgets.icons import paint_icon
from kirara_studio.api.widgets.keyboard import KeyboardFocus
from kirara_studio.api.widgets.mixins import Hovered, Widget
from kirara_studio.api.widgets.roles import set_role
from kirara_studio.api.widgets.style import RADIUS, Animation, color, draw_focus_ring, font


def dropped_files(data: QMimeData) -> list[Path]:
    """The local files and folders that are being dropped."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def accept_copy(event: QDropEvent) -> None:
    """Accept a drag or a drop as a copy: after a move the source would delete its files.

    A source that allows only moves is refused. (A QDragEnterEvent is a QDropEvent, too.)
    """
    if event.possibleActions() & Qt.DropAction.CopyAction:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
    else:
        event.ignore()


class TakesFiles(Widget):
    """Emits ``dropped`` with the files that are dropped. Goes before Qt's class."""

    dropped: Any

    def _show_drag(self, here: bool) -> None:
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            accept_copy(event)
            self._show_drag(event.isAccepted())

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if dropped_files(event.mimeData()):
            accept_copy(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_drag(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_drag(False)
        if paths := dropped_files(event.mimeData()):
            accept_copy(event)
            if event.isAccepted():
                self.dropped.emit(paths)


class DropZone(TakesFiles, Hovered, QWidget):
    """A dashed field: files may be dropped on it, a click asks for them.

    Emits :attr:`dropped` with a list of paths, and :attr:`clicked`.
    """

    dropped = Signal(list)
    clicked = Signal()

    def __init__(self, text: str, *, icon: str = "picture", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._hover = Animation(self, self.update)
        self._keyboard = KeyboardFocus(self)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_role(self, QAccessible.Role.Button)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Change what it asks for, or show what was chosen."""
        self._text = text
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, 108)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        if left and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys and not event.modifiers():
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def show_drag(self, here: bool) -> None:
        """Glow while files are dragged over what takes them for this field."""
        self._hover.animate_to(float(here))

    def _show_drag(self, here: bool) -> None:
        self.show_drag(here)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            hover = self._hover.value
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.setBrush(color("accent_soft", hover))
            line = color("accent") if hover > 0.5 else color("line_strong")
            painter.setPen(QPen(line, 1.5, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
            ink = color("accent_text") if hover > 0.5 else color("text_soft")
            middle = QPointF(box.center().x(), box.center().y() - 22)
            paint_icon(painter, self._icon, QRectF(middle.x() - 10, middle.y() - 10, 20, 20), ink)
            painter.setPen(ink)
            painter.setFont(font(self, 14))
            below = QRectF(box.left() + 12, middle.y() + 14, box.width() - 24, 44)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(below, int(flags), self._text)
            if self._keyboard.here:
                draw_focus_ring(painter, box)
