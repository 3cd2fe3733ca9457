"""Accent phrases: what is spoken, between a text and the symbols of the network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kirara_speech.morae import Mora
from kirara_speech.symbols import BEGIN, END, PAUSE, PHRASE, QUESTION


@dataclass(frozen=True)
class AccentPhrase:
    """Morae that are spoken in one go.

    ``accent`` counts the morae up to the fall of the pitch, 0 where it does not fall. ``pause``
    says that a pause follows, ``question`` that the phrase asks.
    """

    morae: tuple[Mora, ...]
    accent: int = 0
    pause: bool = False
    question: bool = False


def symbols_of(phrases: Sequence[AccentPhrase]) -> list[str]:
    """The symbols of one sentence, with the silence at both ends."""
    symbols = [BEGIN]
    for index, phrase in enumerate(phrases):
        for mora in phrase.morae:
            symbols.extend(mora.phonemes)
        if index + 1 == len(phrases):
            symbols.append(QUESTION if phrase.question else END)
        elif phrase.question:
            symbols.append(QUESTION)
        else:
            symbols.append(PAUSE if phrase.pause else PHRASE)
    return symbols
