"""A small automaton for the words of another one.

The minimal deterministic one: the subset construction of Rabin and Scott, then Moore's refinement
of classes of states (“Gedanken-experiments on sequential machines”, 1956). It may have more states
than the automaton itself; then states from which the same transitions lead to the same classes are
merged (bisimulation). Equal letter counts are kept, since equal words are.
"""

from __future__ import annotations

from kirara_parikh.automata.automaton import Automaton, Places, Transition
from kirara_parikh.progress import Report, silent

MOST_STATES = 600


def smallest(automaton: Automaton, report: Report = silent) -> Automaton:
    """The minimal deterministic automaton, or a merged one if that has fewer states."""
    merged, least = without_twins(automaton, report), minimal(automaton, report)
    if least is None or len(least.names) > len(merged.names):
        return merged
    return least


def without_twins(automaton: Automaton, report: Report = silent) -> Automaton:
    """An automaton whose states of the same behaviour are one."""
    classes = [int(state in automaton.final) for state in range(len(automaton.names))]
    count = 0
    while len(set(classes)) != count:
        report(0, 0, "minimising")
        count = len(set(classes))
        signatures: dict[object, int] = {}
        classes = [
            signatures.setdefault(
                (
                    classes[state],
                    frozenset((t.word, classes[t.target]) for t in automaton.leaving[state]),
                ),
                len(signatures),
            )
            for state in range(len(automaton.names))
        ]
    transitions = dict.fromkeys(
        Transition(classes[step.source], step.word, classes[step.target])
        for step in automaton.transitions
    )
    return Automaton(
        automaton.letters,
        tuple(f"{number}" for number in range(count)),
        classes[automaton.start],
        frozenset(classes[state] for state in automaton.final),
        tuple(transitions),
    )


def minimal(automaton: Automaton, report: Report = silent) -> Automaton | None:
    """The minimal automaton without its dead state, one letter a transition.

    None if the subset construction makes more than :data:`MOST_STATES` states.
    """
    table = _subsets(automaton, report)
    if table is None:
        return None
    subsets, moves = table
    classes = _classes([automaton.accepts(set(s)) for s in subsets], moves, report)
    alive = _alive(automaton, subsets, moves)
    numbers: dict[int, int] = {}
    for place in range(len(subsets)):  # in the order of the search, so the start is 0
        if place in alive or not place:
            numbers.setdefault(classes[place], len(numbers))
    transitions = dict.fromkeys(
        Transition(numbers[classes[source]], (letter,), numbers[classes[target]])
        for source, row in enumerate(moves)
        if source in alive
        for letter, target in row.items()
        if target in alive
    )
    finals = {
        numbers[classes[place]]
        for place, subset in enumerate(subsets)
        if place in alive and automaton.accepts(set(subset))
    }
    names = tuple(f"{number}" for number in range(len(numbers)))
    return Automaton(automaton.letters, names, 0, frozenset(finals), tuple(transitions))


_Subset = frozenset[tuple[int, tuple[int, ...]]]
_Moves = list[dict[int, int]]


def _subsets(automaton: Automaton, report: Report) -> tuple[list[_Subset], _Moves] | None:
    first: _Subset = frozenset(automaton.walk(()))
    numbers, subsets = {first: 0}, [first]
    moves: _Moves = []
    for number, subset in enumerate(subsets):
        report(number, MOST_STATES, "minimising")
        moves.append({})
        for letter in sorted(_next_letters(automaton, set(subset))):
            target: _Subset = frozenset(automaton.step(set(subset), letter))
            if target not in numbers:
                numbers[target] = len(subsets)
                subsets.append(target)
            moves[number][letter] = numbers[target]
        if len(subsets) > MOST_STATES:
            return None
    return subsets, moves


def _next_letters(automaton: Automaton, places: Places) -> set[int]:
    letters = {rest[0] for _, rest in places if rest}
    for state, rest in places:
        if not rest:
            letters |= {step.word[0] for step in automaton.leaving[state] if step.word}
    return letters


def _classes(accepting: list[bool], moves: _Moves, report: Report) -> list[int]:
    """The number of each state's class; states of a class accept the same words."""
    classes = [int(accepts) for accepts in accepting]
    count = len(set(classes))
    while True:
        report(0, 0, "minimising")
        signatures: dict[tuple[int, tuple[tuple[int, int], ...]], int] = {}
        refined = [
            signatures.setdefault(
                (classes[state], tuple((letter, classes[to]) for letter, to in row.items())),
                len(signatures),
            )
            for state, row in enumerate(moves)
        ]
        classes = refined
        if len(signatures) == count:
            return classes
        count = len(signatures)


def _alive(automaton: Automaton, subsets: list[_Subset], moves: _Moves) -> set[int]:
    """The states from which a final one is reached."""
    sources: dict[int, list[int]] = {}
    for source, row in enumerate(moves):
        for target in row.values():
            sources.setdefault(target, []).append(source)
    waiting = [n for n, subset in enumerate(subsets) if automaton.accepts(set(subset))]
    found = set(waiting)
    while waiting:
        for source in sources.get(waiting.pop(), ()):
            if source not in found:
                found.add(source)
                waiting.append(source)
    return found
