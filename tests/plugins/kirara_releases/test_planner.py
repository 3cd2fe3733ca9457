"""Each reminder is planned once, at any time, by any clock."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kirara_releases.calendar.magazine import Magazine, ReminderTime
from kirara_releases.calendar.release import Release, releases_between
from kirara_releases.calendar.rules import MonthDay
from kirara_releases.notifications.planner import magazine_of, plan, snooze, times
from kirara_releases.notifications.reminder_settings import ReminderSettings
from kirara_releases.storage.store import ReleaseStore
from kirara_studio.api.database import put_meta

MAGAZINES = [Magazine("kirara", "きらら", MonthDay(9)), Magazine("max", "MAX", MonthDay(19))]
BOTH = ReminderSettings(day_before=True)


def releases(first: date, last: date) -> list[Release]:
    return releases_between(MAGAZINES, first, last)


def at(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ReleaseStore]:
    store = ReleaseStore(tmp_path)
    yield store
    store.close()


@pytest.fixture(autouse=True)
def in_japan() -> Iterator[Callable[[str], None]]:
    """Tests are in Japan unless they travel."""
    before = os.environ.get("TZ")

    def travel(zone: str) -> None:
        os.environ["TZ"] = zone
        time.tzset()

    travel("Asia/Tokyo")
    yield travel
    os.environ.pop("TZ")
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


def planned(store: ReleaseStore) -> list[tuple[str, str, str]]:
    rows = store.connection.execute("SELECT magazine, date, kind FROM telling ORDER BY id")
    return [tuple(row) for row in rows]  # type: ignore[misc]


def batches(store: ReleaseStore) -> list[str]:
    rows = store.connection.execute("SELECT batch FROM telling ORDER BY id")
    return [batch for (batch,) in rows]


def look(
    store: ReleaseStore, text: str, reminders: ReminderSettings = BOTH, **options: bool
) -> int:
    return plan(store, releases, reminders, ["desktop"], at(text), **options)


def test_a_reminder_is_due_at_its_hour_and_once(store: ReleaseStore) -> None:
    assert look(store, "2026-12-09 08:59") == 0
    assert look(store, "2026-12-09 09:00") == 1
    assert look(store, "2026-12-09 09:01") == look(store, "2026-12-09 23:59") == 0
    assert planned(store) == [("kirara", "2026-12-09", "day")]
    assert batches(store) == ["releases:kirara:2026-12-09:2026-12-09:day"]
    assert magazine_of(batches(store)[0]) == "kirara"


def test_the_day_before_is_an_option(store: ReleaseStore) -> None:
    assert look(store, "2026-12-08 20:00", ReminderSettings()) == 0
    assert look(store, "2026-12-08 20:00") == 1
    assert look(store, "2026-12-09 10:00") == 1
    assert [kind for _, _, kind in planned(store)] == ["eve", "day"]


def test_the_day_before_is_not_due_on_the_day(store: ReleaseStore) -> None:
    look(store, "2026-12-08 12:00")
    assert look(store, "2026-12-09 10:00") == 1
    assert planned(store) == [("kirara", "2026-12-09", "day")]


def test_a_studio_started_late_in_the_day_reminds_immediately(store: ReleaseStore) -> None:
    assert look(store, "2026-12-09 22:00") == 1


def test_a_first_start_reminds_of_nothing_past(store: ReleaseStore) -> None:
    assert look(store, "2026-12-10 00:00") == 0


def test_what_was_missed_is_one_digest(store: ReleaseStore) -> None:
    look(store, "2026-12-01 12:00")
    assert look(store, "2027-01-19 10:00") == 4
    missed = batches(store)
    assert len(set(missed[:3])) == 1 and missed[0].startswith("releases:missed:")
    assert missed[3] == "releases:max:2027-01-19:2027-01-19:day"
    assert look(store, "2027-01-19 10:01") == 0


def test_what_was_missed_long_ago_is_no_news(store: ReleaseStore) -> None:
    look(store, "2024-12-01 12:00")
    look(store, "2026-12-10 12:00")
    assert min(day for _, day, _ in planned(store)) > "2026-10-01"


def test_every_destination_gets_it(store: ReleaseStore) -> None:
    assert plan(store, releases, BOTH, ["desktop", "Slack"], at("2026-12-09 09:00")) == 2


def test_what_was_bought_is_not_due(store: ReleaseStore) -> None:
    store.set_bought("kirara", "2026-12-09", 1.0)
    assert look(store, "2026-12-09 09:00") == 0


def test_a_magazine_can_be_left_out(store: ReleaseStore) -> None:
    silent = [replace(MAGAZINES[0], notify=False)]
    count = plan(
        store, lambda a, b: releases_between(silent, a, b), BOTH, ["desktop"],
        at("2026-12-09 09:00"),
    )  # fmt: skip
    assert count == 0


@pytest.mark.parametrize(
    ("remind", "moment", "kind"),
    [
        (ReminderTime(0, 7 * 60 + 30), "2026-12-09 07:30", "day"),
        (ReminderTime(1, 21 * 60 + 15), "2026-12-08 21:15", "eve"),
        (ReminderTime(7, 0), "2026-12-02 00:00", "eve"),
        (ReminderTime(31, 1439), "2026-11-08 23:59", "eve"),
    ],
)
def test_a_magazine_may_have_a_time_of_its_own(
    store: ReleaseStore, remind: ReminderTime, moment: str, kind: str
) -> None:
    own = replace(MAGAZINES[0], remind=remind)
    due = datetime.fromisoformat(moment)

    def planned_at(when: datetime) -> int:
        return plan(
            store, lambda a, b: releases_between([own], a, b), BOTH, ["desktop"], when.timestamp()
        )

    assert planned_at(due - timedelta(minutes=1)) == 0
    assert planned_at(due) == 1 and planned_at(due + timedelta(minutes=1)) == 0
    assert planned(store) == [("kirara", "2026-12-09", kind)]
    assert planned_at(datetime(2026, 12, 9, 23, 0)) == 0  # not once more at the usual times
    [(found, _)] = times(releases_between([own], due.date(), date(2026, 12, 9))[-1], BOTH)
    assert found == kind


def test_its_time_is_its_own_whatever_the_settings_are(store: ReleaseStore) -> None:
    own = replace(MAGAZINES[0], remind=ReminderTime(2, 600))
    release = releases_between([own], date(2026, 12, 1), date(2026, 12, 31))[0]
    for reminders in (BOTH, ReminderSettings(on_day=False)):
        assert times(release, reminders) == [("eve", at("2026-12-07 10:00"))]
    silent = releases_between([replace(own, notify=False)], date(2026, 12, 1), date(2026, 12, 31))
    assert times(silent[0], BOTH) == []


def test_a_correction_after_the_reminder_is_due_on_its_own_day(store: ReleaseStore) -> None:
    look(store, "2026-12-09 09:00")
    moved = [replace(MAGAZINES[0], corrections={"2026-12": date(2026, 12, 11)})]

    def corrected(first: date, last: date) -> list[Release]:
        return releases_between(moved, first, last)

    assert plan(store, corrected, BOTH, ["desktop"], at("2026-12-09 12:00")) == 0
    assert plan(store, corrected, BOTH, ["desktop"], at("2026-12-11 09:00")) == 1


def test_another_hour_does_not_repeat_it(store: ReleaseStore) -> None:
    look(store, "2026-12-09 09:00")
    assert look(store, "2026-12-09 12:00", ReminderSettings(hour=12)) == 0


def test_a_command_for_cron_does_not_wait_for_the_hour(store: ReleaseStore) -> None:
    assert look(store, "2026-12-09 05:00", ReminderSettings(), whole_day=True) == 1
    assert look(store, "2026-12-09 05:01", ReminderSettings(), whole_day=True) == 0
    assert look(store, "2026-12-09 09:00", ReminderSettings()) == 0
    assert look(store, "2026-12-18 05:00", BOTH, whole_day=True) == 1
    assert planned(store)[-1] == ("max", "2026-12-19", "eve")


def test_snoozing_reminds_again_on_the_desktop(store: ReleaseStore) -> None:
    look(store, "2026-12-09 09:00")
    now = at("2026-12-09 09:05")
    snooze(store, batches(store)[0], now + 3600, now)
    assert planned(store)[-1][2].startswith("again")
    row = store.connection.execute(
        "SELECT next_attempt, destination, state FROM telling ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert row == (now + 3600, "desktop", "pending")


# Clocks


def test_the_hour_is_the_users_and_the_day_japans(
    store: ReleaseStore, in_japan: Callable[[str], None]
) -> None:
    in_japan("America/New_York")
    assert look(store, "2026-12-09 08:59") == 0
    assert look(store, "2026-12-09 09:00") == 1


def test_travelling_repeats_nothing_and_loses_nothing(
    store: ReleaseStore, in_japan: Callable[[str], None]
) -> None:
    assert look(store, "2026-12-09 09:00") == 1
    now = at("2026-12-09 09:01")
    in_japan("America/Los_Angeles")  # it is the 8th there
    assert plan(store, releases, ReminderSettings(), ["desktop"], now) == 0
    assert look(store, "2026-12-09 09:00", ReminderSettings()) == 0
    assert look(store, "2026-12-19 09:00", ReminderSettings()) == 1


def test_summer_time_makes_no_difference(
    store: ReleaseStore, in_japan: Callable[[str], None]
) -> None:
    in_japan("Europe/Berlin")
    spring = [Magazine("s", "S", MonthDay(29, "none"))]  # 2026-03-29: 2:00 does not exist

    def of_spring(first: date, last: date) -> list[Release]:
        return releases_between(spring, first, last)

    reminders = ReminderSettings(hour=2)
    assert plan(store, of_spring, reminders, ["desktop"], at("2026-03-29 01:30")) == 0
    assert plan(store, of_spring, reminders, ["desktop"], at("2026-03-29 03:30")) == 1


def test_a_clock_a_year_ahead_and_back_again(store: ReleaseStore) -> None:
    look(store, "2026-12-09 09:00")
    assert look(store, "2027-12-09 09:00") > 1  # today's, and a digest: it might have slept
    before = planned(store)
    assert look(store, "2026-12-09 09:02") == 0
    assert look(store, "2027-12-09 09:03") == 0  # and forth once more
    assert look(store, "2026-12-09 09:04") == 0
    assert planned(store) == before


def test_a_clock_that_was_put_right_is_believed_after_ten_minutes(store: ReleaseStore) -> None:
    look(store, "2026-12-08 09:00")
    look(store, "2027-12-09 09:00")
    assert look(store, "2026-12-09 08:50") == 0
    assert look(store, "2026-12-09 08:55") == 0
    assert look(store, "2026-12-09 09:01") == 1  # the day's own, although "told" in 2027
    assert look(store, "2026-12-19 09:00") == 1
    assert look(store, "2027-12-09 09:00") >= 1
    assert ("kirara", "2027-12-09", "day") in planned(store)


def test_a_clock_a_year_behind_and_put_right(store: ReleaseStore) -> None:
    look(store, "2026-12-09 09:00")
    assert look(store, "2025-12-09 10:00") == 0
    assert look(store, "2026-12-09 10:05") == 0
    assert look(store, "2026-12-19 09:00") == 1


@given(
    st.lists(st.integers(-600, 3000), min_size=1, max_size=60),
    st.booleans(),
)
@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_however_the_minutes_pass_every_release_is_noted_once(
    tmp_path_factory: pytest.TempPathFactory, minutes: list[int], before: bool
) -> None:
    store = ReleaseStore(tmp_path_factory.mktemp("s"))
    reminders = ReminderSettings(day_before=before)
    start = now = datetime(2026, 12, 1, 12)
    plan(store, releases, reminders, ["desktop"], now.timestamp())
    highest = now
    for step in minutes:
        now = max(now + timedelta(minutes=step), highest - timedelta(minutes=59))
        highest = max(highest, now)
        plan(store, releases, reminders, ["desktop"], now.timestamp())
    plan(store, releases, reminders, ["desktop"], highest.timestamp())
    days = [(name, day) for name, day, kind in planned(store) if kind == "day"]
    assert len(days) == len(set(days))
    expected = {
        (release.magazine.id, release.date.isoformat())
        for release in releases(start.date(), highest.date())
        if datetime(*release.date.timetuple()[:3], 9) <= highest
        and datetime(*release.date.timetuple()[:3], 9) >= start
    }
    recent = (highest - timedelta(days=61)).date().isoformat()
    assert {day for day in expected if day[1] > recent} <= set(days)
    store.close()


def test_a_watermark_that_is_no_number_counts_as_none(store: ReleaseStore) -> None:
    with store.transaction() as connection:
        put_meta(connection, "checked_until", "nonsense")
    assert look(store, "2026-12-09 09:00") == 1
