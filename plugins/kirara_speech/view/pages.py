"""The two pages of the panel: to speak, and to train a voice of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QStackedWidget

from kirara_studio.api.widgets import Segments

if TYPE_CHECKING:
    from kirara_speech.panel import SpeechPanel
    from kirara_speech.view.training_section import TrainingSection

translate = QCoreApplication.translate

SPEAK, TRAIN = 0, 1


class Pages:
    """The switch between the pages; that for training is made when it is first wanted."""

    def __init__(self, panel: SpeechPanel) -> None:
        self._panel = panel
        self.stack = QStackedWidget()
        self.stack.addWidget(panel.desk)
        self.choice = Segments(["", ""])
        self.choice.chosen.connect(self.show)
        self.training: TrainingSection | None = None
        self.inspector = True
        """Whether the inspector is there on the page for speaking."""

    @property
    def speaking(self) -> bool:
        """Whether the page for speaking is in front."""
        return self.choice.current == SPEAK

    def show(self, page: int) -> None:
        """Show a page."""
        panel, training = self._panel, page == TRAIN
        if training == (self.stack.currentIndex() == TRAIN):
            return
        self.choice.set_current(page)
        if training:
            panel.hearing.stop()
            self.inspector = not panel.inspector.isHidden()
        self.stack.setCurrentWidget(self._training_section() if training else panel.desk)
        panel.set_inspector_visible(not training and self.inspector)
        for widget in (panel.inspector_button, panel.primary, panel.exports.button):
            widget.setVisible(not training)
        panel.primary.setEnabled(not training)
        for shortcut in panel.shortcuts:
            shortcut.setEnabled(not training)

    def _training_section(self) -> TrainingSection:
        if self.training is None:
            from kirara_speech.view.training_section import TrainingSection

            self.training = TrainingSection(self._panel.context)
            self.training.voice_made.connect(self._on_voice)
            self.stack.addWidget(self.training)
        return self.training

    def _on_voice(self, name: str) -> None:
        """A voice was made: the line in front is spoken by it."""
        self._panel.voices.refresh()
        self._panel.changes.set_voice(name)

    def retranslate(self) -> None:
        """Set the texts anew."""
        self.choice.set_texts([translate("speech", "Speak"), translate("speech", "Train")])
        self.choice.set_name(translate("speech", "Page"))
