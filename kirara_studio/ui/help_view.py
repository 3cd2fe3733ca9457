"""Help: the keys, and what this program is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, qVersion
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from kirara_studio import __version__
from kirara_studio.api.widgets import Button, Label
from kirara_studio.api.widgets.tokens import current_tokens
from kirara_studio.ui.page import Card, Page

Shortcut = tuple[str, str]
"""Keys as they are shown, and what they do."""


class HelpView(Page):
    """The page behind F1. ``shortcuts`` is asked again when the language changes."""

    def __init__(
        self, shortcuts: Callable[[], list[Shortcut]], open_logs: Callable[[], object]
    ) -> None:
        super().__init__()
        self._shortcuts = shortcuts
        self._keys_card = Card()
        self._keys_heading = Label(size=17, bold=True)
        self._keys: QWidget | None = None
        self._keys_card.column.addWidget(self._keys_heading)
        self._about_card = Card()
        self._about_heading = Label(size=17, bold=True)
        self._version = Label(tone="text_soft", wrap=True)
        self._licence = Label(tone="text_soft", wrap=True)
        self._logs = Button(icon="folder")
        self._logs.clicked.connect(lambda: open_logs())
        buttons = QHBoxLayout()
        buttons.addWidget(self._logs)
        buttons.addStretch(1)
        for widget in (self._about_heading, self._version, self._licence):
            self._about_card.column.addWidget(widget)
        self._about_card.column.addLayout(buttons)
        self.column.addWidget(self._keys_card)
        self.column.addWidget(self._about_card)
        self.column.addStretch(1)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.title.setText(self.tr("Help"))
        self.subtitle.setText(self.tr("Everything can be done by keyboard."))
        self._keys_heading.setText(self.tr("Keys"))
        self._about_heading.setText("Kirara Studio")
        self._version.setText(
            self.tr("Version {version}, with Qt {qt}").format(version=__version__, qt=qVersion())
        )
        self._licence.setText(
            self.tr(
                "Free software under the MIT licence. Everything is computed on this machine; "
                "nothing you make leaves it unless you send it."
            )
        )
        self._logs.setText(self.tr("Open the log folder"))
        self._show_keys()

    def _show_keys(self) -> None:
        tokens = current_tokens()
        if self._keys is not None:
            self._keys_card.column.removeWidget(self._keys)
            self._keys.deleteLater()
        self._keys = QWidget()
        grid = QGridLayout(self._keys)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.space_xl)
        grid.setVerticalSpacing(tokens.space_s)
        grid.setColumnStretch(1, 1)
        for row, (keys, purpose) in enumerate(self._shortcuts()):
            name = Label(keys)
            name.setProperty("role", "key")
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(Label(purpose, wrap=True), row, 1)
        self._keys_card.column.addWidget(self._keys)
