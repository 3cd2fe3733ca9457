"""The author's front end: the letters of a text as they stand."""

from __future__ import annotations

import unicodedata

from kirara_speech.reading.symbols import AUTHOR_ALPHABET

_MARKS = str.maketrans(
    {
        "。": ".",
        "、": ",",
        "！": ".",
        "？": ".",
        "!": ".",
        "?": ".",
        ";": ",",
        ":": ",",
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
    }
)


def letters_of(text: str) -> list[str]:
    """The letters and marks of ``text`` that the author's alphabet has; accents are dropped.

    A text in that alphabet stays as it is.
    """
    if all(character in AUTHOR_ALPHABET for character in text):
        return list(text)
    plain = unicodedata.normalize("NFKD", text.translate(_MARKS)).lower()
    letters = "".join(c if c in AUTHOR_ALPHABET else " " if c.isspace() else "" for c in plain)
    return list(" ".join(letters.split()))
