"""Vectors of letter counts that people write: ``a=3, b=3``."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from kirara_parikh.grammars.grammar import Vector
from kirara_parikh.grammars.writing import pairs_in
from kirara_studio.api.errors import UserError

LARGEST_COUNT = 1_000_000_000


def read_vector(text: str, letters: Sequence[str]) -> tuple[Vector, dict[str, int]]:
    """The vector that a text describes, and the counts of letters that are not in ``letters``.

    Letters that are not named count 0. ``3, 3`` are counts in the order of ``letters``. Raises
    UserError for anything else.
    """
    parts = [part.strip() for part in text.replace("，", ",").replace("、", ",").split(",")]
    if parts != [""] and all(part.isdecimal() and len(part) < 10 for part in parts):
        if len(parts) != len(letters):
            raise UserError(
                "The vector has {given} numbers, but there are {count} letters.",
                advice="Name the letters: a=3, b=3.",
                given=len(parts),
                count=len(letters),
            )
        return tuple(map(int, parts)), {}
    pairs = pairs_in(text)
    if pairs is None:
        raise UserError(
            "“{text}” is not a vector of letter counts.",
            advice="Write a number for each letter: a=3, b=3.",
            text=text,
        )
    counts: dict[str, int] = {}
    for name, count in pairs:
        letter = unicodedata.normalize("NFC", name)
        if letter in counts:
            raise UserError(
                "The letter “{letter}” is counted twice.", advice="Keep one count.", letter=letter
            )
        counts[letter] = count
    if max(counts.values(), default=0) > LARGEST_COUNT:
        raise UserError(
            "A count is larger than {largest}.",
            advice="Choose a smaller one.",
            largest=LARGEST_COUNT,
        )
    known = tuple(counts.get(letter, 0) for letter in letters)
    return known, {letter: n for letter, n in counts.items() if n and letter not in set(letters)}
