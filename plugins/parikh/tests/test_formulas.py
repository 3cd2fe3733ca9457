"""What z3 is asked: membership with a witness, inclusion, equality."""

from __future__ import annotations

import time
from typing import Any

import pytest

from kirara_parikh.agreement import check_tree
from kirara_parikh.formulas import parikh_formula
from kirara_parikh.formulas.comparison import Comparison, compare
from kirara_parikh.formulas.parikh_formula import witness
from kirara_parikh.formulas.solving import has_model, new_solver, z3
from kirara_parikh.grammars.derivation import tree_of
from kirara_parikh.grammars.text import parse
from kirara_studio.api.jobs import Cancelled

CIRCUIT_APART = "S -> a | B c\nB -> b B b C | d\nC -> e C | e"


@pytest.mark.parametrize(
    ("text", "vector", "word"),
    [
        ("S -> a S b |", (3, 3), "aaabbb"),
        ("S -> a S b |", (0, 0), ""),
        ("S -> S a | b", (2, 1), "baa"),
        ("S -> S | T\nT -> S | a", (1,), "a"),
    ],
)
def test_a_word_and_its_derivation(text: str, vector: tuple[int, ...], word: str) -> None:
    grammar = parse(text)
    found = witness(grammar, vector)
    assert found is not None and found.tree is not None
    check_tree(found.grammar, found.tree, vector)
    assert "".join(grammar.terminals[n] for n in found.tree.word()) == word


def test_what_is_not_reachable() -> None:
    assert witness(parse("S -> a S b |"), (3, 2)) is None
    assert witness(parse("S -> a S"), (3,)) is None


def test_free_counts_are_filled_in() -> None:
    found = witness(parse("S -> a S b b | c"), (3, None, None))
    assert found is not None and found.vector == (3, 6, 1)


def test_a_circuit_that_the_start_does_not_reach_does_not_count() -> None:
    """Without Barner's correction, B => bBbC counts though only S -> a is used."""
    grammar = parse(CIRCUIT_APART)
    a, b, e = (grammar.terminals.index(letter) for letter in "abe")
    vector = [0] * len(grammar.terminals)
    vector[a], vector[b], vector[e] = 1, 2, 1
    assert witness(grammar, vector) is None

    def as_printed(grammar: Any, uses: Any, asked: Any) -> None:
        """The distance comes from any nonterminal above, used or not."""
        module = z3()
        distances = [module.Int(f"distance{n}") for n in range(len(grammar.nonterminals))]
        asked.add(distances[grammar.start] == 1)
        for symbol in range(1, len(distances)):
            above = [
                distances[symbol] == distances[p.left] + 1
                for p in grammar.productions
                if symbol in p.nonterminals
            ]
            unused = [uses[place] == 0 for place in grammar.productions_of[symbol]]
            asked.add(module.Or(module.And(distances[symbol] == 0, *unused), module.Or(above)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parikh_formula, "connect", as_printed)
        asked = new_solver(5)
        _, letters = parikh_formula.constrain(grammar, asked)
        for letter, count in zip(letters, vector, strict=True):
            asked.add(letter == count)
        assert has_model(asked, lambda *_: None)


def test_numbers_without_a_tree_are_refused() -> None:
    grammar = parse(CIRCUIT_APART)
    for uses in ((1, 0, 1, 0, 0, 1), (0, 0, 0, 0, 0, 0), (2, 0, 0, 0, 0, 0)):
        with pytest.raises(ValueError, match="no derivation tree"):
            tree_of(grammar, uses)


def test_more_than_eight_nonterminals_are_answered() -> None:
    chain = "\n".join(f"A{n} -> a A{n + 1} | b A0 A{n + 1}" for n in range(30)) + "\nA30 -> a |"
    found = witness(parse(chain), (61, 1))
    assert found is not None and found.tree is not None
    check_tree(found.grammar, found.tree, (61, 1))
    assert witness(parse(chain), (61, 5)) is None


@pytest.mark.slow
def test_ten_thousand_productions_are_answered() -> None:
    chain = "\n".join(f"A{n} -> A{n + 1} | a A{n}" for n in range(5_000)) + "\nA5000 -> b"
    begin = time.process_time()
    found = witness(parse(chain), (3, 1))
    assert found is not None and found.tree is not None
    check_tree(found.grammar, found.tree, (3, 1))
    assert time.process_time() - begin < 30


def test_a_large_vector_has_a_word_without_recursion() -> None:
    found = witness(parse("S -> a S b |"), (20_000, 20_000))
    assert found is not None and found.tree is not None
    assert len(found.tree.word()) == 40_000
    huge = witness(parse("S -> a S b |"), (10**9, 10**9))
    assert huge is not None and huge.tree is None


def test_stop_interrupts_z3() -> None:
    module = z3()
    asked = new_solver(60)
    pigeons, holes = 12, 11  # hard for every solver that reasons by clauses
    at = [[module.Bool(f"p{p}_{h}") for h in range(holes)] for p in range(pigeons)]
    for row in at:
        asked.add(module.Or(row))
    for h in range(holes):
        for p in range(pigeons):
            for q in range(p):
                asked.add(module.Or(module.Not(at[p][h]), module.Not(at[q][h])))
    begin = time.monotonic()

    def stop(_done: float, _total: float, _text: str) -> None:
        if time.monotonic() - begin > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        has_model(asked, stop)
    assert time.monotonic() - begin < 5


def compared(first: str, second: str) -> Comparison:
    return compare(parse(first), parse(second))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("S -> a S b |", "S -> a b S |"),
        ("S -> a S b |", "S -> b a S |"),  # other order of the letters
        ("S -> S S | a | b |", "S -> a S | T\nT -> b T |"),
        ("S -> a a S | a S |", "S -> a S |"),
        ("S -> a S", "S -> b S"),
    ],
)
def test_equal_up_to_letter_counts(first: str, second: str) -> None:
    assert compared(first, second).equal is True


def test_a_difference_is_shown_by_a_counterexample() -> None:
    found = compared("S -> a S b |", "S -> a a S b b |")
    assert found.equal is False
    assert found.second_in_first.holds is True
    example = found.first_in_second.counterexample
    assert found.letters == ("a", "b") and example is not None
    assert example[0] == example[1] and example[0] % 2 == 1
    other = compared("S -> a", "S -> b")
    assert other.first_in_second.counterexample == (1, 0)
    assert other.second_in_first.counterexample == (0, 1)


def test_large_grammars_are_compared_as_far_as_it_goes() -> None:
    chain = "\n".join(f"A{n} -> A{n + 1} | a A{n} b" for n in range(12)) + "\nA12 -> "
    found = compared(chain, "S -> a S b |")
    assert found.first_in_second.holds is True  # the second one's set is listed
    assert found.second_in_first.holds is None  # and no short word contradicts
    assert compared("S -> a S |", chain).first_in_second.counterexample == (1, 0)
