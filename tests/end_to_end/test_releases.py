"""The studio in the tray on a release day: real tray, real notification daemon, another clock."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import signal
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest

from tests.desktop_session import DesktopSession, Program, wait_until
from tests.end_to_end.conftest import home, start

FAKETIME = list(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
RELEASE_DAY = "2026-12-09 09:30:00"


@pytest.fixture(autouse=True)
def with_reminders(session: DesktopSession) -> None:
    """As on a fresh machine."""
    (home(session) / "config" / "settings.toml").unlink()


def on(moment: str) -> dict[str, str]:
    """The environment of a program whose clock starts at ``moment``."""
    if not FAKETIME:
        pytest.skip("“faketime” is not installed; see packaging/system_packages.sh --test")
    return {
        "LD_PRELOAD": str(FAKETIME[0]),
        "FAKETIME": f"@{moment}",
        "DONT_FAKE_MONOTONIC": "1",
        "TZ": "Asia/Tokyo",
        "LANG": "C.UTF-8",
    }


def records(session: DesktopSession, query: str) -> list[list[object]]:
    """What the records answer, read as another program would."""
    path = home(session) / "data" / "plugins-data" / "releases" / "releases.sqlite"
    if not path.exists():
        return []
    with contextlib.closing(sqlite3.connect(path, timeout=10)) as connection:
        try:
            return [list(row) for row in connection.execute(query)]
        except sqlite3.OperationalError:  # its tables are just being made
            return []


def deliveries(session: DesktopSession) -> list[list[object]]:
    """The delivery log: magazine, kind, state and backend."""
    return records(session, "SELECT magazine, kind, state, route FROM telling ORDER BY id")


def looked(session: DesktopSession, moment: str) -> bool:
    """True when a studio has looked for releases at ``moment`` or later."""
    rows = records(session, "SELECT value FROM meta WHERE key = 'checked_until'")
    japan = datetime.fromisoformat(f"{moment}+09:00")
    return bool(rows) and float(str(rows[0][0])) >= japan.timestamp()


def end(program: Program, how: int) -> None:
    os.kill(program.process.pid, how)
    program.wait(30)


def test_one_reminder_however_often_it_starts(session: DesktopSession) -> None:
    session.start_tray()
    session.start_notifications()
    environment = on(RELEASE_DAY)
    program = start(session, "--background", **environment)
    wait_until(lambda: ["kirara", "day", "told", "daemon"] in deliveries(session), 60)
    end(program, signal.SIGTERM)
    for minute, how in ((40, signal.SIGKILL), (50, signal.SIGTERM), (59, signal.SIGKILL)):
        moment = f"2026-12-09 09:{minute}:00"
        program = start(session, "--background", **on(moment))
        wait_until(functools.partial(looked, session, moment), 60)
        end(program, how)
    titles = [shown.title for shown in session.notifications()]
    assert titles == ["今日はまんがタイムきららの発売日です。"]


def test_what_was_missed_comes_as_one_digest(session: DesktopSession) -> None:
    session.start_tray()
    session.start_notifications()
    program = start(session, "--background", **on("2026-12-01 12:00:00"))
    wait_until(lambda: looked(session, "2026-12-01 12:00:00"), 60)
    end(program, signal.SIGTERM)
    program = start(session, "--background", **on("2026-12-24 10:00:00"))
    wait_until(lambda: len(deliveries(session)) == 3, 60)
    wait_until(lambda: {row[2] for row in deliveries(session)} == {"told"}, 60)
    end(program, signal.SIGTERM)
    shown = session.notifications()
    assert [one.title for one in shown] == [
        "2 releases while you were away",
        "今日はまんがタイムきららフォワードの発売日です。",
    ]
    assert shown[0].text.splitlines() == ["12/9 まんがタイムきらら", "12/19 まんがタイムきららMAX"]


def test_without_a_notification_daemon_it_is_kept_inside(session: DesktopSession) -> None:
    program = start(session, **on(RELEASE_DAY))
    wait_until(lambda: ["kirara", "day", "told", "inbox"] in deliveries(session), 60)
    end(program, signal.SIGTERM)
    (kept,) = json.loads((home(session) / "data" / "inbox.json").read_text())
    assert kept["title"] == "今日はまんがタイムきららの発売日です。"


def test_the_command_for_cron_reminds_once(session: DesktopSession) -> None:
    session.start_notifications()
    environment = on(RELEASE_DAY)
    printed = []
    for _ in range(3):
        program = start(session, "releases", "notify", **environment)
        assert program.wait(60) == 0, program.output()
        printed.append(program.output().strip())
    assert printed == ["今日はまんがタイムきららの発売日です。", *["No new reminders."] * 2]
    assert [shown.title for shown in session.notifications()] == printed[:1]


def test_the_command_says_where_nobody_listens(session: DesktopSession) -> None:
    program = start(session, "releases", "notify", **on(RELEASE_DAY))
    assert program.wait(60) == 1
    assert "Not delivered to desktop" in program.output()
    session.start_notifications()
    program = start(session, "releases", "notify", **on("2026-12-09 09:32:00"))
    assert program.wait(60) == 0
    assert len(session.notifications()) == 1
