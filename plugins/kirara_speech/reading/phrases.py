"""Accent phrases: what is spoken, between a text and the symbols of the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kirara_speech.reading.morae import Mora
from kirara_speech.reading.symbols import BEGIN, END, PAUSE, PHRASE, QUESTION


@dataclass(frozen=True)
class AccentPhrase:
    """Morae that are spoken in one go.

    ``accent`` counts the morae up to the fall of the pitch, 0 if it does not fall.
    ``read_accent`` is the dictionary's, which a voice without accents speaks with: None if it is
    the same. ``pause``: a pause follows, ``pause_length`` times as long as the voice would make
    it. ``question``: the phrase asks. ``end``: the sentence ends here.
    """

    morae: tuple[Mora, ...]
    accent: int = 0
    pause: bool = False
    question: bool = False
    end: bool = False
    pause_length: float = 1.0
    read_accent: int | None = None

    @property
    def accent_of_voice(self) -> int:
        return self.accent if self.read_accent is None else self.read_accent

    @property
    def kana(self) -> str:
        return "".join(mora.kana for mora in self.morae)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> AccentPhrase:
        """Read :meth:`to_dict`'s values. Raises KeyError, TypeError or ValueError."""
        morae = tuple(Mora(**mora) for mora in values["morae"])
        phrase = cls(**{**values, "morae": morae})
        if not morae or not 0 <= phrase.accent <= len(morae):
            raise ValueError("a phrase has morae, and its accent is on one of them")
        return phrase


Phrases = tuple[AccentPhrase, ...]


def morae_in(phrases: Sequence[AccentPhrase]) -> list[Mora]:
    """The morae of all phrases, in their order."""
    return [mora for phrase in phrases for mora in phrase.morae]


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
