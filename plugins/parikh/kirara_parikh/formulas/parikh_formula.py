"""The Parikh image of a grammar as an existential formula of linear integer arithmetic.

Verma, Seidl and Schwentick, "On the complexity of equational Horn clauses" (CADE 2005): the
formula counts how often each production is used. Every nonterminal is made as often as it is used
(flow), and distances from the start symbol prove that the used ones are connected.

As printed, a nonterminal may take its distance from one that is itself not used, so a circuit far
from the start symbol counts. Barner (master's thesis, TU München, 2006) corrected this: the
distance comes by a production that is used, from a nonterminal whose own distance is positive. The
tests have a grammar on which the two differ.

The formula has one variable for each production, so it serves grammars of any size. The distances
are the slow half: :func:`witness` asks without them first. If there is no answer then, there is
none with them; and if the answer makes a derivation tree, it is connected.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kirara_parikh.formulas.solving import Undecided, has_model, new_solver, z3
from kirara_parikh.grammars.cleaning import cleaned
from kirara_parikh.grammars.derivation import Tree, tree_of
from kirara_parikh.grammars.grammar import Grammar, Vector
from kirara_parikh.progress import Report, silent
from kirara_studio.api.errors import UserError

SECONDS = 20.0
"""That z3 has for one question."""
LARGEST_TREE = 100_000
"""Uses of productions up to which a tree is built."""
_ROUNDS = 8
_ROUND_SECONDS = 1.0


@dataclass(frozen=True)
class Witness:
    """A word with the wanted counts, by the uses of productions.

    ``tree`` is None if it is too large. Symbols and productions are those of ``grammar``, the
    useful part.
    """

    grammar: Grammar
    uses: tuple[int, ...]
    vector: Vector
    tree: Tree | None


def witness(
    grammar: Grammar, wanted: Sequence[int | None], report: Report = silent
) -> Witness | None:
    """A word with these letter counts; None in place of a count leaves it free.

    Returns None if there is no such word. Raises UserError if z3 does not decide in time.
    """
    useful = cleaned(grammar).grammar
    if not useful.productions:
        return None
    asked = new_solver(SECONDS)
    uses, letters = balance(useful, asked)
    for letter, count in zip(letters, wanted, strict=True):
        if count is not None:
            asked.add(letter == count)
    try:
        found = _connected(useful, asked, uses, report)
    except Undecided:
        raise UserError(
            "z3 did not find an answer within {seconds} seconds.",
            advice="Ask for a smaller vector, or simplify the grammar.",
            seconds=int(SECONDS),
        ) from None
    if found is None:
        return None
    vector = [0] * len(useful.terminals)
    for count, production in zip(found, useful.productions, strict=True):
        for letter in production.letters:
            vector[letter] += count
    return Witness(useful, found, tuple(vector), _tree(useful, found))


def _connected(
    grammar: Grammar, asked: Any, uses: Sequence[Any], report: Report
) -> tuple[int, ...] | None:
    """Uses of productions that make a tree, few if z3 finds such quickly; None without any."""
    if not has_model(asked, report):
        return None
    found = _numbers(asked, uses)
    if _tree(grammar, found) is None:
        connect(grammar, uses, asked)
        if not has_model(asked, report):
            return None
        found = _numbers(asked, uses)
    return _shorter(grammar, asked, uses, found, report)


def _tree(grammar: Grammar, uses: Sequence[int]) -> Tree | None:
    """The derivation tree, unless it is too large or there is none."""
    if sum(uses) > LARGEST_TREE:
        return None
    try:
        return tree_of(grammar, uses)
    except ValueError:
        return None


def constrain(grammar: Grammar, asked: Any) -> tuple[list[Any], list[Any]]:
    """Add the whole formula of a cleaned grammar to a solver; returns as :func:`balance`."""
    uses, letters = balance(grammar, asked)
    connect(grammar, uses, asked)
    return uses, letters


def balance(grammar: Grammar, asked: Any) -> tuple[list[Any], list[Any]]:
    """Add the flow of a cleaned grammar: variables for the uses of productions.

    Returns them, and a term for the number of each letter.
    """
    module = z3()
    uses = [module.Int(f"uses{place}") for place in range(len(grammar.productions))]
    for variable in uses:
        asked.add(variable >= 0)
    made: dict[int, list[Any]] = defaultdict(list)
    letters: dict[int, list[Any]] = defaultdict(list)
    for variable, production in zip(uses, grammar.productions, strict=True):
        for symbol, times in Counter(production.nonterminals).items():
            made[symbol].append(times * variable)
        for letter, times in Counter(production.letters).items():
            letters[letter].append(times * variable)
    for symbol in range(len(grammar.nonterminals)):
        used = module.Sum([uses[place] for place in grammar.productions_of[symbol]])
        first = module.IntVal(int(symbol == grammar.start))
        asked.add(used == module.Sum([first, *made[symbol]]))
    zero = module.IntVal(0)
    sums = [module.Sum([zero, *letters[n]]) for n in range(len(grammar.terminals))]
    return uses, sums


def connect(grammar: Grammar, uses: Sequence[Any], asked: Any) -> None:
    """Every used nonterminal has a distance, one more than that of one above it.

    With Barner's correction: by a production that is used, and from a positive distance.
    """
    module = z3()
    count = len(grammar.nonterminals)
    distances = [module.Int(f"distance{symbol}") for symbol in range(count)]
    above: list[list[Any]] = [[] for _ in range(count)]
    for variable, production in zip(uses, grammar.productions, strict=True):
        for symbol in set(production.nonterminals):
            source = distances[production.left]
            above[symbol].append(
                module.And(variable > 0, source > 0, distances[symbol] == source + 1)
            )
    asked.add(distances[grammar.start] == 1)
    for symbol in range(count):
        if symbol != grammar.start:
            unused = [uses[place] == 0 for place in grammar.productions_of[symbol]]
            reached = module.Or(above[symbol])
            asked.add(module.Or(module.And(distances[symbol] == 0, *unused), reached))


def _shorter(
    grammar: Grammar, asked: Any, uses: Sequence[Any], best: tuple[int, ...], report: Report
) -> tuple[int, ...]:
    """Fewer uses than ``best``, if z3 finds some quickly that make a tree."""
    asked.set("timeout", int(_ROUND_SECONDS * 1000))
    low = 0
    for _ in range(_ROUNDS if sum(best) <= LARGEST_TREE else 0):
        if sum(best) <= low + 1:
            break
        middle = (low + sum(best)) // 2
        asked.push()
        asked.add(z3().Sum(list(uses)) <= middle)
        try:
            found = _numbers(asked, uses) if has_model(asked, report) else None
        except Undecided:
            found = None
        if found is not None and _tree(grammar, found) is not None:
            best = found
        else:
            low = middle
        asked.pop()
    return best


def _numbers(asked: Any, uses: Sequence[Any]) -> tuple[int, ...]:
    model = asked.model()
    return tuple(model.eval(use, model_completion=True).as_long() for use in uses)
