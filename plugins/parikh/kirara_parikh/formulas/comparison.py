"""Inclusion and equality of two grammars up to letter counts."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kirara_parikh.formulas.inclusion import in_linear_set, outside
from kirara_parikh.formulas.parikh_formula import constrain
from kirara_parikh.formulas.solving import Undecided, z3
from kirara_parikh.grammars.cleaning import cleaned
from kirara_parikh.grammars.enumeration import enumerate_counts
from kirara_parikh.grammars.grammar import Grammar, Production, Vector
from kirara_parikh.images.construction import TooLarge, parikh_image
from kirara_parikh.images.linear import SemilinearSet
from kirara_parikh.images.simple import SimpleSet, TooManyParts, simple_parts
from kirara_parikh.images.simplification import is_within, simplified
from kirara_parikh.progress import Report, silent

SECONDS = 20.0
"""That z3 has for each direction."""
MOST_ENUMERATED = 20_000
"""Vectors that the search for a counterexample makes at most, for sets that are not listed."""


@dataclass(frozen=True)
class Inclusion:
    """Whether the counts of one grammar are all counts of another.

    ``holds`` is None if that is not decided. ``counterexample`` counts ``letters``.
    """

    holds: bool | None
    counterexample: Vector | None = None


@dataclass(frozen=True)
class Comparison:
    """Both directions, over the letters of both grammars."""

    letters: tuple[str, ...]
    first_in_second: Inclusion
    second_in_first: Inclusion

    @property
    def equal(self) -> bool | None:
        """True, False, or None if it is not decided."""
        answers = (self.first_in_second.holds, self.second_in_first.holds)
        return False if False in answers else None if None in answers else True


def compare(first: Grammar, second: Grammar, report: Report = silent) -> Comparison:
    """Compare two grammars up to letter counts."""
    letters = tuple(dict.fromkeys((*first.terminals, *second.terminals)))
    sides = [_Side.of(with_letters(grammar, letters), report) for grammar in (first, second)]
    return Comparison(
        letters,
        _included(sides[0], sides[1], report),
        _included(sides[1], sides[0], report),
    )


def with_letters(grammar: Grammar, letters: Sequence[str]) -> Grammar:
    """The same grammar over more letters, or in another order."""
    places = [letters.index(name) for name in grammar.terminals]
    productions = tuple(
        Production(p.left, tuple(s if s >= 0 else ~places[~s] for s in p.right))
        for p in grammar.productions
    )
    return Grammar(grammar.nonterminals, tuple(letters), productions, grammar.start)


@dataclass
class _Side:
    grammar: Grammar
    image: SemilinearSet | None
    simple: list[SimpleSet] | None

    @classmethod
    def of(cls, grammar: Grammar, report: Report) -> _Side:
        image, simple = None, None
        try:
            image = simplified(parikh_image(grammar, report), report).image
            simple = simple_parts(image.parts)
        except (TooLarge, TooManyParts):
            pass
        return cls(cleaned(grammar).grammar, image, simple)

    def members(self, asked: Any, letters: Sequence[Any]) -> None:
        """The formula of the grammar, as a constraint on the letters."""
        if not self.grammar.productions:
            asked.add(z3().BoolVal(False))
            return
        _, sums = constrain(self.grammar, asked)
        for letter, total in zip(letters, sums, strict=True):
            asked.add(letter == total)


def _included(part: _Side, whole: _Side, report: Report) -> Inclusion:
    if whole.simple is None or whole.image is None:
        return _searched(part, whole, report)
    try:
        if part.image is None:
            size = len(part.grammar.terminals)
            found = outside(part.members, size, whole.simple, SECONDS, report)
            return Inclusion(found is None, found)
        for linear in part.image.parts:
            if any(is_within(linear, other) for other in whole.image.parts):
                continue
            members, size = in_linear_set(linear), len(linear.base)
            found = outside(members, size, whole.simple, SECONDS, report)
            if found is not None:
                return Inclusion(False, found)
    except Undecided:
        return _searched(part, whole, report)
    return Inclusion(True)


def _searched(part: _Side, whole: _Side, report: Report) -> Inclusion:
    """Look for a counterexample among short words; not finding one decides nothing."""
    for length in itertools.count():
        counts = enumerate_counts(part.grammar, length, report)
        others = enumerate_counts(whole.grammar, length, report)
        if missing := counts - others:
            return Inclusion(False, min(missing, key=lambda v: (sum(v), [-n for n in v])))
        if len(counts) + len(others) > MOST_ENUMERATED or length >= 40:
            return Inclusion(None)
    raise AssertionError("the loop above ends")
