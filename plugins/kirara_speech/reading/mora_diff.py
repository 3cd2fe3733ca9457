"""Which morae of one reading are found again in another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kirara_speech.reading.morae import Mora

_MANY = 2_000
"""Morae that differ on both sides: with more, frequent ones do not start a match, or a line of a
hundred thousand characters would take minutes."""


@dataclass(frozen=True)
class Block:
    """``size`` morae from ``old`` on in the old reading are those from ``new`` on in the new."""

    old: int
    new: int
    size: int


def blocks_of(old: Sequence[Mora], new: Sequence[Mora]) -> list[Block]:
    """What both readings share, in order. Pitch, length and devoicing are not looked at."""
    a, b = [_key(mora) for mora in old], [_key(mora) for mora in new]
    shorter = min(len(a), len(b))
    head = next((i for i in range(shorter) if a[i] != b[i]), shorter)
    rest = shorter - head
    tail = next((i for i in range(rest) if a[-1 - i] != b[-1 - i]), rest)
    middle_a, middle_b = a[head : len(a) - tail], b[head : len(b) - tail]
    many = min(len(middle_a), len(middle_b)) > _MANY
    matcher = SequenceMatcher(None, middle_a, middle_b, autojunk=many)
    blocks = [Block(0, 0, head)]
    blocks += [Block(head + i, head + j, size) for i, j, size in matcher.get_matching_blocks()]
    blocks.append(Block(len(a) - tail, len(b) - tail, tail))
    return [block for block in blocks if block.size]


def places_of(blocks: Sequence[Block]) -> dict[int, int]:
    """Where each mora of the new reading was in the old one; those that are new are missing."""
    return {block.new + i: block.old + i for block in blocks for i in range(block.size)}


def _key(mora: Mora) -> tuple[str, str, str]:
    return (mora.kana, mora.consonant, mora.vowel.lower())


def same_morae(one: Sequence[Mora], other: Sequence[Mora]) -> bool:
    """True if both read the same. Pitch, length and devoicing are not looked at."""
    return [_key(mora) for mora in one] == [_key(mora) for mora in other]
