"""Where the days of a month lie, and the covers within a day. Plain geometry."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF

from kirara_releases.calendar.release import Release

HEADER = 24.0  # pixels, for the names of the weekdays
NUMBER = 20.0  # pixels, for the number of a day
_GAP = 3.0
_LOWEST, _HIGHEST = 18.0, 104.0  # pixels of a cover


@dataclass(frozen=True)
class Month:
    """A month of the calendar, from the year 1 to 9999."""

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

    def weeks(self, first_weekday: int) -> list[list[date | None]]:
        """Its weeks with the neighbours' days, from ``first_weekday`` (0: Monday).

        None where the calendar ends.
        """
        first = date(self.year, self.month, 1)
        lead = (first.weekday() - first_weekday) % 7
        length = calendar.monthrange(self.year, self.month)[1]
        rows = -(-(lead + length) // 7)
        days = [_shifted(first, index - lead) for index in range(7 * rows)]
        return [days[row * 7 : row * 7 + 7] for row in range(rows)]

    def contains(self, day: date) -> bool:
        """True for a day of this month."""
        return (day.year, day.month) == (self.year, self.month)


@dataclass(frozen=True)
class PlacedRelease:
    """A release and where its cover lies."""

    release: Release
    box: QRectF


class MonthLayout:
    """The places of one month in a box.

    Parameters
    ----------
    month, first_weekday
        Which month; its weeks begin with that day (0: Monday).
    box
        What there is room for, the names of the weekdays included.
    releases
        What comes out, by date.
    """

    def __init__(
        self, month: Month, first_weekday: int, box: QRectF, releases: Sequence[Release]
    ) -> None:
        self.month = month
        self.box = box
        self.weeks = month.weeks(first_weekday)
        self.columns = [(first_weekday + column) % 7 for column in range(7)]
        self._width = box.width() / 7
        self._height = max((box.height() - HEADER) / len(self.weeks), 1.0)
        self._places = {
            day: (row, column)
            for row, week in enumerate(self.weeks)
            for column, day in enumerate(week)
            if day is not None
        }
        self._by_day: dict[date, list[Release]] = {}
        for release in releases:
            if release.date in self._places:
                self._by_day.setdefault(release.date, []).append(release)

    @property
    def first(self) -> date:
        """The first day that is shown."""
        return min(self._places)

    @property
    def last(self) -> date:
        """The last day that is shown."""
        return max(self._places)

    @property
    def days(self) -> list[date]:
        """All days that are shown."""
        return list(self._places)

    def header(self, column: int) -> QRectF:
        """Where the name of a weekday is written."""
        return QRectF(self.box.left() + column * self._width, self.box.top(), self._width, HEADER)

    def cell(self, day: date) -> QRectF:
        """Where a day lies. Raises KeyError for one that is not shown."""
        row, column = self._places[day]
        return QRectF(
            self.box.left() + column * self._width,
            self.box.top() + HEADER + row * self._height,
            self._width,
            self._height,
        )

    def day_at(self, point: QPointF) -> date | None:
        """The day at a point."""
        return next((day for day in self._places if self.cell(day).contains(point)), None)

    def on(self, day: date) -> list[Release]:
        """What comes out on a day, whether there is room for it or not."""
        return self._by_day.get(day, [])

    def covers(self, day: date) -> list[PlacedRelease]:
        """The covers that there is room for."""
        releases = self.on(day)
        if not releases:
            return []
        cell = self.cell(day)
        inside = cell.adjusted(4, NUMBER + 2, -4, -4)
        most = max(int((inside.height() + _GAP) // (_LOWEST + _GAP)), 1)
        shown = releases[:most]
        height = min((inside.height() + _GAP) / len(shown) - _GAP, _HIGHEST)
        height = max(height, 6.0)
        return [
            PlacedRelease(
                release,
                QRectF(inside.left(), inside.top() + n * (height + _GAP), inside.width(), height),
            )
            for n, release in enumerate(shown)
        ]

    def more(self, day: date) -> tuple[int, QRectF]:
        """How many there was no room for, and where that is said."""
        hidden = len(self.on(day)) - len(self.covers(day))
        if not hidden:
            return 0, QRectF()
        cell = self.cell(day)
        return hidden, QRectF(cell.left() + 30, cell.top() + 1, cell.width() - 35, NUMBER)

    def cover_at(self, point: QPointF) -> Release | None:
        """The release whose cover is at a point."""
        day = self.day_at(point)
        if day is None:
            return None
        return next((p.release for p in self.covers(day) if p.box.contains(point)), None)

    def more_at(self, point: QPointF) -> date | None:
        """The day whose "+2" is at a point."""
        day = self.day_at(point)
        return day if day is not None and self.more(day)[1].contains(point) else None


def _shifted(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days)
    except OverflowError:
        return None
