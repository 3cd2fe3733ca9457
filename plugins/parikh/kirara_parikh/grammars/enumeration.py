"""Letter counts of all words up to a length, computed directly: the third opinion.

A fixed point over sets of vectors, in rounds as in semi-naive evaluation of Datalog. It uses none
of the ideas of the construction or of the formula, so the tests compare both with it.
"""

from __future__ import annotations

from kirara_parikh.grammars.grammar import Grammar, Production, Vector
from kirara_parikh.progress import Report, silent


def enumerate_counts(grammar: Grammar, length: int, report: Report = silent) -> set[Vector]:
    """The letter counts of all words with at most ``length`` letters.

    Memory and time grow with the number of such vectors.
    """
    zero = (0,) * len(grammar.terminals)
    found: list[set[Vector]] = [set() for _ in grammar.nonterminals]
    fresh = [set[Vector]() for _ in grammar.nonterminals]
    for production in grammar.productions:
        if not production.nonterminals and len(production.letters) <= length:
            fresh[production.left].add(grammar.counts(production.letters))
    rounds = 0
    while any(fresh):
        rounds += 1
        report(rounds, 0, "")
        for known, new in zip(found, fresh, strict=True):
            known |= new
        following = [set[Vector]() for _ in grammar.nonterminals]
        for production in grammar.productions:
            if production.nonterminals and len(production.letters) <= length:
                made = _with_fresh(grammar, production, found, fresh, length, zero)
                following[production.left] |= made - found[production.left]
        fresh = following
    return found[grammar.start]


def _with_fresh(
    grammar: Grammar,
    production: Production,
    found: list[set[Vector]],
    fresh: list[set[Vector]],
    length: int,
    zero: Vector,
) -> set[Vector]:
    """What a production makes of known parts, of which at least one is new."""
    base = grammar.counts(production.letters) if production.letters else zero
    old, new = {base}, set[Vector]()
    for symbol in production.nonterminals:
        new = _sums(new, found[symbol], length) | _sums(old, fresh[symbol], length)
        old = _sums(old, found[symbol] - fresh[symbol], length)
    return new


def _sums(first: set[Vector], second: set[Vector], length: int) -> set[Vector]:
    sized = [(sum(vector), vector) for vector in second]
    return {
        tuple(map(int.__add__, one, other))
        for one in first
        for room in (length - sum(one),)
        for size, other in sized
        if size <= room
    }
