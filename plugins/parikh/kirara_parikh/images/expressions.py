"""Semilinear sets as text: in mathematical notation, and as a regular expression."""

from __future__ import annotations

from collections.abc import Sequence

from kirara_parikh.grammars.grammar import Vector
from kirara_parikh.grammars.writing import EMPTY_WORD, letter_text
from kirara_parikh.images.linear import LinearSet, SemilinearSet

NOTHING = "∅"
_SIGNS = "()*{}∅"  # that an expression uses, and a grammar does not
_MOST_WRITTEN = 9  # letters in a row that are not written as a{10}


def set_text(image: SemilinearSet) -> str:
    """One line a part: ``(0, 0) + ℕ·(1, 1)``, joined by ``∪``; ``∅`` without parts."""
    return " ∪\n".join(map(part_text, image.parts)) or NOTHING


def part_text(part: LinearSet) -> str:
    """``(0, 1) + ℕ·(1, 1) + ℕ·(0, 2)``; a part without periods is ``{(0, 1)}``."""
    base = _vector(part.base)
    if not part.periods:
        return f"{{{base}}}"
    periods = " + ".join(f"ℕ·{_vector(period)}" for period in part.periods)
    return f"{base} + {periods}" if any(part.base) else periods


def _vector(vector: Vector) -> str:
    return str(vector[0]) if len(vector) == 1 else f"({', '.join(map(str, vector))})"


def meaning(part: LinearSet, letters: Sequence[str]) -> tuple[str, list[str]]:
    """Words for the base and the periods of a part, such as ``a`` and ``["ab"]``."""
    names = [letter_text(letter) for letter in letters]
    words = [_word(vector, names) for vector in (part.base, *part.periods)]
    return words[0] or EMPTY_WORD, words[1:]


def regular_expression(image: SemilinearSet) -> str:
    """A regular expression with the same letter counts: ``(ab)*``, ``∅`` without parts.

    Order is free up to letter counts, so a linear set is the word of its base and the stars of its
    periods, one after another.
    """
    names = [f"'{name}'" if name in _SIGNS else letter_text(name) for name in image.letters]
    return " | ".join(_expression(part, names) for part in image.parts) or NOTHING


def _expression(part: LinearSet, names: Sequence[str]) -> str:
    base = _word(part.base, names)
    stars = []
    for period in part.periods:
        word = _word(period, names)
        single = sum(period) == 1
        stars.append(f"{word}*" if single else f"({word})*")
    return base + "".join(stars) or EMPTY_WORD


def _word(vector: Vector, names: Sequence[str]) -> str:
    pairs = zip(names, vector, strict=True)
    return "".join(
        f"{name}{{{count}}}" if count > _MOST_WRITTEN else name * count for name, count in pairs
    )
