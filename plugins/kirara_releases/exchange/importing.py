"""Magazines with single dates from an iCalendar or JSON file on the disk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from kirara_releases.feeds.content import read_content
from kirara_releases.feeds.download import LIMITS
from kirara_releases.feeds.entries import Entry, titles_of
from kirara_studio.api.errors import UserError


class Proposal(NamedTuple):
    """Something the file lists: what it is called, and its days in Japan, in order."""

    title: str
    dates: tuple[date, ...]


def read_file(
    path: Path, *, today: date | None = None, check: Callable[[], None] = lambda: None
) -> list[Proposal]:
    """What a file lists, by title (SUMMARY); what has none is called as the file.

    Bounds are those of feeds: 5 MB, 5,000 dates, recurrences from two years before ``today``
    (the day in Japan) to ten after. ``check`` is called now and then and may raise to stop.

    Raises
    ------
    UserError
        If the file cannot be read, is not a calendar, or has no dates.
    """
    path = Path(path)
    content = read_content(_data(path), path.name, today=today, check=check)
    if not content.entries:
        raise UserError("“{file}” lists no dates.", advice="Choose another file.", file=path.name)
    untitled = content.name or path.stem
    named = (Entry(day, title or untitled) for day, title in content.entries)
    return [Proposal(title, dates) for title, dates in titles_of(named).items()]


def _data(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise UserError(
                "“{path}” is not a file.", advice="Choose a .ics or .json file.", path=path
            )
        with path.open("rb") as file:
            data = file.read(LIMITS.size + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError(
            "“{path}” cannot be read: {reason}.",
            advice="Choose another file.",
            path=path,
            reason=reason,
        ) from error
    if len(data) > LIMITS.size:
        raise UserError(
            "“{file}” has more than {megabytes:g} MB, too much for a list of release dates.",
            advice="Choose another file.",
            file=path.name,
            megabytes=LIMITS.size / 1e6,
        )
    return data
