"""Who gets the Space key, and who shows a focus ring."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class KeyboardFocus(QObject):
    """Knows whether the keyboard came to ``widget``, and lets the widget have Space then.

    Space is a panel's shortcut for playing. Whoever clicked a button and presses Space wants to
    play; whoever walked to it with Tab wants to press it. A focus ring is for the latter, too.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.here = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            if event.reason() not in _PASSING:
                self.here = event.gotFocus() and event.reason() in _BY_KEYBOARD
        elif event.type() == QEvent.Type.MouseButtonPress:
            self.here = False
        elif self.here and _would_play(event):
            event.accept()
            return True
        return False


def _would_play(event: QEvent) -> bool:
    """True where a Space is about to become the panel's shortcut."""
    is_key = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
    return is_key and event.type() == QEvent.Type.ShortcutOverride
