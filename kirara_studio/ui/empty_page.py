"""Shown where no panel is switched on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kirara_studio.api.widgets import Button, Icon, Label
from kirara_studio.api.widgets.tokens import current_tokens


class EmptyPage(QWidget):
    """A sparkle, and what to do."""

    plugins_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        tokens = current_tokens()
        self._text = Label(size=17, bold=True)
        self._button = Button(kind="primary", icon="plugins")
        column = QVBoxLayout(self)
        column.setSpacing(tokens.space_m)
        column.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(Icon("sparkle", "accent", 40), 0, middle)
        column.addWidget(self._text, 0, middle)
        column.addWidget(self._button, 0, middle)
        column.addStretch(3)
        self._button.clicked.connect(self.plugins_wanted)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._text.setText(self.tr("No panel is switched on"))
        self._button.setText(self.tr("Manage the plugins"))
