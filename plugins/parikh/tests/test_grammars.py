"""Grammars as text, their useful part, and what goes wrong at its place."""

from __future__ import annotations

import time

import pytest

from kirara_parikh.grammars.cleaning import cleaned
from kirara_parikh.grammars.grammar import Grammar
from kirara_parikh.grammars.text import LARGEST, parse, read
from kirara_parikh.grammars.tokens import GrammarError
from kirara_parikh.grammars.vectors import read_vector
from kirara_parikh.grammars.writing import grammar_text, letter_text, word_text
from kirara_studio.api.errors import UserError


def rules(grammar: Grammar) -> list[tuple[str, list[str]]]:
    return [
        (grammar.nonterminals[p.left], [grammar.name_of(symbol) for symbol in p.right])
        for p in grammar.productions
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("S -> a S b | ", [("S", ["a", "S", "b"]), ("S", [])]),
        ("S → aSb | ε", [("S", ["a", "S", "b"]), ("S", [])]),
        ("S ::= 'id' \"|\" | ''", [("S", ["id", "|"]), ("S", [])]),
        ("S -> A; A -> x ; | y", [("S", ["A"]), ("A", ["x"]), ("A", ["y"])]),
        ("S -> a\n   | b\n\n   | ", [("S", ["a"]), ("S", ["b"]), ("S", [])]),
        ("S -> a\nS -> b", [("S", ["a"]), ("S", ["b"])]),
        ("# a comment\nS->a#", [("S", ["a", "#"])]),
        ("<a list> -> x <a list> | x", [("<a list>", ["x", "<a list>"]), ("<a list>", ["x"])]),
        ("Expr -> Expr+Expr | (Expr)",
         [("Expr", ["Expr", "+", "Expr"]), ("Expr", ["(", "Expr", ")"])]),
        ("S' -> aS' | T\nT -> 1 < 2", [("S'", ["a", "S'"]), ("S'", ["T"]), ("T", ["1", "<", "2"])]),
        ("文 → 名詞 動詞 ｜ 文、文\n名詞 → 猫\n動詞 → 走る",
         [("文", ["名詞", "動詞"]), ("文", ["文", "、", "文"]),
          ("名詞", ["猫"]), ("動詞", ["走", "る"])]),
        ("S -> 😀 S 👩‍👩‍👧 | é | e\u0301",
         [("S", ["😀", "S", "👩‍👩‍👧"]), ("S", ["é"]), ("S", ["é"])]),
        ("S -> '\\'' | 'a\\\\b' | ' '", [("S", ["'"]), ("S", ["a\\b"]), ("S", [" "])]),
        ("\ufeffS -> a\r\nT -> b\r\n", [("S", ["a"]), ("T", ["b"])]),
    ],
)  # fmt: skip
def test_what_a_text_means(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert rules(parse(text)) == expected


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", (1, 1, 1), "no rule yet"),
        ("  \n# nothing\n", (1, 1, 1), "no rule yet"),
        ("S -> a\nb c", (2, 1, 3), "no arrow"),
        ("| a", (1, 1, 3), "no arrow"),
        ("S -> a T", (1, 8, 1), "“T” has no rule"),
        ("S -> a\nS -> aTb Term", (2, 7, 1), "“T” has no rule"),
        ("S -> Term", (1, 6, 4), "“Term” has no rule"),
        ("S -> S'", (1, 6, 2), "“S'” has no rule"),
        ("S -> <no rule>", (1, 6, 9), "“<no rule>” has no rule"),
        ("-> a", (1, 1, 2), "left side"),
        ("a S -> b", (1, 1, 3), "left side"),
        ("'S' -> b", (1, 1, 3), "left side"),
        ("ε -> b", (1, 1, 1), "left side"),
        ("S -> a -> b", (1, 8, 2), "only one arrow"),
        ("S -> 'a b", (1, 6, 4), "no partner"),
        ("S -> a \u200b b", (1, 8, 1), "cannot be seen (U+200B)"),
        ("S -> a \x00", (1, 8, 1), "cannot be seen (U+0000)"),
        ("S -> \ud800", (1, 6, 1), "cannot be seen (U+D800)"),
        ("😀 → a\n😀 → B", (2, 5, 1), "“B” has no rule"),
    ],
)
def test_a_mistake_is_reported_at_its_place(
    text: str, place: tuple[int, int, int], words: str
) -> None:
    with pytest.raises(GrammarError) as caught:
        parse(text)
    error = caught.value
    assert (error.line, error.column, error.length) == place
    assert words in error.message and error.advice


