"""The useful part of a grammar, found in linear time and without recursion.

Hopcroft, Motwani and Ullman, "Introduction to Automata Theory, Languages, and Computation",
section 7.1: what derives no word goes first, then what the start symbol does not reach.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kirara_parikh.grammars.grammar import Grammar, Production


@dataclass(frozen=True)
class Cleaned:
    """The useful part, and what was left out: names in the order of the text.

    Without a word the ``grammar`` has the start symbol and no production. Its terminals are those
    of the whole grammar.
    """

    grammar: Grammar
    unproductive: tuple[str, ...]
    unreachable: tuple[str, ...]


def cleaned(grammar: Grammar) -> Cleaned:
    """Remove symbols and productions that no derivation of a word uses, and repeated ones."""
    productive = _productive(grammar)
    kept = [p for p in grammar.productions if productive.issuperset((p.left, *p.nonterminals))]
    reachable = _reachable(grammar.start, kept)
    numbers = [n for n in range(len(grammar.nonterminals)) if n in reachable]
    places = {number: place for place, number in enumerate(numbers)}
    productions = dict.fromkeys(
        Production(places[p.left], tuple(places[s] if s >= 0 else s for s in p.right))
        for p in kept
        if p.left in places
    )
    everywhere = _reachable(grammar.start, grammar.productions)
    names = grammar.nonterminals
    return Cleaned(
        Grammar(
            tuple(names[n] for n in numbers),
            grammar.terminals,
            tuple(productions),
            places[grammar.start],
        ),
        tuple(name for n, name in enumerate(names) if n not in productive),
        tuple(name for n, name in enumerate(names) if n not in everywhere),
    )


def _productive(grammar: Grammar) -> set[int]:
    """The nonterminals that derive a word."""
    waiting = [len(set(p.nonterminals)) for p in grammar.productions]
    users: dict[int, list[int]] = defaultdict(list)
    for number, production in enumerate(grammar.productions):
        for symbol in set(production.nonterminals):
            users[symbol].append(number)
    found: set[int] = set()
    ready = [number for number, count in enumerate(waiting) if not count]
    while ready:
        left = grammar.productions[ready.pop()].left
        if left not in found:
            found.add(left)
            for number in users[left]:
                waiting[number] -= 1
                if not waiting[number]:
                    ready.append(number)
    return found


def _reachable(start: int, productions: list[Production] | tuple[Production, ...]) -> set[int]:
    follows: dict[int, set[int]] = defaultdict(set)
    for production in productions:
        follows[production.left].update(production.nonterminals)
    found, waiting = {start}, [start]
    while waiting:
        for symbol in follows[waiting.pop()] - found:
            found.add(symbol)
            waiting.append(symbol)
    return found
