"""Reads a grammar as people write it: ``S -> a S b | ``, one rule a line.

- The symbols on the left of an arrow (``->``, ``→``, ``::=``) are the nonterminals; the first is
  the start symbol. Names may have many letters, and primes; ``<long names>`` stand in brackets.
- ``|`` begins another alternative, also at the beginning of a line. A line or ``;`` ends a rule.
- A word that is no nonterminal is read letter by letter: ``aSb`` is ``a S b``. A terminal of many
  letters is quoted, as is any sign with a meaning here: ``'id'``, ``"|"``.
- An alternative without a symbol, ``ε`` or ``''`` is the empty word. ``#`` begins a comment line.
"""

from __future__ import annotations

from dataclasses import dataclass

from kirara_parikh.grammars.grammar import Grammar, Production
from kirara_parikh.grammars.tokens import (
    ARROW,
    BAR,
    END,
    PRIMES,
    QUOTED,
    WORD,
    GrammarError,
    Token,
    end_of_character,
    tokens,
)
from kirara_studio.api.errors import UserError

LARGEST = 2_000_000
"""Characters of the largest text that is read."""
EMPTY = "εϵ"

_LONGEST_INSIDE = 200  # characters of a name that is looked for inside of words


@dataclass(frozen=True)
class Rule:
    """A left side and its alternatives as they were read."""

    left: Token
    alternatives: tuple[tuple[Token, ...], ...]


@dataclass(frozen=True)
class Reading:
    """What a text says. ``grammar`` is None if there are ``errors``, in the order of the text.

    ``places`` has the token of each nonterminal's first rule, by its name.
    """

    grammar: Grammar | None
    errors: tuple[GrammarError, ...]
    places: dict[str, Token]


def parse(text: str) -> Grammar:
    """The grammar that a text describes. Raises the first :class:`GrammarError`."""
    reading = read(text)
    if reading.grammar is None:
        raise reading.errors[0]
    return reading.grammar


def read(text: str) -> Reading:
    """Read a text in linear time. Raises UserError if it is longer than :data:`LARGEST`."""
    if len(text) > LARGEST:
        raise UserError(
            "The grammar has more than {largest} characters.",
            advice="Choose a smaller one.",
            largest=LARGEST,
        )
    errors: list[GrammarError] = []
    rules = _rules(text, errors)
    places: dict[str, Token] = {}
    for rule in rules:
        places.setdefault(rule.left.text, rule.left)
    grammar = _grammar(rules, list(places), errors)
    if not rules and not errors:
        errors.append(
            GrammarError(
                "There is no rule yet.", advice="Write one: S -> a S b |", line=1, column=1
            )
        )
    errors.sort(key=lambda error: (error.line, error.column))
    return Reading(None if errors else grammar, tuple(errors), places)


def _rules(text: str, errors: list[GrammarError]) -> list[Rule]:
    """Group the tokens into rules; a line that begins with ``|`` goes on with the rule before."""
    rules: list[Rule] = []
    line: list[Token] = []
    for token in tokens(text, errors):
        if token.kind != END:
            line.append(token)
            continue
        if line and line[0].kind == BAR and rules and not _arrows(line):
            before = rules.pop()
            more = _alternatives(line[1:])
            rules.append(Rule(before.left, (*before.alternatives, *more)))
        elif line and (rule := _rule(line, errors)):
            rules.append(rule)
        line = []
    return rules


def _arrows(line: list[Token]) -> list[int]:
    return [place for place, token in enumerate(line) if token.kind == ARROW]


def _alternatives(line: list[Token]) -> list[tuple[Token, ...]]:
    found: list[list[Token]] = [[]]
    for token in line:
        if token.kind == BAR:
            found.append([])
        else:
            found[-1].append(token)
    return [tuple(alternative) for alternative in found]


