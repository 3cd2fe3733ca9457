"""Fuzzy matching for the command palette: Latin and Japanese alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_KATAKANA = range(0x30A1, 0x30F7)
_TO_HIRAGANA = -0x60


def fold(text: str) -> str:
    """``text`` as it is compared: width, case and kind of kana make no difference."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(
        chr(ord(letter) + _TO_HIRAGANA) if ord(letter) in _KATAKANA else letter for letter in folded
    )


def score(query: str, text: str) -> float | None:
    """How well ``query`` fits ``text``; None where its letters are not all there in order.

    Runs of letters, and letters at the beginning of a word, count for more; so does a text
    of which the query is the larger part. Both are folded already.
    """
    if not query:
        return 0.0
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
    best: float | None = None
    for text in texts:
        folded = fold(text)
        found = [score(word, folded) for word in words]
        if any(points is None for points in found):
            continue
        total = sum(points for points in found if points is not None)
        best = total if best is None else max(best, total)
    return best
