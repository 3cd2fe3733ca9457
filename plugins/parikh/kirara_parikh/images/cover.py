"""Whether a linear set lies in a union of others, by splitting it until every piece lies in one.

A piece is a linear set too. It lies in another one if its base does, and each of its periods is a
sum of the other's. A period p that is none is split away, by one of these equations:

- p* = (kp)* + {0, p, …, (k-1)p}, if k times p is a sum;
- {p, q}* = {p, p+q}* ∪ {q, p+q}*, if p + q is a sum;
- p* = {0} ∪ (p + p*), up to a depth.

Bases are vectors of the set, so one that is in no part of the union refutes the inclusion. The
search may give up; then z3 decides (:mod:`kirara_parikh.formulas.inclusion`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kirara_parikh.grammars.grammar import Vector
from kirara_parikh.images.linear import LinearSet, is_sum_of
from kirara_parikh.images.sums import is_small, minus, plus
from kirara_parikh.progress import Report, silent

MOST_PIECES = 300
"""Pieces of one search."""
_MOST_TIMES = 6
_DEEPEST = 5
_MOST_SMALLER = 1_000


class GaveUp(Exception):
    """Neither a proof nor a counterexample was found."""


@dataclass
class Budget:
    """Pieces that several searches may look at together."""

    left: int = 1_000_000


def uncovered(
    part: LinearSet,
    union: Sequence[LinearSet],
    report: Report = silent,
    budget: Budget | None = None,
) -> Vector | None:
    """A vector of ``part`` that is in no set of the union, or None if there is none.

    Raises :class:`GaveUp`.
    """
    waiting, seen = [(part, 0)], {part}
    gave_up, budget = False, budget or Budget()
    while waiting:
        piece, depth = waiting.pop()
        budget.left -= 1
        report(len(seen), 0, "")
        holders = [other for other in union if contains(other, piece.base)]
        if not holders:
            return piece.base
        if any(_all_sums(piece.periods, other.periods) for other in holders):
            continue
        if len(seen) > MOST_PIECES or depth > _DEEPEST or budget.left < 0 or _is_large(piece):
            gave_up = True
            continue
        for smaller, deeper in _split(piece, holders):
            if smaller not in seen:
                seen.add(smaller)
                waiting.append((smaller, depth + deeper))
    if gave_up:
        raise GaveUp
    return None


def contains(part: LinearSet, vector: Vector) -> bool:
    """Whether a vector is found to be in a linear set."""
    moved = minus(vector, part.base)
    return moved is not None and is_sum_of(moved, part.periods)


def _all_sums(periods: Sequence[Vector], others: tuple[Vector, ...]) -> bool:
    return all(is_sum_of(period, others) for period in periods)


def _is_large(piece: LinearSet) -> bool:
    """Whether splitting it further would look for sums of large vectors."""
    return not all(is_small(vector, _MOST_SMALLER) for vector in (piece.base, *piece.periods))


def _split(piece: LinearSet, holders: Sequence[LinearSet]) -> Iterator[tuple[LinearSet, int]]:
    """Pieces with the same union, and whether each is deeper."""
    best = max(holders, key=lambda other: sum(is_sum_of(p, other.periods) for p in piece.periods))
    strange = next(p for p in piece.periods if not is_sum_of(p, best.periods))
    others = tuple(p for p in piece.periods if p != strange)
    for times in range(2, _MOST_TIMES + 1):
        multiple = tuple(times * entry for entry in strange)
        if is_small(multiple) and is_sum_of(multiple, best.periods):
            base = piece.base
            for _ in range(times):
                yield LinearSet(base, (*others, multiple)), 0
                base = plus(base, strange)
            return
    for partner in others:
        both = plus(strange, partner)
        if is_small(both) and is_sum_of(both, best.periods):
            yield LinearSet(piece.base, (*others, both)), 0
            rest = tuple(p for p in others if p != partner)
            yield LinearSet(piece.base, (*rest, strange, both)), 0
            return
    yield LinearSet(piece.base, others), 0
    yield LinearSet(plus(piece.base, strange), piece.periods), 1
