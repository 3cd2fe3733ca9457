"""Dates from iCalendar (RFC 5545).

Events and time zones are cut out of the text first, with only those lines that matter, and each
is parsed on its own: one that is broken then takes no other with it, and what is large or deeply
nested for no reason costs next to nothing. The events of one UID are expanded together by
recurring-ical-events: recurrences, exceptions, single changes, and sequence numbers.
"""

from __future__ import annotations

import contextlib
import re
import zoneinfo
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from io import StringIO
from typing import Any

import recurring_ical_events
from dateutil.tz import tzical
from icalendar import Calendar, vDDDTypes, vRecur
from icalendar import Event as Component
from recurring_ical_events.selection.name import ComponentsWithName

from kirara_releases.calendar.magazine import MOST_DAYS_BEFORE, ReminderTime
from kirara_releases.calendar.rules import month_later, shifted
from kirara_releases.feeds.entries import (
    JAPAN,
    MONTHS_AHEAD,
    MONTHS_BACK,
    Collector,
    Entry,
    Event,
    clean_title,
    day_in_japan,
)
from kirara_releases.feeds.recurrence import bounded_series, check_rule
from kirara_studio.api.errors import UserError

_WANTED = {
    "UID", "DTSTART", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS", "SUMMARY", "SEQUENCE",
}  # fmt: skip
_ALARM = "X-KIRARA-TRIGGER"  # a line of an alarm, as one of its event
_FROM_END = ";RELATED=END"
_RECURRING = ("RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
_FOLD = re.compile(r"(?:\r\n|\n|\r)[ \t]")
_NEWLINE = re.compile(r"\r\n|\n|\r")
_NAME = re.compile(r"[A-Za-z0-9-]+(?=[;:])")
_MOST_LINES = 2_000  # of one event
_MOST_ZONES, _MOST_ZONE_LINES = 50, 500
_LONGEST_LINE = 65_536  # characters; room for some 7,000 dates
_LONGEST_SUMMARY = 2_000
_GREGORIAN = 1583  # the first whole year of the calendar; rules from before are mistakes

# Properties of icalendar are unions of thirty types: here they are Any.


@dataclass
class _Text:
    """The lines of a calendar that matter; ``properties`` are its own, by name."""

    properties: dict[str, str] = field(default_factory=dict)
    events: list[list[str]] = field(default_factory=list)
    zones: list[list[str]] = field(default_factory=list)


def collect_events(text: str, collector: Collector) -> None:
    """Give the events of a calendar to ``collector``.

    A timed event counts on its day in Japan. Raises UserError if the text breaks off, and
    what ``collector.step`` raises; events that cannot be understood are counted.
    """
    found = _read(text, collector)
    collector.name = found.properties.get("X-WR-CALNAME", "") or found.properties.get("NAME", "")
    cancelled = found.properties.get("METHOD", "").upper() == "CANCEL"
    zones = _Zones(found, collector)
    series: dict[str, list[Any]] = {}
    for lines in found.events:
        collector.step()
        with collector.skipping():
            event = _parsed(lines)
            zones.apply(event)
            _check(event)
            series.setdefault(str(event.get("UID", id(event))), []).append(event)
    for events in series.values():
        collector.step()
        with collector.skipping(len(events)):
            usual = next((_title(event) for event in events if "SUMMARY" in event), "")
            for occurrence in list(_occurrences(events, collector)):
                _collect(occurrence, usual, cancelled, collector)


def _collect(occurrence: Any, usual: str, cancelled: bool, collector: Collector) -> None:
    status = str(occurrence.get("STATUS", "")).strip().upper()
    cancelled = cancelled or status == "CANCELLED"
    title = _title(occurrence) if "SUMMARY" in occurrence else usual
    start = occurrence["DTSTART"].dt
    day = day_in_japan(start)
    entry = Entry(day, clean_title(title)) if cancelled else collector.add(day, title)
    original = occurrence.get("RECURRENCE-ID")
    collector.add_event(
        Event(
            entry,
            str(occurrence.get("UID", "")),
            _moment_text(original.dt) if original is not None else "",
            cancelled,
            _reminder(occurrence.get(_ALARM), start, day),
        )
    )


def _title(event: Any) -> str:
    title = event.get("SUMMARY", "")
    return str(title[0] if isinstance(title, list) else title)


def _moment_text(moment: date) -> str:
    """A time in ISO format, the same in whichever zone it was written."""
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        with contextlib.suppress(OverflowError, ValueError):
            moment = moment.astimezone(UTC)
    return moment.isoformat()


def _reminder(alarms: Any, start: date, day: date) -> ReminderTime | None:
    """The last of an event's alarms up to the end of its day, counted from its day in Japan."""
    midnight = datetime(day.year, day.month, day.day)
    found = []
    for alarm in _list(alarms):
        with contextlib.suppress(ValueError, OverflowError, TypeError):
            trigger: Any = vDDDTypes.from_ical(str(alarm))  # type: ignore[no-untyped-call]
            moment = trigger if isinstance(trigger, date) else _wall_time(start) + trigger
            found.append((_wall_time(moment) - midnight) // timedelta(minutes=1))
    minutes = max((number for number in found if number < 1440), default=None)
    if minutes is None or minutes < -1440 * MOST_DAYS_BEFORE:
        return None
    return ReminderTime(-(minutes // 1440), minutes % 1440)


def _wall_time(moment: date) -> datetime:
    """A time as a clock in Japan shows it; a whole day begins at midnight."""
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day)
    return moment.astimezone(JAPAN).replace(tzinfo=None) if moment.tzinfo else moment


def _read(text: str, collector: Collector) -> _Text:
    """Cut the calendar into events, with the times of their alarms, and zones.

    Counts unfinished events.
    """
    found = _Text()
    event: list[str] | None = None
    zone: list[str] | None = None
    inner, in_alarm, ended = 0, False, False
    for line in _NEWLINE.split(_FOLD.sub("", text)):
        match = _NAME.match(line)
        if match is None:
            continue
        name = match.group().upper()
        value = line[match.end() + 1 :].strip()
        what = value.upper() if name in ("BEGIN", "END") else ""
        if what == "VEVENT":
            if name == "END" and event is not None:
                found.events.append(event)
            elif event is not None:
                collector.skipped += 1
            event, inner = ([] if name == "BEGIN" else None), 0
        elif what == "VCALENDAR":
            ended = name == "END"
        elif event is not None:
            if what:
                inner = max(inner + (1 if name == "BEGIN" else -1), 0)
                in_alarm = inner == 1 and (name, what) == ("BEGIN", "VALARM")
            elif len(event) <= _MOST_LINES and (inner == 0 or in_alarm):
                event += _wanted(name, line, value, in_alarm)
        elif what == "VTIMEZONE":
            if name == "END" and zone is not None and len(found.zones) < _MOST_ZONES:
                found.zones.append(zone)
            zone = [] if name == "BEGIN" else None
        elif zone is not None:
            zone.append(line[:_LONGEST_SUMMARY])
            zone = zone if len(zone) <= _MOST_ZONE_LINES else None
        elif not what and len(found.properties) < _MOST_LINES:
            text_value = line.partition(":")[2][:_LONGEST_SUMMARY].replace("\\", "").strip()
            found.properties.setdefault(name, text_value)
    if event is not None or not ended:
        source = collector.source
        raise UserError("“{source}” is incomplete.", advice="Try again later.", source=source)
    return found


def _wanted(name: str, line: str, value: str, in_alarm: bool) -> list[str]:
    """The line to be kept of an event or one of its alarms, or nothing."""
    if in_alarm:
        from_start = name == "TRIGGER" and _FROM_END not in line.upper()
        return [f"{_ALARM}:{value.rpartition(':')[2]}"] if from_start else []
    return [line] if name in _WANTED and (value or name not in _RECURRING) else []


def _parsed(lines: list[str]) -> Any:
    if len(lines) > _MOST_LINES:
        raise ValueError("too many lines")
    cut = []
    for line in lines:
        if line[:7].upper() == "SUMMARY" and len(line) > _LONGEST_SUMMARY:
            line = line[:_LONGEST_SUMMARY].rstrip("\\")  # half an escape is none
        if len(line) > _LONGEST_LINE:
            raise ValueError("a line is too long")
        cut.append(line)
    return Component.from_ical("\r\n".join(["BEGIN:VEVENT", *cut, "END:VEVENT"]))


def _check(event: Any) -> None:
    """Raise ValueError if an event cannot be expanded."""
    start = event["DTSTART"].dt
    moments = [start, *(value.dt for value in _times(event))]
    moments = [moment[0] if isinstance(moment, tuple) else moment for moment in moments]
    if not all(isinstance(moment, date) for moment in moments):
        raise ValueError("a duration in place of a date")
    rules = _list(event.get("RRULE"))
    if rules and start.year < _GREGORIAN:
        raise ValueError("the rule begins before the calendar")
    for rule in rules:
        check_rule(rule)


def _occurrences(events: list[Any], collector: Collector) -> Iterable[Any]:
    """What the events of one UID give: rules within the window, listed dates wherever they lie."""
    if len(events) == 1 and not any(name in events[0] for name in _RECURRING):
        return events
    calendar = Calendar()
    calendar.subcomponents = list(events)
    series = ComponentsWithName("VEVENT", series=bounded_series(collector.step))
    first, last = date(2, 1, 1), date(9998, 12, 31)  # it computes with the days around them
    if any("RRULE" in event for event in events):
        first = month_later(collector.today, -MONTHS_BACK)
        last = shifted(month_later(collector.today, MONTHS_AHEAD), 1)  # excluded
    query = recurring_ical_events.of(calendar, components=[series])
    return query.between(first, last)


class _Zones:
    """The time zones of a calendar: its own, those of the system, and the one for all events."""

    def __init__(self, found: _Text, collector: Collector) -> None:
        self._own: dict[str, tzinfo] = {}
        for lines in found.zones:
            collector.step()
            with collector.skipping(0):  # its times count as they are written
                name, zone = _zone(lines)
                self._own[name.casefold()] = zone
        self._usual = self._named(found.properties.get("X-WR-TIMEZONE", ""))

    def apply(self, event: Any) -> None:
        """Put every time of an event into its zone; those of a whole day become days in Japan."""
        start = event["DTSTART"]
        start.dt = self._in_zone(start)
        whole_day = not isinstance(start.dt, datetime)
        for value in _times(event):
            moment = self._in_zone(value)
            if whole_day and isinstance(moment, date):
                moment = day_in_japan(moment)
            value.dt = moment

    def _in_zone(self, value: Any) -> Any:
        moment = value.dt
        if not isinstance(moment, datetime) or moment.tzinfo is not None:
            return moment
        name = str(value.params.get("TZID", ""))
        return moment.replace(tzinfo=self._named(name) if name else self._usual)

    def _named(self, name: str) -> tzinfo | None:
        """The zone with a name, in any case; None if it is unknown."""
        folded = name.strip().strip('"').casefold()
        if folded in self._own:
            return self._own[folded]
        return zoneinfo.ZoneInfo(_system_zones()[folded]) if folded in _system_zones() else None


def _zone(lines: list[str]) -> tuple[str, tzinfo]:
    """A VTIMEZONE, understood. Raises errors of any kind.

    icalendar would remember it for all other calendars, too.
    """
    for line in lines:
        name, _, value = line.partition(":")
        if name.upper() == "RRULE":
            rule = vRecur.from_ical(value)
            check_rule(rule)
            if [str(part).upper() for part in rule["FREQ"]] != ["YEARLY"]:
                raise ValueError("a zone changes more often than by the year")
    zones = tzical(StringIO("\r\n".join(["BEGIN:VTIMEZONE", *lines, "END:VTIMEZONE"])))
    (name,) = zones.keys()
    zone = zones.get(name)
    assert zone is not None
    return name, zone


@cache
def _system_zones() -> dict[str, str]:
    return {name.casefold(): name for name in zoneinfo.available_timezones()}


def _times(event: Any) -> Iterator[Any]:
    """All dates and times of an event but its start."""
    if (replaces := event.get("RECURRENCE-ID")) is not None:
        yield replaces
    for name in ("RDATE", "EXDATE"):
        for dates in _list(event.get(name)):
            for value in dates.dts:
                value.params = value.params or dates.params
                yield value


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
