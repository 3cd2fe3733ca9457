"""Magazines become releases: corrections win, feeds join in, order holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kirara_releases.calendar.magazine import Magazine, id_for
from kirara_releases.calendar.release import releases_between
from kirara_releases.calendar.rules import Feed, MonthDay, SingleDates

KIRARA = Magazine("kirara", "きらら", MonthDay(9))


def dates(magazine: Magazine, first: date, last: date) -> list[date]:
    return [release.date for release in releases_between([magazine], first, last)]


def test_a_correction_wins_over_the_rule() -> None:
    corrected = replace(KIRARA, corrections={"2026-12": date(2026, 12, 11)})
    (release,) = releases_between([corrected], date(2026, 12, 1), date(2026, 12, 31))
    assert (release.date, release.rule_date) == (date(2026, 12, 11), date(2026, 12, 9))
    assert release.corrected and release.issue == "2026-12-09"
    assert dates(corrected, date(2027, 1, 1), date(2027, 1, 31)) == [date(2027, 1, 9)]


def test_a_correction_may_lie_in_another_month_or_year() -> None:
    early = replace(KIRARA, corrections={"2027-01": date(2026, 12, 28)})
    assert dates(early, date(2026, 12, 10), date(2027, 1, 31)) == [date(2026, 12, 28)]
    far = replace(KIRARA, corrections={"2026-12": date(2030, 6, 1)})
    assert dates(far, date(2026, 12, 1), date(2026, 12, 31)) == []
    assert date(2030, 6, 1) in dates(far, date(2030, 6, 1), date(2030, 6, 30))


def test_a_correction_can_skip_a_month_and_add_one() -> None:
    skipped = replace(KIRARA, corrections={"2026-12": None})
    assert dates(skipped, date(2026, 12, 1), date(2027, 1, 31)) == [date(2027, 1, 9)]
    single = Magazine("s", "S", SingleDates(()), corrections={"2026-12": date(2026, 12, 24)})
    assert dates(single, date(2026, 12, 1), date(2026, 12, 31)) == [date(2026, 12, 24)]


def test_a_holiday_moves_an_issue_into_the_month_before() -> None:
    new_year = Magazine("n", "N", MonthDay(1))
    (release,) = releases_between([new_year], date(2026, 12, 15), date(2026, 12, 31))
    assert (release.date, release.nominal) == (date(2026, 12, 31), date(2027, 1, 1))


def test_the_dates_of_a_feed_count() -> None:
    fed = Magazine("fed", "Fed", Feed("https://example.org/a.ics"))
    dates = {"fed": (date(2026, 12, 9), date(2026, 12, 9), date(2027, 2, 1))}
    found = releases_between([fed], date(2026, 12, 1), date(2026, 12, 31), dates)
    assert [release.date for release in found] == [date(2026, 12, 9)]
    moved = replace(fed, corrections={"2026-12": date(2026, 12, 10)})
    (release,) = releases_between([moved], date(2026, 12, 1), date(2026, 12, 31), dates)
    assert (release.date, release.rule_date) == (date(2026, 12, 10), date(2026, 12, 9))


def test_releases_come_by_date_and_then_as_listed() -> None:
    other = Magazine("a-first-by-name", "Other", MonthDay(9))
    found = releases_between([KIRARA, other], date(2026, 12, 1), date(2026, 12, 31))
    assert [release.magazine.id for release in found] == ["kirara", "a-first-by-name"]


def test_both_ends_are_included() -> None:
    day = date(2026, 12, 9)
    assert [release.date for release in releases_between([KIRARA], day, day)] == [day]
    assert releases_between([Magazine("s", "S", SingleDates(()))], day, date.max) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": "Großes"}, "lower-case"),
        ({"id": ""}, "lower-case"),
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"color": "pink"}, "#RRGGBB"),
        ({"page": "javascript:alert(1)"}, "http"),
        ({"corrections": {"2026-13": None}}, "2027-01"),
    ],
)
def test_a_magazine_that_makes_no_sense_is_refused_with_a_reason(
    change: dict[str, object], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        replace(KIRARA, **change)  # type: ignore[arg-type]


def test_ids_are_made_of_titles() -> None:
    assert id_for("COMIC Kirara-G!", set()) == "comic-kirara-g"
    assert id_for("まんがタイム", set()) == "magazine"
    assert id_for("まんがタイム", {"magazine", "magazine-2"}) == "magazine-3"
