"""Linear sets whose periods are linearly independent: membership is a matter of arithmetic.

For such a set the factors of the periods follow from the vector by linear equations, so both
membership and its negation need no quantifier. Every linear set is a finite union of them (Ginsburg
and Spanier, "Semigroups, Presburger formulas, and languages", Pacific Journal of Mathematics 16,
1966): where sums of some periods equal sums of others, one side of the equation can be replaced by
the other until one of its periods occurs less often than there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm

from kirara_parikh.grammars.grammar import Vector
from kirara_parikh.images.linear import LinearSet
from kirara_parikh.images.sums import plus

MOST_PARTS = 5_000


class TooManyParts(Exception):
    """The union has more than :data:`MOST_PARTS` parts."""


@dataclass(frozen=True)
class SimpleSet:
    """A linear set with independent periods."""

    base: Vector
    periods: tuple[Vector, ...]

    @cached_property
    def equations(self) -> Equations:
        """What a vector of the set satisfies."""
        return Equations.of(self.periods, len(self.base))

    def contains(self, vector: Vector) -> bool:
        """Whether a vector is in the set."""
        moved = [v - b for v, b in zip(vector, self.base, strict=True)]
        equations = self.equations
        if any(_product(row, moved) for row in equations.zero):
            return False
        factors = (_product(row, moved) for row in equations.factor)
        return all(factor >= 0 and factor % equations.divisor == 0 for factor in factors)


@dataclass(frozen=True)
class Equations:
    """What v - base satisfies for every v of a set.

    Every row of ``zero`` times it is 0. Every row of ``factor`` times it is ``divisor``, which is
    positive, times a natural number: the factor of a period.
    """

    zero: tuple[tuple[int, ...], ...]
    factor: tuple[tuple[int, ...], ...]
    divisor: int

    @classmethod
    def of(cls, periods: Sequence[Vector], size: int) -> Equations:
        """The equations of independent periods, by Gauss-Jordan elimination over the rationals."""
        rows = [
            [Fraction(period[place]) for period in periods]
            + [Fraction(place == other) for other in range(size)]
            for place in range(size)
        ]
        for column in range(len(periods)):
            pivot = next(row for row in range(column, size) if rows[row][column])
            rows[column], rows[pivot] = rows[pivot], rows[column]
            scale = rows[column][column]
            rows[column] = [entry / scale for entry in rows[column]]
            for row in range(size):
                if row != column and (times := rows[row][column]):
                    pairs = zip(rows[row], rows[column], strict=True)
                    rows[row] = [entry - times * other for entry, other in pairs]
        count = len(periods)
        right = [row[count:] for row in rows]
        divisor = lcm(*(entry.denominator for row in right[:count] for entry in row))
        return cls(
            tuple(_whole(row, lcm(*(entry.denominator for entry in row))) for row in right[count:]),
            tuple(_whole(row, divisor) for row in right[:count]),
            divisor,
        )


def _whole(row: Sequence[Fraction], divisor: int) -> tuple[int, ...]:
    return tuple(int(entry * divisor) for entry in row)


def _product(row: Sequence[int], vector: Sequence[int]) -> int:
    return sum(a * b for a, b in zip(row, vector, strict=True))


def simple_parts(sets: Iterable[LinearSet], most: int = MOST_PARTS) -> list[SimpleSet]:
    """Simple sets with the same union. Raises :class:`TooManyParts`."""
    found: dict[SimpleSet, None] = {}
    for part in sets:
        for simple in _of_linear(part):
            found[simple] = None
            if len(found) > most:
                raise TooManyParts
    return list(found)


def _of_linear(part: LinearSet) -> Iterator[SimpleSet]:
    waiting = [(part.base, part.periods)]
    while waiting:
        base, periods = waiting.pop()
        relation = _relation(periods)
        if relation is None:
            yield SimpleSet(base, periods)
            continue
        for place, times in relation.items():
            others = (*periods[:place], *periods[place + 1 :])
            moved = base
            for _ in range(times):
                waiting.append((moved, others))
                moved = plus(moved, periods[place])


def _relation(periods: tuple[Vector, ...]) -> dict[int, int] | None:
    """The smaller side of an equation between sums of periods: places and how often they occur.

    None if the periods are independent.
    """
    reduced: list[tuple[int, list[Fraction], list[Fraction]]] = []
    for place, period in enumerate(periods):
        row = [Fraction(entry) for entry in period]
        factors = [Fraction(place == other) for other in range(len(periods))]
        for pivot, known, used in reduced:
            if times := row[pivot]:
                row = [a - times * b for a, b in zip(row, known, strict=True)]
                factors = [a - times * b for a, b in zip(factors, used, strict=True)]
        pivot = next((n for n, entry in enumerate(row) if entry), -1)
        if pivot < 0:
            return _smaller_side(factors)
        scale = row[pivot]
        reduced.append((pivot, [a / scale for a in row], [a / scale for a in factors]))
    return None


def _smaller_side(factors: Sequence[Fraction]) -> dict[int, int]:
    scale = lcm(*(factor.denominator for factor in factors))
    whole = [int(factor * scale) for factor in factors]
    common = gcd(*whole)
    sides = [
        {place: abs(n) // common for place, n in enumerate(whole) if n * sign > 0}
        for sign in (1, -1)
    ]
    # Periods are natural and not zero, so both sides have some.
    return min(sides, key=lambda side: sum(side.values()))
