"""The Parikh image of a grammar as a semilinear set.

After Parikh's own proof ("On context-free languages", Journal of the ACM 13, 1966) as simplified
by Goldstine ("A simplified proof of Parikh's theorem", Discrete Mathematics 19, 1977): take the
set R of nonterminals that a derivation tree uses. Cutting circuits A => uAv out of the tree, and
inserting others over nonterminals in R, changes the counts by those of the circuits and leaves R
as it is. So the image is the union, over all R, of finitely many bases plus the circuits within R
as periods.

Both parts are found by an agenda: the smallest items first, each combined with those before it,
and dropped if it is another one plus periods.

- Periods (:class:`_Circuits`): trees, and paths (trees with an open leaf), which close to circuits.
  An item with the same counts and *fewer* nonterminals is better: its circuit serves more R.
- Bases (:class:`_Bases`): trees. An item with *more* nonterminals is better: it has more periods.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kirara_parikh.grammars.cleaning import cleaned
from kirara_parikh.grammars.grammar import Grammar, Vector
from kirara_parikh.images.linear import LinearSet, SemilinearSet, irreducible
from kirara_parikh.images.sums import Sums, plus
from kirara_parikh.progress import Report, silent
from kirara_studio.api.errors import UserError

MOST_NONTERMINALS = 8
MOST_ITEMS = 20_000
MOST_NUMBERS = 3_000_000
"""Productions times letters, above which the vectors alone would take too much memory."""


_Rule = tuple[int, Vector, tuple[int, ...]]


class TooLarge(UserError):
    """The set is not listed; z3 answers questions all the same. The message says why."""


@dataclass(frozen=True)
class Binary:
    """A grammar with at most two nonterminals a right side; helpers have numbers from ``count`` on.

    ``rules`` are (left, counts of letters, nonterminals).
    """

    count: int
    rules: tuple[_Rule, ...]

    @cached_property
    def users(self) -> dict[int, list[_Rule]]:
        """The rules that have a symbol on their right side."""
        found: dict[int, list[_Rule]] = defaultdict(list)
        for rule in self.rules:
            for symbol in set(rule[2]):
                found[symbol].append(rule)
        return found


def parikh_image(grammar: Grammar, report: Report = silent) -> SemilinearSet:
    """The letter counts of all words of a grammar; not simplified yet.

    Raises :class:`TooLarge` for more than :data:`MOST_NONTERMINALS` useful nonterminals, or where
    the number of items explodes.
    """
    useful = cleaned(grammar).grammar
    check_size(useful)
    binary = _binary(useful)
    circuits = _Circuits(binary, report)
    bases = _Bases(binary, circuits, report)
    parts = {
        LinearSet(vector, circuits.periods(support)) for vector, support in bases.of(useful.start)
    }
    ordered = sorted(parts, key=lambda part: (sum(part.base), part.base, part.periods))
    return SemilinearSet(grammar.terminals, tuple(ordered))


def check_size(useful: Grammar) -> None:
    """Raise :class:`TooLarge` if the set of this grammar is not listed."""
    if len(useful.nonterminals) > MOST_NONTERMINALS:
        raise TooLarge(
            "The set is not listed: the grammar has {count} nonterminals, and the number of its "
            "parts can double with each one.",
            advice="Up to {most} are listed. Membership and witnesses need no list.",
            count=len(useful.nonterminals),
            most=MOST_NONTERMINALS,
        )
    if len(useful.productions) * len(useful.terminals) > MOST_NUMBERS:
        raise TooLarge(
            "The set is not listed: {productions} rules with {letters} letters make too many "
            "numbers.",
            advice="Membership and witnesses need no list.",
            productions=len(useful.productions),
            letters=len(useful.terminals),
        )


def _binary(grammar: Grammar) -> Binary:
    """Order and repetition do not matter here, so right sides are sorted and made unique."""
    zero = (0,) * len(grammar.terminals)
    helpers: dict[tuple[int, ...], int] = {}
    rules: dict[_Rule, None] = {}
    for production in grammar.productions:
        letters, right = grammar.counts(production.letters), tuple(sorted(production.nonterminals))
        if not any(letters) and right == (production.left,):
            continue
        while len(right) > 2:
            pair = right[-2:]
            helper = helpers.setdefault(pair, len(grammar.nonterminals) + len(helpers))
            rules[helper, zero, pair] = None
            right = (*right[:-2], helper)
        rules[production.left, letters, right] = None
    return Binary(len(grammar.nonterminals), tuple(rules))


TREE, STEP, PATH = "tree", "step", "path"


@dataclass
class _Item:
    """Counts, and the nonterminals used, as bits.

    A tree has the root ``head``. A step (one rule) and a path (one or more) have an open leaf too,
    ``hole``.
    """

    kind: str
    head: int
    vector: Vector
    support: int
    hole: int = -1


class _Known:
    """The accepted items of one kind, as arrays: most new items are compared with all of them."""

    def __init__(self, letters: int) -> None:
        self._count = 0
        self._vectors = np.zeros((16, letters), dtype=np.int64)
        self._supports = np.zeros(16, dtype=np.int64)

    def add(self, item: _Item) -> None:
        if self._count == len(self._supports):
            self._vectors = np.concatenate((self._vectors, np.zeros_like(self._vectors)))
            self._supports = np.concatenate((self._supports, np.zeros_like(self._supports)))
        self._vectors[self._count] = item.vector
        self._supports[self._count] = item.support
        self._count += 1

    def below(self, item: _Item, *, within: bool) -> Iterator[tuple[Vector, int]]:
        """Known items with counts that are not larger: the rest of the counts, and their support.

        Their nonterminals lie ``within`` those of the item, or else the other way round.
        """
        supports = self._supports[: self._count]
        fits = (supports & ~item.support if within else item.support & ~supports) == 0
        rests = np.array(item.vector, dtype=np.int64) - self._vectors[: self._count][fits]
        small = (rests >= 0).all(axis=1)
        pairs = zip(rests[small].tolist(), supports[fits][small].tolist(), strict=True)
        return ((tuple(rest), support) for rest, support in pairs)


class _Agenda:
    """Accepts items in order, and combines each with the ones accepted before."""

    def __init__(self, binary: Binary, report: Report) -> None:
        self.binary = binary
        self.trees: dict[int, list[_Item]] = defaultdict(list)
        self.steps: dict[int, list[_Item]] = defaultdict(list)
        self.paths: dict[int, list[_Item]] = defaultdict(list)
        self._places = {TREE: self.trees, STEP: self.steps, PATH: self.paths}
        self._known: dict[tuple[str, int, int], _Known] = {}
        self._report = report
        self._heap: list[tuple[int, int, int, _Item]] = []
        self._total = 0
        self._seen: set[tuple[str, int, Vector, int, int]] = set()

    def key(self, vector: Vector, support: int) -> tuple[int, int]:
        """The order of items: no item may come before its parts."""
        raise NotImplementedError

    def dominated(self, item: _Item, known: _Known) -> bool:
        """Whether others make the item superfluous."""
        raise NotImplementedError

    def combine(self, item: _Item) -> None:
        """Add what the item and those before it make."""
        raise NotImplementedError

    def bit(self, symbol: int) -> int:
        return 1 << symbol if symbol < self.binary.count else 0

    def add(self, kind: str, head: int, vector: Vector, support: int, hole: int = -1) -> None:
        item = (kind, head, vector, support, hole)
        if item not in self._seen:
            self._seen.add(item)
            first, second = self.key(vector, support)
            heapq.heappush(self._heap, (first, second, len(self._seen), _Item(*item)))

    def run(self) -> None:
        """Add the trees of one node, and all that follows."""
        for left, letters, right in self.binary.rules:
            if not right:
                self.add(TREE, left, letters, self.bit(left))
        while self._heap:
            item = heapq.heappop(self._heap)[-1]
            place = (item.kind, item.head, item.hole)
            known = self._known.setdefault(place, _Known(len(item.vector)))
            if self.dominated(item, known):
                continue
            known.add(item)
            # Paths are found by their end, trees and steps by their head.
            self._places[item.kind][item.hole if item.kind == PATH else item.head].append(item)
            self._total += 1
            self._report(self._total, 0, "")
            if self._total > MOST_ITEMS:
                raise TooLarge(
                    "The set is not listed: it has more than {most} parts before it is simplified.",
                    advice="Membership and witnesses need no list.",
                    most=MOST_ITEMS,
                )
            self.combine(item)

    def grow_trees(self, item: _Item) -> None:
        """Add the trees whose root is a rule above a tree."""
        for left, letters, right in self.binary.users.get(item.head, ()):
            vector, support = plus(letters, item.vector), item.support | self.bit(left)
            if len(right) == 1:
                self.add(TREE, left, vector, support)
                continue
            other = right[1] if right[0] == item.head else right[0]
            for sibling in self.trees[other]:
                support_of_both = support | sibling.support
                self.add(TREE, left, plus(vector, sibling.vector), support_of_both)


class _Circuits(_Agenda):
    """The circuits of a grammar, by the nonterminals they use.

    A circuit begins at its lowest nonterminal, so the paths to it stay above that.
    """

    def __init__(self, binary: Binary, report: Report) -> None:
        super().__init__(binary, report)
        self._found: list[tuple[Vector, int]] = []
        self._sums: dict[int, Sums] = {}
        for left, letters, right in binary.rules:
            if len(right) == 1:
                self.add(STEP, left, letters, self.bit(left), right[0])
        self.run()

    def periods(self, support: int) -> tuple[Vector, ...]:
        """The circuits within a set of nonterminals, without those that are sums of others."""
        return irreducible(self._inside(support))

    def is_sum(self, vector: Vector, support: int) -> bool:
        """Whether a vector is a sum of circuits within a set of nonterminals."""
        if support not in self._sums:
            self._sums[support] = Sums(self._inside(support))
        return self._sums[support].has(vector)

    def _inside(self, support: int) -> list[Vector]:
        return [vector for vector, used in self._found if not used & ~support]

    def _close(self, vector: Vector, support: int) -> None:
        """Keep a circuit, unless it is a sum of others."""
        if not self.is_sum(vector, support):
            self._found.append((vector, support))
            for known, sums in self._sums.items():
                if not support & ~known:
                    sums.add(vector)

    def key(self, vector: Vector, support: int) -> tuple[int, int]:
        return support.bit_count(), sum(vector)

    def dominated(self, item: _Item, known: _Known) -> bool:
        if item.kind == PATH and item.hole == item.head:
            self._close(item.vector, item.support)
            return True
        rests = known.below(item, within=True)
        return any(self.is_sum(rest, item.support) for rest, _ in rests)

    def combine(self, item: _Item) -> None:
        if item.kind == TREE:
            self.grow_trees(item)
            self._grow_steps(item)
        elif item.kind == STEP:
            if item.head < self.binary.count and item.hole >= item.head:
                self.add(PATH, item.head, item.vector, item.support, item.hole)
            for path in list(self.paths[item.head]):
                self._join(path, item)
        else:
            for step in list(self.steps[item.hole]):
                self._join(item, step)

    def _grow_steps(self, item: _Item) -> None:
        """Add the steps of rules with two nonterminals, of which one becomes the tree."""
        for left, letters, right in self.binary.users.get(item.head, ()):
            if len(right) == 2:
                hole = right[1] if right[0] == item.head else right[0]
                vector = plus(letters, item.vector)
                self.add(STEP, left, vector, item.support | self.bit(left), hole)

    def _join(self, path: _Item, step: _Item) -> None:
        if step.hole >= path.head:
            vector, support = plus(path.vector, step.vector), path.support | step.support
            self.add(PATH, path.head, vector, support, step.hole)


class _Bases(_Agenda):
    """The trees of a grammar, up to circuits."""

    def __init__(self, binary: Binary, circuits: _Circuits, report: Report) -> None:
        super().__init__(binary, report)
        self._circuits = circuits
        self.run()

    def of(self, symbol: int) -> list[tuple[Vector, int]]:
        """Counts and used nonterminals of the trees from a symbol."""
        return [(item.vector, item.support) for item in self.trees[symbol]]

    def key(self, vector: Vector, support: int) -> tuple[int, int]:
        return sum(vector), -support.bit_count()

    def dominated(self, item: _Item, known: _Known) -> bool:
        rests = known.below(item, within=False)
        return any(self._circuits.is_sum(rest, support) for rest, support in rests)

    def combine(self, item: _Item) -> None:
        self.grow_trees(item)
