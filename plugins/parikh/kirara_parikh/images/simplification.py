"""Fewer and simpler linear sets with the same union.

Every step is proven, by splitting (:mod:`kirara_parikh.images.cover`) or else by z3
(:mod:`kirara_parikh.formulas.inclusion`), and what neither decides in time is left as it is. In the
result no part can be left out; a union with fewer parts of another form may exist.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kirara_parikh.formulas.inclusion import in_linear_set, outside
from kirara_parikh.formulas.solving import Undecided
from kirara_parikh.grammars.grammar import Vector
from kirara_parikh.images.cover import Budget, GaveUp, uncovered
from kirara_parikh.images.linear import LinearSet, SemilinearSet, irreducible, is_sum_of
from kirara_parikh.images.simple import TooManyParts, simple_parts
from kirara_parikh.images.sums import minus
from kirara_parikh.progress import Report, silent

SECONDS = 1.0
"""That z3 has for each proof."""
ALL_SECONDS = 2.0
"""That z3 has for all proofs of a set."""
MOST_PIECES = 3_000
"""That the proofs by splitting may look at, in merging and again in dropping."""
MOST_MERGED = 150
"""Parts up to which sets are merged; more are only compared."""
_WIDEST = 3  # sets of periods that are tried as a whole
_MOST_PERIODS = 60  # in a question to z3
_MOST_SIMPLE = 60


@dataclass
class Simplified:
    """``irredundant`` is True if it is proven that no part can be left out."""

    image: SemilinearSet
    irredundant: bool


def simplified(image: SemilinearSet, report: Report = silent) -> Simplified:
    """The same set with fewer parts, each with as few periods as possible."""
    parts = [LinearSet(part.base, irreducible(part.periods)) for part in image.parts]
    work = _Work(without_contained(parts, report), report)
    if 1 < len(work.parts) <= MOST_MERGED:
        work.merge()
    irredundant = work.drop_redundant()
    ordered = sorted(work.parts, key=lambda part: (sum(part.base), _descending(part)))
    return Simplified(SemilinearSet(image.letters, tuple(ordered)), irredundant)


def _descending(part: LinearSet) -> tuple[list[int], tuple[Vector, ...]]:
    return [-entry for entry in part.base], part.periods


def is_within(part: LinearSet, other: LinearSet) -> bool:
    """Whether a linear set clearly lies in another: base and periods are sums of the other's.

    False does not mean that it does not.
    """
    moved = minus(part.base, other.base)
    return (
        moved is not None
        and is_sum_of(moved, other.periods)
        and all(is_sum_of(period, other.periods) for period in part.periods)
    )


def without_contained(parts: Sequence[LinearSet], report: Report = silent) -> list[LinearSet]:
    """The parts that do not clearly lie in another one."""
    kept: list[LinearSet] = []
    ordered = sorted(set(parts), key=lambda part: (-len(part.periods), sum(part.base), part.base))
    for number, part in enumerate(ordered):
        report(number, len(ordered), "")
        if not any(is_within(part, other) for other in kept):
            kept = [other for other in kept if not is_within(other, part)]
            kept.append(part)
    return kept


@dataclass
class _Work:
    parts: list[LinearSet]
    report: Report
    _budget: Budget = field(default_factory=lambda: Budget(MOST_PIECES))
    _left: float = ALL_SECONDS

    def covered(self, part: LinearSet, others: Sequence[LinearSet]) -> bool | None:
        """Whether a linear set lies in the union of others; None if that is not decided."""
        try:
            return uncovered(part, others, self.report, self._budget) is None
        except GaveUp:
            pass
        periods = sum(len(other.periods) for other in others)
        if self._left <= 0 or periods > _MOST_PERIODS:
            return None
        begin = time.monotonic()
        try:
            union = simple_parts(others, _MOST_SIMPLE)
            members, size = in_linear_set(part), len(part.base)
            return outside(members, size, union, SECONDS, self.report) is None
        except (TooManyParts, Undecided):
            return None
        finally:
            self._left -= time.monotonic() - begin

    def merge(self) -> None:
        """Replace parts by larger ones that lie in the union, as long as some exist."""
        refused: set[LinearSet] = set()
        grown = True
        while grown:
            grown = False
            for part in list(self.parts):
                for larger in self._larger(part):
                    if self._budget.left < 0:
                        return
                    if part not in self.parts or larger in refused:
                        continue
                    refused.add(larger)
                    if self.covered(larger, self.parts):
                        found = LinearSet(larger.base, irreducible(larger.periods))
                        grown = grown or found not in self.parts
                        self.parts = without_contained([*self.parts, found])

    def _larger(self, part: LinearSet) -> Iterator[LinearSet]:
        """Candidates: with a smaller base, or with a further period that occurs elsewhere."""
        widest = sorted({other.periods for other in self.parts}, key=len, reverse=True)
        for periods in widest[:_WIDEST]:
            yield LinearSet(part.base, tuple(sorted({*part.periods, *periods})))
        for period in part.periods:
            lower = minus(part.base, period)
            if lower is not None:
                yield LinearSet(lower, part.periods)
        moves = {period for other in self.parts for period in other.periods}
        moves |= {
            move
            for other in self.parts
            if (move := minus(other.base, part.base)) is not None and any(move)
        }
        for move in sorted(moves, key=lambda move: (sum(move), move)):
            if not is_sum_of(move, part.periods):
                yield LinearSet(part.base, tuple(sorted({*part.periods, move})))

    def drop_redundant(self) -> bool:
        """Leave out parts that lie in the union of the others; whether all was decided."""
        self._budget = Budget(MOST_PIECES)
        decided = True
        for part in sorted(self.parts, key=lambda part: (len(part.periods), -sum(part.base))):
            others = [other for other in self.parts if other != part]
            covered = self.covered(part, others) if others else False
            if covered:
                self.parts = others
            decided = decided and covered is not None
        return decided