def test_all_mistakes_are_found_in_one_reading() -> None:
    reading = read("S -> T 'x\nno arrow\nS -> U")
    assert reading.grammar is None
    assert [(e.line, e.column) for e in reading.errors] == [(1, 6), (1, 8), (2, 1), (3, 6)]


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(UserError, match="more than 2000000 characters"):
        read("S" * (LARGEST + 1))


def test_what_is_written_is_read_back() -> None:
    texts = ("S -> a 'B' \"|\" '\\'' S | ;T -> ' ' é '->' '#' 'ε'", "<x y> -> 猫 <x y> | 'long'")
    for text in texts:
        grammar = parse(text)
        assert parse(grammar_text(grammar)) == grammar


def test_useless_symbols_are_left_out() -> None:
    clean = cleaned(parse("S -> A | b | U\nA -> A a\nU -> V\nV -> U | c\nX -> S"))
    assert rules(clean.grammar) == [
        ("S", ["b"]),
        ("S", ["U"]),
        ("U", ["V"]),
        ("V", ["U"]),
        ("V", ["c"]),
    ]
    assert clean.unproductive == ("A",)
    assert clean.unreachable == ("X",)
    nothing = cleaned(parse("S -> a S | A\nA -> S"))
    assert nothing.grammar.productions == () and nothing.unproductive == ("S", "A")


def test_ten_thousand_productions_are_read_and_cleaned_in_linear_time() -> None:
    chain = "\n".join(f"A{n} -> A{n + 1} | a A{n}" for n in range(5_000)) + "\nA5000 -> b"
    wide = "S -> " + " | ".join(f"'{n}' S" for n in range(10_000)) + " | "
    for text in (chain, wide):
        begin = time.process_time()
        grammar = parse(text)
        assert len(grammar.productions) > 10_000
        assert len(cleaned(grammar).grammar.productions) == len(grammar.productions)
        assert time.process_time() - begin < 3


@pytest.mark.parametrize(
    ("text", "vector"),
    [
        ("a=3, b=2", (3, 2)), ("b=2,a=3", (3, 2)), ("a=1", (1, 0)), ("", (0, 0)),
        ("3, 2", (3, 2)), (" 'a' = 4 ， b=1", (4, 1)), ("a=1、b=0", (1, 0)),
    ],
)  # fmt: skip
def test_vectors_as_people_write_them(text: str, vector: tuple[int, int]) -> None:
    assert read_vector(text, ("a", "b")) == (vector, {})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a", "not a vector"), ("a=x", "not a vector"), ("a=-1", "not a vector"),
        ("a=1 b=2", "not a vector"), ("1, 2, 3", "3 numbers"), ("a=1, a=2", "twice"),
        ("a=99999999999", "larger"), ("=", "not a vector"), ("a=1,,", "not a vector"),
    ],
)  # fmt: skip
def test_what_is_no_vector(text: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        read_vector(text, ("a", "b"))


def test_letters_that_the_grammar_lacks_are_named() -> None:
    assert read_vector("a=1, z=2, y=0", ("a",)) == ((1,), {"z": 2})


def test_letters_and_words_as_text() -> None:
    assert [letter_text(name) for name in ("a", "id", "|", "B", "'")] == [
        "a", "'id'", "'|'", "'B'", "'\\''"
    ]  # fmt: skip
    assert word_text("aab") == "aab" and word_text(()) == "ε"
    assert word_text(("if", "x")) == "if x"
    assert word_text("a" * 10, 4) == "aaaa … (+6)"
