"""Reads and writes files: jobs in threads, where what reads calendars is imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kirara_releases.calendar.magazine import Magazine, id_for
from kirara_releases.calendar.release import Release
from kirara_releases.calendar.rules import SingleDates
from kirara_releases.storage.catalogue import parse
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import JobTools

SUFFIXES = (".ics", ".ical", ".json", ".toml")
"""What can be imported."""

_LARGEST = 10_000_000  # bytes of a list of magazines


def read_lists(paths: Sequence[Path], tools: JobTools) -> list[Magazine]:
    """The magazines that files hold; those of calendars get ids of their own later.

    Raises UserError naming the first file that is no good.
    """
    from kirara_releases.exchange.importing import read_file

    found: list[Magazine] = []
    for number, path in enumerate(paths):
        tools.progress(number, len(paths), path.name)
        if path.suffix.lower() not in SUFFIXES:
            raise UserError(
                "“{file}” cannot be imported.",
                advice="Choose an iCalendar (.ics), JSON or TOML file.",
                file=path.name,
            )
        if path.suffix.lower() == ".toml":
            found += parse(_text(path), path.name)
            continue
        for proposal in read_file(path, check=lambda: tools.progress(0, 1, "")):
            title = proposal.title.strip()[:200] or path.stem[:200]
            identity = id_for(title, {magazine.id for magazine in found})
            found.append(Magazine(identity, title, SingleDates(proposal.dates)))
    return found


@dataclass(frozen=True)
class Export:
    """Write these releases to ``path``."""

    path: Path
    releases: tuple[Release, ...]


def export_calendar(request: Export, tools: JobTools) -> Path:
    """Write an iCalendar file; returns its path. Raises UserError where it cannot be written."""
    from kirara_releases.exchange.calendar_file import write_calendar

    write_calendar(request.path, request.releases)
    return request.path


@dataclass(frozen=True)
class Candidate:
    """A magazine that could be taken over: a new one, more dates for a known one, or nothing new.

    ``known`` is the one that is there already.
    """

    magazine: Magazine
    known: Magazine | None = None

    @property
    def news(self) -> bool:
        """True where taking it over would change anything."""
        return self.magazine != self.known


def candidates(found: Sequence[Magazine], current: Sequence[Magazine]) -> list[Candidate]:
    """What taking over each of ``found`` would mean, given the magazines of now.

    Single dates join those of a magazine with the same title; that of a magazine with a rule of
    its own stays as it is. What comes from a list with rules replaces the one with its id.
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


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise UserError(
                "“{file}” is far too large.", advice="Choose another file.", file=path.name
            )
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            "“{file}” is not UTF-8.", advice="Save it as UTF-8 and try again.", file=path.name
        ) from error
    except OSError as error:
        raise UserError(
            "“{file}” cannot be read: {reason}.",
            advice="Choose another file.",
            file=path.name,
            reason=error.strerror or error,
        ) from error
