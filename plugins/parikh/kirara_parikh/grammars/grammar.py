"""A context-free grammar."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

Vector = tuple[int, ...]
"""Counts of letters, in the order of :attr:`Grammar.terminals`."""


@dataclass(frozen=True)
class Production:
    """``left -> right``. Nonterminal number i is i, terminal number j is ~j, which is negative."""

    left: int
    right: tuple[int, ...] = ()

    @cached_property
    def nonterminals(self) -> tuple[int, ...]:
        """The nonterminals of the right side, in order."""
        return tuple(symbol for symbol in self.right if symbol >= 0)

    @cached_property
    def letters(self) -> tuple[int, ...]:
        """The numbers of the terminals of the right side, in order."""
        return tuple(~symbol for symbol in self.right if symbol < 0)


@dataclass(frozen=True)
class Grammar:
    """Names of symbols, the productions, and the number of the start symbol."""

    nonterminals: tuple[str, ...]
    terminals: tuple[str, ...]
    productions: tuple[Production, ...]
    start: int = 0

    @cached_property
    def productions_of(self) -> tuple[tuple[int, ...], ...]:
        """For each nonterminal the numbers of its productions."""
        found: list[list[int]] = [[] for _ in self.nonterminals]
        for number, production in enumerate(self.productions):
            found[production.left].append(number)
        return tuple(map(tuple, found))

    @property
    def degree(self) -> int:
        """One less than the most nonterminals on a right side, and at least 0.

        The m of Esparza, Ganty, Kiefer and Luttenberger (2011).
        """
        return max(0, max((len(p.nonterminals) for p in self.productions), default=0) - 1)

    def name_of(self, symbol: int) -> str:
        """The name of a symbol of a right side."""
        return self.nonterminals[symbol] if symbol >= 0 else self.terminals[~symbol]

    def counts(self, word: tuple[int, ...]) -> Vector:
        """How often each terminal occurs in a word of terminal numbers."""
        counted = Counter(word)
        return tuple(counted[number] for number in range(len(self.terminals)))
