"""Dialogs with fields below each other, and what is wrong with them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kirara_studio.api.widgets.button import Button
from kirara_studio.api.widgets.label import Label
from kirara_studio.api.widgets.layouts import fill

translate = QCoreApplication.translate


class Dialog(QDialog):
    """A column, with "Cancel" and :attr:`save` below it. It deletes itself when it closes.

    Call :meth:`add_buttons` after the column is filled: the keyboard walks in the same order.
    """

    def __init__(self, title: str, save: str, parent: QWidget | None, *, hint: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.save = Button(save, kind="primary", hint=hint)
        self.cancel = Button(translate("widgets", "Cancel"))
        self.column = fill(QVBoxLayout(), spacing=12)
        self._outer = QVBoxLayout(self)
        fill(self._outer, (self.column, 1), spacing=16, margins=(24, 20, 24, 20))
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.submit)

    def add_buttons(self) -> None:
        """Add the buttons below the column."""
        self._outer.addLayout(fill(QHBoxLayout(), None, self.cancel, self.save))

    def submit(self) -> None:
        """Take what was entered, or show what is wrong with it."""
        raise NotImplementedError


def add_field(column: QVBoxLayout, text: str, *widgets: QWidget) -> None:
    """Add widgets under a name, which is also that of the first one for screen readers."""
    label = Label(text, size=12, tone="text_soft")
    label.setBuddy(widgets[0])
    if not widgets[0].accessibleName():
        widgets[0].setAccessibleName(text)
    column.addWidget(label)
    for widget in widgets:
        column.addWidget(widget)
    column.addSpacing(8)


class Problem(Label):
    """A sentence in red below what is wrong; it takes no room while all is well."""

    def __init__(self) -> None:
        super().__init__(size=12, tone="loss_text", wrap=True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    def show_text(self, text: str) -> None:
        """Show ``text``, as a sentence; an empty one hides it."""
        text = text.strip()
        if text:
            text = text[0].upper() + text[1:] + ("" if text[-1] in ".。!?" else ".")
        self.setText(text)
        self.setVisible(bool(text))
