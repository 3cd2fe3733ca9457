"""Files from the disk become proposals: a magazine for each title, with its dates."""

from __future__ import annotations

import gzip
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from kirara_releases.calendar.magazine import Magazine, ReminderTime
from kirara_releases.calendar.rules import MonthDay, SingleDates
from kirara_releases.exchange.importing import Candidate, candidates, read_file, records_of
from kirara_releases.storage.store import Mark, Records
from kirara_studio.api.errors import UserError

TODAY = date(2026, 12, 1)


def saved(folder: Path, content: str | bytes, name: str = "my.ics") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def dates(path: Path) -> dict[str, tuple[date, ...]]:
    """The dates in a file by title."""
    listed = read_file(path, today=TODAY).magazines()
    return {title: magazine.dates for title, magazine in listed.items()}


def test_events_are_gathered_by_title(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        "BEGIN:VCALENDAR\n"
        "BEGIN:VEVENT\nSUMMARY:MAX\nDTSTART:20261219\nRRULE:FREQ=MONTHLY;COUNT=2\nEND:VEVENT\n"
        "BEGIN:VEVENT\nSUMMARY:きらら\nDTSTART:20261209\nEND:VEVENT\n"
        "BEGIN:VEVENT\nSUMMARY: MAX\nDTSTART:20270219\nEND:VEVENT\n"
        "BEGIN:VEVENT\nDTSTART:20270101\nEND:VEVENT\n"
        "END:VCALENDAR\n",
    )
    assert list(dates(path).items()) == [
        ("きらら", (date(2026, 12, 9),)),
        ("MAX", (date(2026, 12, 19), date(2027, 1, 19), date(2027, 2, 19))),
        ("my", (date(2027, 1, 1),)),
    ]


def test_json_without_titles_is_called_as_it_calls_itself(tmp_path: Path) -> None:
    path = saved(tmp_path, '{"title": "All", "releases": ["2026-12-09"]}', "x.json")
    assert dates(path) == {"All": (date(2026, 12, 9),)}


