"""Grammars, letters and words as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kirara_parikh.grammars.grammar import Grammar, Vector

EMPTY_WORD = "ε"
_SPECIAL = set("|;#'\"｜；<>ε") | {"->"}


def letter_text(name: str) -> str:
    """A terminal as it stands in a grammar: quoted unless it is one plain character."""
    plain = len(name) == 1 and name not in _SPECIAL and name.isprintable() and not name.isspace()
    if plain and not name.isupper():
        return name
    escaped = name.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def word_text(names: Iterable[str], most: int = 200) -> str:
    """A word of terminals: run together if all are single characters, else with blanks.

    After ``most`` letters it ends in an ellipsis with the number of the rest.
    """
    letters = list(names)
    shown, rest = letters[:most], len(letters) - most
    if not letters:
        return EMPTY_WORD
    joined = ("" if all(len(name) == 1 for name in shown) else " ").join(shown)
    return f"{joined} … (+{rest})" if rest > 0 else joined


def vector_text(vector: Vector, letters: Sequence[str]) -> str:
    """A vector as ``a=3, b=0``."""
    pairs = zip(letters, vector, strict=True)
    return ", ".join(f"{letter}={count}" for letter, count in pairs)


def grammar_text(grammar: Grammar) -> str:
    """The grammar as text that :func:`kirara_parikh.grammars.text.read` reads back."""
    lines = []
    for number, name in enumerate(grammar.nonterminals):
        alternatives = [
            " ".join(
                grammar.nonterminals[symbol]
                if symbol >= 0
                else letter_text(grammar.terminals[~symbol])
                for symbol in grammar.productions[place].right
            )
            or EMPTY_WORD
            for place in grammar.productions_of[number]
        ]
        if alternatives:
            lines.append(f"{name} -> {' | '.join(alternatives)}")
    return "\n".join(lines)


_PAIR = re.compile(r"\s*(?:'((?:[^'\\]|\\.)*)'|\"([^\"]*)\"|([^=,\s]+))\s*=\s*(\d{1,18})\s*")


def pairs_in(text: str) -> list[tuple[str, int]] | None:
    """Read ``a=3, 'id'=0``; None if it is no such text."""
    found: list[tuple[str, int]] = []
    at = 0
    while at < len(text):
        match = _PAIR.match(text, at)
        if match is None or (match.end() < len(text) and text[match.end()] not in ",、，"):
            return None
        quoted, double, plain, count = match.groups()
        name = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else (double or plain)
        found.append((name, int(count)))
        at = match.end() + 1
    return found
