"""Classic grammars to begin with."""

from __future__ import annotations

from dataclasses import dataclass

from kirara_studio.api.text import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class Example:
    """``title`` is translated in the context "parikh"; ``vector`` is a question worth asking."""

    id: str
    title: str
    grammar: str
    vector: str


EXAMPLES = (
    Example("equal", QT_TRANSLATE_NOOP("parikh", "aⁿbⁿ"), "S -> a S b |", "a=3, b=3"),
    Example("dyck", QT_TRANSLATE_NOOP("parikh", "Balanced brackets"), "S -> ( S ) S |", "(=4, )=4"),
    Example(
        "palindromes",
        QT_TRANSLATE_NOOP("parikh", "Palindromes"),
        "S -> a S a | b S b | a | b |",
        "a=3, b=2",
    ),
    Example(
        "same-number",
        QT_TRANSLATE_NOOP("parikh", "As many a as b"),
        "S -> a B | b A |\nA -> a S | b A A\nB -> b S | a B B",
        "a=5, b=5",
    ),
    Example(
        "expressions",
        QT_TRANSLATE_NOOP("parikh", "Arithmetic expressions"),
        "Expr -> Expr + Term | Term\nTerm -> Term × Factor | Factor\nFactor -> ( Expr ) | n",
        "+=2, ×=1, (=1, )=1, n=4",
    ),
    Example(
        "two-or-three",
        QT_TRANSLATE_NOOP("parikh", "Twos and threes"),
        "S -> A S B |\nA -> a a | a a a\nB -> b",
        "a=7, b=3",
    ),
    Example(
        "union",
        QT_TRANSLATE_NOOP("parikh", "More a than b, or twice as many b"),
        "S -> U | V\nU -> a U b | a U | a\nV -> a V b b |",
        "a=2, b=4",
    ),
    Example(
        "doubling",
        QT_TRANSLATE_NOOP("parikh", "Powers: one word, exponentially long"),
        "S -> A A\nA -> B B\nB -> C C\nC -> D D\nD -> a b",
        "a=16, b=16",
    ),
    Example(
        "dangling",
        QT_TRANSLATE_NOOP("parikh", "If, then, else"),
        "S -> 'if' S | 'if' S 'else' S | x",
        "if=3, else=1, x=2",
    ),
    Example(
        "three",
        QT_TRANSLATE_NOOP("parikh", "Three letters, nested"),
        "S -> a S c | T\nT -> b T c |",
        "a=2, b=1, c=3",
    ),
)
