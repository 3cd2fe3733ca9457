"""Recurrence rules from strangers: refused if they are absurd, and expanded in bounded time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from recurring_ical_events.series import Series

if TYPE_CHECKING:
    from dateutil.rrule import rrule
    from icalendar import vRecur

_PARTS = {
    "FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYYEARDAY",
    "BYWEEKNO", "BYSETPOS", "BYHOUR", "BYMINUTE", "BYSECOND",
}  # fmt: skip
_MOST_VALUES = 366  # of one part; as many as a year has days
_MOST_PER_DAY = 8
_CYCLE_YEARS = 400
_CYCLE = timedelta(days=146_097)


def bounded_series(step: Callable[[], None]) -> type[Series]:
    """Series of recurring-ical-events that call ``step``, which may raise, for each occurrence.

    Occurrences before the requested period count too, since they take time.
    """

    class Rules(Series.RecurrenceRules):  # type: ignore[misc]
        def rrulestr(self, rule_string: str) -> _BoundedRule:
            return _BoundedRule(super().rrulestr(rule_string), self.start, step)

    class BoundedSeries(Series):  # type: ignore[misc]
        RecurrenceRules = Rules

    return BoundedSeries


class _BoundedRule:
    """What :class:`Series` uses of a dateutil rule.

    dateutil looks for the next date until the year 9999. A rule that never comes true (each
    30 February) would take minutes, so it is moved to where that year is near: the calendar
    repeats itself every 400 years, to the day of the week.
    """

    def __init__(self, rule: Any, start: datetime, step: Callable[[], None]) -> None:
        self.until = rule.until
        self._rule: rrule = rule
        self._start = start
        self._step = step

    def between(self, first: datetime, last: datetime, inc: bool = True) -> Iterator[datetime]:
        """The occurrences from ``first`` to ``last``, both included."""
        self._step()
        shift = (datetime.max.year - last.year) // _CYCLE_YEARS * _CYCLE
        start = self._start.replace(tzinfo=None)
        if start.year > last.year:
            return
        # Rules count in the wall time of the event.
        for moment in self._rule.replace(dtstart=start + shift, until=None):
            self._step()
            occurrence = (moment - shift).replace(tzinfo=self._start.tzinfo)
            if occurrence > last:
                return
            if occurrence >= first:
                yield occurrence


def check_rule(rule: vRecur) -> None:
    """Raise ValueError for what dateutil would not come back from, or takes as something else."""
    if strange := {key.upper() for key in rule} - _PARTS:
        raise ValueError(f"unknown part {min(strange)}")
    frequency = [str(value).upper() for value in rule.get("FREQ", [])]
    if len(frequency) != 1 or frequency[0] not in ("YEARLY", "MONTHLY", "WEEKLY", "DAILY"):
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
