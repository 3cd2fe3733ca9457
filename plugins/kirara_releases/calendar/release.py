"""From magazines to the releases between two dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.calendar.rules import Planned, month_later, months

FeedDates = Mapping[str, Sequence[dt.date]]
"""By magazine's id: the last dates of its feed."""


@dataclass(frozen=True)
class Release:
    """One issue of a magazine.

    ``date`` is the day it comes out, in Japan; ``rule_date`` what the rule gives, which differs
    if a correction wins, and is None if the rule gives nothing in that month; ``nominal``
    the rule's day before Sundays and holidays. ``issue`` identifies an issue of a magazine,
    and stays the same when a correction moves it.
    """

    magazine: Magazine
    date: dt.date
    rule_date: dt.date | None
    nominal: dt.date

    @property
    def issue(self) -> str:
        """The nominal day, as "2027-01-09"."""
        return self.nominal.isoformat()

    @property
    def key(self) -> tuple[str, str]:
        """The magazine's id and the issue: what records refer to."""
        return self.magazine.id, self.issue

    @property
    def corrected(self) -> bool:
        """True if a correction replaces the rule."""
        return self.date != self.rule_date

    def to_dict(self) -> dict[str, Any]:
        return {
            "magazine": self.magazine.id,
            "title": self.magazine.title,
            "date": self.date.isoformat(),
            "rule_date": self.rule_date.isoformat() if self.rule_date else None,
            "nominal_date": self.nominal.isoformat(),
            "corrected": self.corrected,
        }


def releases_between(
    magazines: Iterable[Magazine], first: dt.date, last: dt.date, feeds: FeedDates | None = None
) -> list[Release]:
    """All releases from ``first`` to ``last``, both included, by date and then as listed."""
    found = [
        release
        for magazine in magazines
        for release in _of_magazine(magazine, first, last, (feeds or {}).get(magazine.id, ()))
        if first <= release.date <= last
    ]
    return sorted(found, key=lambda release: release.date)  # stable: as listed within a day


def _of_magazine(
    magazine: Magazine, first: dt.date, last: dt.date, feed_dates: Sequence[dt.date]
) -> Iterable[Release]:
    # Two months more at both ends: holidays and corrections may move an issue out of its month.
    # Corrections from farther away count, too.
    around = set(months(month_later(first, -2), month_later(last, 2)))
    for month, day in magazine.corrections.items():
        if day is not None and first <= day <= last:
            around.add((int(month[:4]), int(month[5:])))
    for year, month_number in sorted(around):
        if year < 1:
            continue
        planned = _planned(magazine, year, month_number, feed_dates)
        key = f"{year:04}-{month_number:02}"
        if key not in magazine.corrections:
            yield from (Release(magazine, p.date, p.date, p.nominal) for p in planned)
            continue
        day = magazine.corrections[key]
        if day is None:
            continue
        # The correction stands for all that the rule gives in that month.
        if planned:
            yield Release(magazine, day, planned[0].date, planned[0].nominal)
        else:
            yield Release(magazine, day, None, day)


def _planned(
    magazine: Magazine, year: int, month: int, feed_dates: Sequence[dt.date]
) -> list[Planned]:
    days = sorted({day for day in feed_dates if (day.year, day.month) == (year, month)})
    return magazine.rule.in_month(year, month) + [Planned(day, day) for day in days]
