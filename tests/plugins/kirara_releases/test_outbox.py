"""Nothing is lost and nothing is delivered twice, whatever happens on the way."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from filelock import FileLock

from kirara_releases.calendar.magazine import Magazine
from kirara_releases.calendar.release import Release, releases_between
from kirara_releases.calendar.rules import MonthDay
from kirara_releases.notifications.notifier import BOUGHT, OPEN, SNOOZE, compose, filled
from kirara_releases.notifications.outbox import Item, lock_path, reminder_outbox
from kirara_releases.notifications.planner import plan
from kirara_releases.notifications.reminder_settings import ReminderSettings
from kirara_releases.storage.store import ReleaseStore
from kirara_studio.api.errors import UserError
from kirara_studio.api.notices import DESKTOP, Notice, Uncertain
from kirara_studio.api.outbox import Destination

MAGAZINES = {
    "kirara": Magazine("kirara", "きらら", MonthDay(9)),
    "other": Magazine("other", "Other", MonthDay(9)),
}
DAY = date(2026, 12, 9)
PROGRAM = Path(__file__).with_name("outbox_program.py")


class Place:
    """A destination that keeps what it is sent, and refuses as often as it is asked to."""

    def __init__(self, name: str = DESKTOP) -> None:
        self.name = name
        self.got: list[Notice] = []
        self.refusals: list[Exception] = []
        self.shown: bool | None = None

    def send(self, notice: Notice) -> str:
        if self.refusals:
            raise self.refusals.pop(0)
        self.got.append(notice)
        return "route"

    def destination(self) -> Destination[Notice]:
        desktop = self.name == DESKTOP
        return Destination(self.name, self.send, lambda identity: self.shown, repeatable=desktop)

    @property
    def titles(self) -> list[str]:
        return [notice.title for notice in self.got]


class Round:
    """A store, places, and a clock that one can set."""

    def __init__(self, folder: Path, *places: Place) -> None:
        self.store = ReleaseStore(folder)
        self.places = places
        self.now = datetime(2026, 12, 9, 9).timestamp()
        self.reminders = ReminderSettings()

    def go(self, minutes: float = 0) -> list[Notice]:
        self.now += 60 * minutes

        def releases(first: date, last: date) -> list[Release]:
            return releases_between(MAGAZINES.values(), first, last)

        names = [place.name for place in self.places]
        plan(self.store, releases, self.reminders, names, self.now)
        destinations = [place.destination() for place in self.places]
        words = partial(compose, self.reminders, lambda text: text)
        today = datetime.fromtimestamp(self.now).date()
        outbox = reminder_outbox(self.store, destinations, words, MAGAZINES, today)
        return outbox.deliver(lambda: self.now)

    def states(self) -> list[str]:
        rows = self.store.connection.execute("SELECT state FROM telling ORDER BY id")
        return [state for (state,) in rows]


@pytest.fixture
def desktop() -> Place:
    return Place()


@pytest.fixture
def messenger() -> Place:
    return Place("Slack")


@pytest.fixture
def round_(tmp_path: Path, desktop: Place, messenger: Place) -> Iterator[Round]:
    round_ = Round(tmp_path, desktop, messenger)
    yield round_
    round_.store.close()


def test_everything_is_delivered_once(round_: Round, desktop: Place, messenger: Place) -> None:
    assert len(round_.go()) == 4
    assert round_.go(1) == round_.go(600) == []
    assert desktop.titles == messenger.titles == [
        "今日はきららの発売日です。", "今日はOtherの発売日です。",
    ]  # fmt: skip
    assert [action.id for action in desktop.got[0].actions] == [BOUGHT, SNOOZE, OPEN]
    assert set(round_.states()) == {"told"}


def test_what_was_missed_is_one_message(round_: Round, desktop: Place) -> None:
    round_.now = datetime(2026, 12, 1, 9).timestamp()
    round_.go()
    round_.now = datetime(2026, 12, 11, 9).timestamp()
    round_.go()
    (notice,) = desktop.got
    assert notice.title == "2 releases while you were away"
    assert notice.text == "12/9 きらら\n12/9 Other"


def test_what_is_refused_is_tried_again_later_and_later(
    round_: Round, desktop: Place, messenger: Place
) -> None:
    messenger.refusals = [UserError("500"), UserError("500"), UserError("500"), UserError("500")]
    round_.go()
    assert len(desktop.got) == 2 and messenger.got == []
    assert round_.store.refused_since(round_.now) == [("Slack", "pending", "500")]
    assert round_.go(0.5) == []  # too early
    round_.go(0.6)
    assert messenger.refusals == []
    assert round_.go(1.1) == []  # two minutes now
    round_.go(1)
    assert len(messenger.got) == len(desktop.got) == 2


def test_waiting_ends_at_an_hour_and_trying_after_a_week(round_: Round, messenger: Place) -> None:
    messenger.refusals = [UserError("no")] * 10_000
    tries = 0
    while "pending" in round_.states() or not tries:
        left = len(messenger.refusals)
        round_.go(10)
        tries += left > len(messenger.refusals)
    assert 7 * 20 < tries < 7 * 30
    assert "failed" in round_.states() and "told" in round_.states()


def test_a_mistake_in_a_destination_costs_nothing(round_: Round, desktop: Place) -> None:
    desktop.refusals = [ValueError("a mistake")]
    round_.go()
    assert len(desktop.got) == 1
    round_.go(2)
    assert len(desktop.got) == 2


def test_what_may_have_arrived_is_not_sent_again(round_: Round, messenger: Place) -> None:
    messenger.refusals = [Uncertain("no answer")]
    round_.go()
    assert round_.states().count("uncertain") == 1
    assert ("Slack", "uncertain", "no answer") in round_.store.refused_since(round_.now)
    round_.go(60)
    assert len(messenger.got) == 1


def test_late_words_are_true_words(round_: Round, desktop: Place) -> None:
    round_.reminders = ReminderSettings(day_before=True)
    round_.now = datetime(2026, 12, 8, 20).timestamp()
    desktop.refusals = [UserError("no")] * 2
    round_.go()
    round_.go(60 * 14)  # the 9th, 10:00
    round_.go(60 * 24)
    titles = " ".join(desktop.titles)
    assert "明日は" not in titles and "今日はきらら" in titles


def test_what_was_bought_meanwhile_or_is_gone_is_dropped(round_: Round, desktop: Place) -> None:
    desktop.refusals = [UserError("no")] * 2
    round_.go()
    round_.store.set_bought("kirara", "2026-12-09", 1.0)
    gone = MAGAZINES.pop("other")
    try:
        round_.go(5)
    finally:
        MAGAZINES["other"] = gone
    assert desktop.got == [] and round_.states().count("dropped") == 2


@pytest.mark.parametrize(("shown", "again"), [(True, 0), (False, 1), (None, 1)])
def test_after_a_kill_a_desktop_is_asked(
    tmp_path: Path, desktop: Place, shown: bool | None, again: int
) -> None:
    round_ = Round(tmp_path, desktop)
    desktop.refusals = [KeyboardInterrupt()]  # type: ignore[list-item]
    with pytest.raises(KeyboardInterrupt):
        round_.go()
    assert round_.states() == ["sending", "pending"]
    desktop.shown = shown
    round_.go(1)
    assert [notice.id for notice in desktop.got].count(
        "releases:kirara:2026-12-09:2026-12-09:day"
    ) == again
    assert set(round_.states()) == {"told"}


def test_after_a_kill_a_messenger_is_not_bothered_again(tmp_path: Path, messenger: Place) -> None:
    round_ = Round(tmp_path, messenger)
    messenger.refusals = [KeyboardInterrupt()]  # type: ignore[list-item]
    with pytest.raises(KeyboardInterrupt):
        round_.go()
    round_.go(1)
    assert round_.states() == ["uncertain", "told"]
    assert len(messenger.got) == 1


def test_only_one_process_delivers(round_: Round, desktop: Place) -> None:
    with FileLock(lock_path(round_.store)):
        assert round_.go() == []
    assert len(round_.go(1)) == 4


def test_a_destination_that_is_gone_keeps_nobody_waiting(
    tmp_path: Path, desktop: Place, messenger: Place
) -> None:
    messenger.refusals = [UserError("no")] * 2
    both = Round(tmp_path, desktop, messenger)
    both.go()
    both.store.close()
    alone = Round(tmp_path, desktop)
    assert alone.go(60) == []
    assert alone.states().count("pending") == 2


@pytest.mark.parametrize("kills", [250])
def test_kills_at_any_moment(tmp_path: Path, kills: int) -> None:
    """The desktop shows everything once; what a messenger may not have got is known."""
    for seed in range(2017, 2022):  # on a busy machine the moment that matters may be missed
        folder = tmp_path / str(seed)
        folder.mkdir()
        if uncertain := killed(folder, kills, seed):
            print(f"{uncertain} of {kills} messages were interrupted while they were sent")
            return
    raise AssertionError("no kill fell into the moment that matters")


def killed(folder: Path, kills: int, seed: int) -> int:
    """Kill so many times, look at what is left, and count the messages that were interrupted."""
    subprocess.run([sys.executable, PROGRAM, folder, str(kills), str(seed)], check=True)
    expected = {f"releases:m{n}:2026-12-09:2026-12-09:day" for n in range(kills)}
    shown = (folder / "desktop.txt").read_text().split()
    assert len(shown) == len(set(shown)) and set(shown) == expected
    sent = (folder / "messenger.txt").read_text().split()
    store = ReleaseStore(folder)
    rows = store.connection.execute(
        "SELECT batch, state FROM telling WHERE destination = 'messenger'"
    ).fetchall()
    store.close()
    uncertain = {batch for batch, state in rows if state == "uncertain"}
    assert len(sent) == len(set(sent)) and set(sent) | uncertain == expected
    assert {state for _, state in rows} <= {"told", "uncertain"}
    return len(uncertain)


def test_messages_are_the_users_own() -> None:
    assert filled("今日は%sの発売日です。", "きらら") == "今日はきららの発売日です。"
    assert filled("%s! %s! 100%", "A%s") == "A%s! A%s! 100%"
    assert filled("Out now:", "A") == "Out now: A"
    assert filled("", "A") == "A"


def test_a_long_digest_is_cut() -> None:
    names = {f"m{n}": Magazine(f"m{n}", f"M{n}", MonthDay(9)) for n in range(14)}
    delivered: Sequence[Item] = [Item(name, "2026-12-09", DAY, "day") for name in names]
    late = DAY + timedelta(3)
    notice = compose(
        ReminderSettings(), lambda text: text, "releases:missed:1", delivered, names, late
    )
    assert len(notice.text.splitlines()) == 11 and notice.text.endswith("and 4 more")


def test_a_late_single_release_is_worded_as_past() -> None:
    delivered = [Item("kirara", "2026-12-09", DAY, "day")]
    notice = compose(
        ReminderSettings(), lambda text: text, "b", delivered, MAGAZINES, DAY + timedelta(2)
    )
    assert notice.title == "きらら has come out"


def test_a_release_some_days_ahead_is_worded_so() -> None:
    items = [Item("kirara", "2026-12-09", DAY, "eve")]
    notice = compose(
        ReminderSettings(), lambda text: text, "b", items, MAGAZINES, DAY - timedelta(3)
    )
    assert notice.title == "きらら comes out in 3 days"