def _rule(line: list[Token], errors: list[GrammarError]) -> Rule | None:
    arrows = _arrows(line)
    if not arrows:
        error = GrammarError(
            "This line has no arrow.",
            advice="Write a rule such as S -> a S b, or begin the line with | to add an "
            "alternative.",
            **_place(line[0], line[-1]),
        )
    elif len(arrows) > 1:
        error = GrammarError(
            "A rule has only one arrow.",
            advice="Begin a new line for the next rule, or quote the arrow.",
            **_place(line[arrows[1]]),
        )
    elif arrows[0] != 1 or line[0].kind != WORD or line[0].text in EMPTY:
        error = GrammarError(
            "The left side of a rule is one nonterminal.",
            advice="Write one name before the arrow, without quotes.",
            **_place(line[0], line[max(0, arrows[0] - 1)]),
        )
    else:
        return Rule(line[0], tuple(_alternatives(line[2:])))
    errors.append(error)
    return None


def _place(first: Token, last: Token | None = None) -> dict[str, int]:
    """Where an error is that reaches from one token of a line to another."""
    last = last or first
    length = last.column + last.length - first.column
    return {"line": first.line, "column": first.column, "length": length}


class _Symbols:
    """Numbers for the symbols of right sides."""

    def __init__(self, nonterminals: list[str], errors: list[GrammarError]) -> None:
        self.nonterminals = {name: number for number, name in enumerate(nonterminals)}
        self.terminals: dict[str, int] = {}
        self._errors = errors
        lengths = {len(name) for name in nonterminals if len(name) <= _LONGEST_INSIDE}
        self._lengths = sorted(lengths, reverse=True)
        self._known: dict[str, tuple[int, ...]] = {}

    def of(self, token: Token) -> tuple[int, ...]:
        """The symbols of a token."""
        text = token.text
        if token.kind == QUOTED:
            return (self._terminal(text),) if text else ()
        if text in self.nonterminals:
            return (self.nonterminals[text],)
        if text not in self._known:
            before = len(self._errors)
            symbols = tuple(self._of_word(token))
            if len(self._errors) > before:
                return symbols
            self._known[text] = symbols
        return self._known[text]

    def _of_word(self, token: Token) -> list[int]:
        """Nonterminals and letters that were written without blanks."""
        text, at = token.text, 0
        found: list[int] = []
        while at < len(text):
            if name := self._nonterminal_at(text, at):
                found.append(self.nonterminals[name])
                at += len(name)
                continue
            end = end_of_character(text, at)
            while end < len(text) and text[end] in PRIMES:
                end += 1
            letter = text[at:end]
            if letter[0].isupper() or (at and letter[0] in PRIMES) or text[0] == "<" != text:
                self._report(token, at)
                break
            if letter not in EMPTY:
                found.append(self._terminal(letter))
            at = end
        return found

    def _nonterminal_at(self, text: str, at: int) -> str:
        """The longest name of a nonterminal that stands there."""
        for length in self._lengths:
            if text[at : at + length] in self.nonterminals:
                return text[at : at + length]
        return ""

    def _terminal(self, name: str) -> int:
        return ~self.terminals.setdefault(name, len(self.terminals))

    def _report(self, token: Token, at: int) -> None:
        whole = token.text[0].isupper() or token.text[0] == "<"
        self._errors.append(
            GrammarError(
                "The nonterminal “{name}” has no rule.",
                advice="Add a rule for it, or quote it if it is a letter of the words.",
                line=token.line,
                column=token.column if whole else token.column + at,
                length=token.length if whole else 1,
                name=token.text if whole else token.text[at],
            )
        )


def _grammar(rules: list[Rule], names: list[str], errors: list[GrammarError]) -> Grammar:
    symbols = _Symbols(names, errors)
    productions = [
        Production(
            symbols.nonterminals[rule.left.text],
            tuple(symbol for token in alternative for symbol in symbols.of(token)),
        )
        for rule in rules
        for alternative in rule.alternatives
    ]
    return Grammar(tuple(names), tuple(symbols.terminals), tuple(productions))
