"""Which morae of one reading are found again in another."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import Match, SequenceMatcher

from kirara_speech.reading.morae import Mora

_MANY = 2_000
"""Morae that differ on both sides: with more, frequent ones do not start a match, or a line of a
hundred thousand characters would take minutes."""


def blocks_of(old: Sequence[Mora], new: Sequence[Mora]) -> list[Match]:
    """What both readings share, in order. Pitch, length and devoicing do not count."""
    a, b = _keys(old), _keys(new)
    shorter = min(len(a), len(b))
    head = next((i for i in range(shorter) if a[i] != b[i]), shorter)
    rest = shorter - head
    tail = next((i for i in range(rest) if a[-1 - i] != b[-1 - i]), rest)
    middle_a, middle_b = a[head : len(a) - tail], b[head : len(b) - tail]
    many = min(len(middle_a), len(middle_b)) > _MANY
    matcher = SequenceMatcher(None, middle_a, middle_b, autojunk=many)
    blocks = [Match(0, 0, head)]
    blocks += [Match(head + i, head + j, size) for i, j, size in matcher.get_matching_blocks()]
    blocks.append(Match(len(a) - tail, len(b) - tail, tail))
    return [block for block in blocks if block.size]


def places_of(old: Sequence[Mora], new: Sequence[Mora]) -> dict[int, int]:
    """Where each mora of the new reading was in the old one; those that are new are missing."""
    return {b + i: a + i for a, b, size in blocks_of(old, new) for i in range(size)}


def same_morae(one: Sequence[Mora], other: Sequence[Mora]) -> bool:
    """True if both read the same. Pitch, length and devoicing do not count."""
    return _keys(one) == _keys(other)


def _keys(morae: Sequence[Mora]) -> list[tuple[str, str, str]]:
    return [(mora.kana, mora.consonant, mora.vowel.lower()) for mora in morae]
