"""What the keyboard, the menu and the mouse do to the phrases of a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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
from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.view.phrase_layout import Place
from kirara_studio.api.errors import UserError
from kirara_studio.api.widgets import error_words

translate = QCoreApplication.translate

Phrases = tuple[AccentPhrase, ...]

PITCH_STEP, LENGTH_STEP, PAUSE_STEP = 0.5, 0.1, 0.25


@dataclass(frozen=True)
class Entry:
    """Something that can be done here: its text in the menu, its keys as QKeySequence writes them,
    and the function."""

    text: str
    keys: str
    do: Callable[[], object]
    enabled: bool = True
    checked: bool | None = None


class PhraseEdits(QObject):
    """The phrases of the line in front, and the mora that the keyboard is at.

    ``changed`` carries new phrases, the name of the step, and its kind (steps of a kind in quick
    succession are one); ``changing`` carries them while something is dragged; ``failed`` what is
    wrong with an edit. ``moved``: the keyboard is at another mora. ``reset_wanted``: the whole line
    as the dictionary reads it. ``reading_wanted``: the number of a phrase whose reading is typed.
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
        self.read: Phrases = ()  # as the dictionary reads the line, as far as that is known
        self.places: list[Place] = []  # of all morae, in their order
        self.place: Place = (0, 0)

    def show(self, phrases: Phrases) -> None:
        """Take over phrases; the keyboard stays where it is, if that still exists."""
        self.phrases = phrases
        self.places = [(p, m) for p, ph in enumerate(phrases) for m in range(len(ph.morae))]
        self.go(*self.place)

    # Where the keyboard is

    def go(self, phrase: int, mora: int) -> None:
        """Put the keyboard at a mora, or at the nearest that there is."""
        phrase = min(max(phrase, 0), max(len(self.phrases) - 1, 0))
        last = len(self.phrases[phrase].morae) - 1 if self.phrases else 0
        place = (phrase, min(max(mora, 0), last))
        if place != self.place:
            self.place = place
            self.moved.emit()

    def step(self, by: int) -> None:
        """Go to the next mora (1) or the one before (-1), past the ends of phrases."""
        if self.places:
            row = self.places.index(self.place) + by
            self.go(*self.places[min(max(row, 0), len(self.places) - 1)])

    def step_phrase(self, by: int) -> None:
        """Go to the first mora of the next phrase, or of the one before."""
        self.go(self.place[0] + by, 0)

    @property
    def phrase(self) -> AccentPhrase | None:
        """The phrase that the keyboard is at."""
        return self.phrases[self.place[0]] if self.phrases else None

    @property
    def mora(self) -> Mora | None:
        """The mora that the keyboard is at."""
        return None if self.phrase is None else self.phrase.morae[self.place[1]]

    # Edits; all of them at the keyboard's place unless they say where

    def set_accent(self, phrase: int, accent: int) -> None:
        """Let the pitch fall after ``accent`` morae."""
        self._do(lambda: with_accent(self.phrases, phrase, accent), translate("speech", "Accent"))

    def accent_here(self) -> None:
        """Let the pitch fall after this mora, or not at all if it does already."""
        if self.phrase is not None:
            accent = self.place[1] + 1
            self.set_accent(self.place[0], 0 if self.phrase.accent == accent else accent)

    def set_pitch(self, place: Place, semitones: float, *, settled: bool = True) -> None:
        """Say a mora higher or lower."""
        self._do(
            lambda: with_pitch(self.phrases, *place, round(semitones, 1)),
            translate("speech", "Pitch"),
            f"pitch {place}",
            settled=settled,
        )

    def raise_pitch(self, by: float) -> None:
        """Say this mora so many semitones higher than now."""
        if self.mora is not None:
            self.set_pitch(self.place, self.mora.pitch + by)

    def set_length(self, place: Place, factor: float, *, settled: bool = True) -> None:
        """Say a mora so many times as long."""
        self._do(
            lambda: with_length(self.phrases, *place, round(factor, 2)),
            translate("speech", "Length"),
            f"length {place}",
            settled=settled,
        )

    def lengthen(self, by: float) -> None:
        """Say this mora longer, by a share of its usual length."""
        if self.mora is not None:
            self.set_length(self.place, self.mora.length + by)

    def toggle_devoiced(self, place: Place) -> None:
        """Whisper the vowel of a mora, or voice it again."""
        mora = self.phrases[place[0]].morae[place[1]]
        self._do(
            lambda: with_devoicing(self.phrases, *place, not mora.devoiced),
            translate("speech", "Devoice"),
        )

    def toggle_pause(self, phrase: int) -> None:
        """Pause after a phrase, or go on at once."""
        pause = not self.phrases[phrase].pause
        self._do(lambda: with_pause(self.phrases, phrase, pause), translate("speech", "Pause"))

    def set_pause_length(self, phrase: int, length: float, *, settled: bool = True) -> None:
        """Let the pause after a phrase be so many times as long."""
        held = min(max(length, PAUSE_LENGTH[0]), PAUSE_LENGTH[1])
        self._do(
            lambda: with_pause(self.phrases, phrase, True, round(held, 2)),
            translate("speech", "Pause"),
            f"pause {phrase}",
            settled=settled,
        )

    def lengthen_pause(self, phrase: int, by: float) -> None:
        """Let the pause after a phrase be longer, by a share of its usual length."""
        if self.phrases[phrase].pause:
            self.set_pause_length(phrase, self.phrases[phrase].pause_length + by)

    def join(self, phrase: int) -> None:
        """Join a phrase with the next one."""
        if phrase + 1 < len(self.phrases):
            self._do(lambda: join_phrases(self.phrases, phrase), translate("speech", "Join"))

    def split(self, phrase: int, mora: int) -> None:
        """Divide a phrase before a mora."""
        if mora:
            self._do(lambda: split_phrase(self.phrases, phrase, mora), translate("speech", "Split"))

    def toggle_question(self) -> None:
        """Let this phrase ask, or state."""
        if self.phrase is not None:
            question = not self.phrase.question
            self._do(
                lambda: with_question(self.phrases, self.place[0], question),
                translate("speech", "Question"),
            )

    def problem_of(self, phrase: int, kana: str) -> str:
        """What is wrong with another reading of a phrase; empty if nothing is."""
        try:
            with_reading(self.phrases, phrase, kana)
        except UserError as error:
            return str(error_words(error))
        return ""

    def read_as(self, phrase: int, kana: str) -> None:
        """Give a phrase another reading."""
        self._do(lambda: with_reading(self.phrases, phrase, kana), translate("speech", "Reading"))

    def reset_mora(self) -> None:
        """This mora with the pitch and the length that the voice gives it."""
        if self.mora is not None:
            phrases = with_pitch(self.phrases, *self.place, 0)
            self._do(lambda: with_length(phrases, *self.place, 1), translate("speech", "Reset"))

    def reset_phrase(self) -> None:
        """This phrase as the dictionary reads it, as far as it is still there."""
        if self.phrase is not None:
            self._do(
                lambda: as_read(self.phrases, self.place[0], self.read),
                translate("speech", "Reset"),
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
        """What keys do, as QKeySequence writes them; None if they do nothing."""
        if not self.phrases:
            return None
        moves: dict[str, Callable[[], object]] = {
            "Left": lambda: self.step(-1),
            "Right": lambda: self.step(1),
            "Ctrl+Left": lambda: self.step_phrase(-1),
            "Ctrl+Right": lambda: self.step_phrase(1),
            "Home": lambda: self.go(0, 0),
            "End": lambda: self.go(*self.places[-1]),
            "Return": lambda: self.reading_wanted.emit(self.place[0]),
            "Enter": lambda: self.reading_wanted.emit(self.place[0]),
        }
        return moves.get(keys) or next(
            (entry.do for group in self.entries() for entry in group if entry.keys == keys), None
        )

    def entries(self) -> list[list[Entry]]:
        """All that can be done here, in groups, with the keys that do it."""
        phrase, mora = self.phrase, self.mora
        if phrase is None or mora is None:
            return []
        number, place = self.place
        return [
            [
                Entry(translate("speech", "Accent here"), "A", self.accent_here,
                      checked=phrase.accent == place + 1),
                Entry(translate("speech", "Flat (no fall)"), "0",
                      lambda: self.set_accent(number, 0), checked=phrase.accent == 0),
                Entry(translate("speech", "Devoice the vowel"), "D",
                      lambda: self.toggle_devoiced(self.place), can_be_devoiced(mora),
                      mora.devoiced),
            ],
            [
                Entry(translate("speech", "Higher"), "Shift+Up",
                      lambda: self.raise_pitch(PITCH_STEP)),
                Entry(translate("speech", "Lower"), "Shift+Down",
                      lambda: self.raise_pitch(-PITCH_STEP)),
                Entry(translate("speech", "Longer"), "Shift+Right",
                      lambda: self.lengthen(LENGTH_STEP)),
                Entry(translate("speech", "Shorter"), "Shift+Left",
                      lambda: self.lengthen(-LENGTH_STEP)),
            ],
            [
                Entry(translate("speech", "Pause after the phrase"), "P",
                      lambda: self.toggle_pause(number), checked=phrase.pause),
                Entry(translate("speech", "Longer pause"), "]",
                      lambda: self.lengthen_pause(number, PAUSE_STEP), phrase.pause),
                Entry(translate("speech", "Shorter pause"), "[",
                      lambda: self.lengthen_pause(number, -PAUSE_STEP), phrase.pause),
                Entry(translate("speech", "Asks"), "Q", self.toggle_question,
                      checked=phrase.question),
            ],
            [
                Entry(translate("speech", "Split before this mora"), "S",
                      lambda: self.split(number, place), place > 0),
                Entry(translate("speech", "Join with the next phrase"), "J",
                      lambda: self.join(number), number + 1 < len(self.phrases)),
                Entry(translate("speech", "Another reading…"), "F2",
                      lambda: self.reading_wanted.emit(number)),
            ],
            [
                Entry(translate("speech", "Reset this mora"), "Del", self.reset_mora,
                      bool(mora.pitch) or mora.length != 1),
                Entry(translate("speech", "Reset this phrase"), "Shift+Del", self.reset_phrase),
                Entry(translate("speech", "Reset the line"), "Ctrl+Del", self.reset_wanted.emit),
            ],
        ]  # fmt: skip
