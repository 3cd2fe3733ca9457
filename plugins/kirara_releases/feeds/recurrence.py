"""Recurrence rules, expanded in a window of time only, and in a time that has an end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, tzinfo

from dateutil.rrule import rrulestr
from icalendar import vRecur

_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
_PARTS = {
    "FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYYEARDAY",
    "BYWEEKNO", "BYSETPOS", "BYHOUR", "BYMINUTE", "BYSECOND",
}  # fmt: skip
_MOST_VALUES = 366  # of one part; as many as a year has days
_MOST_PER_DAY = 24
_GREGORIAN = 1583  # the first whole year of the calendar; rules from before are mistakes
_CYCLE_YEARS = 400
_CYCLE = timedelta(days=146_097)


def occurrences(
    rule: vRecur,
    start: datetime,
    zone: tzinfo | None,
    first: date,
    last: date,
    step: Callable[[], None],
) -> Iterator[datetime]:
    """When a rule recurs from ``first`` to ``last``, both included.

    ``start`` is the event's first time, without a zone: rules count in the wall time of the
    event, whose ``zone`` only says what an UNTIL in UTC means. ``step`` is called at the
    beginning and with every occurrence, those before ``first`` too, and may raise.

    Raises
    ------
    ValueError
        For a rule that makes no sense, or recurs more often than by the day.
    """
    step()  # here too, since a rule may look long and find nothing
    _check(rule)
    if start.year < _GREGORIAN:
        raise ValueError("the rule begins before the calendar")
    until = _until(rule, zone)
    if start.date() > last:
        return
    # dateutil looks for the next date until the year 9999. A rule that never comes true (each
    # 30 February) would take minutes, so we let it look where that year is near. The calendar
    # repeats itself every 400 years, to the day of the week.
    cycles = (datetime.max.year - last.year) // _CYCLE_YEARS
    shift = cycles * _CYCLE
    parts = {key: value for key, value in rule.items() if key.upper() != "UNTIL"}
    text = vRecur(parts).to_ical().decode()
    for moment in rrulestr(text, dtstart=start + shift):
        step()
        moment -= shift
        if moment.date() > last or (until is not None and moment > until):
            return
        if moment.date() >= first:
            yield moment


def _check(rule: vRecur) -> None:
    """Raises ValueError for what dateutil would not come back from, or takes as something else."""
    if strange := {key.upper() for key in rule} - _PARTS:
        raise ValueError(f"unknown part {min(strange)}")
    frequency = [str(value).upper() for value in rule.get("FREQ", [])]
    if len(frequency) != 1 or frequency[0] not in _FREQUENCIES:
        raise ValueError("recurs more often than by the day, or not at all")
    if any(len(values) > _MOST_VALUES for values in rule.values()):
        raise ValueError("too many values")
    if any(value < 1 for value in rule.get("INTERVAL", [])):
        raise ValueError("an interval of nothing")
    per_day = 1
    for part in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        per_day *= max(len(rule.get(part, [])), 1)
    if per_day > _MOST_PER_DAY:
        raise ValueError("recurs too often in a day")


def _until(rule: vRecur, zone: tzinfo | None) -> datetime | None:
    """The last moment, in the wall time of the event; a date means the end of that day."""
    values = rule.get("UNTIL", [])
    if not values:
        return None
    until = values[0]
    if not isinstance(until, datetime):
        return datetime(until.year, until.month, until.day, 23, 59, 59)
    if until.tzinfo is not None and zone is not None:
        until = until.astimezone(zone)
    return until.replace(tzinfo=None)
