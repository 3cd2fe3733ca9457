"""Finite automata whose transitions carry words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

Word = tuple[int, ...]
"""Numbers of letters."""


@dataclass(frozen=True)
class Transition:
    """From one state to another, reading a word."""

    source: int
    word: Word
    target: int


@dataclass(frozen=True)
class Automaton:
    """States are numbers from 0; ``names`` says what each of them is."""

    letters: tuple[str, ...]
    names: tuple[str, ...]
    start: int
    final: frozenset[int]
    transitions: tuple[Transition, ...]

    @cached_property
    def leaving(self) -> dict[int, list[Transition]]:
        """The transitions that leave a state."""
        found: dict[int, list[Transition]] = defaultdict(list)
        for transition in self.transitions:
            found[transition.source].append(transition)
        return found

    def walk(self, word: Iterable[int]) -> Places:
        """Where the automaton may be after a word."""
        places = self.closure({(self.start, ())})
        for letter in word:
            places = self.step(places, letter)
        return places

    def step(self, places: Places, letter: int) -> Places:
        """Where it may be after one more letter."""
        moved = {(state, rest[1:]) for state, rest in places if rest and rest[0] == letter}
        for state, rest in places:
            if not rest:
                for transition in self.leaving[state]:
                    if transition.word[:1] == (letter,):
                        moved.add((transition.target, transition.word[1:]))
        return self.closure(moved)

    def closure(self, places: Places) -> Places:
        """Add what is reached without a letter."""
        found, waiting = set(places), list(places)
        while waiting:
            state, rest = waiting.pop()
            for transition in self.leaving[state] if not rest else ():
                place = (transition.target, transition.word)
                if not transition.word and place not in found:
                    found.add(place)
                    waiting.append(place)
        return found

    def accepts(self, places: Places) -> bool:
        """Whether a word that leads to these places is accepted."""
        return any(not rest and state in self.final for state, rest in places)


Places = set[tuple[int, Word]]
"""States, each with the letters that must still be read before it is reached."""
