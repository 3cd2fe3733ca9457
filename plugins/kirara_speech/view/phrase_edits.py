"""Edits of a line's phrases by keyboard, menu and mouse."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kirara_speech.reading.editing import (
    PAUSE_LENGTH,
    as_read,
    can_be_devoiced,
    join_phrases,
    split_phrase,
    with_accent,
    with_devoicing,
    with_length,
    with_pause,
    with_pitch,
    with_question,
    with_reading,
)
from kirara_speech.reading.morae import Mora
from kirara_speech.reading.phrases import AccentPhrase, Phrases
from kirara_speech.view.menus import Entry
from kirara_speech.view.phrase_layout import Place
from kirara_studio.api.errors import UserError
from kirara_studio.api.widgets import error_words

translate = QCoreApplication.translate

PITCH_STEP, LENGTH_STEP, PAUSE_STEP = 0.5, 0.1, 0.25


class PhraseEdits(QObject):
    """The phrases of the line in front, and the current mora.

    ``changed`` carries new phrases, the name of the step, and its kind (steps of a kind in quick
    succession are one); ``changing`` carries them during a drag; ``failed`` the problem with an
    edit. ``moved``: another mora is current. ``reset_wanted``: the whole line as the dictionary
    reads it. ``reading_wanted``: the number of a phrase whose reading is to be typed.
    """

    changed = Signal(object, str, str)
    changing = Signal(object)
    moved = Signal()
    failed = Signal(str)
    reset_wanted = Signal()
    reading_wanted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.phrases: Phrases = ()
        self.read: Phrases = ()  # as the dictionary reads the line; empty until it does
        self.places: list[Place] = []  # of all morae, in their order
        self.place: Place = (0, 0)

    def show(self, phrases: Phrases) -> None:
        """Show phrases; the current mora stays if it still exists."""
        self.phrases = phrases
        self.places = [(p, m) for p, ph in enumerate(phrases) for m in range(len(ph.morae))]
        self.go(*self.place)

    def go(self, phrase: int, mora: int) -> None:
        """Make a mora current, or the nearest one."""
        phrase = min(max(phrase, 0), max(len(self.phrases) - 1, 0))
        last = len(self.phrases[phrase].morae) - 1 if self.phrases else 0
        place = (phrase, min(max(mora, 0), last))
        if place != self.place:
            self.place = place
            self.moved.emit()

    def _step(self, by: int) -> None:
        row = self.places.index(self.place) + by
        self.go(*self.places[min(max(row, 0), len(self.places) - 1)])

    @property
    def phrase(self) -> AccentPhrase:
        """The phrase of the current mora. IndexError without phrases."""
        return self.phrases[self.place[0]]

    @property
    def mora(self) -> Mora:
        """The current mora. IndexError without phrases."""
        return self.phrase.morae[self.place[1]]

    # Edits; without a place they change the current mora or its phrase

    def set_accent(self, phrase: int, accent: int) -> None:
        self._do(lambda: with_accent(self.phrases, phrase, accent), translate("speech", "Accent"))

    def _toggle_accent(self) -> None:
        accent = self.place[1] + 1
        self.set_accent(self.place[0], 0 if self.phrase.accent == accent else accent)

    def set_pitch(self, place: Place, semitones: float, *, settled: bool = True) -> None:
        self._do(
            lambda: with_pitch(self.phrases, *place, round(semitones, 1)),
            translate("speech", "Pitch"),
            f"pitch {place}",
            settled=settled,
        )

    def raise_pitch(self, by: float) -> None:
        self.set_pitch(self.place, self.mora.pitch + by)

    def set_length(self, place: Place, factor: float, *, settled: bool = True) -> None:
        self._do(
            lambda: with_length(self.phrases, *place, round(factor, 2)),
            translate("speech", "Length"),
            f"length {place}",
            settled=settled,
        )

    def lengthen(self, by: float) -> None:
        self.set_length(self.place, self.mora.length + by)

    def toggle_devoiced(self, place: Place) -> None:
        devoiced = not self.phrases[place[0]].morae[place[1]].devoiced
        self._do(
            lambda: with_devoicing(self.phrases, *place, devoiced), translate("speech", "Devoice")
        )

    def toggle_pause(self, phrase: int) -> None:
        pause = not self.phrases[phrase].pause
        self._do(lambda: with_pause(self.phrases, phrase, pause), translate("speech", "Pause"))

    def set_pause_length(self, phrase: int, length: float, *, settled: bool = True) -> None:
        length = min(max(length, PAUSE_LENGTH[0]), PAUSE_LENGTH[1])
        self._do(
            lambda: with_pause(self.phrases, phrase, True, round(length, 2)),
            translate("speech", "Pause"),
            f"pause {phrase}",
            settled=settled,
        )

    def lengthen_pause(self, phrase: int, by: float) -> None:
        if self.phrases[phrase].pause:
            self.set_pause_length(phrase, self.phrases[phrase].pause_length + by)

    def join(self, phrase: int) -> None:
        if phrase + 1 < len(self.phrases):
            self._do(lambda: join_phrases(self.phrases, phrase), translate("speech", "Join"))

    def split(self, phrase: int, mora: int) -> None:
        if mora:
            self._do(lambda: split_phrase(self.phrases, phrase, mora), translate("speech", "Split"))

    def toggle_question(self) -> None:
        question = not self.phrase.question
        self._do(
            lambda: with_question(self.phrases, self.place[0], question),
            translate("speech", "Question"),
        )

    def problem_of(self, phrase: int, kana: str) -> str:
        """The problem with another reading of a phrase; empty if it is valid."""
        try:
            with_reading(self.phrases, phrase, kana)
        except UserError as error:
            return str(error_words(error))
        return ""

    def read_as(self, phrase: int, kana: str) -> None:
        self._do(lambda: with_reading(self.phrases, phrase, kana), translate("speech", "Reading"))

    def _reset_mora(self) -> None:
        phrases = with_pitch(self.phrases, *self.place, 0)
        self._do(lambda: with_length(phrases, *self.place, 1), translate("speech", "Reset"))

    def _reset_phrase(self) -> None:
        self._do(
            lambda: as_read(self.phrases, self.place[0], self.read), translate("speech", "Reset")
        )

    def _do(
        self, edit: Callable[[], Phrases], text: str, kind: str = "", *, settled: bool = True
    ) -> None:
        try:
            phrases = edit()
        except UserError as error:
            self.failed.emit(str(error_words(error)))
            return
        if settled:
            self.changed.emit(phrases, text, kind)
        else:
            self.changing.emit(phrases)

    # Keyboard and menu

    def command(self, keys: str) -> Callable[[], object] | None:
        """The command of keys, as QKeySequence writes them; None if they have none."""
        if not self.phrases:
            return None
        moves: dict[str, Callable[[], object]] = {
            "Left": lambda: self._step(-1),
            "Right": lambda: self._step(1),
            "Ctrl+Left": lambda: self.go(self.place[0] - 1, 0),
            "Ctrl+Right": lambda: self.go(self.place[0] + 1, 0),
            "Home": lambda: self.go(0, 0),
            "End": lambda: self.go(*self.places[-1]),
            "Return": lambda: self.reading_wanted.emit(self.place[0]),
            "Enter": lambda: self.reading_wanted.emit(self.place[0]),
        }
        entries = {entry.keys: entry.run for entry in self.entries() if entry is not None}
        return moves.get(keys) or entries.get(keys)

    def entries(self) -> list[Entry | None]:
        """The commands for the current mora, with their keys. IndexError without phrases."""
        phrase, mora = self.phrase, self.mora
        number, place = self.place
        return [
            Entry(translate("speech", "Accent here"), "A", self._toggle_accent,
                  checked=phrase.accent == place + 1),
            Entry(translate("speech", "Flat (no fall)"), "0",
                  lambda: self.set_accent(number, 0), checked=phrase.accent == 0),
            Entry(translate("speech", "Devoice the vowel"), "D",
                  lambda: self.toggle_devoiced(self.place), can_be_devoiced(mora), mora.devoiced),
            None,
            Entry(translate("speech", "Higher"), "Shift+Up", lambda: self.raise_pitch(PITCH_STEP)),
            Entry(translate("speech", "Lower"), "Shift+Down",
                  lambda: self.raise_pitch(-PITCH_STEP)),
            Entry(translate("speech", "Longer"), "Shift+Right", lambda: self.lengthen(LENGTH_STEP)),
            Entry(translate("speech", "Shorter"), "Shift+Left",
                  lambda: self.lengthen(-LENGTH_STEP)),
            None,
            Entry(translate("speech", "Pause after the phrase"), "P",
                  lambda: self.toggle_pause(number), checked=phrase.pause),
            Entry(translate("speech", "Longer pause"), "]",
                  lambda: self.lengthen_pause(number, PAUSE_STEP), phrase.pause),
            Entry(translate("speech", "Shorter pause"), "[",
                  lambda: self.lengthen_pause(number, -PAUSE_STEP), phrase.pause),
            Entry(translate("speech", "Question"), "Q", self.toggle_question,
                  checked=phrase.question),
            None,
            Entry(translate("speech", "Split before this mora"), "S",
                  lambda: self.split(number, place), place > 0),
            Entry(translate("speech", "Join with the next phrase"), "J",
                  lambda: self.join(number), number + 1 < len(self.phrases)),
            Entry(translate("speech", "Another reading…"), "F2",
                  lambda: self.reading_wanted.emit(number)),
            None,
            Entry(translate("speech", "Reset this mora"), "Del", self._reset_mora,
                  bool(mora.pitch) or mora.length != 1),
            Entry(translate("speech", "Reset this phrase"), "Shift+Del", self._reset_phrase),
            Entry(translate("speech", "Reset the line"), "Ctrl+Del", self.reset_wanted.emit),
        ]  # fmt: skip
