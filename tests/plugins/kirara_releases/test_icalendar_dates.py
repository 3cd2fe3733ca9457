"""iCalendar to dates: recurrences within a window, broken events left out, always an end."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from kirara_releases.feeds.content import read_content
from kirara_releases.feeds.entries import MOST_DATES, FeedContent
from kirara_studio.api.errors import UserError

TODAY = date(2026, 12, 1)
FIRST, LAST = date(2024, 12, 1), date(2036, 12, 1)


def calendar(*lines: str) -> bytes:
    whole = ["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""]
    return "\r\n".join(whole).encode()


def event(*lines: str) -> list[str]:
    return ["BEGIN:VEVENT", *lines, "END:VEVENT"]


def read(data: bytes) -> FeedContent:
    return read_content(data, "example.org", today=TODAY)


def dates(*lines: str) -> list[str]:
    """The dates of a calendar with these lines in one event, none of which was skipped."""
    content = read(calendar(*event(*lines)))
    assert content.skipped == 0
    return [day.isoformat() for day in content.dates]


def test_whole_days_and_titles() -> None:
    content = read(
        calendar(
            "X-WR-CALNAME:Releases\\, all",
            *event("DTSTART;VALUE=DATE:20270109", "SUMMARY:まんがタイム", " きらら"),
            *event("DTSTART:20261209", "SUMMARY;LANGUAGE=ja:まんがタイムきらら"),
        )
    )
    assert content.entries == (
        (date(2026, 12, 9), "まんがタイムきらら"),
        (date(2027, 1, 9), "まんがタイムきらら"),
    )
    assert (content.name, content.skipped) == ("Releases, all", 0)


@pytest.mark.parametrize(
    ("start", "day"),
    [
        ("DTSTART:20261208T150000Z", "2026-12-09"),
        ("DTSTART:20261208T145959Z", "2026-12-08"),
        ("DTSTART;TZID=America/New_York:20261208T100000", "2026-12-09"),
        ("DTSTART;TZID=Tokyo Standard Time:20261209T000000", "2026-12-09"),
        ("DTSTART;TZID=Nobody/Knows:20261209T000000", "2026-12-09"),
        ("DTSTART:20261209T233000", "2026-12-09"),
    ],
)
def test_a_timed_event_counts_on_its_day_in_japan(start: str, day: str) -> None:
    assert dates(start) == [day]


@pytest.mark.parametrize("day", ["1900-01-01", "9999-12-31", "0001-01-01"])
def test_the_ends_of_time_survive(day: str) -> None:
    written = day.replace("-", "")
    assert dates(f"DTSTART;VALUE=DATE:{written}") == [day]
    assert dates(f"DTSTART:{written}T235959Z")  # beyond the calendar's end in Japan
    assert dates(f"DTSTART;TZID=Pacific/Kiritimati:{written}T000000")


def test_a_rule_recurs_within_the_window() -> None:
    found = dates("DTSTART;VALUE=DATE:20100109", "RRULE:FREQ=MONTHLY")
    assert found[0] == "2024-12-09" and found[-1] == "2036-11-09"
    assert len(found) == 12 * 12


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=MONTHLY;COUNT=3", ["2026-12-09", "2027-01-09", "2027-02-09"]),
        ("FREQ=MONTHLY;UNTIL=20270109", ["2026-12-09", "2027-01-09"]),
        ("FREQ=MONTHLY;UNTIL=20270109T000000", ["2026-12-09", "2027-01-09"]),
        ("FREQ=YEARLY;INTERVAL=5;COUNT=2", ["2026-12-09", "2031-12-09"]),
        ("FREQ=WEEKLY;COUNT=2", ["2026-12-09", "2026-12-16"]),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", ["2026-12-09", "2026-12-25", "2027-01-29"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1;COUNT=1", ["2026-12-09", "2027-01-04"]),
    ],
)
def test_rules(rule: str, expected: list[str]) -> None:
    assert dates("DTSTART;VALUE=DATE:20261209", f"RRULE:{rule}") == expected


def test_an_until_in_utc_is_meant_in_the_events_zone() -> None:
    start = "DTSTART;TZID=Asia/Tokyo:20261209T080000"
    including = dates(start, "RRULE:FREQ=DAILY;UNTIL=20261210T230000Z")
    assert including == ["2026-12-09", "2026-12-10", "2026-12-11"]
    assert dates(start, "RRULE:FREQ=DAILY;UNTIL=20261210T225959Z") == including[:2]


def test_a_timed_rule_keeps_its_wall_time_over_summer_time() -> None:
    # 10:30 in New York is 00:30 in Japan in winter and 23:30 in summer.
    found = dates(
        "DTSTART;TZID=America/New_York:20270311T103000", "RRULE:FREQ=DAILY;COUNT=5",
    )  # fmt: skip
    assert found == ["2027-03-12", "2027-03-13", "2027-03-14", "2027-03-15"]


def test_more_dates_and_fewer() -> None:
    found = dates(
        "DTSTART;VALUE=DATE:20261209",
        "RRULE:FREQ=MONTHLY;COUNT=4",
        "RDATE;VALUE=DATE:20251231,20270115",
        "EXDATE;VALUE=DATE:20270109",
        "EXDATE;VALUE=DATE:20270209,20261209",
    )
    assert found == ["2025-12-31", "2027-01-15", "2027-03-09"]


@pytest.mark.parametrize(
    "exception",
    [
        "EXDATE;TZID=Asia/Tokyo:20270109T080000",
        "EXDATE:20270108T230000Z",
        "EXDATE;VALUE=DATE:20270109",
        "EXDATE;TZID=America/New_York:20270108T180000",
    ],
)
def test_exceptions_of_a_timed_event(exception: str) -> None:
    start = "DTSTART;TZID=Asia/Tokyo:20261209T080000"
    assert dates(start, "RRULE:FREQ=MONTHLY;COUNT=2", exception) == ["2026-12-09"]


def test_an_exception_with_a_time_leaves_out_a_whole_day() -> None:
    found = dates(
        "DTSTART:20261208",
        "RRULE:FREQ=DAILY;COUNT=3",
        "EXDATE:20261207T150000Z",
        "EXDATE:20261209T090000",
    )
    assert found == ["2026-12-10"]


def test_periods_count_from_their_start() -> None:
    found = dates("DTSTART:20261209T000000Z", "RDATE;VALUE=PERIOD:20270109T000000Z/P3D")
    assert found == ["2026-12-09", "2027-01-09"]


def test_single_recurrences_are_moved_and_cancelled() -> None:
    content = read(
        calendar(
            *event("UID:a", "RECURRENCE-ID:20270109T000000Z", "DTSTART:20270108T000000Z"),
            *event(
                "UID:a", "DTSTART;TZID=Asia/Tokyo:20261209T090000", "RRULE:FREQ=MONTHLY;COUNT=4"
            ),
            *event(
                "UID:a", "RECURRENCE-ID;VALUE=DATE:20270209", "DTSTART:20270209", "STATUS:Cancelled"
            ),
            *event("UID:b", "RECURRENCE-ID:20270309T000000Z", "DTSTART:20270310T000000Z"),
        )
    )
    assert [str(day) for day in content.dates] == [
        "2026-12-09", "2027-01-08", "2027-03-09", "2027-03-10",
    ]  # fmt: skip


def test_listed_dates_may_lie_anywhere() -> None:
    found = dates("DTSTART;VALUE=DATE:19000101", "RDATE;VALUE=DATE:19991231,20990101")
    assert found == ["1900-01-01", "1999-12-31", "2099-01-01"]


def test_empty_recurrence_lines_are_ignored() -> None:
    found = dates("DTSTART:20261209", "RRULE:FREQ=WEEKLY;COUNT=2", "EXDATE:", "RDATE:", "RRULE:")
    assert found == ["2026-12-09", "2026-12-16"]


OWN_ZONE = [
    "BEGIN:VTIMEZONE",
    "TZID:Customized Time Zone",
    "BEGIN:STANDARD",
    "DTSTART:16011028T030000",
    "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11",
    "TZOFFSETFROM:-0700",
    "TZOFFSETTO:-0800",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:16010325T020000",
    "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3",
    "TZOFFSETFROM:-0800",
    "TZOFFSETTO:-0700",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
]


def test_a_calendar_brings_its_own_time_zone() -> None:
    start = 'DTSTART;TZID="Customized Time Zone":{}'
    winter = event(start.format("20261208T070000"))
    assert read(calendar(*OWN_ZONE, *winter)).dates == (date(2026, 12, 9),)
    assert read(calendar(*winter)).dates == (date(2026, 12, 8),), "no other calendar knows it"
    summer = read(calendar(*OWN_ZONE, *event(start.format("20260708T080000"))))
    assert summer.dates == (date(2026, 7, 9),)


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=DAILY", "FREQ=YEARLY;BYEASTER=1", "X"])
def test_an_absurd_time_zone_is_ignored(rule: str) -> None:
    zone = [f"RRULE:{rule}" if line.startswith("RRULE") else line for line in OWN_ZONE]
    begun = time.process_time()
    content = read(
        calendar(*zone * 30, *event("DTSTART;TZID=Customized Time Zone:20261208T200000"))
    )
    assert content.dates == (date(2026, 12, 8),) and content.skipped == 0
    assert time.process_time() - begun < 3


def test_times_without_a_zone_are_in_that_of_the_calendar() -> None:
    content = read(calendar("X-WR-TIMEZONE:America/Los_Angeles", *event("DTSTART:20261208T170000")))
    assert content.dates == (date(2026, 12, 9),)
    assert dates("DTSTART;TZID=asia/TOKYO:20261208T230000") == ["2026-12-08"]


def test_the_newest_of_an_event_counts() -> None:
    content = read(
        calendar(
            *event("UID:1", "SEQUENCE:1", "DTSTART:20261211"),
            *event("UID:1", "SEQUENCE:0", "DTSTART:20261209"),
        )
    )
    assert content.dates == (date(2026, 12, 11),)


def test_a_cancelled_calendar_has_no_dates() -> None:
    assert read(calendar("METHOD:CANCEL", *event("DTSTART:20261209"))) == FeedContent()


def test_a_change_may_hold_for_all_that_follow() -> None:
    content = read(
        calendar(
            *event("UID:1", "DTSTART:20261201", "RRULE:FREQ=WEEKLY;COUNT=4"),
            *event("UID:1", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261215", "DTSTART:20261216"),
        )
    )
    assert [day.day for day in content.dates] == [1, 8, 16, 23]


def test_a_single_change_does_not_recur() -> None:
    content = read(
        calendar(
            *event("UID:1", "DTSTART;VALUE=DATE:20261201", "RRULE:FREQ=WEEKLY;COUNT=3"),
            *event(
                "UID:1", "RECURRENCE-ID;VALUE=DATE:20261208", "DTSTART;VALUE=DATE:20261209",
                "RRULE:FREQ=WEEKLY",
            ),
        )
    )  # fmt: skip
    assert [day.day for day in content.dates] == [1, 9, 15]


def test_a_line_may_be_folded_inside_a_character() -> None:
    title = "まんがタイム".encode()
    data = calendar(*event("DTSTART:20261209", "SUMMARY:TITLE"))
    for place in range(1, len(title)):
        folded = data.replace(b"TITLE", title[:place] + b"\r\n " + title[place:])
        assert read(folded).entries == ((date(2026, 12, 9), "まんがタイム"),)


def test_cancelled_events_are_left_out() -> None:
    content = read(calendar(*event("DTSTART:20261209", "STATUS:CANCELLED")))
    assert content == FeedContent()


def test_an_alarm_is_no_event() -> None:
    alarm = ["BEGIN:VALARM", "TRIGGER:-P1D", "SUMMARY:no", "DTSTART:20200101", "END:VALARM"]
    content = read(calendar(*event("DTSTART:20261209", *alarm, "SUMMARY:yes")))
    assert content.entries == ((date(2026, 12, 9), "yes"),)


@pytest.mark.parametrize(
    "broken",
    [
        event("SUMMARY:without a date"),
        event("DTSTART:soon"),
        event("DTSTART:20261301"),
        event("DTSTART:P1D"),
        event("DTSTART;VALUE=TEXT:20261209"),
        event("DTSTART:20261209", "DTSTART:20261210"),
        event("DTSTART:20261209", "RRULE:FREQ=SECONDLY"),
        event("DTSTART:20261209", "RRULE:FREQ=SOMETIMES"),
        event("DTSTART:20261209", "RRULE:BYDAY=MO"),
        event("DTSTART:20261209", "RRULE:FREQ=DAILY;INTERVAL=0"),
        event("DTSTART:20261209", "RRULE:FREQ=DAILY;INTERVAL=-1"),
        event("DTSTART:20261209", "RRULE:FREQ=DAILY;BYEASTER=1"),
        event("DTSTART:20261209", "RRULE:FREQ=DAILY;BYMONTHDAY=" + "1," * 400 + "1"),
        event("DTSTART:00010101", "RRULE:FREQ=DAILY"),
        event("DTSTART:20261209", "RRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4,5"),
        event("DTSTART:20261209", "RDATE:P1D"),
        event("DTSTART:20261209", "EXDATE:" + "20270101," * 20_000 + "20270101"),
        event("DTSTART:20261209", *["EXDATE:20270101"] * 3000),
        event("DTSTART:20261209", "UID"),
        ["BEGIN:VEVENT", "DTSTART:20261210"],
    ],
    ids=lambda lines: " ".join(lines)[:60],
)
def test_a_broken_event_takes_no_other_with_it(broken: list[str]) -> None:
    good = event("DTSTART:20261209", "SUMMARY:good")
    content = read(calendar(*good, *broken, *event("DTSTART:20270109")))
    lines_are_ignored = broken[-2:] == ["UID", "END:VEVENT"]
    assert content.skipped == (0 if lines_are_ignored else 1)
    assert content.dates[0] == date(2026, 12, 9) and content.dates[-1] == date(2027, 1, 9)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=1",
        "FREQ=HOURLY",
        "FREQ=DAILY",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23",
        "FREQ=DAILY;BYSECOND=" + ",".join(map(str, range(60))),
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=13",
        "FREQ=DAILY;INTERVAL=99999999",
        "FREQ=YEARLY;BYYEARDAY=400",
        "FREQ=DAILY;COUNT=2000000000",
        "FREQ=DAILY;UNTIL=99991231T235959Z",
        "FREQ=YEARLY;BYWEEKNO=99;BYSETPOS=1,2,3",
    ],
)
@pytest.mark.parametrize("start", ["19000101", "20261209", "99991231", "20261209T000000Z"])
def test_every_rule_has_an_end(rule: str, start: str) -> None:
    begun = time.process_time()  # of this process only: others are busy as well
    try:
        content = read(calendar(*event(f"DTSTART:{start}", f"RRULE:{rule}")))
    except UserError:
        pass
    else:
        assert len(content.dates) <= MOST_DATES
    assert time.process_time() - begun < 3  # left alone, some take hours, and most 5 seconds


def test_a_calendar_full_of_absurd_rules_has_an_end() -> None:
    absurd = event("DTSTART:19000101", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")
    begun = time.monotonic()
    with pytest.raises(UserError, match="takes longer than 1 seconds"):
        read_content(calendar(*absurd * 500), "example.org", today=TODAY, seconds=1)
    assert time.monotonic() - begun < 10  # all of them would take minutes


def test_of_too_many_dates_those_around_today_are_kept() -> None:
    events = [
        line
        for number in range(6000)
        for line in event(f"DTSTART:{date(2020, 1, 1) + timedelta(number):%Y%m%d}")
    ]
    content = read(calendar(*events))
    assert len(content.dates) == MOST_DATES and content.skipped == 1000
    assert max(abs(day - TODAY).days for day in content.dates) == MOST_DATES // 2


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VCALENDAR\r\n",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20261209\r\n",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20261209\r\nEND:VEVENT\r\n",
        "BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\n" * 200_000,
        "BEGIN:VCALENDAR\r\n" + "BEGIN:VALARM\r\n" * 200_000,
    ],
    ids=["at once", "in an event", "behind an event", "nested events", "nested alarms"],
)
def test_a_calendar_that_breaks_off_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="is incomplete"):
        read(text.encode())


@pytest.mark.parametrize(
    "junk",
    ["A:1\r\n" * 800_000, "\r\n" * 2_000_000, "X-A" + ";X=a" * 1_000_000 + ":1\r\n",
     "X-A:" + "\r\n a" * 1_000_000 + "\r\n", "BEGIN:VALARM\r\nEND:VALARM\r\n" * 150_000],
    ids=["lines", "newlines", "parameters", "folds", "components"],
)  # fmt: skip
def test_junk_is_skipped_quickly(junk: str) -> None:
    lines = "\r\n".join(["BEGIN:VCALENDAR", *event("DTSTART:20261209", junk), "END:VCALENDAR"])
    begun = time.monotonic()
    assert read(lines.encode()).dates == (date(2026, 12, 9),)
    assert time.monotonic() - begun < 10


def test_old_and_unix_line_ends_are_read() -> None:
    data = calendar(*event("DTSTART:20261209", "SUMMARY:a", "  b"))
    for ending in (b"\n", b"\r"):
        [entry] = read(data.replace(b"\r\n", ending)).entries
        assert entry == (date(2026, 12, 9), "a b")


LINES = st.sampled_from(
    ["BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "END:VCALENDAR", "UID:a",
     "DTSTART:20261209", "DTSTART;TZID=Asia/Tokyo:20261209T000000", "RRULE:FREQ=DAILY",
     "RDATE:20270101", "EXDATE:20261209", "RECURRENCE-ID:20261210", "STATUS:CANCELLED", ""]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(LINES, st.text(max_size=20)), max_size=20))
def test_whatever_comes_is_read_or_refused(lines: list[str]) -> None:
    try:
        content = read("\r\n".join(["BEGIN:VCALENDAR", *lines]).encode("utf-8", "replace"))
    except UserError:
        return
    assert len(content.dates) <= MOST_DATES


RULES = st.tuples(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.sampled_from(["", ";INTERVAL=2", ";INTERVAL=7"]),
    st.sampled_from(["", ";BYDAY=MO,FR", ";BYMONTHDAY=1,-1,29", ";BYMONTH=2,12"]),
    st.sampled_from(["", ";COUNT=40", ";COUNT=2000", ";UNTIL=20300101"]),
    st.sampled_from(["", ";WKST=SU"]),
).map("".join)


@settings(max_examples=60, deadline=None)
@given(RULES, st.dates(date(1900, 1, 1), date(2029, 12, 31)))
def test_a_rule_gives_what_it_gives_without_a_window(rule: str, start: date) -> None:
    rule = f"FREQ={rule}"
    midnight = datetime(start.year, start.month, start.day)
    oracle = {
        moment.date()
        for moment in rrulestr(rule, dtstart=midnight).between(
            datetime(FIRST.year, FIRST.month, FIRST.day),
            datetime(LAST.year, LAST.month, LAST.day),
            inc=True,
        )
    }
    content = read(calendar(*event(f"DTSTART:{start:%Y%m%d}", f"RRULE:{rule}")))
    assert content.skipped == 0
    assert set(content.dates) == oracle | {day for day in [start] if FIRST <= day <= LAST}
