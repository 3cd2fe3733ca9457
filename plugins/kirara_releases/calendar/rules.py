"""When a magazine comes out, as a rule. Dates are days in Japan.

A rule answers for one month at a time with what it gives: the *nominal* day, which is what the
rule names (the 9th), and the *date*, moved off Sundays and holidays.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from kirara_releases.calendar.business_days import nearest

SHIFTS = ("earlier", "later", "none")
"""Where a release moves from a Sunday or a holiday; the author's rule is "earlier"."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LAST = -1


class Planned(NamedTuple):
    """One release as a rule gives it."""

    nominal: date
    date: date


@dataclass(frozen=True)
class MonthDay:
    """The same day of every month: ``day`` 1…31, in shorter months the last one.

    Raises ValueError for another number or an unknown ``shift``.
    """

    day: int
    shift: str = "earlier"

    def __post_init__(self) -> None:
        if type(self.day) is not int or not 1 <= self.day <= 31:
            raise ValueError("the day of the month must be a whole number from 1 to 31")
        _check_shift(self.shift)

    def in_month(self, year: int, month: int) -> list[Planned]:
        """What comes out in that month, by the nominal day."""
        last = calendar.monthrange(year, month)[1]
        nominal = date(year, month, min(self.day, last))
        return [Planned(nominal, nearest(nominal, self.shift))]

    def to_dict(self) -> dict[str, Any]:
        return {"day": self.day, "holidays": self.shift}


@dataclass(frozen=True)
class NthWeekday:
    """The ``nth`` (1…5, or :data:`LAST`) of a ``weekday`` (one of :data:`WEEKDAYS`) in a month.

    A month without a fifth has no release. Raises ValueError for anything else.
    """

    nth: int
    weekday: str
    shift: str = "earlier"

    def __post_init__(self) -> None:
        if type(self.nth) is not int or self.nth not in (1, 2, 3, 4, 5, LAST):
            raise ValueError("the number of the weekday must be 1 to 5, or -1 for the last")
        if self.weekday not in WEEKDAYS:
            raise ValueError(f"“{self.weekday}” is not a weekday; write for example “friday”")
        _check_shift(self.shift)

    def in_month(self, year: int, month: int) -> list[Planned]:
        """What comes out in that month, by the nominal day."""
        first, length = calendar.monthrange(year, month)
        days = range(1 + (WEEKDAYS.index(self.weekday) - first) % 7, length + 1, 7)
        if self.nth > len(days):
            return []
        nominal = date(year, month, days[-1] if self.nth == LAST else days[self.nth - 1])
        return [Planned(nominal, nearest(nominal, self.shift))]

    def to_dict(self) -> dict[str, Any]:
        return {"nth": self.nth, "weekday": self.weekday, "holidays": self.shift}


@dataclass(frozen=True)
class SingleDates:
    """Dates that somebody has listed, each as it is."""

    dates: tuple[date, ...]

    def in_month(self, year: int, month: int) -> list[Planned]:
        """What comes out in that month."""
        days = sorted({day for day in self.dates if (day.year, day.month) == (year, month)})
        return [Planned(day, day) for day in days]

    def to_dict(self) -> dict[str, Any]:
        return {"dates": sorted(set(self.dates))}


@dataclass(frozen=True)
class Feed:
    """Dates of a feed at ``url`` (http, https or webcal): iCalendar or JSON.

    The rule itself has no dates; :mod:`kirara_releases.feeds.refresh` fetches them. Raises
    ValueError for another kind of address.
    """

    url: str

    def __post_init__(self) -> None:
        if not self.url.lower().startswith(("http://", "https://", "webcal://")):
            raise ValueError("the address of a feed must begin with http://, https:// or webcal://")

    def in_month(self, year: int, month: int) -> list[Planned]:
        """Nothing, until the feed was fetched."""
        return []

    def to_dict(self) -> dict[str, Any]:
        return {"feed": self.url}


Rule = MonthDay | NthWeekday | SingleDates | Feed


def rule_from_dict(values: Mapping[str, Any]) -> Rule:
    """Read what ``to_dict`` gives. Raises ValueError saying what does not fit."""
    known: dict[str, set[str]] = {
        "day": {"day", "holidays"},
        "weekday": {"weekday", "nth", "holidays"},
        "dates": {"dates"},
        "feed": {"feed"},
    }
    kind = next((key for key in known if key in values), "")
    if not kind:
        raise ValueError("a rule needs “day”, “weekday” with “nth”, “dates”, or “feed”")
    if strange := set(values) - known[kind]:
        raise ValueError(f"“{min(strange)}” does not belong to a rule with “{kind}”")
    shift = values.get("holidays", "earlier")
    if kind == "day":
        return MonthDay(values["day"], shift)
    if kind == "weekday":
        return NthWeekday(values.get("nth", 1), str(values["weekday"]).lower(), shift)
    if kind == "dates":
        if not isinstance(values["dates"], list):
            raise ValueError("“dates” must be a list of dates")
        return SingleDates(tuple(read_date(value) for value in values["dates"]))
    return Feed(str(values["feed"]))


def read_date(value: object) -> date:
    """A date from TOML, or a text such as "2026-12-09". Raises ValueError for anything else."""
    if isinstance(value, date):
        return date(value.year, value.month, value.day)  # of a date with a time, the date
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"“{value}” is not a date; write it as 2026-12-09") from None


def months(first: date, last: date) -> list[tuple[int, int]]:
    """Every (year, month) that lies between two dates, both of theirs included."""
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return [(number // 12, number % 12 + 1) for number in range(start, end + 1)]


def month_later(day: date, count: int) -> date:
    """The same day so many months later (in shorter months the last); stops at the year 9999."""
    number = max(day.year * 12 + day.month - 1 + count, 12)
    if number >= 12 * 10_000:
        return date.max
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def shifted(day: date, days: int) -> date:
    """``day`` so many days later, within the calendar's ends."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.max if days > 0 else date.min


def _check_shift(shift: str) -> None:
    if shift not in SHIFTS:
        raise ValueError(f"“holidays” must be one of {', '.join(SHIFTS)}, not “{shift}”")
