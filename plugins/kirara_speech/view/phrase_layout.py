"""The places of everything in the picture of a line's phrases. Lengths in pixels; no Qt.

A phrase is a card of columns, one for each mora. From the top: the accent as high and low, the
pitch as dots, the kana, the phonemes, and the length of each mora. Gaps are between the cards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kirara_speech.reading.phrases import AccentPhrase

Place = tuple[int, int]
"""The number of a phrase in the line, and of a mora in the phrase."""

MARGIN, PAD, GAP, PAUSE = 4.0, 14.0, 20.0, 32.0
NARROWEST, WIDEST = 28.0, 50.0
"""Columns of morae that have the voice's own length."""
SHORTEST_SHOWN, LONGEST_SHOWN = 0.6, 3.0
"""Times as wide: a narrower column would hide its kana."""

TOP, ACCENT, KANA, PHONEMES, LENGTHS, BOTTOM = 6.0, 38.0, 26.0, 18.0, 18.0, 6.0
LOWEST = TOP + ACCENT + 48 + KANA + PHONEMES + LENGTHS + BOTTOM
"""The least height in which all of it is readable."""

_GRIP = 6.0  # pixels on both sides of an edge at which it can be dragged
_LEAST_RANGE = 6.0  # semitones up and down


@dataclass(frozen=True)
class Hit:
    """What is at a point.

    ``kind`` is "accent" (``mora`` is then the accent, 0 for flat), "pitch", "kana", "vowel",
    "edge" (the end of the mora), "split" (before the mora), "question", "pause" or "join" (after
    the phrase).
    """

    kind: str
    phrase: int
    mora: int = 0


@dataclass(frozen=True)
class Column:
    """A mora's column, from ``left`` to ``right``."""

    phrase: int
    mora: int
    left: float
    right: float

    @property
    def center(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Card:
    """A phrase's card, and the gap after it, up to ``gap``."""

    left: float
    right: float
    gap: float
    columns: tuple[Column, ...]


def is_high(accent: int, mora: int) -> bool:
    """Whether a mora is high, in Tokyo: the first is low unless the pitch falls after it."""
    if mora == 0:
        return accent == 1
    return accent == 0 or mora < accent


class PhraseLayout:
    """``phrases`` in a box of ``room`` by ``height`` pixels.

    ``unmodified`` is the pitch of the voice without edits, in semitones around its mean; accents
    stand for missing ones. Bands are pairs of top and bottom.
    """

    def __init__(
        self,
        phrases: tuple[AccentPhrase, ...],
        room: float,
        height: float,
        unmodified: Mapping[Place, float],
    ) -> None:
        self.phrases, self.room, self.height = phrases, room, height
        self.unmodified = unmodified
        self.accent_band = (TOP, TOP + ACCENT)
        lengths = height - BOTTOM - LENGTHS
        self.length_band = (lengths, lengths + LENGTHS)
        self.phoneme_band = (lengths - PHONEMES, lengths)
        self.kana_band = (lengths - PHONEMES - KANA, lengths - PHONEMES)
        self.pitch_band = (TOP + ACCENT, self.kana_band[0])
        self.column_width = WIDEST
        """The width of a mora that has the voice's own length."""
        self.cards = self._make_cards()
        self.columns = [column for card in self.cards for column in card.columns]
        self.width = self.cards[-1].gap + MARGIN if self.cards else 0.0
        values = [abs(self.semitones(column.phrase, column.mora)) for column in self.columns]
        self.pitch_range = max([_LEAST_RANGE, *(value + 1.5 for value in values)])
        """Semitones from the middle of the pitches to their top."""

    def _make_cards(self) -> list[Card]:
        factors = [[_shown(mora.length) for mora in phrase.morae] for phrase in self.phrases]
        total = sum(map(sum, factors))
        gaps = [PAUSE if phrase.pause else GAP for phrase in self.phrases]
        fixed = 2 * MARGIN + len(factors) * PAD + sum(gaps)
        if total:
            self.column_width = min(max((self.room - fixed) / total, NARROWEST), WIDEST)
        cards, x = [], MARGIN
        for number, widths in enumerate(factors):
            left = x
            x += PAD
            columns = []
            for mora, factor in enumerate(widths):
                columns.append(Column(number, mora, x, x + factor * self.column_width))
                x += factor * self.column_width
            cards.append(Card(left, x, x + gaps[number], tuple(columns)))
            x += gaps[number]
        return cards

    def accent_y(self, phrase: int, mora: int) -> float:
        top, bottom = self.accent_band
        return top + 10 if is_high(self.phrases[phrase].accent, mora) else bottom - 8

    def unmodified_semitones(self, phrase: int, mora: int) -> float:
        """A mora's pitch without the user's edit, in semitones around the mean."""
        usual = 2.0 if is_high(self.phrases[phrase].accent, mora) else -2.0
        return self.unmodified.get((phrase, mora), usual)

    def semitones(self, phrase: int, mora: int) -> float:
        """A mora's pitch, in semitones around the mean."""
        return self.unmodified_semitones(phrase, mora) + self.phrases[phrase].morae[mora].pitch

    def pitch_y(self, semitones: float) -> float:
        top, bottom = self.pitch_band
        return (top + bottom) / 2 - ((bottom - top) / 2 - 6) * semitones / self.pitch_range

    @property
    def semitones_per_pixel(self) -> float:
        top, bottom = self.pitch_band
        return self.pitch_range / max((bottom - top) / 2 - 6, 1.0)

    def column(self, place: Place) -> Column:
        """The column of a mora. IndexError if there is none."""
        return self.cards[place[0]].columns[place[1]]

    def hit(self, x: float, y: float) -> Hit | None:
        """What is at a point; None beside the phrases."""
        for number, card in enumerate(self.cards):
            if card.left <= x < card.right:
                return self._hit_card(number, card, x, y)
            if card.right <= x < card.gap:
                # An edge can be dragged from both sides.
                if y >= self.length_band[0] and x < card.right + _GRIP:
                    return Hit("edge", number, len(card.columns) - 1)
                if y < self.accent_band[1]:
                    return Hit("question", number)
                if number + 1 == len(self.cards):
                    return None  # the silence after the line is not a pause in it
                return Hit("pause" if y < self.pitch_band[1] else "join", number)
        return None

    def _hit_card(self, number: int, card: Card, x: float, y: float) -> Hit:
        mora = next((c.mora for c in card.columns if x < c.right), len(card.columns) - 1)
        column = card.columns[mora]
        at_left = mora > 0 and x - column.left < _GRIP
        if y < self.accent_band[1]:
            return Hit("accent", number, 0 if x < card.columns[0].left else mora + 1)
        if y < self.pitch_band[1]:
            return Hit("pitch", number, mora)
        if y < self.phoneme_band[0]:
            if at_left:
                return Hit("split", number, mora)
            if mora + 1 < len(card.columns) and column.right - x < _GRIP:
                return Hit("split", number, mora + 1)
            return Hit("kana", number, mora)
        if y < self.length_band[0]:
            return Hit("vowel", number, mora)
        return Hit("edge", number, mora - at_left)


def _shown(length: float) -> float:
    return min(max(length, SHORTEST_SHOWN), LONGEST_SHOWN)
