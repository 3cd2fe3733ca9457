"""What importing magazines would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kirara_releases.calendar.magazine import Magazine, id_for
from kirara_releases.calendar.rules import SingleDates


@dataclass(frozen=True)
class Candidate:
    """A magazine that could be imported; ``known`` is the one that it would replace, if any."""

    magazine: Magazine
    known: Magazine | None = None

    @property
    def is_new(self) -> bool:
        """True if importing it changes anything."""
        return self.magazine != self.known


def candidates(found: Sequence[Magazine], current: Sequence[Magazine]) -> list[Candidate]:
    """What importing each of ``found`` means, given the current magazines.

    Single dates join those of a magazine with the same title; a magazine with a rule of its own
    stays as it is. A magazine with a rule, from a list, replaces the one with its id.
    """
    taken = {magazine.id for magazine in current}
    result = []
    for magazine in found:
        if not isinstance(magazine.rule, SingleDates):
            known = next((m for m in current if m.id == magazine.id), None)
            result.append(Candidate(magazine, known))
            continue
        known = next((m for m in current if m.title == magazine.title), None)
        if known is None:
            identity = id_for(magazine.title, taken)
            taken.add(identity)
            result.append(Candidate(replace(magazine, id=identity)))
        elif isinstance(known.rule, SingleDates):
            dates = tuple(sorted({*known.rule.dates, *magazine.rule.dates}))
            same = dates == tuple(sorted(set(known.rule.dates)))
            joined = known if same else replace(known, rule=SingleDates(dates))
            result.append(Candidate(joined, known))
        else:
            result.append(Candidate(known, known))
    return result
