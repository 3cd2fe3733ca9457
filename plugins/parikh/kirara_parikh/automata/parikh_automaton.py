"""The automaton of Esparza, Ganty, Kiefer and Luttenberger.

"Parikh's theorem: A simple and direct automaton construction", Information Processing Letters 111
(2011): the states are multisets of at most k nonterminals, those that still have to be derived. A
transition replaces one of them by the nonterminals of a right side and reads its terminals. With
k = n·m + 1 its words have the letter counts of the grammar's; n is the number of nonterminals, and
m, the degree, is one less than the most nonterminals on a right side.
"""

from __future__ import annotations

from kirara_parikh.automata.automaton import Automaton, Transition
from kirara_parikh.grammars.grammar import Grammar
from kirara_parikh.progress import Report, silent
from kirara_studio.api.errors import UserError

MOST_STATES = 5_000
MOST_TRANSITIONS = 100_000

State = tuple[int, ...]


class TooManyStates(UserError):
    """The automaton is not built."""


def bound(grammar: Grammar) -> int:
    """K = n·m + 1 of a cleaned grammar."""
    return len(grammar.nonterminals) * grammar.degree + 1


def parikh_automaton(grammar: Grammar, k: int | None = None, report: Report = silent) -> Automaton:
    """The automaton of a cleaned grammar; only states that are reached and reach the end.

    ``k`` is by default :func:`bound`. Raises :class:`TooManyStates`.
    """
    k = bound(grammar) if k is None else k
    first: State = (grammar.start,)
    numbers, states = {first: 0}, [first]
    transitions: dict[Transition, None] = {}
    for number, state in enumerate(states):
        report(number, 0, "building the automaton")
        for symbol in dict.fromkeys(state):
            rest = list(state)
            rest.remove(symbol)
            for place in grammar.productions_of[symbol]:
                production = grammar.productions[place]
                if len(rest) + len(production.nonterminals) > k:
                    continue
                target = tuple(sorted((*rest, *production.nonterminals)))
                if target not in numbers:
                    numbers[target] = len(states)
                    states.append(target)
                step = Transition(number, tuple(sorted(production.letters)), numbers[target])
                if step.word or step.source != step.target:
                    transitions[step] = None
        if len(states) > MOST_STATES or len(transitions) > MOST_TRANSITIONS:
            raise TooManyStates(
                "The automaton is not drawn: with k = {k} it has more than {most} states.",
                advice="The set and the questions do not need it.",
                k=k,
                most=MOST_STATES,
            )
    return _trimmed(grammar, states, numbers.get(()), list(transitions))


def _trimmed(
    grammar: Grammar, states: list[State], end: int | None, transitions: list[Transition]
) -> Automaton:
    """Without the states from which the empty multiset is not reached; the first one stays."""
    sources: dict[int, list[int]] = {}
    for step in transitions:
        sources.setdefault(step.target, []).append(step.source)
    found = set() if end is None else {end}
    waiting = list(found)
    while waiting:
        for source in sources.get(waiting.pop(), ()):
            if source not in found:
                found.add(source)
                waiting.append(source)
    kept = [number for number in range(len(states)) if number in found or number == 0]
    places = {number: place for place, number in enumerate(kept)}
    return Automaton(
        grammar.terminals,
        tuple(_name(grammar, states[number]) for number in kept),
        0,
        frozenset() if end is None else frozenset({places[end]}),
        tuple(
            Transition(places[step.source], step.word, places[step.target])
            for step in transitions
            if step.source in places and step.target in places
        ),
    )


def _name(grammar: Grammar, state: State) -> str:
    return " ".join(grammar.nonterminals[symbol] for symbol in state) or "∅"
