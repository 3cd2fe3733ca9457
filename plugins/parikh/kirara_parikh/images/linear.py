"""Linear and semilinear sets of vectors of natural numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kirara_parikh.grammars.grammar import Vector
from kirara_parikh.images.sums import Sums


@dataclass(frozen=True)
class LinearSet:
    """``base`` plus any sum of ``periods``, each as often as wanted. No period is zero."""

    base: Vector
    periods: tuple[Vector, ...] = ()


@dataclass(frozen=True)
class SemilinearSet:
    """A union of linear sets; the vectors count ``letters``, in this order."""

    letters: tuple[str, ...]
    parts: tuple[LinearSet, ...]


def is_sum_of(vector: Vector, periods: Sequence[Vector]) -> bool:
    """Whether a vector is found to be a sum of periods, each any number of times.

    For large vectors the search may give up; then False does not mean "no".
    """
    return _sums_of(tuple(periods), len(vector)).has(vector)


@lru_cache(maxsize=2_000)
def _sums_of(periods: tuple[Vector, ...], _letters: int) -> Sums:
    return Sums(periods)


def irreducible(periods: Sequence[Vector]) -> tuple[Vector, ...]:
    """The smallest set of periods with the same sums, in ascending order.

    It is unique: those that are no sum of smaller ones.
    """
    kept: list[Vector] = []
    sums = Sums()
    for period in sorted({p for p in periods if any(p)}, key=lambda p: (sum(p), [-e for e in p])):
        if not sums.has(period):
            kept.append(period)
            sums.add(period)
    return tuple(kept)
