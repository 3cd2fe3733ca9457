"""Text in the studio's sizes and colours."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class Label(QLabel):
    """Plain text (never markup) of ``size`` pixels whose colour, a token's name, follows the theme.

    ``size`` is a ``size_…`` of :class:`Tokens`. With ``elide`` the label may get narrower than its
    text, which then ends in an ellipsis. A ``pill`` ("success", "attention", "loss", "quiet")
    has a coloured ground.
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
        pill: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self._elide = elide
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        # The studio's style sheet has a rule for each value of these properties.
        self.setProperty("textSize", str(size))
        self.setProperty("tone", tone)
        self.setProperty("bold", bold)
        self.setProperty("pill", pill)

    def set_pill(self, pill: str) -> None:
        """Change the coloured ground; an empty text takes it away."""
        if self.property("pill") != pill:
            self.setProperty("pill", pill)
            self.style().unpolish(self)
            self.style().polish(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._elide:
            super().paintEvent(event)
            return
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            text = self.fontMetrics().elidedText(
                self.text(), Qt.TextElideMode.ElideRight, self.width()
            )
            painter.drawText(self.rect(), int(self.alignment()), text)


def plain_tip(text: str) -> str:
    """``text`` as a tool tip that shows it as it is: Qt would take a “<” in it for markup."""
    if "<" not in text and "&lt;" not in text:
        return text
    import html  # a large table, not needed for the first paint

    return f'<span style="white-space: pre-wrap">{html.escape(text)}</span>'
