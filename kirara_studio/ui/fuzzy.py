"""Fuzzy matching for the command palette: Latin and Japanese alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_HIRAGANA = {katakana: katakana - 0x60 for katakana in range(0x30A1, 0x30F7)}


def fold(text: str) -> str:
    """``text`` as it is compared: width, case and kind of kana make no difference."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_HIRAGANA)


def score(query: str, text: str) -> float | None:
    """How well ``query`` fits ``text``; None if not all its letters follow each other.

    Runs of letters, and letters at the beginning of a word, count for more; so does a text
    of which the query is the larger part. Both are folded already.
    """
    start = text.find(query)
    if start >= 0:
        begins = start == 0 or not text[start - 1].isalnum()
        return 100.0 + (20.0 if begins else 0.0) - start * 0.1 + 10.0 * len(query) / len(text)
    points, position, run = 0.0, -1, 0
    for letter in query:
        found = text.find(letter, position + 1)
        if found < 0:
            return None
        run = run + 1 if found == position + 1 else 0
        begins = found == 0 or not text[found - 1].isalnum()
        points += 1.0 + run + (4.0 if begins else 0.0) - 0.05 * (found - position - 1)
        position = found
    return points


def best_score(query: str, texts: Iterable[str]) -> float | None:
    """The best score of ``query`` among ``texts``; its words may come in any order."""
    words = fold(query).split()
    found = [[score(word, folded) for word in words] for folded in map(fold, texts)]
    totals = [sum(points) for points in found if None not in points]  # type: ignore[arg-type]
    return max(totals, default=None)
