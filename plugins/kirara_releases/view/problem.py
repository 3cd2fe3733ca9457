"""Small parts that the dialogs share."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy

from kirara_studio.api.widgets import Label


class Problem(Label):
    """A sentence in red below what is wrong; takes no room while all is well."""

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

    def clear(self) -> None:
        """All is well."""
        self.show_text("")
