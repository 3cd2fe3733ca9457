"""Files dropped on a window: what it takes itself, and that they are copied, never moved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDragLeaveEvent, QDropEvent, QGuiApplication, QWindow
from PySide6.QtWidgets import QWidget

_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class CopyOnly(QObject):
    """Answers every accepted drop of files with "copied", in all windows, dialogs included.

    Widgets of Qt, such as text fields, accept what the source proposes; after a move it would
    delete its files.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._forwarding = False
        application = QCoreApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self.watch)

    def watch(self, window: QWindow | None) -> None:
        """Look at what is dropped on a window; every window that gets the focus is watched."""
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _DRAGS or self._forwarding or not isinstance(event, QDropEvent):
            return False
        if event.source() is not None or not event.mimeData().hasUrls():
            return False
        self._forwarding = True
        try:
            QCoreApplication.sendEvent(watched, event)
        finally:
            self._forwarding = False
        if event.isAccepted():
            if event.possibleActions() & Qt.DropAction.CopyAction:
                event.setDropAction(Qt.DropAction.CopyAction)
            else:
                event.ignore()
        return True


class WindowDrops(QObject):
    """Takes some kinds of files wherever in a window they are dropped."""

    def watch(self, window: QWidget) -> None:
        """Take what is dropped on a top-level window."""
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        window.winId()  # makes its handle
        window.windowHandle().installEventFilter(self)

    def files_in(self, data: QMimeData) -> list[Path]:
        """The files that are dragged, if all are of these kinds, and else an empty list."""
        raise NotImplementedError

    def take(self, paths: list[Path], window: QObject, event: QDropEvent) -> None:
        """Files were dropped on a window, at the position of the event."""
        raise NotImplementedError

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _DRAGS:
            return False
        if not isinstance(event, QDropEvent) or not (paths := self.files_in(event.mimeData())):
            return False
        from kirara_studio.api.widgets import accept_copy

        if event.type() != QEvent.Type.Drop:
            if isinstance(watched, QWidget):  # nothing in the window took it
                accept_copy(event)
            return isinstance(watched, QWidget)
        # The widget below may still show that it would take the drop.
        QCoreApplication.sendEvent(watched, QDragLeaveEvent())
        accept_copy(event)
        if event.isAccepted():
            self.take(paths, watched, event)
        return True
