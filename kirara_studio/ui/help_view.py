"""Help: the keys, and what this program is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QGridLayout, QWidget

from kirara_studio import __version__
from kirara_studio.api.widgets import Button, Label
from kirara_studio.api.widgets.layouts import row
from kirara_studio.api.widgets.tokens import current_tokens
from kirara_studio.ui.page import Card, Page


class HelpView(Page):
    """The page behind F1. ``shortcuts`` gives the keys as they are shown, and what they do."""

    def __init__(
        self, shortcuts: Callable[[], list[tuple[str, str]]], open_logs: Callable[[], object]
    ) -> None:
        super().__init__()
        self._shortcuts = shortcuts
        self._keys_card, about_card = Card(), Card()
        self._keys_heading = Label(size=17, bold=True)
        self._keys = QWidget()
        self._version = Label(tone="text_soft", wrap=True)
        self._licence = Label(tone="text_soft", wrap=True)
        self._logs = Button(icon="folder")
        self._logs.clicked.connect(open_logs)
        self._keys_card.column.addWidget(self._keys_heading)
        about = Label("Kirara Studio", size=17, bold=True)
        for widget in (about, self._version, self._licence):
            about_card.column.addWidget(widget)
        about_card.column.addLayout(row(self._logs, None))
        self.column.addWidget(self._keys_card)
        self.column.addWidget(about_card)
        self.column.addStretch(1)
        self._retranslate()

    def _retranslate(self) -> None:
        self.title.setText(self.tr("Help"))
        self.subtitle.setText(self.tr("Everything can be done by keyboard."))
        self._keys_heading.setText(self.tr("Keys"))
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
        self._keys_card.column.removeWidget(self._keys)
        self._keys.deleteLater()
        self._keys = QWidget()
        grid = QGridLayout(self._keys)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.space_xl)
        grid.setVerticalSpacing(tokens.space_s)
        grid.setColumnStretch(1, 1)
        for line, (keys, purpose) in enumerate(self._shortcuts()):
            name = Label(keys)
            name.setProperty("role", "key")
            grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(Label(purpose, wrap=True), line, 1)
        self._keys_card.column.addWidget(self._keys)
