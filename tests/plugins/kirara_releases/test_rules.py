"""When a magazine comes out: against the author's rule, written out a second time."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import jpholiday
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kirara_releases.calendar.business_days import is_business_day, is_holiday, nearest
from kirara_releases.calendar.release import releases_between
from kirara_releases.calendar.rules import (
    Feed,
    MonthDay,
    NthWeekday,
    SingleDates,
    month_later,
    months,
    rule_from_dict,
)
from kirara_releases.storage.catalogue import bundled

AUTHORS_DAYS = {"kirara": 9, "max": 19, "forward": 24, "carat": 28}


def authors_date(year: int, month: int, day: int) -> date:
    """As the blog's author wrote it, with the library that he used."""
    found = date(year, month, day)
    while found.weekday() == 6 or jpholiday.is_holiday(found):
        found -= timedelta(days=1)
    return found


def test_the_four_magazines_follow_the_authors_rule_from_2018_to_2030() -> None:
    releases = releases_between(bundled(), date(2018, 1, 1), date(2030, 12, 31))
    expected = sorted(
        (authors_date(year, month, day), name)
        for year in range(2018, 2031)
        for month in range(1, 13)
        for name, day in AUTHORS_DAYS.items()
    )
    assert sorted((release.date, release.magazine.id) for release in releases) == expected
    assert all(release.date == release.rule_date for release in releases)


def test_holidays_are_those_of_the_other_library_since_1986() -> None:
    day = date(1986, 1, 1)
    while day < date(2051, 1, 1):
        assert is_holiday(day) == jpholiday.is_holiday(day), day
        day += timedelta(days=1)


def test_days_that_are_known_from_the_shelf() -> None:
    # 9 August 2026 is a Sunday, 24 September 2017 too; both issues came out the day before.
    assert MonthDay(9).in_month(2026, 8)[0].date == date(2026, 8, 8)
    assert MonthDay(24).in_month(2017, 9)[0].date == date(2017, 9, 22)  # the 23rd is a holiday
    # On 19 September 2027 (a Sunday) the day before is a Saturday, which counts as a business day.
    assert MonthDay(19).in_month(2027, 9)[0].date == date(2027, 9, 18)
    # Golden Week: 3 to 5 May are holidays, and in 2020 the 6th is their substitute.
    assert MonthDay(6).in_month(2020, 5)[0].date == date(2020, 5, 2)
    assert MonthDay(3, "later").in_month(2020, 5)[0].date == date(2020, 5, 7)
    assert MonthDay(3, "none").in_month(2020, 5)[0].date == date(2020, 5, 3)


@given(st.integers(1900, 2150), st.integers(1, 12), st.integers(1, 31))
def test_a_day_of_the_month_is_the_last_business_day_up_to_it(
    year: int, month: int, day: int
) -> None:
    (planned,) = MonthDay(day).in_month(year, month)
    assert planned.nominal.day == min(day, calendar.monthrange(year, month)[1])
    assert is_business_day(planned.date) and planned.date <= planned.nominal
    between = (planned.nominal - planned.date).days
    assert not any(is_business_day(planned.nominal - timedelta(n)) for n in range(between))


@given(
    st.integers(1900, 9999),
    st.integers(1, 12),
    st.sampled_from((1, 2, 3, 4, 5, -1)),
    st.integers(0, 6),
)
def test_an_nth_weekday_is_the_nth_of_its_kind(year: int, month: int, nth: int, day: int) -> None:
    name = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")[day]
    days = [
        date(year, month, number)
        for number in range(1, calendar.monthrange(year, month)[1] + 1)
        if date(year, month, number).weekday() == day
    ]
    planned = NthWeekday(nth, name, "none").in_month(year, month)
    if nth == 5 and len(days) == 4:
        assert planned == []
    else:
        assert [p.date for p in planned] == [days[nth if nth < 0 else nth - 1]]


def test_the_calendar_has_ends() -> None:
    assert nearest(date(9999, 12, 26), "later") == date(9999, 12, 27)  # its Sunday is over
    assert nearest(date.max, "later") == date.max
    assert nearest(date.min, "earlier") == date.min
    assert month_later(date(9999, 11, 30), 5) == date.max
    assert month_later(date(1, 2, 3), -5).year == 1
    assert month_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months(date(2026, 11, 30), date(2027, 1, 1)) == [(2026, 11), (2026, 12), (2027, 1)]
    first = releases_between(bundled(), date.min, date(1, 2, 1))
    last = releases_between(bundled(), date(9999, 11, 1), date.max)
    assert len(first) == 4 and len(last) == 8


@pytest.mark.parametrize(
    "rule",
    [
        MonthDay(9),
        MonthDay(31, "later"),
        NthWeekday(-1, "friday", "none"),
        SingleDates((date(2026, 12, 9), date(9999, 1, 1))),
        Feed("https://example.org/a.ics"),
    ],
)
def test_rules_are_written_and_read(rule: object) -> None:
    assert rule_from_dict(rule.to_dict()) == rule  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({}, "a rule needs"),
        ({"day": 0}, "1 to 31"),
        ({"day": 32}, "1 to 31"),
        ({"day": "9"}, "1 to 31"),
        ({"day": True}, "1 to 31"),
        ({"day": 9, "holidays": "never"}, "earlier, later, none"),
        ({"day": 9, "nth": 2}, "nth"),
        ({"weekday": "funday"}, "funday"),
        ({"weekday": "friday", "nth": 0}, "1 to 5"),
        ({"weekday": "friday", "nth": 6}, "1 to 5"),
        ({"dates": "2026-12-09"}, "list"),
        ({"dates": ["2026-13-01"]}, "2026-13-01"),
        ({"feed": "file:///etc/passwd"}, "http"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_with_a_reason(
    values: dict[str, object], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        rule_from_dict(values)
