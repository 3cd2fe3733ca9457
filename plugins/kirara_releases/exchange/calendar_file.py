"""Releases as an iCalendar file (RFC 5545, 7986), which any calendar program can subscribe to.

icalendar is slow to import and seldom needed, so it is imported late.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kirara_releases.calendar.release import Release
from kirara_releases.calendar.rules import month_later
from kirara_releases.feeds.entries import clean_title
from kirara_releases.storage.repository import ReleaseRepository
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import exists, write_atomically
from kirara_studio.api.reading import read_bytes, reading

if TYPE_CHECKING:
    from icalendar import Event

NAME = "Kirara Studio"
_REFRESH = timedelta(hours=12)
_PAST, _AHEAD = 12, 24  # months in the file that is kept up to date


def calendar_bytes(releases: Iterable[Release]) -> bytes:
    """An iCalendar file of ``releases`` as all-day events: UTF-8, lines folded at 75 bytes.

    The same releases give the same bytes.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Kirara Studio//Releases//EN")
    calendar.add("method", "PUBLISH")
    # What RFC 7986 calls these, and what programs called them before.
    calendar.add("name", NAME)
    calendar.add("x-wr-calname", NAME)
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    for release in releases:
        calendar.add_component(_event(release))
    return calendar.to_ical()


class CalendarFile:
    """Writes the file when what belongs into it has changed, and else leaves it alone."""

    def __init__(self) -> None:
        self._written: tuple[object, ...] = ()

    def update(self, repository: ReleaseRepository, file: str, today: date) -> bool:
        """Bring ``file`` up to date; True if it was written.

        Raises UserError if the file cannot be written, or its name is not that of a calendar.
        """
        path = Path(file).expanduser()
        if path.suffix.lower() != ".ics" or not path.is_absolute():
            raise UserError(
                "“{file}” is not the full path of an .ics file.",
                advice="Correct it in the settings of Releases.",
                file=file,
            )
        start = today.replace(day=1)
        first, last = month_later(start, -_PAST), month_later(start, _AHEAD)
        releases = repository.releases(first, last)
        state = (path, tuple(releases))
        if state == self._written and exists(path):
            return False
        content = calendar_bytes(releases)
        known = None
        with suppress(UserError), reading(path):
            known = read_bytes(path)
        changed = known != content
        if changed:
            write_atomically(path, content)
        self._written = state
        return changed


def _event(release: Release) -> Event:
    from icalendar import Event

    event = Event()
    # Magazine and issue stay the same when a correction moves a release: calendar programs
    # then move theirs instead of adding another.
    event.add("uid", f"{release.magazine.id}-{release.issue}@kirara-studio")
    # Required; the time of writing would make every file another one.
    nominal = release.nominal
    event.add("dtstamp", datetime(nominal.year, nominal.month, nominal.day, tzinfo=UTC))
    if release.corrected:
        event.add("sequence", 1)  # newer than what was exported before the correction
    event.add("dtstart", release.date)  # without an end, it lasts that day
    event.add("summary", clean_title(release.magazine.title))
    event.add("transp", "TRANSPARENT")  # it does not make the user busy
    page = release.magazine.page
    if page and page.isprintable():
        event.add("url", page)
    return event
