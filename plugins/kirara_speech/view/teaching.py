"""Words for the user's dictionary, from the panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.reading.user_dictionary import UserDictionary
from kirara_speech.speaking.pieces import SpeakRequest
from kirara_speech.view.dictionary_dialog import DictionaryDialog
from kirara_speech.view.speaker import Asked
from kirara_studio.api.errors import UserError

if TYPE_CHECKING:
    from kirara_speech.panel import SpeechPanel

_TEST = "dictionary"
"""The key under which a word is heard; no line has it."""


class Teaching:
    """Opens the dictionary; what changes in it is heard at once."""

    def __init__(self, panel: SpeechPanel) -> None:
        self._panel = panel
        self.dictionary = UserDictionary(panel.context.data_folder, panel.report)
        self.dialog: DictionaryDialog | None = None

    def open(self) -> None:
        """Show the dictionary."""
        self.ask("")

    def ask(self, word: str) -> None:
        """Show the dictionary, with a new word to be taught where one is given."""
        dialog = DictionaryDialog(self.dictionary, self._panel.window())
        dialog.changed.connect(self._panel.read_anew)
        dialog.heard.connect(self._hear)
        dialog.failed.connect(self._panel.report)
        if word:
            dialog.begin(word, self._reading_of(word))
        self.dialog = dialog
        dialog.open()

    def _reading_of(self, word: str) -> str:
        """How a word of the line in front is read now, as far as it is known."""
        known = self._panel.readings.known.get(word, ())
        return "".join(phrase.kana for phrase in known)

    def _hear(self, phrase: AccentPhrase) -> None:
        """Say a word as it is to be read, by the voice of the line in front."""
        panel = self._panel
        try:
            voice = panel.voices.needed(panel.script.line)
        except UserError as error:
            panel.report(error)
            return
        request = SpeakRequest(phrase.kana, voice, (phrase,), panel.script.line.manner)
        panel.hearing.speaker.play(Asked(_TEST, request))
