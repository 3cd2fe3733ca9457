"""What is found in a feed or a file: days and titles, gathered with bounds."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import NamedTuple

from kirara_releases.calendar.magazine import ReminderTime
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Cancelled

log = logging.getLogger(__name__)

JAPAN = timezone(timedelta(hours=9))
"""Magazines come out in Japan, which has no summer time."""

MONTHS_BACK, MONTHS_AHEAD = 24, 120
"""The window in which recurrences are looked for, around today."""

MOST_DATES = 5_000
"""Of more, those nearest to today are kept."""

MOST_SECONDS = 10.0
"""So long the reading may take; a calendar of honest size takes less than one."""

_MOST_COLLECTED = 20_000
_LONGEST_TITLE = 200  # characters, as many as a magazine's may have


class Entry(NamedTuple):
    """Something comes out: the day in Japan, and what it is called (perhaps nothing)."""

    date: date
    title: str = ""


@dataclass(frozen=True)
class Event:
    """What else a calendar gives about an entry.

    ``uid`` and ``occurrence`` identify it in every version of that calendar, ``uid`` may be empty;
    ``occurrence`` is the original time of one of a series, in ISO format, or empty. ``remind`` is
    the time of its alarm.
    """

    entry: Entry
    uid: str = ""
    occurrence: str = ""
    cancelled: bool = False
    remind: ReminderTime | None = None


@dataclass(frozen=True)
class FeedContent:
    """The entries of a feed or file by date, each once; at most :data:`MOST_DATES`.

    ``name`` is what it calls itself; ``skipped`` counts what was broken, could not be understood,
    or was too much. ``events`` has those entries that a calendar gives more about, and the
    cancelled ones, which are no entries.
    """

    entries: tuple[Entry, ...] = ()
    name: str = ""
    skipped: int = 0
    events: tuple[Event, ...] = ()

    @property
    def dates(self) -> tuple[date, ...]:
        """Every day on which something comes out, in order, once each."""
        return tuple(sorted({entry.date for entry in self.entries}))


class Collector:
    """Gathers what a parser finds, within bounds on time and number.

    The parameters are those of :func:`~kirara_releases.feeds.content.read_content`.
    """

    def __init__(self, source: str, today: date, check: Callable[[], None], seconds: float) -> None:
        self.source = source
        self.today = today
        self.name = ""
        self.skipped = 0
        self._check = check
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds
        self._entries: set[Entry] = set()
        self._events: list[Event] = []

    def step(self) -> None:
        """Call this with every small piece of work. Raises UserError if it took too long."""
        self._check()
        if time.monotonic() > self._deadline:
            raise UserError(
                "“{source}” takes longer than {seconds:g} seconds to read.",
                advice="It is too large, or repeats too much; look for a smaller calendar.",
                source=self.source,
                seconds=self._seconds,
            )

    @contextmanager
    def skipping(self, entries: int = 1) -> Iterator[None]:
        """Count ``entries`` as skipped if the block raises anything that does not end the reading.

        icalendar, dateutil and recurring-ical-events raise errors of any kind for odd values.
        """
        try:
            yield
        except (UserError, Cancelled):
            raise
        except Exception as error:
            log.debug("An entry of “%s” is skipped: %r", self.source, error)
            self.skipped += entries

    def add(self, day: date, title: str) -> Entry:
        entry = Entry(day, clean_title(title))
        if entry in self._entries or len(self._entries) < _MOST_COLLECTED:
            self._entries.add(entry)
        else:
            self.skipped += 1
        return entry

    def add_event(self, event: Event) -> None:
        """Note what else is known about an entry, or that it is cancelled."""
        if (event.uid or event.remind) and len(self._events) < _MOST_COLLECTED:
            self._events.append(event)

    def content(self) -> FeedContent:
        """All of it. Raises UserError if there were entries, but none with a date."""
        if self.skipped and not self._entries:
            raise UserError(
                "“{source}” has {count} entries, but none with a valid date.",
                advice="See docs/releases.md for the supported formats.",
                source=self.source,
                count=self.skipped,
            )
        nearest = sorted(self._entries, key=lambda entry: abs(entry.date - self.today))
        left_out = len(nearest[MOST_DATES:])
        kept = set(nearest[:MOST_DATES])
        events = tuple(event for event in self._events if event.cancelled or event.entry in kept)
        return FeedContent(
            tuple(sorted(kept)), clean_title(self.name), self.skipped + left_out, events
        )


def read_day(text: str) -> date:
    """The day in Japan of an ISO date or date with time. Raises ValueError for anything else."""
    text = text.strip()
    if len(text) > 40:
        raise ValueError("too long for a date")
    try:
        return date.fromisoformat(text)
    except ValueError:
        return day_in_japan(datetime.fromisoformat(text.upper()))


def day_in_japan(moment: date) -> date:
    """The day in Japan of a moment; without a time zone, the day as it is written."""
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is not None:
        try:
            return moment.astimezone(JAPAN).date()
        except (OverflowError, ValueError):
            pass  # within some hours of the calendar's ends
    return moment.date()


def clean_title(text: str) -> str:
    """One line of printable characters, of at most 200."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_LONGEST_TITLE]
