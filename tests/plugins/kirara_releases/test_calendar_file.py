"""Calendars that are written can be read by other programs, and stay as they are."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import icalendar
import pytest
import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.calendar.release import Release, releases_between
from kirara_releases.calendar.rules import MonthDay, SingleDates
from kirara_releases.exchange.calendar_file import calendar_bytes
from kirara_releases.exchange.importing import read_file
from kirara_releases.feeds.content import read_content
from kirara_releases.feeds.entries import clean_title
from kirara_releases.storage.catalogue import bundled

FIRST, LAST = date(2026, 12, 1), date(2028, 11, 30)
LONG = "まんがタイムきららフォワード・" * 12


def releases() -> list[Release]:
    return releases_between(bundled(), FIRST, LAST)


def one(title: str = "Kirara", day: date = date(2026, 12, 9), **options) -> list[Release]:
    magazine = Magazine("kirara", title, SingleDates((day,)), **options)
    return releases_between([magazine], day, day)


def test_another_library_reads_every_release() -> None:
    read = vobject.readOne(calendar_bytes(releases()).decode())
    expected = [(r.date, r.magazine.title) for r in releases()]
    assert len(expected) == 4 * 24
    assert [(e.dtstart.value, e.summary.value) for e in read.vevent_list] == expected
    assert all(type(event.dtstart.value) is date for event in read.vevent_list)  # all day
    assert read.x_wr_calname.value == "Kirara Studio"
    assert read.contents["refresh-interval"][0].params["VALUE"] == ["DURATION"]


def test_icalendar_reads_every_release() -> None:
    read = icalendar.Calendar.from_ical(calendar_bytes(releases()))
    assert [(e["DTSTART"].dt, str(e["SUMMARY"])) for e in read.walk("VEVENT")] == [
        (r.date, r.magazine.title) for r in releases()
    ]
    assert (str(read["NAME"]), str(read["VERSION"])) == ("Kirara Studio", "2.0")
    assert read["REFRESH-INTERVAL"].dt == timedelta(hours=12)
    for event in read.walk("VEVENT"):
        assert not event.errors
        # Not of now: the same releases are the same file tomorrow.
        assert str(event["UID"]).endswith(f"-{event['DTSTAMP'].dt.date()}@kirara-studio")
        assert event["DTSTAMP"].dt.utcoffset() == timedelta(0)


def test_the_same_releases_give_the_same_bytes() -> None:
    assert calendar_bytes(releases()) == calendar_bytes(releases())


def test_uids_are_unique_and_stay_when_a_release_moves() -> None:
    def uids(found: list[Release]) -> dict[str, icalendar.Event]:
        read = icalendar.Calendar.from_ical(calendar_bytes(found))
        return {str(event["UID"]): event for event in read.walk("VEVENT")}

    assert len(uids(releases())) == 4 * 24
    plain = Magazine("kirara", "Kirara", MonthDay(9))
    moved = Magazine("kirara", "Kirara", MonthDay(9), corrections={"2027-01": date(2027, 1, 6)})
    before = uids(releases_between([plain], FIRST, LAST))
    after = uids(releases_between([moved], FIRST, LAST))
    assert list(before) == list(after)
    [changed] = [uid for uid in before if before[uid].to_ical() != after[uid].to_ical()]
    assert after[changed]["DTSTART"].dt == date(2027, 1, 6)
    assert after[changed]["SEQUENCE"] > before[changed].get("SEQUENCE", 0)


def test_lines_are_folded_within_characters() -> None:
    data = calendar_bytes(one(LONG[:200]))
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75 and b"\n" not in b"".join(lines)
    for line in lines:
        line.decode("utf-8")  # no character is cut in two
    assert vobject.readOne(data.decode()).vevent.summary.value == clean_title(LONG)


def test_the_page_is_written_unless_it_would_break_the_file() -> None:
    [event] = vobject.readOne(
        calendar_bytes(one(page="https://example.org/a?b=c,d;e")).decode()
    ).vevent_list
    assert event.url.value == "https://example.org/a?b=c,d;e"
    data = calendar_bytes(one(page="https://example.org/\r\nBEGIN:VALARM"))
    assert b"VALARM" not in data and b"URL" not in data


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(9999, 12, 31), date(1, 1, 1)])
def test_the_ends_of_time_are_written(day: date) -> None:
    data = calendar_bytes(one(day=day))
    assert read_content(data, "x").dates == (day,)


TITLES = st.text(min_size=1, max_size=200).filter(
    lambda text: text.isprintable() and clean_title(text)
)


@settings(deadline=None)
@given(TITLES, st.dates())
@example("\\", date(2000, 1, 1))
@example("ends with a backslash \\", date(2000, 1, 1))
def test_every_title_comes_back(title: str, day: date) -> None:
    data = calendar_bytes(one(title, day))
    [event] = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert str(event["SUMMARY"]) == clean_title(title)
    assert vobject.readOne(data.decode()).vevent.summary.value == clean_title(title)
    assert read_content(data, "x").entries == ((day, clean_title(title)),)


def test_nothing_to_export_is_a_calendar_too() -> None:
    assert read_content(calendar_bytes([]), "x").entries == ()


def test_what_was_exported_can_be_imported(tmp_path: Path) -> None:
    (tmp_path / "releases.ics").write_bytes(calendar_bytes(releases()))
    proposals = read_file(tmp_path / "releases.ics", today=FIRST).magazines()
    assert list(proposals) == [magazine.title for magazine in bundled()]
    for title, listed in proposals.items():
        assert list(listed.dates) == [r.date for r in releases() if r.magazine.title == title]
