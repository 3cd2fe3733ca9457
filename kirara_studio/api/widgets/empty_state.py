"""What a canvas shows while it is empty, and the one thing to do about it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kirara_studio.api.widgets.button import Button
from kirara_studio.api.widgets.icons import paint_icon
from kirara_studio.api.widgets.label import Label
from kirara_studio.api.widgets.style import color


class EmptyState(QWidget):
    """A sparkle, a title, a sentence, and one button (hidden without a text)."""

    clicked = Signal()

    def __init__(
        self, title: str, text: str, button: str = "", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title = Label(size=17, bold=True, wrap=True)
        self._text = Label(tone="text_soft", wrap=True)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = Button(kind="primary")
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self.clicked)
        self.column = layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(1)
        layout.addWidget(_Sparkle(), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        layout.addSpacing(8)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self.set_content(title, text, button)

    def set_content(self, title: str, text: str, button: str = "") -> None:
        """Change the texts."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.button.set_content(button)
        self.button.setVisible(bool(button))


class _Sparkle(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(64, 64))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent_soft"))
            painter.drawEllipse(self.rect())
            paint_icon(painter, "sparkle", QRectF(18, 18, 28, 28), color("accent"))
