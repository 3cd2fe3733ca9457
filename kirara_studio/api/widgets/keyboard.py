"""Who gets the Space key, and who shows a focus ring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class KeyboardFocus(QObject):
    """Knows whether the keyboard came to ``widget``, and lets the widget have Space then.

    Space is a panel's shortcut for playing. After a click on a button, Space plays; after Tab to
    the button, Space presses it. A focus ring is for the latter, too. The
    widget's property ``ring`` is for the style sheet.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._here = False
        widget.installEventFilter(self)

    @property
    def here(self) -> bool:
        """True while the widget has the keyboard because of a key."""
        return self._here

    @here.setter
    def here(self, here: bool) -> None:
        if here != self._here:
            self._here = here
            self._widget.setProperty("ring", here)
            self._widget.style().unpolish(self._widget)
            self._widget.style().polish(self._widget)

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
    """True if a Space is about to become the panel's shortcut."""
    is_key = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
    return is_key and event.type() == QEvent.Type.ShortcutOverride
