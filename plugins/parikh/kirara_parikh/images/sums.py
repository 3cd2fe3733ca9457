"""Sums of vectors: which vectors a set of periods makes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import prod

import numpy as np

from kirara_parikh.grammars.grammar import Vector

MOST_STEPS = 2_000
"""Of the search for the parts of a large vector."""
_CELLS = 40_000  # of a table
_LONGEST_SIDE = 1_000
_FEW = 40  # questions that are answered without a table
_MOST_SMALLER = 5_000
_DEEPEST = 200  # of the recursion
_MOST_KNOWN = 200_000


def plus(first: Vector, second: Vector) -> Vector:
    """The sum of two vectors."""
    return tuple(map(int.__add__, first, second))


def minus(first: Vector, second: Vector) -> Vector | None:
    """The difference of two vectors; None if it has a negative entry."""
    found = tuple(map(int.__sub__, first, second))
    return None if found and min(found) < 0 else found


def is_small(vector: Vector, smaller: int = _MOST_SMALLER) -> bool:
    """Whether all vectors below it can be looked at: at most ``smaller``."""
    return prod(entry + 1 for entry in vector) <= smaller and sum(vector) <= _DEEPEST


class Sums:
    """The vectors that are sums of periods, each any number of times.

    Few questions are answered by a search that keeps what it found out; then a table of all small
    vectors is made, as for the knapsack problem.
    """

    def __init__(self, periods: Iterable[Vector] = ()) -> None:
        self._periods = sorted({p for p in periods if any(p)}, key=sum, reverse=True)
        self._known: dict[Vector, bool] = {}
        self._table: np.ndarray | None = None
        self._asked = 0

    def add(self, period: Vector) -> None:
        """Add a period."""
        self._periods.append(period)
        self._periods.sort(key=sum, reverse=True)
        self._known = {vector: True for vector, found in self._known.items() if found}
        if self._table is not None:
            _close(self._table, period)

    def has(self, vector: Vector) -> bool:
        """Whether a vector is found to be a sum."""
        self._asked += 1
        if self._table is None and self._asked > _FEW and vector:
            side = min(_LONGEST_SIDE, int(_CELLS ** (1 / len(vector))))
            if side > 3:
                self._table = np.zeros((side,) * len(vector), dtype=bool)
                self._table[(0,) * len(vector)] = True
                for period in self._periods:
                    _close(self._table, period)
        if self._table is not None and max(vector) < len(self._table):
            return bool(self._table[vector])
        if is_small(vector):
            return self._search(vector)
        useful = tuple(p for p in self._periods if minus(vector, p) is not None)
        return _is_sum(vector, useful, [MOST_STEPS])

    def _search(self, vector: Vector) -> bool:
        if vector in self._known:
            return self._known[vector]
        found = not any(vector)
        for period in self._periods:
            if found:
                break
            rest = minus(vector, period)
            found = rest is not None and self._search(rest)
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        self._known[vector] = found
        return found


def _close(table: np.ndarray, period: Vector) -> None:
    """Add to the vectors of a table those with a period added any number of times."""
    while all(entry < side for entry, side in zip(period, table.shape, strict=True)):
        ends = zip(period, table.shape, strict=True)
        below = table[tuple(slice(0, side - entry) for entry, side in ends)]
        table[tuple(slice(entry, None) for entry in period)] |= below
        period = plus(period, period)


def _is_sum(rest: Vector, periods: tuple[Vector, ...], steps: list[int]) -> bool:
    while any(rest):
        periods = tuple(p for p in periods if minus(rest, p) is not None)
        forced = _forced(rest, periods)
        if forced is None:
            break
        period, times = forced
        left = minus(rest, tuple(times * entry for entry in period))
        if times == 0 or left is None:
            return False
        rest, periods = left, tuple(p for p in periods if p != period)
    if not any(rest):
        return True
    first, others = periods[0], periods[1:]
    most = min(have // need for have, need in zip(rest, first, strict=True) if need)
    for times in range(most, -1, -1):
        steps[0] -= 1
        if steps[0] < 0:
            return False
        left = tuple(have - times * need for have, need in zip(rest, first, strict=True))
        if _is_sum(left, others, steps):
            return True
    return False


def _forced(rest: Vector, periods: Sequence[Vector]) -> tuple[Vector, int] | None:
    """A period that alone has some letter, and how often it must occur: 0 if that is impossible."""
    for place, count in enumerate(rest):
        if count:
            owners = [p for p in periods if p[place]]
            if not owners:
                return rest, 0
            if len(owners) == 1:
                times, over = divmod(count, owners[0][place])
                return owners[0], 0 if over else times
    return None
