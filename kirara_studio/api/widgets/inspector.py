"""The column of controls at the right of a panel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from kirara_studio.api.widgets.button import Button, PlainButton
from kirara_studio.api.widgets.icons import paint_icon
from kirara_studio.api.widgets.label import Label
from kirara_studio.api.widgets.layouts import fill
from kirara_studio.api.widgets.style import RADIUS, color, draw_focus_ring, font

if TYPE_CHECKING:
    from kirara_studio.api.widgets.model_actions import ModelActions

translate = QCoreApplication.translate


def scroll_in(area: QScrollArea, body: QWidget) -> None:
    """Let ``area`` scroll ``body`` up and down, on the ground of the place that they are in."""
    body.setObjectName("scrolled")  # the studio's style sheet has a rule for it
    area.setWidget(body)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class _FoldButton(PlainButton):
    """The title of a section that folds; checked while the section is open."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setText(title)
        self.setCheckable(True)
        self.setChecked(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(160, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect())
            if self._hover.value:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(color("hover", self._hover.value))
                painter.drawRoundedRect(box.adjusted(-6, 0, 0, 0), RADIUS, RADIUS)
            painter.setPen(color("text"))
            painter.setFont(font(self, 14, bold=True))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.text())
            icon = "chevron-down" if self.isChecked() else "chevron-right"
            place = QRectF(box.right() - 20, box.center().y() - 8, 16, 16)
            paint_icon(painter, icon, place, color("text_soft"))
            if self._keyboard.here:
                draw_focus_ring(painter, box.adjusted(1, 1, -1, -1), RADIUS - 1)


class Section(QWidget):
    """A titled group of controls; a click on the title of a ``foldable`` one hides and shows them.

    :attr:`folding` carries whether the user folded or opened it.
    """

    folding = Signal(bool)

    def __init__(self, title: str, *, foldable: bool = False) -> None:
        super().__init__()
        self._title: Label | _FoldButton
        if foldable:
            self._title = _FoldButton(title)
            self._title.toggled.connect(self._on_toggled)
        else:
            self._title = Label(title, size=14, bold=True)
        self._body = QWidget()
        fill(QVBoxLayout(self), self._title, self._body, spacing=10)
        self._layout = QVBoxLayout(self._body)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)

    def set_title(self, title: str) -> None:
        """Change the title, after the language changed."""
        self._title.setText(title)

    @property
    def folded(self) -> bool:
        """True if only the title is shown."""
        return self._body.isHidden()

    def set_folded(self, folded: bool) -> None:
        """Hide the controls of a foldable section, or show them; emits nothing."""
        if isinstance(self._title, _FoldButton):
            with QSignalBlocker(self._title):
                self._title.setChecked(not folded)
            self._body.setHidden(folded)

    def _on_toggled(self, is_open: bool) -> None:
        self.set_folded(not is_open)
        self.folding.emit(not is_open)

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
        self._actions: ModelActions | None = None

    def manage(self, actions: ModelActions) -> None:
        """Add a menu with what can be done with the model in use, from the next filling on."""
        self._actions = actions

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
        if self._actions is not None:
            self._actions.menu.setTitle(translate("widgets", "This model"))
            self.menu.addMenu(self._actions.menu)
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

    def add_section(self, title: str, *, foldable: bool = False) -> Section:
        """Add a section at the end."""
        return self._add(Section(title, foldable=foldable))

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
