"""Text in the studio's sizes and colours."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from kirara_studio.api.widgets.look import color


class Label(QLabel):
    """A label of ``size`` pixels whose colour, a token's name, follows the theme.

    With ``elide`` it may get narrower than its text, which then ends in an ellipsis.
    """

    def __init__(
        self,
        text: str = "",
        *,
        size: int = 14,
        tone: str = "text",
        bold: bool = False,
        wrap: bool = False,
        elide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._size, self._tone, self._bold = size, tone, bold
        self.setWordWrap(wrap)
        self._elide = elide
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._dress()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._elide:
            super().paintEvent(event)
            return
        with QPainter(self) as painter:
            painter.setPen(color(self._tone))
            text = self.fontMetrics().elidedText(
                self.text(), Qt.TextElideMode.ElideRight, self.width()
            )
            painter.drawText(self.rect(), int(self.alignment()), text)

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
