"""Do construction, automaton, z3 and enumeration agree? ``python -m kirara_parikh.agreement``.

Each random grammar is judged in four ways, which share no idea. The semilinear set (before and
after it is simplified) and the automata must have the same vectors up to a length as the
enumeration. z3 must find a derivation for vectors of the set, and none for others near by; every
derivation is checked. A comparison of the grammar with a changed one must fit the enumeration.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence

from kirara_parikh.automata.automaton import Automaton
from kirara_parikh.automata.minimising import minimal, without_twins
from kirara_parikh.automata.parikh_automaton import TooManyStates, parikh_automaton
from kirara_parikh.formulas.comparison import compare
from kirara_parikh.formulas.parikh_formula import witness
from kirara_parikh.grammars.cleaning import cleaned
from kirara_parikh.grammars.derivation import Tree
from kirara_parikh.grammars.enumeration import enumerate_counts
from kirara_parikh.grammars.grammar import Grammar, Production, Vector
from kirara_parikh.grammars.writing import grammar_text
from kirara_parikh.images.construction import parikh_image
from kirara_parikh.images.linear import LinearSet, SemilinearSet
from kirara_parikh.images.simplification import simplified
from kirara_parikh.images.sums import plus
from kirara_parikh.random_grammars import random_grammar


class Disagreement(Exception):
    """Two of the ways contradict each other."""


def vectors_up_to(image: SemilinearSet, length: int) -> set[Vector]:
    """The vectors of a set whose entries sum to at most ``length``."""
    return {vector for part in image.parts for vector in _of_part(part, length)}


def _of_part(part: LinearSet, length: int) -> Iterable[Vector]:
    found = {part.base} if sum(part.base) <= length else set()
    waiting = list(found)
    while waiting:
        vector = waiting.pop()
        for period in part.periods:
            further = plus(vector, period)
            if sum(further) <= length and further not in found:
                found.add(further)
                waiting.append(further)
    return found


def automaton_counts(automaton: Automaton, length: int) -> set[Vector]:
    """The letter counts of the words of an automaton with at most ``length`` letters."""
    zero = (0,) * len(automaton.letters)
    found: set[tuple[int, Vector]] = {(automaton.start, zero)}
    waiting = list(found)
    while waiting:
        state, vector = waiting.pop()
        for step in automaton.leaving[state]:
            counted = list(vector)
            for letter in step.word:
                counted[letter] += 1
            place = (step.target, tuple(counted))
            if sum(counted) <= length and place not in found:
                found.add(place)
                waiting.append(place)
    return {vector for state, vector in found if state in automaton.final}


def check_tree(grammar: Grammar, tree: Tree, wanted: Vector) -> None:
    """Raise :class:`Disagreement` unless it is a derivation tree of a word with these counts."""
    productions = {(p.left, p.right) for p in grammar.productions}
    for symbol, children in zip(tree.symbols, tree.children, strict=True):
        right = tuple(tree.symbols[child] for child in children)
        if symbol >= 0 and (symbol, right) not in productions:
            raise Disagreement("a node of the tree is no production")
    if tree.symbols[0] != grammar.start or grammar.counts(tree.word()) != wanted:
        raise Disagreement("the tree derives another word")


def check(grammar: Grammar, length: int, chance: random.Random) -> Counter[str]:
    """Compare all ways on one grammar; returns how much was compared. Raises Disagreement."""
    done: Counter[str] = Counter(grammars=1)
    expected = enumerate_counts(grammar, length)
    image = parikh_image(grammar)
    smaller = simplified(image).image
    for name, found in (("set", image), ("simplified set", smaller)):
        _equal(vectors_up_to(found, length), expected, name)
    done["sets"] += 1
    done["vectors"] += len(expected)
    done["parts before"] += len(image.parts)
    done["parts after"] += len(smaller.parts)
    _check_automaton(grammar, length, expected, done)
    _check_questions(grammar, length, expected, chance, done)
    return done


def _check_automaton(
    grammar: Grammar, length: int, expected: set[Vector], done: Counter[str]
) -> None:
    try:
        automaton = parikh_automaton(cleaned(grammar).grammar)
    except TooManyStates:
        return
    if len(automaton.names) <= 400:
        _equal(automaton_counts(automaton, length), expected, "automaton")
        merged = without_twins(automaton)
        _equal(automaton_counts(merged, length), expected, "merged automaton")
        done["automata"] += 1
    if len(automaton.names) <= 60 and (least := minimal(automaton)) is not None:
        _equal(automaton_counts(least, length), expected, "minimal automaton")
        done["minimal automata"] += 1


def _check_questions(
    grammar: Grammar,
    length: int,
    expected: set[Vector],
    chance: random.Random,
    done: Counter[str],
) -> None:
    near = {
        tuple(
            chance.randint(0, 1 + length // (1 + len(grammar.terminals))) for _ in grammar.terminals
        )
        for _ in range(2)
    }
    inside = chance.sample(sorted(expected), min(2, len(expected)))
    for vector in {*near, *inside}:
        if sum(vector) > length:
            continue
        found = witness(grammar, vector)
        if (found is not None) != (vector in expected):
            raise Disagreement(f"z3 says {found is not None} to {vector}")
        if found is not None and found.tree is not None:
            check_tree(found.grammar, found.tree, vector)
            done["derivations"] += 1
        done["questions to z3"] += 1


def check_comparison(grammar: Grammar, length: int, chance: random.Random) -> Counter[str]:
    """Compare a grammar with a changed one. Raises Disagreement."""
    changed = list(grammar.productions)
    place = chance.randrange(len(changed))
    if chance.random() < 0.5 and len(changed) > 1:
        del changed[place]
    else:
        right = (*changed[place].right, ~chance.randrange(len(grammar.terminals)))
        changed[place] = Production(changed[place].left, right)
    other = Grammar(grammar.nonterminals, grammar.terminals, tuple(changed), grammar.start)
    first, second = (enumerate_counts(g, length) for g in (grammar, other))
    answer = compare(grammar, other)
    for direction, few, many in (
        (answer.first_in_second, first, second),
        (answer.second_in_first, second, first),
    ):
        if direction.holds and few - many:
            raise Disagreement("inclusion holds, but a short word contradicts")
        vector = direction.counterexample
        short = vector is not None and sum(vector) <= length
        if short and (vector not in few or vector in many):
            raise Disagreement(f"{vector} is no counterexample")
        if direction.holds is False and direction.counterexample is None:
            raise Disagreement("no counterexample")
    undecided = answer.equal is None
    return Counter(
        {"comparisons": 1, "equal": int(answer.equal is True), "undecided": int(undecided)}
    )


def _equal(found: set[Vector], expected: set[Vector], name: str) -> None:
    if found != expected:
        raise Disagreement(
            f"{name}: lacks {sorted(expected - found)[:3]}, adds {sorted(found - expected)[:3]}"
        )


def run(count: int, seed: int, length: int = 6, comparisons: int = 4) -> Counter[str]:
    """Check ``count`` random grammars; every n-th is compared with another one, too.

    Raises Disagreement with the grammar that shows it.
    """
    total: Counter[str] = Counter()
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        grammar = random_grammar(chance)
        try:
            total += check(grammar, length, chance)
            if number % comparisons == 0:
                total += check_comparison(grammar, length, chance)
        except Disagreement as error:
            raise Disagreement(
                f"seed {seed}, grammar {number}:\n{grammar_text(grammar)}\n{error}"
            ) from error
    return total


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the counts as JSON; 1 after a disagreement."""
    parser = argparse.ArgumentParser(prog="python -m kirara_parikh.agreement", description=__doc__)
    parser.add_argument("--count", type=int, default=2000, help="grammars (default 2000)")
    parser.add_argument("--seed", type=int, default=1, help="(default 1)")
    parser.add_argument("--length", type=int, default=6, help="of the longest words (default 6)")
    options = parser.parse_args(arguments)
    begin = time.monotonic()
    try:
        counts = run(options.count, options.seed, options.length)
    except Disagreement as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps({**counts, "seconds": round(time.monotonic() - begin, 1)}, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
