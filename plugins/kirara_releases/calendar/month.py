"""A month of the calendar, in weeks."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Month:
    """A month from the year 1 to 9999."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that ``day`` lies in."""
        return cls(day.year, day.month)

    def later(self, count: int) -> Month:
        """So many months later; stops at the calendar's ends."""
        number = min(max(self.year * 12 + self.month - 1 + count, 12), 12 * 10_000 - 1)
        return Month(number // 12, number % 12 + 1)

    def day(self, number: int) -> date:
        """The day with this number, or the last one."""
        return date(self.year, self.month, min(number, self._length))

    def weeks(self, first_weekday: int) -> list[list[date | None]]:
        """Its weeks with the neighbours' days, from ``first_weekday`` (0: Monday).

        None beyond the calendar's ends.
        """
        first = self.day(1)
        lead = (first.weekday() - first_weekday) % 7
        rows = -(-(lead + self._length) // 7)
        days = [_shifted(first, index - lead) for index in range(7 * rows)]
        return [days[row * 7 : row * 7 + 7] for row in range(rows)]

    @property
    def _length(self) -> int:
        return calendar.monthrange(self.year, self.month)[1]


def _shifted(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days)
    except OverflowError:
        return None
