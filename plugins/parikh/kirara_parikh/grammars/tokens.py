"""Splits the text of a grammar into tokens; each knows its line and column."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from kirara_studio.api.errors import UserError

ARROW, BAR, END, QUOTED, WORD = "arrow", "bar", "end", "quoted", "word"

_ARROWS = ("->", "::=", "→", "⟶", "⇒")
_BARS = "|｜"
_ENDS = ";；"
_QUOTES = "'\""
PRIMES = "'′″"
_JOINERS = "\u200c\u200d"  # between the parts of one character


class GrammarError(UserError):
    """What is wrong in the text of a grammar, and where: counted in characters, lines from 1.

    ``column`` counts from 1, ``length`` is at least 1.
    """

    def __init__(
        self,
        message: str,
        *,
        line: int,
        column: int,
        length: int = 1,
        advice: str = "",
        **values: object,
    ) -> None:
        super().__init__(message, advice=advice, **values)
        self.line, self.column, self.length = line, column, max(1, length)


class Token(NamedTuple):
    """``text`` is what it means (without quotes, in Unicode's form NFC), the rest where it is."""

    kind: str
    text: str
    line: int
    column: int
    length: int


def tokens(text: str, errors: list[GrammarError]) -> Iterator[Token]:
    """The tokens of a text, with an END after every line and at every semicolon.

    What is no token is added to ``errors`` and left out.
    """
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line.lstrip().startswith("#"):
            yield from _of_line(line, number, errors)
        yield Token(END, "", number, len(line) + 1, 1)


def _of_line(line: str, number: int, errors: list[GrammarError]) -> Iterator[Token]:
    at = 0
    while at < len(line):
        begin, character = at, line[at]
        kind, meaning = WORD, ""
        if character.isspace():
            at += 1
            continue
        if arrow := next((arrow for arrow in _ARROWS if line.startswith(arrow, at)), ""):
            kind, at = ARROW, at + len(arrow)
        elif character in _BARS or character in _ENDS:
            kind, at = (BAR if character in _BARS else END), at + 1
        elif character in _QUOTES:
            kind = QUOTED
            meaning, at = _quoted(line, at, number, errors)
        elif unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
            at += 1
            errors.append(
                GrammarError(
                    "Here is a character that cannot be seen (U+{code}).",
                    advice="Delete it, or quote it.",
                    line=number,
                    column=begin + 1,
                    code=f"{ord(character):04X}",
                )
            )
            continue
        else:
            at = _end_of_word(line, at)
            meaning = line[begin:at]
        text = unicodedata.normalize("NFC", meaning)
        yield Token(kind, text, number, begin + 1, at - begin)


def _end_of_word(line: str, at: int) -> int:
    """Where a word ends: letters, digits and primes, a name in angle brackets, or one sign."""
    if line[at] == "<" and (end := line.find(">", at)) > 0 and not line[at + 1 : end].isspace():
        inner = line[at + 1 : end]
        if inner and inner == inner.strip() and not set(inner) & set("<|;'\""):
            return end + 1
    if not _in_words(line[at]):
        return end_of_character(line, at)
    while at < len(line) and _in_words(line[at]) and not line.startswith(_ARROWS, at):
        at = end_of_character(line, at)
    while at < len(line) and line[at] in PRIMES:
        at += 1
    return at


def _in_words(character: str) -> bool:
    return character.isalnum() or character == "_"


def end_of_character(text: str, at: int) -> int:
    """Where the character at ``at`` ends for a reader: marks, and what is joined, belong to it."""
    at += 1
    while at < len(text):
        if text[at] in _JOINERS and at + 1 < len(text) and not text[at + 1].isspace():
            at += 2
        elif unicodedata.category(text[at])[0] == "M" or "\U0001f3fb" <= text[at] <= "\U0001f3ff":
            at += 1
        else:
            break
    return at


def _quoted(line: str, at: int, number: int, errors: list[GrammarError]) -> tuple[str, int]:
    """The text in quotes and where it ends; a backslash takes the next character as it is."""
    quote, begin, meaning = line[at], at, []
    at += 1
    while at < len(line) and line[at] != quote:
        if line[at] == "\\" and at + 1 < len(line):
            at += 1
        meaning.append(line[at])
        at += 1
    if at >= len(line):
        errors.append(
            GrammarError(
                "The quotation mark {quote} has no partner in its line.",
                advice="Close it; to use the sign itself as a letter, write \\{quote} in quotes.",
                line=number,
                column=begin + 1,
                length=len(line) - begin,
                quote=quote,
            )
        )
        return "".join(meaning), at
    return "".join(meaning), at + 1
