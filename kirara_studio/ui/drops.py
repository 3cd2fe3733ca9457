"""Files of other programs are copied when they are dropped, never moved."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication, QWindow

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
