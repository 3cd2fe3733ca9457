"""Where everything is in the picture of a line's phrases. Lengths in pixels; no Qt.

A phrase is a card of columns, one a mora. From the top: the accent as high and low, the pitch as
dots, the kana, the phonemes, and how long each mora is. Between two cards is a gap, which holds
what is between phrases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kirara_speech.reading.phrases import AccentPhrase

Place = tuple[int, int]
"""The number of a phrase in the line, and of a mora in the phrase."""

MARGIN, PAD, GAP, PAUSE = 4.0, 14.0, 20.0, 32.0
NARROWEST, WIDEST = 28.0, 50.0
"""Columns of morae that are as long as the voice makes them."""
SHORTEST_SHOWN, LONGEST_SHOWN = 0.6, 3.0
"""Times as wide: a column that is shortened further would hide its kana."""

TOP, ACCENT, KANA, PHONEMES, LENGTHS, BOTTOM = 6.0, 38.0, 26.0, 18.0, 18.0, 6.0
LOWEST = TOP + ACCENT + 48 + KANA + PHONEMES + LENGTHS + BOTTOM
"""The least height that all of it can be read in."""

_GRIP = 6.0  # pixels around an edge that still take it
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
        """Its middle."""
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


@dataclass(frozen=True)
class PhraseLayout:
    """``phrases`` in a box of ``room`` pixels and ``height``.

    ``unmodified`` gives the pitch of the voice without edits, in semitones around its mean; unless
    it is known, high and low stand for it.
    """

    phrases: tuple[AccentPhrase, ...]
    room: float
    height: float
    unmodified: Mapping[Place, float]

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        """The cards, from left to right."""
        factors = [[_shown(mora.length) for mora in phrase.morae] for phrase in self.phrases]
        total = sum(map(sum, factors))
        gaps = [PAUSE if phrase.pause else GAP for phrase in self.phrases]
        fixed = 2 * MARGIN + len(factors) * PAD + sum(gaps)
        base = min(max((self.room - fixed) / total, NARROWEST), WIDEST) if total else WIDEST
        cards, x = [], MARGIN
        for number, widths in enumerate(factors):
            left = x
            x += PAD
            columns = []
            for mora, factor in enumerate(widths):
                columns.append(Column(number, mora, x, x + factor * base))
                x += factor * base
            cards.append(Card(left, x, x + gaps[number], tuple(columns)))
            x += gaps[number]
        return tuple(cards)

    @cached_property
    def column_width(self) -> float:
        """The width of a mora that is as long as the voice makes it."""
        column = self.cards[0].columns[0]
        return (column.right - column.left) / _shown(self.phrases[0].morae[0].length)

    @property
    def width(self) -> float:
        """What it needs."""
        return self.cards[-1].gap + MARGIN if self.cards else 0.0

    # From top to bottom

    @property
    def accent_band(self) -> tuple[float, float]:
        """Top and bottom of the accents."""
        return TOP, TOP + ACCENT

    @property
    def pitch_band(self) -> tuple[float, float]:
        """Top and bottom of the pitches."""
        return TOP + ACCENT, self.height - BOTTOM - LENGTHS - PHONEMES - KANA

    @property
    def kana_band(self) -> tuple[float, float]:
        """Top and bottom of the kana."""
        top = self.pitch_band[1]
        return top, top + KANA

    @property
    def phoneme_band(self) -> tuple[float, float]:
        """Top and bottom of the phonemes."""
        top = self.kana_band[1]
        return top, top + PHONEMES

    @property
    def length_band(self) -> tuple[float, float]:
        """Top and bottom of the lengths."""
        top = self.phoneme_band[1]
        return top, top + LENGTHS

    def accent_y(self, phrase: int, mora: int) -> float:
        """Where the accent's line is at a mora."""
        top, bottom = self.accent_band
        return top + 10 if is_high(self.phrases[phrase].accent, mora) else bottom - 8

    @cached_property
    def pitch_range(self) -> float:
        """Semitones from the middle of the pitches to their top."""
        values = [abs(self.semitones(c.phrase, c.mora)) for c in self.columns]
        return max([_LEAST_RANGE, *(value + 1.5 for value in values)])

    @property
    def columns(self) -> Sequence[Column]:
        """All columns, from left to right."""
        return [column for card in self.cards for column in card.columns]

    def unmodified_semitones(self, phrase: int, mora: int) -> float:
        """A mora's pitch without the user's change, in semitones around the mean."""
        known = self.unmodified.get((phrase, mora))
        if known is not None:
            return known
        return 2.0 if is_high(self.phrases[phrase].accent, mora) else -2.0

    def semitones(self, phrase: int, mora: int) -> float:
        """A mora's pitch, in semitones around the mean."""
        return self.unmodified_semitones(phrase, mora) + self.phrases[phrase].morae[mora].pitch

    def pitch_y(self, semitones: float) -> float:
        """Where a pitch is."""
        top, bottom = self.pitch_band
        middle, reach = (top + bottom) / 2, (bottom - top) / 2 - 6
        return middle - reach * semitones / self.pitch_range

    @property
    def semitones_per_pixel(self) -> float:
        """What a drag by one pixel changes."""
        top, bottom = self.pitch_band
        return self.pitch_range / max((bottom - top) / 2 - 6, 1.0)

    # From a point to what is there

    def column(self, place: Place) -> Column:
        """The column of a mora. IndexError if there is none."""
        return self.cards[place[0]].columns[place[1]]

    def hit(self, x: float, y: float) -> Hit | None:
        """What is at a point; None beside the phrases."""
        for number, card in enumerate(self.cards):
            if card.left <= x < card.right:
                return self._hit_card(number, card, x, y)
            if card.right <= x < card.gap:
                # An edge can be taken from both sides.
                if y >= self.length_band[0] and x < card.right + _GRIP:
                    return Hit("edge", number, len(card.columns) - 1)
                if y < self.accent_band[1]:
                    return Hit("question", number)
                if number + 1 == len(self.cards):
                    return None  # what follows the line is no pause in it
                return Hit("pause" if y < self.pitch_band[1] else "join", number)
        return None

    def _hit_card(self, number: int, card: Card, x: float, y: float) -> Hit:
        mora = next((c.mora for c in card.columns if x < c.right), len(card.columns) - 1)
        column = card.columns[mora]
        if y < self.accent_band[1]:
            return Hit("accent", number, 0 if x < card.columns[0].left else mora + 1)
        if y < self.pitch_band[1]:
            return Hit("pitch", number, mora)
        if y < self.phoneme_band[0]:
            if mora and x - column.left < _GRIP:
                return Hit("split", number, mora)
            if mora + 1 < len(card.columns) and column.right - x < _GRIP:
                return Hit("split", number, mora + 1)
            return Hit("kana", number, mora)
        if y < self.length_band[0]:
            return Hit("vowel", number, mora)
        if mora and x - column.left < _GRIP:
            return Hit("edge", number, mora - 1)
        return Hit("edge", number, mora)


def _shown(length: float) -> float:
    return min(max(length, SHORTEST_SHOWN), LONGEST_SHOWN)
