"""Dates from iCalendar (RFC 5545): events, their recurrences, exceptions and cancellations.

The events are cut out of the text first, and each is given to the icalendar package on its own,
with only those lines that matter: one that is broken then takes no other with it, and what is
large or deeply nested for no reason costs next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from typing import Any

from icalendar import Event, vRecur

from kirara_releases.calendar.rules import month_later
from kirara_releases.feeds.entries import Collector, day_in_japan
from kirara_releases.feeds.recurrence import occurrences
from kirara_studio.api.errors import UserError

MONTHS_BACK, MONTHS_AHEAD = 24, 120
"""The window in which recurrences are looked for, around today."""

_WANTED = {
    "UID", "DTSTART", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS", "SUMMARY",
}  # fmt: skip
_FOLD = re.compile(r"(?:\r\n|\n|\r)[ \t]")
_NEWLINE = re.compile(r"\r\n|\n|\r")
_NAME = re.compile(r"[A-Za-z0-9-]+(?=[;:])")
_MOST_LINES = 2_000  # of one event
_LONGEST_LINE = 65_536  # characters; room for some 7,000 dates
_LONGEST_SUMMARY = 2_000


class _Broken(Exception):
    """An event that cannot be understood."""


@dataclass
class _Happening:
    """An event, understood. Times are the event's wall time; ``zone`` says where that is.

    ``zone`` is None where the times float, or where nobody knows the zone, and for whole days.
    """

    uid: str
    title: str
    start: datetime
    zone: tzinfo | None
    whole_day: bool
    replaces: date | None  # which recurrence of the event with the same uid
    cancelled: bool
    rules: list[vRecur]
    more: list[datetime] = field(default_factory=list)
    fewer: set[date] = field(default_factory=set)  # whole days, and moments in the wall time

    def leave_out(self, moment: date) -> None:
        """Take out the recurrence at a moment, or all on a day."""
        whole = day_in_japan(moment) if self.whole_day else moment
        self.fewer.add(_wall(whole, self.zone))

    def day(self, wall: datetime) -> date:
        """The day in Japan."""
        return day_in_japan(wall.replace(tzinfo=self.zone))


def collect_events(text: str, collector: Collector) -> None:
    """Give the events of a calendar to ``collector``.

    A timed event counts on its day in Japan. Raises UserError where the text breaks off, and
    what ``collector.step`` raises; events that cannot be understood are counted.
    """
    happenings = []
    for lines in _events(text, collector):
        collector.step()
        try:
            happenings.append(_understood(lines))
        except _Broken:
            collector.skipped += 1
    _apply_replacements(happenings)
    for happening in happenings:
        if happening.cancelled:
            continue
        try:
            _expand(happening, collector)
        except (ValueError, OverflowError, TypeError, AttributeError, IndexError):
            # dateutil raises all of these for rules that make no sense.
            collector.skipped += 1


def _events(text: str, collector: Collector) -> Iterator[list[str]]:
    """The lines of each event, without those of its alarms. Counts events without an end."""
    event: list[str] | None = None
    inner, ended = 0, False
    for line in _NEWLINE.split(_FOLD.sub("", text)):
        match = _NAME.match(line)
        if match is None:
            continue
        name = match.group().upper()
        what = line[match.end() + 1 :].strip().upper() if name in ("BEGIN", "END") else ""
        if what == "VEVENT":
            if name == "END" and event is not None:
                yield event
            elif event is not None:
                collector.skipped += 1
            event, inner = ([] if name == "BEGIN" else None), 0
        elif what == "VCALENDAR":
            ended = name == "END"
        elif event is None:
            if name in ("X-WR-CALNAME", "NAME") and not collector.name:
                collector.name = line.partition(":")[2][:_LONGEST_SUMMARY].replace("\\", "")
        elif what:
            inner = max(inner + (1 if name == "BEGIN" else -1), 0)
        elif inner == 0 and name in _WANTED and len(event) <= _MOST_LINES:
            event.append(line)
    if event is not None or not ended:
        raise UserError(
            "“{source}” breaks off before its end.",
            advice="Try again later.",
            source=collector.source,
        )


def _understood(lines: list[str]) -> _Happening:
    if len(lines) > _MOST_LINES:
        raise _Broken
    cut = []
    for line in lines:
        if line[:7].upper() == "SUMMARY" and len(line) > _LONGEST_SUMMARY:
            line = line[:_LONGEST_SUMMARY].rstrip("\\")  # half an escape is none
        if len(line) > _LONGEST_LINE:
            raise _Broken
        cut.append(line)
    try:
        event = Event.from_ical("\r\n".join(["BEGIN:VEVENT", *cut, "END:VEVENT"]))
        return _happening(event)
    except _Broken:
        raise
    except Exception as error:  # a stranger's text in a large parser: anything may come out
        raise _Broken from error


def _happening(event: Any) -> _Happening:
    start = event["DTSTART"].dt
    if not isinstance(start, date):
        raise _Broken
    zone = start.tzinfo if isinstance(start, datetime) else None
    replaces = event.get("RECURRENCE-ID")
    happening = _Happening(
        uid=str(event.get("UID", "")),
        title=str(_first(event.get("SUMMARY", ""))),
        start=_midnight(_wall(start, zone)),
        zone=zone,
        whole_day=not isinstance(start, datetime),
        replaces=None if replaces is None else replaces.dt,
        cancelled=str(event.get("STATUS", "")).strip().upper() == "CANCELLED",
        rules=_list(event.get("RRULE")),
        more=[_midnight(_wall(moment, zone)) for moment in _moments(event.get("RDATE"))],
    )
    for moment in _moments(event.get("EXDATE")):
        happening.leave_out(moment)
    return happening


def _apply_replacements(happenings: Iterable[_Happening]) -> None:
    """Take the recurrences that have an event of their own out of the event that recurs."""
    recurring: dict[str, list[_Happening]] = {}
    replacements = []
    for happening in happenings:
        if happening.replaces is None:
            recurring.setdefault(happening.uid, []).append(happening)
        elif happening.uid:
            replacements.append(happening)
    for replacement in replacements:
        assert replacement.replaces is not None
        for master in recurring.get(replacement.uid, []):
            master.leave_out(replacement.replaces)


def _expand(happening: _Happening, collector: Collector) -> None:
    moments = [happening.start, *happening.more]
    first = month_later(collector.today, -MONTHS_BACK)
    last = month_later(collector.today, MONTHS_AHEAD)
    for rule in happening.rules:
        moments += occurrences(rule, happening.start, happening.zone, first, last, collector.step)
    for moment in moments:
        if moment not in happening.fewer and moment.date() not in happening.fewer:
            collector.add(happening.day(moment), happening.title)


def _moments(value: Any) -> Iterator[date]:
    """The dates and times of all RDATEs or EXDATEs; of a period, its start."""
    for dates in _list(value):
        for item in dates.dts:
            moment = item.dt[0] if isinstance(item.dt, tuple) else item.dt
            if not isinstance(moment, date):
                raise _Broken
            yield moment


def _wall(moment: date, zone: tzinfo | None) -> date:
    """A moment in the wall time of ``zone``; dates, and times without a zone, stay as they are."""
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is not None and zone is not None and moment.tzinfo is not zone:
        moment = moment.astimezone(zone)
    return moment.replace(tzinfo=None)


def _midnight(day: date) -> datetime:
    return day if isinstance(day, datetime) else datetime.combine(day, time())


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) else value
