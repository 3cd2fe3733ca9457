"""The alphabets of the networks: a sentence goes in as a row of symbols, each a number.

Ours writes Japanese in Open JTalk's phonemes, which VOICEVOX uses too: "k" "o" "N" "n" "i" "ch"
"i" "w" "a". They are made from morae and phrases alone, so whatever an editor changes can
be spoken again; how the recordings pronounce a moraic nasal or a long vowel is for the network
to learn from its neighbours.
"""

from __future__ import annotations

import unicodedata

AUTHOR_ALPHABET = tuple("abcdefghijklmnopqrstuvwxyz,.- \"'")
"""The blog author's, for romaji: there is no symbol for padding."""

PADDING = "_"
BEGIN, END, QUESTION = "^", "$", "?"
"""The silence before a sentence, and after it, where it states or asks."""
PHRASE, PAUSE = "/", ","
"""Between accent phrases, without a pause and with one."""

VOWELS = ("a", "i", "u", "e", "o")
DEVOICED = ("A", "I", "U", "E", "O")
OFTEN_DEVOICED = ("I", "U")
"""Those that speakers devoice by themselves, so a voice was trained with them."""
MORAIC_NASAL, GEMINATE = "N", "cl"
CONSONANTS = (
    *("k", "ky", "kw", "g", "gy", "gw", "s", "sh", "z", "j", "t", "ty", "ts", "ch", "d", "dy"),
    *("n", "ny", "h", "hy", "f", "fy", "b", "by", "p", "py", "m", "my", "y", "r", "ry", "w", "v"),
)

JAPANESE_ALPHABET = (
    *(PADDING, BEGIN, END, QUESTION, PHRASE, PAUSE),
    *(*VOWELS, *DEVOICED, MORAIC_NASAL, GEMINATE),
    *CONSONANTS,
)

_MARKS = str.maketrans("。、！？!?;:’‘“”–—", ".,....,,''\"\"--")


def letters_of(text: str) -> list[str]:
    """The letters and marks of ``text`` that the author's alphabet has; accents are dropped.

    A text in that alphabet stays as it is.
    """
    if all(character in AUTHOR_ALPHABET for character in text):
        return list(text)
    plain = unicodedata.normalize("NFKD", text.translate(_MARKS)).lower()
    letters = "".join(c if c in AUTHOR_ALPHABET else " " if c.isspace() else "" for c in plain)
    return list(" ".join(letters.split()))
