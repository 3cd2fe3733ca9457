"""From a text to the symbols of a network, by the front end that it was trained with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kirara_speech.reading.japanese import read_text
from kirara_speech.reading.letters import letters_of
from kirara_speech.reading.phrases import symbols_of
from kirara_speech.reading.symbols import AUTHOR_ALPHABET, JAPANESE_ALPHABET

FRONT_ENDS: Mapping[str, tuple[str, ...]] = {
    "japanese": JAPANESE_ALPHABET,
    "letters": AUTHOR_ALPHABET,
}
"""The front ends, each with the alphabet that it writes in."""


def symbols_for(front_end: str, text: str) -> Sequence[str]:
    """The symbols of a sentence. Raises ValueError where there is nothing in it to say."""
    symbols = _FUNCTIONS[front_end](text)
    if not any(symbol.isalpha() for symbol in symbols):
        raise ValueError("its text has nothing to say")
    return symbols


def _japanese(text: str) -> Sequence[str]:
    return symbols_of(read_text(text))


_FUNCTIONS: Mapping[str, Callable[[str], Sequence[str]]] = {
    "japanese": _japanese,
    "letters": letters_of,
}
