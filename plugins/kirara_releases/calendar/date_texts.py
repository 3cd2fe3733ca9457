"""Finds dates in what people paste: 2026-12-09, 2026/12/9, 2026年12月9日(水), 12/9."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

_WITH_YEAR = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_WITHOUT_YEAR = re.compile(r"(?<![\d/.-])(\d{1,2})\s*[/月]\s*(\d{1,2})(?![\d/])")


@dataclass(frozen=True)
class FoundDates:
    """The dates in order, each once, and the first line in which none was found."""

    dates: tuple[date, ...] = ()
    strange: str = ""


def find_dates(text: str, today: date) -> FoundDates:
    """All dates in ``text``. One without a year is the next such day from ``today`` on.

    What else stands in a line does not matter; a line without any date is reported.
    """
    found: set[date] = set()
    strange = ""
    for line in unicodedata.normalize("NFKC", text).splitlines():
        days = _in_line(line, today)
        found |= days
        if not days and line.strip() and not strange:
            strange = line.strip()[:60]
    return FoundDates(tuple(sorted(found)), strange)


def _in_line(line: str, today: date) -> set[date]:
    days = set()
    for year, month, day in _WITH_YEAR.findall(line):
        days |= _day(int(year), int(month), int(day))
    rest = _WITH_YEAR.sub(" ", line)
    for month, day in _WITHOUT_YEAR.findall(rest):
        this_year = _day(today.year, int(month), int(day))
        if this_year and min(this_year) < today:
            this_year = _day(today.year + 1, int(month), int(day))
        days |= this_year
    return days


def _day(year: int, month: int, day: int) -> set[date]:
    try:
        return {date(year, month, day)}
    except ValueError:
        return set()
