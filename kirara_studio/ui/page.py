"""Parts of the studio's own pages: a page that scrolls, cards, rows, and “Copy details”."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from kirara_studio.api.widgets import Button, Label
from kirara_studio.api.widgets.inspector import scroll_in
from kirara_studio.api.widgets.mixins import Translated
from kirara_studio.api.widgets.tokens import current_tokens

PAGE_WIDTH = 820


class Card(QFrame):
    """A white box with rounded corners, and a column inside."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 16, 20, 16)
        self.column.setSpacing(current_tokens().space_m)


class CopyDetails(Translated, Button):
    """Copies ``details``, and shows that it did."""

    def __init__(self, details: str, *, kind: str = "plain", small: bool = False) -> None:
        super().__init__(icon="copy", kind=kind, small=small)
        self._details = details
        self.clicked.connect(self._copy)
        self._retranslate()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
        self.setText(self.tr("Copied"))

    def _retranslate(self) -> None:
        self.setText(self.tr("Copy details"))


class Page(Translated, QScrollArea):
    """One page."""

    def __init__(self) -> None:
        super().__init__()
        tokens = current_tokens()
        scrolled = QWidget()
        column = QWidget()
        column.setObjectName("scrolled")
        column.setMaximumWidth(PAGE_WIDTH)
        outer = QVBoxLayout(scrolled)
        outer.setContentsMargins(tokens.space_xxl, tokens.space_xl, tokens.space_xxl, 0)
        outer.addWidget(column)
        self.column = QVBoxLayout(column)
        self.column.setContentsMargins(0, 0, 0, tokens.space_xxl)
        self.column.setSpacing(tokens.space_l)
        self.title = Label(size=22, bold=True)
        self.subtitle = Label(tone="text_soft", wrap=True)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.title)
        head.addWidget(self.subtitle)
        self.column.addLayout(head)
        scroll_in(self, scrolled)
