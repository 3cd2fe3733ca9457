"""The column of controls at the right of a panel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QVBoxLayout, QWidget

from kirara_studio.api.widgets.button import Button
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


AnySection = TypeVar("AnySection", bound=Section)


class ModelSection(Section):
    """Chooses a model: a button with a menu, and a note about the model in use."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__("")
        self.button = Button(icon="sparkle")
        self.menu = QMenu(self.button)
        self.button.set_menu(self.menu)
        self.add(self.button)
        self.note = self.add_text()

    def show_models(
        self, entries: Sequence[tuple[str, str]], current: str, name: str, note: str
    ) -> None:
        """Fill the menu with ``entries``, each a title and what :attr:`chosen` carries.

        The entry of ``current`` is checked; ``name`` and ``note`` are those of the model in use.
        Further actions are added to :attr:`menu` afterwards.
        """
        self.menu.clear()
        group = QActionGroup(self.menu)
        for title, key in entries:
            action = self.menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(key == current)
            action.triggered.connect(lambda _=False, key=key: self.chosen.emit(key))
            group.addAction(action)
        self.menu.addSeparator()
        self.button.set_content(name)
        self.note.setText(note)
        self.note.setVisible(bool(note))


class Inspector(QWidget):
    """Sections below each other; scrolls when they do not fit."""

    WIDTH = 300
    filled = Signal()
    """A section was added."""

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
        return self._add(Section(title))

    def add_model_section(self) -> ModelSection:
        """Add a section that chooses a model at the end."""
        return self._add(ModelSection())

    @property
    def empty(self) -> bool:
        """True if there is no section."""
        return self._sections.count() == 1

    def _add(self, section: AnySection) -> AnySection:
        self._sections.insertWidget(self._sections.count() - 1, section)
        self.filled.emit()
        return section

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), color("surface"))
            painter.fillRect(0, 0, 1, self.height(), color("line"))
