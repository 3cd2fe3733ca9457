"""Processor time and size of sets of many sizes: ``python -m kirara_parikh.measures``."""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Sequence

from kirara_parikh.automata.parikh_automaton import TooManyStates, parikh_automaton
from kirara_parikh.grammars.cleaning import cleaned
from kirara_parikh.grammars.grammar import Grammar, Production
from kirara_parikh.images.construction import MOST_NONTERMINALS, TooLarge, parikh_image
from kirara_parikh.images.simplification import simplified


def connected_grammar(chance: random.Random, count: int, letters: int = 3) -> Grammar:
    """A random grammar in which every nonterminal is useful, reached and recursive.

    Each one has a word, the next one in a ring, and a production with two nonterminals.
    """
    productions = []
    for left in range(count):
        following, any_two = (left + 1) % count, [chance.randrange(count) for _ in range(2)]
        productions += [
            Production(left, (~chance.randrange(letters),)),
            Production(left, (~chance.randrange(letters), following)),
            Production(left, (any_two[0], ~chance.randrange(letters), any_two[1])),
        ]
    names = tuple(f"A{n}" for n in range(count))
    return Grammar(names, tuple("abcdefgh"[:letters]), tuple(productions))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table: the median of several grammars, and the slowest."""
    parser = argparse.ArgumentParser(prog="python -m kirara_parikh.measures", description=__doc__)
    parser.add_argument("--count", type=int, default=9, help="grammars of each size (default 9)")
    parser.add_argument("--seed", type=int, default=1, help="(default 1)")
    options = parser.parse_args(arguments)
    print("nonterminals  set s (slowest)  simplified s (slowest)  parts  simplified  states")
    for size in range(1, MOST_NONTERMINALS + 1):
        rows = [_measure(options.seed, size, number) for number in range(options.count)]
        made, smaller, before, after, states = zip(*rows, strict=True)
        print(
            f"{size:>12}  {statistics.median(made):.3f} ({max(made):.2f})     "
            f"{statistics.median(smaller):.3f} ({max(smaller):.2f})        "
            f"{statistics.median(before):>6.0f}  {statistics.median(after):>6.0f}  "
            f"{statistics.median(states):>9.0f}"
        )
    return 0


def _measure(seed: int, size: int, number: int) -> tuple[float, float, int, int, int]:
    grammar = connected_grammar(random.Random(f"{seed}/{size}/{number}"), size)
    begin = time.process_time()
    try:
        image = parikh_image(grammar)
    except TooLarge:
        return time.process_time() - begin, 0.0, 0, 0, 0
    middle = time.process_time()
    smaller = simplified(image).image
    end = time.process_time()
    try:
        states = len(parikh_automaton(cleaned(grammar).grammar).names)
    except TooManyStates:
        states = 0
    return middle - begin, end - middle, len(image.parts), len(smaller.parts), states


if __name__ == "__main__":
    sys.exit(main())
