"""Japanese business days, as magazines know them: Saturdays count, Sundays and holidays do not."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

_SUNDAY = 6
_ONE_DAY = timedelta(days=1)


def is_holiday(day: date) -> bool:
    """True on a Japanese public holiday, substitutes included. Known from 1949 to 2099."""
    return day in _calendar()


def is_business_day(day: date) -> bool:
    """True if a magazine can come out: neither Sunday nor holiday."""
    return day.weekday() != _SUNDAY and not is_holiday(day)


def nearest(day: date, direction: str) -> date:
    """The nearest business day at or before ``day`` ("earlier"), or at or after it ("later").

    "none" gives ``day`` itself. At the ends of the calendar (years 1 and 9999) the search stops.
    """
    if direction == "none":
        return day
    step = -_ONE_DAY if direction == "earlier" else _ONE_DAY
    while not is_business_day(day):
        try:
            day += step
        except OverflowError:
            return day
    return day


@cache
def _calendar() -> HolidayBase:
    # Imported late: most starts of the command line ask for no holiday.
    import holidays

    return holidays.country_holidays("JP")
