"""What many widgets share: texts that follow the language, and a glow under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kirara_studio.api.widgets.style import Animation

    Widget = QWidget
else:
    Widget = object


class Translated(Widget):
    """Calls ``_retranslate`` when the language changes. Goes before Qt's class."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        raise NotImplementedError


class Named(Translated):
    """Has an accessible name from the start, until the panel gives it a better one."""

    _own_name = ""

    def _retranslate(self) -> None:
        if self.accessibleName() == self._own_name:
            self._own_name = self._default_name()
            self.setAccessibleName(self._own_name)

    def _default_name(self) -> str:
        raise NotImplementedError


class Hovered(Widget):
    """Moves ``_hover`` to 1 while the pointer is over it. Goes before Qt's class."""

    _hover: Animation

    def enterEvent(self, event: QEvent) -> None:
        self._hover.animate_to(1.0)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover.animate_to(0.0)
