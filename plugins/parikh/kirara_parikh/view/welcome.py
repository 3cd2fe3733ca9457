"""The page of the panel without a grammar."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from kirara_parikh.examples import EXAMPLES
from kirara_studio.api.widgets import Button, EmptyState
from kirara_studio.api.widgets.layouts import fill

translate = QCoreApplication.translate

_SHOWN = 6


class Welcome(QWidget):
    """What the panel is for, and examples to begin with."""

    example_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.empty = EmptyState("", "")
        grid = QGridLayout()
        grid.setSpacing(8)
        self.buttons = [(example, Button(icon="sparkle")) for example in EXAMPLES[:_SHOWN]]
        for number, (example, button) in enumerate(self.buttons):
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _=False, e=example: self.example_chosen.emit(e))
            grid.addWidget(button, number // 2, number % 2)
        middle = QWidget()
        middle.setLayout(grid)
        layout = QVBoxLayout(self)
        fill(layout, (self.empty, 1))
        layout.addWidget(middle, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)

    def retranslate(self) -> None:
        """Set the texts again."""
        self.empty.set_content(
            translate("parikh", "Forget the order, count the letters"),
            translate(
                "parikh",
                "Parikh's theorem: the letter counts of every context-free language are those of a "
                "regular one. Write a grammar at the right, or begin with an example.",
            ),
        )
        for example, button in self.buttons:
            button.set_content(translate("parikh", example.title))
