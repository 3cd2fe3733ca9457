"""Text in the studio's sizes and colours."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QWidget

from kirara_studio.api.widgets.look import color


class Label(QLabel):
    """A label of ``size`` pixels whose colour, a token's name, follows the theme."""

    def __init__(
        self,
        text: str = "",
        *,
        size: int = 14,
        tone: str = "text",
        bold: bool = False,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._size, self._tone, self._bold = size, tone, bold
        self.setWordWrap(wrap)
        self._dress()

    def set_tone(self, tone: str) -> None:
        """Take another colour."""
        self._tone = tone
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._dress()

    def _dress(self) -> None:
        style = (
            f"color: {color(self._tone).name()}; background: transparent; border: none;"
            f" font-size: {self._size}px; font-weight: {600 if self._bold else 400};"
        )
        if style != self.styleSheet():  # setting it again would be a change of style again
            self.setStyleSheet(style)
