"""A problem with the list of magazines."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from kirara_studio.api.database import load_error
from kirara_studio.api.widgets import Button, Label, error_words
from kirara_studio.api.widgets.layouts import fill

translate = QCoreApplication.translate


class ProblemBar(QFrame):
    """Why the list cannot be read, on amber, with buttons to open the file and to try again."""

    open_requested = Signal()
    again_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("banner", "attention")
        self._stored = ""
        self.label = Label(size=14, wrap=True)
        self.open = Button()
        self.again = Button()
        parts = ((self.label, 1), self.open, self.again)
        fill(QHBoxLayout(self), *parts, spacing=8, margins=(16, 10, 12, 10))
        self.open.clicked.connect(self.open_requested)
        self.again.clicked.connect(self.again_requested)
        self.hide()

    def show_problem(self, stored: str) -> None:
        """Show a stored error; an empty text hides the bar."""
        self._stored = stored
        self.setVisible(bool(stored))
        self.retranslate()

    def retranslate(self) -> None:
        self.label.setText(str(error_words(load_error(self._stored))))
        self.open.set_content(translate("releases", "Open the file"))
        self.again.set_content(translate("releases", "Try again"))
