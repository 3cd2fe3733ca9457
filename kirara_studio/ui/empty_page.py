"""Shown while no panel is there: before plugins are loaded, or when none is switched on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kirara_studio.api.widgets.tokens import current_tokens
from kirara_studio.ui.parts import Picture, PushButton, label


class EmptyPage(QWidget):
    """A sparkle; once the plugins are loaded, also what to do."""

    plugins_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        tokens = current_tokens()
        self._text = label(role="heading")
        self._button = PushButton(kind="primary", icon_name="plugins")
        column = QVBoxLayout(self)
        column.setSpacing(tokens.space_m)
        column.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(Picture("sparkle", "accent", 40), 0, middle)
        column.addWidget(self._text, 0, middle)
        column.addWidget(self._button, 0, middle)
        column.addStretch(3)
        self._button.clicked.connect(self.plugins_wanted)
        self.set_loaded(False)
        self._retranslate()

    def set_loaded(self, loaded: bool) -> None:
        """Say that the plugins were loaded, so that an empty studio can be explained."""
        self._text.setVisible(loaded)
        self._button.setVisible(loaded)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._text.setText(self.tr("No panel is switched on"))
        self._button.setText(self.tr("Manage the plugins"))
