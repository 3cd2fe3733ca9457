"""A derivation tree for given numbers of uses of each production.

The numbers must satisfy the flow equations (every nonterminal is made as often as it is used, the
start symbol once more) and be connected. Then a tree exists (Esparza, "Petri nets, commutative
context-free grammars, and basic parallel processes", 1997), and it is found as an
Eulerian circuit is by Hierholzer's algorithm: what is left over are circuits, which are spliced in.
Where several circuits are left, those nearest to the start symbol begin and end at a nonterminal of
the tree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kirara_parikh.grammars.grammar import Grammar


@dataclass(frozen=True)
class Tree:
    """Nodes by number; node 0 is the root.

    ``symbols`` are symbols as in a production's right side, ``children`` numbers of nodes. A leaf
    is a terminal, or a nonterminal that derives the empty word by an empty production.
    """

    symbols: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]

    def word(self) -> tuple[int, ...]:
        """The numbers of the terminals of the derived word."""
        letters, waiting = [], [0]
        while waiting:
            node = waiting.pop()
            if self.symbols[node] < 0:
                letters.append(~self.symbols[node])
            waiting.extend(reversed(self.children[node]))
        return tuple(letters)


def tree_of(grammar: Grammar, uses: Sequence[int]) -> Tree:
    """A tree that uses production i ``uses[i]`` times.

    Raises ValueError if there is none, since the numbers are unbalanced or not connected.
    """
    builder = _Builder(grammar, uses)
    builder.expand([builder.add(grammar.start)])
    if not builder.splice_all():
        raise ValueError("these numbers of productions make no derivation tree")
    return builder.tree()


class _Builder:
    def __init__(self, grammar: Grammar, uses: Sequence[int]) -> None:
        self._productions = grammar.productions
        self._left = list(uses)
        # Those with many nonterminals come first (from the end), so few circuits are left over.
        self._options = [
            sorted(places, key=lambda place: len(self._productions[place].nonterminals))
            for places in grammar.productions_of
        ]
        self._symbols: list[int] = []
        self._children: list[list[int]] = []
        self._nodes: dict[int, int] = {}  # one node of each nonterminal of the tree
        self._complete = True

    def add(self, symbol: int) -> int:
        """A new node; its number."""
        self._symbols.append(symbol)
        self._children.append([])
        return len(self._symbols) - 1

    def expand(self, waiting: list[int]) -> None:
        """Expand nodes, and those below them, with productions that are left."""
        while waiting:
            node = waiting.pop()
            options = self._options[self._symbols[node]]
            while options and not self._left[options[-1]]:
                options.pop()
            if not options:
                self._complete = False
                return
            waiting.extend(self._apply(node, options[-1]))

    def _apply(self, node: int, production: int) -> list[int]:
        """Give a node the right side of a production; the new nonterminal nodes."""
        self._left[production] -= 1
        self._nodes.setdefault(self._symbols[node], node)
        children = [self.add(symbol) for symbol in self._productions[production].right]
        self._children[node] = children
        return [child for child in children if self._symbols[child] >= 0]

    def splice_all(self) -> bool:
        """Insert the circuits that are left; False if something does not fit."""
        waiting = list(self._nodes)
        while waiting and self._complete:
            symbol = waiting[-1]
            known = len(self._nodes)
            circuit = self._circuit(symbol)
            if not circuit:
                waiting.pop()
                continue
            while all(self._left[production] for production in circuit):
                self._splice(symbol, circuit)
            waiting.extend(list(self._nodes)[known:])
        return self._complete and not any(self._left)

    def _circuit(self, symbol: int) -> list[int]:
        """Productions that are left and lead from a symbol to itself, or none."""
        cause: dict[int, tuple[int, int]] = {}
        for source in (order := [symbol]):
            for production in self._options[source]:
                for target in self._productions[production].nonterminals:
                    if self._left[production] and target not in cause:
                        cause[target] = source, production
                        order.append(target)
            if symbol in cause:
                break
        if symbol not in cause:
            return []
        path, at = [], symbol
        while True:
            at, production = cause[at]
            path.append(production)
            if at == symbol:
                return path[::-1]

    def _splice(self, symbol: int, circuit: Sequence[int]) -> None:
        """Insert a circuit above the subtree of a node; expand what it makes beside its path."""
        node = self._nodes[symbol]
        below, beside = self._children[node], []
        for place, production in enumerate(circuit):
            following = circuit[(place + 1) % len(circuit)]
            made = self._apply(node, production)
            node = next(n for n in made if self._symbols[n] == self._productions[following].left)
            beside += [child for child in made if child != node]
        self._children[node] = below
        self.expand(beside)

    def tree(self) -> Tree:
        return Tree(tuple(self._symbols), tuple(map(tuple, self._children)))
