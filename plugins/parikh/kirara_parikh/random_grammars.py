"""Random grammars for the tests and for :mod:`kirara_parikh.agreement`."""

from __future__ import annotations

import random

from kirara_parikh.grammars.grammar import Grammar, Production


def random_grammar(
    chance: random.Random, nonterminals: int = 4, terminals: int = 3, longest: int = 4
) -> Grammar:
    """A grammar with at most so many symbols, and right sides of at most ``longest``.

    Left recursion, unit circuits, empty, unproductive and unreachable rules all occur.
    """
    variables = chance.randint(1, nonterminals)
    letters = chance.randint(1, terminals)
    share = chance.choice((0.2, 0.4, 0.6))
    productions = []
    for left in range(variables):
        for _ in range(chance.randint(1, 3)):
            right = tuple(
                chance.randrange(variables)
                if chance.random() < share
                else ~chance.randrange(letters)
                for _ in range(chance.choice((0, 1, 1, 2, 2, 3, longest)))
            )
            productions.append(Production(left, right))
    names = tuple("SABCDEFGHIJKLMNOP"[:variables])
    return Grammar(names, tuple("abcdefgh"[:letters]), tuple(productions))
