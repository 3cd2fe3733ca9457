"""What the panel is made of, without windows."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from kirara_releases.calendar.corrections import month_of, moved, skipped, uncorrected
from kirara_releases.calendar.date_texts import find_dates
from kirara_releases.calendar.magazine import Magazine
from kirara_releases.calendar.release import Release, releases_between
from kirara_releases.calendar.rules import Feed, MonthDay, SingleDates, month_later
from kirara_releases.edits import merged
from kirara_releases.exchange.importing import candidates
from kirara_releases.notifications.reminder_settings import ReminderSettings
from kirara_releases.storage.store import Mark, Records, ReleaseStore
from kirara_releases.view.covers import cover_colors
from kirara_releases.view.month_table import weeks_of
from kirara_releases.view.titles import title_lines
from kirara_releases.view_model import ViewModel, reminder_of
from kirara_studio.api.errors import UserError
from kirara_studio.api.widgets.tokens import contrast

KIRARA = Magazine("kirara", "まんがタイムきらら", MonthDay(9))


def only(magazine: Magazine, first: date, last: date) -> Release:
    (release,) = releases_between([magazine], first, last)
    return release


DECEMBER = (date(2026, 12, 1), date(2026, 12, 31))


# Titles


def width(text: str) -> float:
    return sum(12 if ord(letter) > 255 else 7 for letter in text)


@pytest.mark.parametrize(
    ("title", "room", "most", "lines"),
    [
        ("まんがタイムきららMAX", 90, 3, ["まんがタイム", "きららMAX"]),
        ("まんがタイムきららキャラット", 90, 3, ["まんがタイム", "きらら", "キャラット"]),
        ("まんがタイムきららキャラット", 90, 1, ["…キャラット"]),
        ("まんがタイムきららMAX", 90, 1, ["…きららMAX"]),
        ("Comic Yuri Hime", 70, 3, ["Comic Yuri", "Hime"]),
        ("", 90, 3, []),
        ("きらら", 0, 3, []),
    ],
)
def test_titles_are_broken_where_readers_would(
    title: str, room: float, most: int, lines: list[str]
) -> None:
    assert title_lines(title, width, room, most) == lines


@pytest.mark.parametrize("title", ["ー" * 200, "A" * 200, "長い題名" * 50, "a b " * 50, "ッ" * 9])
@pytest.mark.parametrize("room", [13, 40, 90])
def test_no_title_is_wider_or_longer_than_its_room(title: str, room: float) -> None:
    for most in (1, 2, 3):
        lines = title_lines(title, width, room, most)
        assert len(lines) <= most and all(width(line) <= max(room, 24) for line in lines)


def test_whole_words_or_nothing() -> None:
    assert title_lines("きららフォワード", width, 50, 3, whole_words=True) == []


# Colours


@pytest.mark.parametrize("value", range(0, 256, 51))
def test_a_title_can_be_read_on_every_colour(value: int) -> None:
    for green in range(0, 256, 51):
        for blue in range(0, 256, 51):
            ground, ink = cover_colors(f"#{value:02X}{green:02X}{blue:02X}")
            assert contrast(ground.name(), ink.name()) >= 4.5


# Dates in texts


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2026-12-09\n2027/1/8", [date(2026, 12, 9), date(2027, 1, 8)]),
        ("発売日：２０２６年１２月９日（水）", [date(2026, 12, 9)]),
        ("12/9 と 1月8日", [date(2026, 12, 9), date(2027, 1, 8)]),
        ("2026.12.9, 2026.12.9", [date(2026, 12, 9)]),
        ("2026-02-30", []),
        ("", []),
    ],
)
def test_dates_are_found_in_what_people_paste(text: str, dates: list[date]) -> None:
    assert list(find_dates(text, date(2026, 12, 7)).dates) == dates


def test_a_line_without_a_date_is_reported() -> None:
    assert find_dates("2026-12-09\nsoon\nlater", date(2026, 12, 7)).strange == "soon"


# Corrections


def test_moving_an_issue_corrects_its_month_and_moving_it_back_does_not() -> None:
    release = only(KIRARA, *DECEMBER)
    corrected = moved(release, date(2027, 1, 2))
    assert corrected.corrections == {"2026-12": date(2027, 1, 2)}
    again = only(corrected, date(2027, 1, 2), date(2027, 1, 2))
    assert month_of(again) == "2026-12"
    assert moved(again, date(2026, 12, 9)).corrections == {}
    assert uncorrected(again) == KIRARA
    assert skipped(release).corrections == {"2026-12": None}


def test_an_issue_that_only_its_correction_knows_stays_when_it_is_moved() -> None:
    magazine = Magazine("x", "X", SingleDates(()), corrections={"2026-12": date(2027, 1, 5)})
    release = only(magazine, date(2027, 1, 1), date(2027, 1, 31))
    assert month_of(release) == "2026-12"
    assert moved(release, date(2027, 1, 7)).corrections == {"2026-12": date(2027, 1, 7)}


def test_of_several_dates_in_a_month_the_listed_one_is_changed() -> None:
    magazine = Magazine("x", "X", SingleDates((date(2026, 12, 1), date(2026, 12, 20))))
    release = only(magazine, date(2026, 12, 1), date(2026, 12, 1))
    siblings = ViewModel((magazine,)).siblings(release)
    assert siblings == 2
    assert moved(release, date(2026, 12, 3), siblings).rule == SingleDates(
        (date(2026, 12, 3), date(2026, 12, 20))
    )
    assert skipped(release, siblings).rule == SingleDates((date(2026, 12, 20),))


def test_of_several_dates_of_a_feed_none_can_be_corrected() -> None:
    magazine = Magazine("x", "X", Feed("https://example.org/x.ics"))
    dates = {"x": (date(2026, 12, 1), date(2026, 12, 20))}
    release = releases_between([magazine], *DECEMBER, dates)[0]
    with pytest.raises(UserError, match="2026-12"):
        moved(release, date(2026, 12, 3), 2)


# Undo


def test_a_step_changes_what_it_is_about_and_nothing_else() -> None:
    a, b, c = (Magazine(name, name, MonthDay(1)) for name in "abc")
    changed = Magazine("a", "A", MonthDay(2))
    assert merged([a, b], [a, b], [changed, b]) == [changed, b]
    assert merged([a, b, c], [a, b], [b]) == [b, c]
    assert merged([b, c], [b], [a, b]) == [a, b, c]
    assert merged([b], [a, b], [changed, b]) == [b]  # somebody removed it meanwhile


# Import


def test_candidates_join_replace_or_are_known() -> None:
    dated = Magazine("d", "増刊", SingleDates((date(2026, 12, 1),)))
    more = Magazine("magazine", "増刊", SingleDates((date(2026, 12, 2),)))
    new = Magazine("magazine", "新刊", SingleDates((date(2026, 12, 2),)))
    known = Magazine("magazine", KIRARA.title, SingleDates((date(2026, 12, 9),)))
    current = [KIRARA, dated]
    joined, fresh, same, other = candidates([more, new, known, KIRARA], current, Records())
    assert joined.magazine.id == "d" and joined.is_new
    assert joined.magazine.rule == SingleDates((date(2026, 12, 1), date(2026, 12, 2)))
    assert fresh.known is None and fresh.is_new
    assert not same.is_new and not other.is_new


# The agenda


def test_what_is_bought_is_not_next_unless_everything_is() -> None:
    model = ViewModel((KIRARA,), marks={("kirara", "2026-12-09"): Mark(1.0)})
    release = model.next_wanted(date(2026, 12, 1))
    assert release is not None and release.issue == "2027-01-09"
    once = Magazine("once", "Once", SingleDates((date(2026, 12, 9),)))
    model = ViewModel((once,), marks={("once", "2026-12-09"): Mark(1.0)})
    release = model.next_wanted(date(2026, 12, 1))
    assert release is not None and release.magazine is once
    assert ViewModel().next_wanted(date(2026, 12, 1)) is None


def test_the_next_reminder() -> None:
    release = only(KIRARA, *DECEMBER)
    reminders = ReminderSettings(hour=9, day_before=True, hour_before=20)
    day = datetime(2026, 12, 9)
    assert (
        reminder_of(release, reminders, datetime(2026, 12, 1))
        == datetime(2026, 12, 8, 20).timestamp()
    )
    assert reminder_of(release, reminders, day) == day.replace(hour=9).timestamp()
    assert reminder_of(release, reminders, day.replace(hour=9)) == 0.0
    assert reminder_of(release, ReminderSettings(on_day=False), datetime(2026, 12, 1)) == 0.0
    last = Magazine("last", "Last", SingleDates((date.max,)))
    reminder_of(only(last, date.max, date.max), reminders, day)  # whatever the system's clock can


def test_months_stop_at_the_calendars_ends() -> None:
    assert month_later(date(9999, 12, 1), 5) == date.max
    assert month_later(date(1, 1, 1), -5) == date(1, 1, 1)
    assert weeks_of(date(9999, 12, 1), 6)[-1][-1] is None
    assert weeks_of(date(1, 1, 1), 6)[0][0] is None
    assert weeks_of(date(2026, 12, 1), 6)[0] == [date(2026, 11, 29 + n) for n in range(2)] + [
        date(2026, 12, n) for n in range(1, 6)
    ]


# History


def test_deliveries_are_read_newest_first_and_odd_ones_left_out(tmp_path: Path) -> None:
    store = ReleaseStore(tmp_path)
    with store.transaction() as connection:
        for number, day in enumerate(("2026-11-09", "nonsense", "2026-12-09")):
            connection.execute(
                "INSERT INTO telling (magazine, issue, date, kind, destination, due, batch, state)"
                " VALUES ('m', ?, ?, 'day', 'desktop', ?, 'b', 'pending')",
                (day, day, 1000.0 + number),
            )
    deliveries = store.deliveries()
    assert [delivery.date for delivery in deliveries] == [date(2026, 12, 9), date(2026, 11, 9)]
    assert deliveries[0].time == 1002.0
    assert len(store.deliveries(1)) == 1
    store.close()
