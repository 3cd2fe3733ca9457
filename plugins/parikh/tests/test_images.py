"""Semilinear sets: the construction, arithmetic with them, and how they are written."""

from __future__ import annotations

import itertools
import random
import time

import pytest

from kirara_parikh.agreement import vectors_up_to
from kirara_parikh.examples import EXAMPLES
from kirara_parikh.grammars.enumeration import enumerate_counts
from kirara_parikh.grammars.text import parse
from kirara_parikh.images.construction import TooLarge, parikh_image
from kirara_parikh.images.expressions import regular_expression, set_text
from kirara_parikh.images.linear import LinearSet, SemilinearSet, irreducible, is_sum_of
from kirara_parikh.images.plane import points, projected, rows
from kirara_parikh.images.simple import simple_parts
from kirara_parikh.images.simplification import simplified
from kirara_studio.api.jobs import Cancelled


def image_of(text: str) -> SemilinearSet:
    return simplified(parikh_image(parse(text))).image


@pytest.mark.parametrize(
    ("text", "written", "expression"),
    [
        ("S -> a S b |", "ℕ·(1, 1)", "(ab)*"),
        ("S -> S S | ( S ) |", "ℕ·(1, 1)", "('('')')*"),
        ("S -> a S a | b S b | a | b |", "ℕ·(0, 1) + ℕ·(2, 0) ∪\n(1, 0) + ℕ·(2, 0) + ℕ·(0, 2)",
         "b*(aa)* | a(aa)*(bb)*"),
        ("S -> a B | b A\nA -> a S | a | b A A\nB -> b S | b | a B B",
         "(1, 1) + ℕ·(1, 1)", "ab(ab)*"),
        ("S -> a a S | a a a S | ", "ℕ·2 + ℕ·3", "(aa)*(aaa)*"),
        ("S -> a S", "∅", "∅"),
        ("S -> ", "{()}", "ε"),
        ("S -> a | b | 'id' 'id'", "{(1, 0, 0)} ∪\n{(0, 1, 0)} ∪\n{(0, 0, 2)}", "a | b | 'id''id'"),
        ("S -> A A\nA -> B B\nB -> C C\nC -> a", "{8}", "aaaaaaaa"),
        ("S -> S | T\nT -> S | a T |", "ℕ·1", "a*"),
    ],
)  # fmt: skip
def test_known_sets(text: str, written: str, expression: str) -> None:
    image = image_of(text)
    assert set_text(image) == written
    assert regular_expression(image) == expression


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_the_examples_have_the_counts_of_their_words(example) -> None:  # type: ignore[no-untyped-def]
    grammar = parse(example.grammar)
    found = simplified(parikh_image(grammar))
    assert vectors_up_to(found.image, 9) == enumerate_counts(grammar, 9)
    assert found.irredundant


def test_a_regular_expression_has_the_same_counts_as_its_set() -> None:
    """The expression is turned into a grammar again: the way back of Parikh's theorem."""
    image = image_of("S -> U | V\nU -> a U b | a U | a\nV -> a V b b |")
    stars: dict[str, str] = {}

    def grammar_of(part: LinearSet) -> str:
        symbols = ["a" * part.base[0] + "b" * part.base[1]]
        for period in part.periods:
            word = "a" * period[0] + "b" * period[1]
            name = stars.setdefault(word, f"Star{len(stars)}")
            symbols.append(name)
        return " ".join(symbols)

    start = "S -> " + " | ".join(grammar_of(part) for part in image.parts)
    again = "\n".join([start, *(f"{name} -> {word} {name} |" for word, name in stars.items())])
    assert vectors_up_to(image_of(again), 12) == vectors_up_to(image, 12)
    assert regular_expression(image).count("*") == sum(len(part.periods) for part in image.parts)


def test_a_redundant_part_is_left_out_though_no_single_one_contains_it() -> None:
    parts = (LinearSet((0,), ((2,),)), LinearSet((1,), ((2,),)), LinearSet((0,), ((3,),)))
    assert simplified(SemilinearSet(("a",), parts)).image.parts == (LinearSet((0,), ((1,),)),)


def test_sums_of_periods() -> None:
    assert is_sum_of((7,), [(3,), (2,)]) and not is_sum_of((1,), [(3,), (2,)])
    assert is_sum_of((0, 0), []) and not is_sum_of((1, 0), [])
    assert is_sum_of((10**9, 10**9), [(1, 1)])
    assert not is_sum_of((10**9, 10**9), [(1, 1), (2, 1)]), "not found within the steps"
    assert irreducible([(2, 0), (4, 0), (0, 0), (3, 0), (5, 0)]) == ((2, 0), (3, 0))


def test_simple_sets_are_the_same_union() -> None:
    chance = random.Random(7)
    for _ in range(60):
        size = chance.randint(1, 3)
        vectors = [tuple(chance.randint(0, 3) for _ in range(size)) for _ in range(4)]
        part = LinearSet(vectors[0], irreducible(vectors[1:]))
        union = simple_parts([part])
        expected = vectors_up_to(SemilinearSet(("x",) * size, (part,)), 8)
        for vector in itertools.product(range(9), repeat=size):
            if sum(vector) <= 8:
                assert any(s.contains(vector) for s in union) == (vector in expected)


def test_the_plane_shows_the_set() -> None:
    image = image_of("S -> a S b b | a S | c")
    shadow = projected(image, 0, 1)
    assert set(points(rows(shadow, 6, 9))) == {
        (a, b) for a in range(6) for b in range(9) if b % 2 == 0 and b <= 2 * a
    }
    line = projected(image, 0, None)
    assert rows(line, 4, 1) == [0b1111]


def test_eight_nonterminals_take_seconds_and_nine_are_refused_with_the_reason() -> None:
    names = "SABCDEFGH"

    def ring(count: int) -> str:
        used = names[:count]
        return "\n".join(
            f"{name} -> {used[(n + 1) % count]} {used[(n + 3) % count]} {one} | {other}"
            for n, name in enumerate(used)
            for one, other in ("ab", "ba")[n % 2 : n % 2 + 1]
        )

    begin = time.process_time()
    grammar = parse(ring(8))
    image = simplified(parikh_image(grammar)).image
    assert vectors_up_to(image, 7) == enumerate_counts(grammar, 7)
    assert time.process_time() - begin < 20
    with pytest.raises(TooLarge, match="9 nonterminals"):
        parikh_image(parse(ring(9)))


def test_ten_thousand_letters_are_refused_before_memory_is_full() -> None:
    text = "S -> " + " | ".join(f"'{n}' S" for n in range(10_000)) + " | "
    with pytest.raises(TooLarge, match="10001 rules with 10000 letters"):
        parikh_image(parse(text))


def test_stop_ends_the_construction() -> None:
    def stop(done: float, _total: float, _text: str) -> None:
        if done > 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        parikh_image(parse(EXAMPLES[3].grammar), stop)
