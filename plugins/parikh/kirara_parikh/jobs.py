"""Functions that run in the engine, and on the command line."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kirara_parikh.automata.automaton import Automaton
from kirara_parikh.automata.drawing import Point, state_places, tree_places
from kirara_parikh.automata.minimising import smallest
from kirara_parikh.automata.parikh_automaton import TooManyStates, bound, parikh_automaton
from kirara_parikh.formulas.comparison import Comparison, compare
from kirara_parikh.formulas.parikh_formula import Witness, witness
from kirara_parikh.grammars.cleaning import cleaned
from kirara_parikh.grammars.grammar import Grammar, Vector
from kirara_parikh.grammars.text import parse
from kirara_parikh.grammars.vectors import read_vector
from kirara_parikh.images.construction import TooLarge, parikh_image
from kirara_parikh.images.linear import SemilinearSet
from kirara_parikh.images.simplification import simplified
from kirara_parikh.progress import Report
from kirara_studio.api.errors import UserError, Value
from kirara_studio.api.files import write_atomically
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.reading import read_bytes, reading

MOST_DRAWN = 200
"""States of the largest automaton that is drawn, and nodes of a tree."""


@dataclass(frozen=True)
class Refusal:
    """Why something is not shown: the template of an error and its values, for translation."""

    template: str
    values: Mapping[str, Value]

    @classmethod
    def of(cls, error: UserError) -> Refusal:
        """The words of an error."""
        return cls(error.template, error.values)


@dataclass(frozen=True)
class Drawing:
    """An automaton and the places of its states; without places it is too large to draw."""

    automaton: Automaton
    places: tuple[Point, ...]


@dataclass(frozen=True)
class Analysis:
    """All that is known of one grammar.

    ``grammar`` is its useful part, over all its letters. ``refusal`` says why there is no
    ``image``, ``drawing_refusal`` why there is no ``automaton`` and no ``smallest`` one. ``bound``
    is k, ``parts_before`` the number of linear sets before they were simplified. Times are in
    seconds.
    """

    text: str
    grammar: Grammar
    unproductive: tuple[str, ...]
    unreachable: tuple[str, ...]
    image: SemilinearSet | None
    irredundant: bool
    parts_before: int
    refusal: Refusal | None
    bound: int
    automaton: Drawing | None
    smallest: Drawing | None
    drawing_refusal: Refusal | None
    seconds: float


def analyse_job(text: str, tools: JobTools) -> Analysis:
    """Analyse a grammar. Raises :class:`~kirara_parikh.grammars.tokens.GrammarError`."""
    return analyse(text, tools.progress)


def analyse(text: str, report: Report) -> Analysis:
    """The set and the automata of a grammar."""
    begin = time.perf_counter()
    grammar = parse(text)
    clean = cleaned(grammar)
    image, irredundant, before, refusal = _image(grammar, report)
    drawn, least, drawing_refusal = _automata(clean.grammar, report)
    return Analysis(
        text,
        clean.grammar,
        clean.unproductive,
        clean.unreachable,
        image,
        irredundant,
        before,
        refusal,
        bound(clean.grammar),
        drawn,
        least,
        drawing_refusal,
        time.perf_counter() - begin,
    )


def _image(
    grammar: Grammar, report: Report
) -> tuple[SemilinearSet | None, bool, int, Refusal | None]:
    try:
        image = parikh_image(grammar, report)
    except TooLarge as error:
        return None, False, 0, Refusal.of(error)
    smaller = simplified(image, report)
    return smaller.image, smaller.irredundant, len(image.parts), None


def _automata(
    useful: Grammar, report: Report
) -> tuple[Drawing | None, Drawing | None, Refusal | None]:
    try:
        automaton = parikh_automaton(useful, report=report)
    except TooManyStates as error:
        return None, None, Refusal.of(error)
    return _drawing(automaton), _drawing(smallest(automaton, report)), None


def _drawing(automaton: Automaton) -> Drawing:
    few = len(automaton.names) <= MOST_DRAWN
    return Drawing(automaton, tuple(state_places(automaton)) if few else ())


@dataclass(frozen=True)
class Question:
    """Whether a grammar derives a word with these counts: a text as people write it."""

    text: str
    vector: str


@dataclass(frozen=True)
class DrawnTree:
    """A derivation tree to draw: nodes by number, of which those without a place are left out."""

    labels: tuple[str, ...]
    terminal: tuple[bool, ...]
    children: tuple[tuple[int, ...], ...]
    places: Mapping[int, Point]


@dataclass(frozen=True)
class Answer:
    """Whether there is a word, and which.

    ``word`` has the names of its letters; it is None if there is none, or if it is too long to be
    written out (then ``reachable`` is True). ``foreign`` are letters that the grammar lacks.
    """

    text: str
    letters: tuple[str, ...]
    vector: Vector
    foreign: tuple[str, ...] = ()
    reachable: bool = False
    word: tuple[str, ...] | None = None
    tree: DrawnTree | None = None
    steps: int = 0
    seconds: float = 0.0


def ask_job(question: Question, tools: JobTools) -> Answer:
    """Ask z3 for a word. Raises UserError for what is no vector."""
    return ask(question, tools.progress)


def ask(question: Question, report: Report) -> Answer:
    """A word with the wanted letter counts, with its derivation tree."""
    begin = time.perf_counter()
    grammar = parse(question.text)
    vector, foreign = read_vector(question.vector, grammar.terminals)
    found = None if foreign else witness(grammar, vector, report)
    return _answer(question.text, grammar, vector, tuple(foreign), found, begin)


def _answer(
    text: str,
    grammar: Grammar,
    vector: Vector,
    foreign: tuple[str, ...],
    found: Witness | None,
    begin: float,
) -> Answer:
    word, tree = None, None
    if found is not None and found.tree is not None:
        word = tuple(grammar.terminals[letter] for letter in found.tree.word())
        tree = _drawn_tree(found)
    return Answer(
        text,
        grammar.terminals,
        vector if found is None else found.vector,
        foreign,
        found is not None,
        word,
        tree,
        0 if found is None else sum(found.uses),
        time.perf_counter() - begin,
    )


def _drawn_tree(found: Witness) -> DrawnTree:
    """The nodes nearest to the root; numbers are kept, so the rest is cut off."""
    tree, grammar = found.tree, found.grammar
    assert tree is not None
    places = tree_places(tree, MOST_DRAWN)
    count = max(places) + 1
    return DrawnTree(
        tuple(grammar.name_of(symbol) for symbol in tree.symbols[:count]),
        tuple(symbol < 0 for symbol in tree.symbols[:count]),
        tuple(tree.children[:count]),
        places,
    )


@dataclass(frozen=True)
class Spot:
    """A point of the picture: counts of some letters; the others are free."""

    text: str
    counts: tuple[tuple[str, int], ...]


def spot_job(spot: Spot, tools: JobTools) -> Answer:
    """A word for a point of the picture."""
    begin = time.perf_counter()
    grammar = parse(spot.text)
    wanted = dict(spot.counts)
    counts = [wanted.get(letter) for letter in grammar.terminals]
    found = witness(grammar, counts, tools.progress)
    vector = tuple(count or 0 for count in counts)
    return _answer(spot.text, grammar, vector, (), found, begin)


@dataclass(frozen=True)
class Rivals:
    """Two grammars to compare."""

    first: str
    second: str


@dataclass(frozen=True)
class Verdict:
    """A comparison; words for its counterexamples, by the direction that they refute."""

    rivals: Rivals
    comparison: Comparison
    only_first: tuple[str, ...] | None
    only_second: tuple[str, ...] | None
    seconds: float = field(default=0.0)


def compare_job(rivals: Rivals, tools: JobTools) -> Verdict:
    """Compare two grammars up to letter counts."""
    return compare_texts(rivals, tools.progress)


def compare_texts(rivals: Rivals, report: Report) -> Verdict:
    """Compare two grammars, with words for the differences."""
    begin = time.perf_counter()
    first, second = parse(rivals.first), parse(rivals.second)
    found = compare(first, second, report)
    return Verdict(
        rivals,
        found,
        _example(first, found.letters, found.first_in_second.counterexample, report),
        _example(second, found.letters, found.second_in_first.counterexample, report),
        time.perf_counter() - begin,
    )


def _example(
    grammar: Grammar, letters: tuple[str, ...], vector: Vector | None, report: Report
) -> tuple[str, ...] | None:
    if vector is None:
        return None
    counts = dict(zip(letters, vector, strict=True))
    found = witness(grammar, [counts[letter] for letter in grammar.terminals], report)
    if found is None or found.tree is None:
        return None
    return tuple(grammar.terminals[letter] for letter in found.tree.word())


LARGEST_FILE = 8_000_000
"""Bytes of a file with a grammar."""


def read_grammar_file(path: Path) -> str:
    """The text of a file. Raises UserError if it is no text."""
    with reading(
        path,
        "“{file}” cannot be read as a grammar: {reason}.",
        advice="Choose a text file in UTF-8.",
    ):
        return read_bytes(path, LARGEST_FILE).decode("utf-8-sig").replace("\r\n", "\n")


def read_file_job(path: Path, _tools: JobTools) -> str:
    """The grammar in a file. For the pool of disk work."""
    return read_grammar_file(path)


def save_job(request: tuple[Path, str | bytes], _tools: JobTools) -> Path:
    """Write a text or a picture to a path, which is returned. For the pool of disk work."""
    write_atomically(*request)
    return request[0]
