"""The automaton of Esparza, Ganty, Kiefer and Luttenberger, the minimal one, and their drawings."""

from __future__ import annotations

import pytest

from kirara_parikh.agreement import automaton_counts
from kirara_parikh.automata.automaton import Automaton
from kirara_parikh.automata.drawing import state_places, tree_places
from kirara_parikh.automata.minimising import minimal, smallest
from kirara_parikh.automata.parikh_automaton import TooManyStates, bound, parikh_automaton
from kirara_parikh.formulas.parikh_formula import witness
from kirara_parikh.grammars.cleaning import cleaned
from kirara_parikh.grammars.enumeration import enumerate_counts
from kirara_parikh.grammars.text import parse


def automaton_of(text: str, k: int | None = None) -> Automaton:
    return parikh_automaton(cleaned(parse(text)).grammar, k)


def test_the_automaton_of_the_first_example() -> None:
    automaton = automaton_of("S -> a S b |")
    assert automaton.names == ("S", "∅")
    assert [(t.source, t.word, t.target) for t in automaton.transitions] == [
        (0, (0, 1), 0), (0, (), 1)
    ]  # fmt: skip
    assert automaton.final == {1}


@pytest.mark.parametrize(
    ("text", "k"),
    [
        ("S -> a S b |", 1),
        ("S -> S S | a", 2),
        ("S -> A B S | c\nA -> a\nB -> b", 7),
        ("S -> a", 1),
    ],
)
def test_k_is_n_times_m_plus_1(text: str, k: int) -> None:
    assert bound(cleaned(parse(text)).grammar) == k


def test_a_smaller_k_would_lose_words() -> None:
    """For A(n) -> A(n-1) A(n-1), the family of the paper's section on the lower bound."""
    text = "A -> B B\nB -> C C\nC -> c"
    expected = enumerate_counts(parse(text), 8)
    assert automaton_counts(automaton_of(text), 8) == expected == {(4,)}
    assert automaton_counts(automaton_of(text, 2), 8) == set()


def test_the_minimal_automaton_accepts_the_same_words() -> None:
    automaton = automaton_of("S -> a S b S | c")
    least = minimal(automaton)
    assert least is not None and len(least.names) == 4
    assert automaton_counts(least, 9) == automaton_counts(automaton, 9)
    for word in ((), (2,), (0, 1, 2), (0, 1, 2, 2), (0, 2)):
        accepted = [m.accepts(m.walk(word)) for m in (automaton, least)]
        assert accepted[0] == accepted[1]


def test_the_smallest_automaton_is_never_larger_than_the_constructed_one() -> None:
    constructed = automaton_of("S -> A S B |\nA -> a a | a a a\nB -> b")
    least = minimal(constructed)
    assert least is not None and len(least.names) == 353
    found = smallest(constructed)
    assert len(found.names) <= len(constructed.names) == 52
    assert automaton_counts(found, 10) == automaton_counts(constructed, 10)


def test_the_minimal_automaton_is_that_of_the_textbook() -> None:
    least = minimal(automaton_of("S -> a S b |"))
    assert least is not None
    moves = {(t.source, t.word, t.target) for t in least.transitions}
    assert moves == {(0, (0,), 1), (1, (1,), 0)} and least.final == {0}
    nothing = minimal(automaton_of("S -> a S"))
    assert nothing is not None and nothing.names == ("0",) and not nothing.final


def test_too_many_states_are_refused_with_the_reason() -> None:
    names = "SABCDEFGHIJK"
    text = "\n".join(f"{n} -> {' '.join(names)} | a" for n in names)
    with pytest.raises(TooManyStates, match="k = 133"):
        automaton_of(text)


def test_states_are_drawn_apart_from_each_other_and_the_start_is_left() -> None:
    automaton = automaton_of("S -> A B S | c\nA -> a A | a\nB -> b B B | b")
    places = state_places(automaton)
    assert len(set(places)) == len(places) == len(automaton.names)
    assert places[0][0] == min(x for x, _ in places)
    closest = min(
        (x - p) ** 2 + (y - q) ** 2 for n, (x, y) in enumerate(places) for p, q in places[:n]
    )
    assert closest > 0.9


def test_a_tree_is_drawn_with_its_leaves_side_by_side() -> None:
    found = witness(parse("S -> a S b |"), (2, 2))
    assert found is not None and found.tree is not None
    places = tree_places(found.tree, 100)
    assert len(places) == len(found.tree.symbols)
    leaves = [node for node in places if not found.tree.children[node]]
    assert len({places[node][0] for node in leaves}) == len(leaves)
    assert len(tree_places(found.tree, 3)) == 3
