"""Magazines from files on the disk, and what importing them would change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kirara_releases.calendar.magazine import Magazine, id_for
from kirara_releases.calendar.rules import SingleDates
from kirara_releases.feeds.content import read_content
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import exists, is_file
from kirara_studio.api.http import Limits
from kirara_studio.api.reading import reading

_LARGEST = Limits().size  # bytes, as of a feed


def read_file(
    path: Path, *, today: date | None = None, check: Callable[[], None] = lambda: None
) -> dict[str, tuple[date, ...]]:
    """The days in Japan that a file lists, by title (SUMMARY), in order.

    Entries without a title get the name of the calendar or file. Bounds are those of feeds: 5 MB,
    5,000 dates, recurrences from two years before ``today`` (the day in Japan) to ten after.
    ``check`` is called now and then and may raise to stop. Raises UserError if the file cannot be
    read, is not a calendar, or has no dates.
    """
    path = Path(path)
    content = read_content(_data(path), path.name, today=today, check=check)
    if not content.entries:
        raise UserError("“{file}” lists no dates.", advice="Choose another file.", file=path.name)
    found: dict[str, set[date]] = {}
    for entry in content.entries:
        found.setdefault(entry.title or content.name or path.stem, set()).add(entry.date)
    return {title: tuple(sorted(days)) for title, days in found.items()}


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


def _data(path: Path) -> bytes:
    if exists(path) and not is_file(path):
        raise UserError("“{path}” is not a file.", advice="Choose a .ics or .json file.", path=path)
    with (
        reading(path, "“{path}” cannot be read: {reason}.", advice="Choose another file."),
        path.open("rb") as file,
    ):
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise UserError(
            "“{file}” has more than {megabytes:g} MB, too much for a list of release dates.",
            advice="Choose another file.",
            file=path.name,
            megabytes=_LARGEST / 1e6,
        )
    return data
