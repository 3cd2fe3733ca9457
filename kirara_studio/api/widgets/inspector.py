"""The column of controls at the right of a panel."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from kirara_studio.api.widgets.label import Label
from kirara_studio.api.widgets.style import color


def scroll_in(area: QScrollArea, body: QWidget) -> None:
    """Let ``area`` scroll ``body`` up and down, on the ground of the place that they are in."""
    body.setObjectName("scrolled")  # the studio's style sheet has a rule for it
    area.setWidget(body)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class Section(QWidget):
    """A titled group of controls."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = Label(title, size=14, bold=True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)
        self._layout.addWidget(self._title)

    def set_title(self, title: str) -> None:
        """Change the title, after the language changed."""
        self._title.setText(title)

    def add(self, widget: QWidget) -> QWidget:
        """Add a control over the whole width; returns it."""
        self._layout.addWidget(widget)
        return widget

    def add_text(self, text: str = "") -> Label:
        """Add a soft line of text; returns it."""
        label = Label(text, size=12, tone="text_soft", wrap=True)
        self._layout.addWidget(label)
        return label


class Inspector(QWidget):
    """Sections below each other; scrolls when they do not fit."""

    WIDTH = 300

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(self.WIDTH)
        body, scroll = QWidget(), QScrollArea()
        self._sections = QVBoxLayout(body)
        self._sections.setContentsMargins(20, 20, 20, 20)
        self._sections.setSpacing(24)
        self._sections.addStretch(1)
        scroll_in(scroll, body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.addWidget(scroll)

    def add_section(self, title: str) -> Section:
        """Add a section at the end."""
        section = Section(title)
        self._sections.insertWidget(self._sections.count() - 1, section)
        return section

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), color("surface"))
            painter.fillRect(0, 0, 1, self.height(), color("line"))
