"""A look at an enlarged picture, before it is saved."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kirara_characters.requests import Enlarged
from kirara_studio.api.widgets import Button, ImageCanvas, Label
from kirara_studio.api.widgets.layouts import fill, row

translate = QCoreApplication.translate

_SIDE = 560  # pixels of the picture in the dialog


class EnlargedDialog(QDialog):
    """Plain interpolation at the left of a line that can be dragged, the network at the right.

    Accepted if the picture shall be saved.
    """

    def __init__(self, enlarged: Enlarged, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("characters", "Enlarged picture"))
        self.canvas = ImageCanvas()
        self.canvas.setMinimumSize(_SIDE, _SIDE)
        self.canvas.setAccessibleName(translate("characters", "Enlarged picture"))
        self.canvas.set_picture(enlarged.picture)
        self.canvas.set_comparison(enlarged.plainly)
        side = len(enlarged.picture)
        text = translate(
            "characters",
            "{0} × {0} pixels. Left of the line: without the network. Ctrl+wheel zooms.",
        )
        note = Label(text.format(side), size=12, tone="text_soft", wrap=True)
        self.save_button = Button(translate("characters", "Save…"), kind="primary")
        self.save_button.clicked.connect(self.accept)
        cancel = Button(translate("characters", "Cancel"))
        cancel.clicked.connect(self.reject)
        buttons = row(None, cancel, self.save_button)
        box = QVBoxLayout(self)
        fill(box, (self.canvas, 1), note, buttons, spacing=12, margins=(20, 20, 20, 20))