def test_two_names_that_become_one_are_one_proposal(tmp_path: Path) -> None:
    path = saved(tmp_path, '[{"date": "2026-12-09", "title": "x"}, "2027-01-09"]', "x.json")
    assert dates(path) == {"x": (date(2026, 12, 9), date(2027, 1, 9))}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"[]", "lists no dates"),
        (b"<html>", "web page"),
        (b"BEGIN:VCALENDAR\n", "is incomplete"),
        (b"[" * 1_000_000, "nested too deeply"),
        (b" " * 5_000_001, "more than 5 MB"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_no_calendar_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence) as raised:
        read_file(saved(tmp_path, content))
    assert "my.ics" in raised.value.message and raised.value.advice


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no file .*missing\.ics"):
        read_file(tmp_path / "missing.ics")
    with pytest.raises(UserError, match="is not a file"):
        read_file(tmp_path)
    with pytest.raises(UserError):
        read_file(Path("a\0b"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ics")
    with pytest.raises(UserError, match="is not a file"):
        read_file(tmp_path / "pipe.ics")


# The field's calendars, and what comes of importing a calendar again


@pytest.fixture
def field(shared_folder: Path) -> Path:
    """Calendars that were found in the field."""
    return shared_folder / "field" / "releases"


FIELD = {
    "r-03-customized-tz": ["2026-12-09"],
    "r-09-xwr-floating": ["2026-12-09"],
    "r-11-fold-in-char": ["2026-12-09"],
    "r-15-sequence": ["2026-12-11"],
    "r-24-exdate-empty": ["2026-12-09", "2026-12-16"],
    "r-30-override-rrule": ["2026-12-01", "2026-12-09", "2026-12-15"],
    "reimport-a": ["2026-12-09"],
}


@pytest.mark.parametrize("name", FIELD)
def test_calendars_of_the_field(field: Path, name: str) -> None:
    (found,) = dates(field / f"{name}.ics").items()
    assert [day.isoformat() for day in found[1]] == FIELD[name]
    assert found[0] == {"r-11-fold-in-char": "まんがタイム", "reimport-a": "COMIC FUZ"}.get(
        name, "a"
    )


def test_numbered_issues_of_the_field_are_one_magazine(field: Path) -> None:
    listed = read_file(field / "r-14-numbered.ics", today=TODAY).magazines()
    assert list(listed) == ["まんがタイムきらら"]
    assert len(listed["まんがタイムきらら"].dates) == 12
    assert listed["まんがタイムきらら"].notes[date(2026, 12, 9)] == "2026年12月号"


def test_an_empty_calendar_of_the_field_is_refused_and_a_cancelled_one_adds_nothing(
    field: Path,
) -> None:
    with pytest.raises(UserError, match="lists no dates"):
        read_file(field / "r-16-empty.ics")
    cancelled = read_file(field / "r-18-method-cancel.ics")
    assert candidates([cancelled], [], Records()) == []


def calendar(*events: Sequence[str], method: str = "PUBLISH") -> str:
    lines = [line for event in events for line in ("BEGIN:VEVENT", *event, "END:VEVENT")]
    return "\n".join(["BEGIN:VCALENDAR", f"METHOD:{method}", *lines, "END:VCALENDAR", ""])


class Library:
    """Magazines and records of a user who imports files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.magazines: list[Magazine] = []
        self.records = Records()

    def take(self, content: str) -> list[Candidate]:
        listing = read_file(saved(self.folder, content), today=TODAY)
        found = candidates([listing], self.magazines, self.records)
        _, after = records_of(found, self.records)
        kept = {m.id: m for m in self.magazines} | {c.magazine.id: c.magazine for c in found}
        self.magazines = list(kept.values())
        self.records = Records(
            {**self.records.marks, **after.marks}, {**self.records.events, **after.events}
        )
        return found

    def days(self, place: int = 0) -> list[str]:
        rule = self.magazines[place].rule
        assert isinstance(rule, SingleDates)
        return [day.isoformat() for day in rule.dates]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path)


def once(uid: str, day: str, title: str = "FUZ", *more: str) -> list[str]:
    return [f"UID:{uid}", f"SUMMARY:{title}", f"DTSTART;VALUE=DATE:{day}", *more]


def test_an_event_with_another_date_moves_with_its_marks(library: Library) -> None:
    library.take(calendar(once("k1", "20261209"), once("k2", "20270109")))
    library.records = Records({("fuz", "2026-12-09"): Mark(5.0, "付録")}, library.records.events)
    [change] = library.take(calendar(once("k1", "20261211"), once("k2", "20270109")))
    assert library.days() == ["2026-12-11", "2027-01-09"]
    assert change.moved == ((date(2026, 12, 9), date(2026, 12, 11)),)
    assert change.text(str) == "FUZ (1 moved: 12/9 → 12/11)"
    assert library.records.marks == {
        ("fuz", "2026-12-09"): Mark(), ("fuz", "2026-12-11"): Mark(5.0, "付録"),
    }  # fmt: skip
    [same] = library.take(calendar(once("k1", "20261211"), once("k2", "20270109")))
    assert not same.is_new and same.text(str) == "FUZ (nothing new)"


def test_events_that_move_along_keep_their_own_marks(library: Library) -> None:
    days = ["20261201", "20261202", "20261203", "20261204"]
    library.take(calendar(*(once(f"k{n}", day) for n, day in enumerate(days[:3]))))
    marks = {("fuz", f"2026-12-0{n + 1}"): Mark(float(n + 1)) for n in range(3)}
    library.records = Records(marks, library.records.events)
    library.take(calendar(*(once(f"k{n}", day) for n, day in enumerate(days[1:]))))
    assert library.days() == ["2026-12-02", "2026-12-03", "2026-12-04"]
    bought = {issue: mark.bought for (_, issue), mark in library.records.marks.items()}
    assert bought == {"2026-12-01": 0, "2026-12-02": 1, "2026-12-03": 2, "2026-12-04": 3}


def test_a_file_with_other_events_adds_them(library: Library) -> None:
    library.take(calendar(once("k1", "20261209")))
    [change] = library.take(calendar(once("k2", "20270109")))
    assert library.days() == ["2026-12-09", "2027-01-09"] and change.text(str) == "FUZ (1 new)"


def test_what_the_user_changed_stays_until_the_calendar_changes_it(library: Library) -> None:
    library.take(calendar(once("k1", "20261209")))
    own = SingleDates((date(2026, 12, 10),))
    library.magazines = [Magazine("fuz", "My FUZ", own)]
    [change] = library.take(calendar(once("k1", "20261209")))
    assert not change.is_new and library.days() == ["2026-12-10"]
    library.take(calendar(once("k1", "20261211")))
    assert library.magazines[0].title == "My FUZ"
    assert library.days() == ["2026-12-10", "2026-12-11"]


@pytest.mark.parametrize("method", ["CANCEL", "PUBLISH"])
def test_a_cancelled_event_goes(library: Library, method: str) -> None:
    library.take(calendar(once("k1", "20261209"), once("k2", "20270109")))
    [change] = library.take(
        calendar(once("k1", "20261209", "FUZ", "STATUS:CANCELLED"), method=method)
    )
    assert library.days() == ["2027-01-09"] and change.text(str) == "FUZ (1 removed)"


def test_a_series_follows_its_rule_and_its_changes(library: Library) -> None:
    weekly = once("w", "20261201", "FUZ", "RRULE:FREQ=WEEKLY;COUNT=4")
    library.take(calendar(weekly))
    assert library.days() == ["2026-12-01", "2026-12-08", "2026-12-15", "2026-12-22"]
    library.records = Records({("fuz", "2026-12-08"): Mark(1.0)}, library.records.events)
    override = once("w", "20261209", "FUZ", "RECURRENCE-ID;VALUE=DATE:20261208")
    [change] = library.take(calendar(weekly, override))
    assert library.days() == ["2026-12-01", "2026-12-09", "2026-12-15", "2026-12-22"]
    assert len(change.moved) == 1 and library.records.marks["fuz", "2026-12-09"].bought == 1.0
    library.take(calendar(once("w", "20261201", "FUZ", "RRULE:FREQ=WEEKLY;COUNT=2")))
    assert library.days() == ["2026-12-01", "2026-12-08"]


def test_a_magazine_with_a_rule_keeps_it_and_gets_the_numbers(library: Library) -> None:
    library.magazines = [Magazine("k", "きらら", MonthDay(9))]
    [change] = library.take(calendar(once("1", "20261209", "きらら 2027年1月号")))
    assert library.magazines[0].rule == MonthDay(9) and change.text(str) == "きらら (1 noted)"
    assert library.records.marks["k", "2026-12-09"].note == "2027年1月号"
    [change] = library.take(calendar(once("1", "20261209", "きらら 2027年1月号")))
    assert change.text(str) == "きらら (has a rule of its own, which stays)"


def test_a_note_of_the_user_is_not_replaced_by_a_number(library: Library) -> None:
    library.take(calendar(once("1", "20261209", "きらら 2027年1月号")))
    assert library.records.marks["magazine", "2026-12-09"].note == "2027年1月号"
    marks = {("magazine", "2026-12-09"): Mark(note="mine")}
    library.records = Records(marks, library.records.events)
    [change] = library.take(calendar(once("1", "20261209", "きらら 2027年2月号")))
    assert not change.is_new and library.records.marks == marks


def test_a_single_issue_joins_the_magazine_that_is_there(library: Library) -> None:
    library.take(calendar(once("1", "20261209", "FUZ #33"), once("2", "20270109", "FUZ #34")))
    library.take(calendar(once("3", "20270209", "FUZ #35")))
    assert [m.title for m in library.magazines] == ["FUZ"] and len(library.days()) == 3


ALARM = ("BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER{}", "END:VALARM")


@pytest.mark.parametrize(
    ("start", "trigger", "expected"),
    [
        (";VALUE=DATE:20261209", ":PT9H", ReminderTime(0, 540)),
        (";VALUE=DATE:20261209", ":-PT4H", ReminderTime(1, 1200)),
        (";VALUE=DATE:20261209", ":-P1W", ReminderTime(7, 0)),
        (":20261209T010000Z", ":-PT30M", ReminderTime(0, 570)),
        (":20261209T010000Z", ";VALUE=DATE-TIME:20261208T110000Z", ReminderTime(1, 1200)),
        (":20261209T010000Z", ";VALUE=DURATION;RELATED=START:-PT30M", ReminderTime(0, 570)),
        (":20261209T010000Z", ";RELATED=END:-PT30M", None),
        (":20261209T010000Z", ":-P90D", None),
        (":20261209T010000Z", ":P3D", None),
        (":20261209T010000Z", ":soon", None),
    ],
)
def test_an_alarm_becomes_the_time_of_the_reminder(
    library: Library, start: str, trigger: str, expected: ReminderTime | None
) -> None:
    alarm = [line.format(trigger) for line in ALARM]
    library.take(calendar(["UID:1", "SUMMARY:FUZ", f"DTSTART{start}", *alarm]))
    assert library.magazines[0].remind == expected and library.days() == ["2026-12-09"]


def test_gzip_is_seen_from_the_content(tmp_path: Path) -> None:
    packed = gzip.compress(calendar(["DTSTART:20261209"]).encode())
    assert dates(saved(tmp_path, packed, "my.ics.gz")) == {"my": (date(2026, 12, 9),)}
    assert dates(saved(tmp_path, packed, "my.ics")) == {"my": (date(2026, 12, 9),)}
    with pytest.raises(UserError, match=r"bad\.gz.*cannot be read"):
        read_file(saved(tmp_path, packed[:-9], "bad.gz"))
    with pytest.raises(UserError, match="more than 5 MB"):
        read_file(saved(tmp_path, gzip.compress(bytes(50_000_000)), "bomb.gz"))
