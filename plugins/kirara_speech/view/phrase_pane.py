"""The phrases with their title."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kirara_speech.session import LineState
from kirara_speech.view.phrase_view import PhraseView
from kirara_speech.view.phrase_words import ways_text
from kirara_studio.api.widgets import Button, Label

translate = QCoreApplication.translate


class PhrasePane(QWidget):
    """Holds a :class:`PhraseView`."""

    def __init__(self) -> None:
        super().__init__()
        self.view = PhraseView()
        self.title = Label(size=12, tone="text_soft")
        self.capabilities = Label(size=12, tone="text_soft", elide=True)
        self.capabilities.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.reset = Button(icon="undo", kind="quiet")
        self.reset.clicked.connect(self.view.edits.reset_wanted)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.title)
        bar.addWidget(self.capabilities, 1)
        bar.addWidget(self.reset)
        self.reset.setFixedHeight(26)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(bar)
        layout.addWidget(self.view, 1)
        self.setFocusProxy(self.view)

    def show_line(self, state: LineState) -> None:
        """Show the phrases of a line, and how edits act on its voice."""
        self.view.set_capabilities(state.capabilities)
        self.capabilities.setText(ways_text(state.capabilities))
        self.capabilities.setToolTip(self.capabilities.text().replace(" · ", "\n"))
        self.view.edits.read = state.read
        self.view.show_phrases(state.phrases, state.unmodified, state.measured, state.hint)

    def retranslate(self) -> None:
        """Set every text again."""
        self.title.setText(translate("speech", "Accents and pitch (F4)"))
        self.title.setToolTip(
            translate(
                "speech",
                "← → mora · Shift+↑↓ pitch · Shift+←→ length · A accent · D devoice · P pause\n"
                "[ ] length of the pause · J join · S split · Q question · Enter reading · "
                "Del reset",
            )
        )
        text = translate("speech", "Reset the line: as the dictionary reads it (Ctrl+Del)")
        self.reset.setToolTip(text)
        self.reset.setAccessibleName(translate("speech", "Reset the line"))
