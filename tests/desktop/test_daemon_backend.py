"""Notices through a real notification daemon, dunst."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.api.notices import Notice, NoticeAction
from kirara_studio.desktop.bus import Bus, session_bus
from kirara_studio.desktop.daemon_backend import DAEMON, DaemonBackend
from tests.desktop_session import DesktopSession, Shown, wait_until


@pytest.fixture
def daemon(bus: Bus, clicks: list[tuple[str, str, str]]) -> DaemonBackend:
    return DaemonBackend(bus, lambda notice, *rest: clicks.append((notice.title, *rest)))


def test_the_daemon_shows_the_notice_and_a_click_comes_back(
    bus_session: DesktopSession, daemon: DaemonBackend, clicks: list[tuple[str, str, str]]
) -> None:
    bus_session.start_notifications()
    daemon.send(Notice("今日は発売日です。", "きらら & <b>MAX</b>"))
    bus_session.click_notification()
    wait_until(lambda: clicks)
    assert clicks == [("今日は発売日です。", "", "")]
    # dunst reads markup, and keeps what it was sent: the letters must arrive as letters.
    assert bus_session.notifications() == [
        Shown("Kirara Studio", "今日は発売日です。", "きらら &amp; &lt;b&gt;MAX&lt;/b&gt;")
    ]


def test_somebody_elses_notification_is_not_ours(
    bus_session: DesktopSession, daemon: DaemonBackend, clicks: list[tuple[str, str, str]]
) -> None:
    bus_session.start_notifications()
    daemon.send(Notice("ours"))
    bus_session.run("dunstctl", "close-all")
    bus_session.run("notify-send", "theirs")
    bus_session.click_notification()
    daemon.send(Notice("ours again"))
    bus_session.run("dunstctl", "close-all")
    assert clicks == []


def test_a_daemon_may_go_and_come_back(bus_session: DesktopSession, daemon: DaemonBackend) -> None:
    with pytest.raises(UserError, match="daemon"):
        daemon.send(Notice("lost"))
    bus_session.start_notifications()
    daemon.send(Notice("one"))
    bus_session.stop_notifications()
    with pytest.raises(UserError):
        daemon.send(Notice("lost too"))
    bus_session.start_notifications()
    daemon.send(Notice("two"))
    assert [shown.title for shown in bus_session.notifications()] == ["two"]


def test_without_a_bus_there_is_no_daemon(
    daemon: DaemonBackend, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    with pytest.raises(UserError, match="bus"):
        daemon.send(Notice("lost"))
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nonexistent")
    with pytest.raises(UserError, match="DBUS_SESSION_BUS_ADDRESS"):
        daemon.send(Notice("lost"))
    assert not bus.has_service("org.freedesktop.Notifications")


def test_a_bus_that_goes_away_is_found_again(
    bus_session: DesktopSession,
    daemon: DaemonBackend,
    clicks: list[tuple[str, str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bus_session.start_notifications()
    daemon.send(Notice("one"))
    bus_session.restart_bus()
    monkeypatch.setenv(
        "DBUS_SESSION_BUS_ADDRESS", bus_session.environment["DBUS_SESSION_BUS_ADDRESS"]
    )
    bus_session.stop_notifications()
    bus_session.start_notifications()
    daemon.send(Notice("two"))
    bus_session.click_notification()
    wait_until(lambda: clicks == [("two", "", "")])


def test_many_threads_may_send_at_once(bus_session: DesktopSession, daemon: DaemonBackend) -> None:
    bus_session.start_notifications()
    threads = [
        threading.Thread(target=daemon.send, args=(Notice(f"notice {number}"),))
        for number in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    titles = {shown.title for shown in bus_session.notifications()}
    assert titles == {f"notice {number}" for number in range(20)}


def test_a_notice_with_an_id_replaces_the_first_one(
    bus_session: DesktopSession, daemon: DaemonBackend
) -> None:
    bus_session.start_notifications()
    daemon.send(Notice("2 days left", id="releases.max"))
    daemon.send(Notice("another one", id="releases.carat"))
    daemon.send(Notice("today", id="releases.max"))
    daemon.send(Notice("no id", "one"))
    daemon.send(Notice("no id", "two"))
    titles = [shown.title for shown in bus_session.notifications()]
    assert sorted(titles) == ["another one", "no id", "no id", "today"]


def test_a_notice_replaces_that_of_an_earlier_start(
    bus_session: DesktopSession, daemon: DaemonBackend
) -> None:
    bus_session.start_notifications()
    earlier = session_bus()
    DaemonBackend(earlier).send(Notice("sent by a studio that was killed", id="releases.max"))
    earlier.close()
    daemon.send(Notice("today", id="releases.max"))
    assert [shown.title for shown in bus_session.notifications()] == ["today"]


def test_a_click_on_an_action_comes_back_with_its_id(
    bus_session: DesktopSession, daemon: DaemonBackend, clicks: list[tuple[str, str, str]]
) -> None:
    bus_session.start_notifications()
    actions = (NoticeAction("bought", "買った"), NoticeAction("snooze", "Later"))
    daemon.send(Notice("first", id="releases.max", actions=actions))
    daemon.send(Notice("today", id="releases.max", actions=actions))
    bus_session.choose_action("買った")
    wait_until(lambda: clicks)
    assert clicks == [("today", "bought", "")]


def test_a_withdrawn_notice_is_gone(bus_session: DesktopSession, daemon: DaemonBackend) -> None:
    daemon.withdraw("releases.max")  # nobody is there, and nobody minds
    bus_session.start_notifications()
    daemon.send(Notice("today", id="releases.max"))
    daemon.send(Notice("other", id="releases.carat"))
    daemon.withdraw("releases.max")
    daemon.withdraw("releases.never-sent")
    assert bus_session.displayed() == 1
    earlier = session_bus()
    DaemonBackend(earlier).withdraw("releases.carat")
    earlier.close()
    assert bus_session.displayed() == 0


def test_dunst_reports_what_was_shown_and_closed(
    bus_session: DesktopSession, daemon: DaemonBackend
) -> None:
    assert daemon.was_shown("releases.max") is None, "the daemon is gone"
    bus_session.start_notifications()
    assert daemon.was_shown("releases.max") is False
    daemon.send(Notice("today", id="releases.max"))
    assert daemon.was_shown("releases.max") is False, "it is on the screen: sending again is safe"
    bus_session.run("dunstctl", "close-all")
    later = session_bus()
    assert DaemonBackend(later).was_shown("releases.max") is True
    assert DaemonBackend(later).was_shown("releases.carat") is False
    assert DaemonBackend(later).was_shown("") is None
    later.close()


def test_the_numbers_of_another_daemon_are_not_taken_for_ours(
    bus_session: DesktopSession, daemon: DaemonBackend, clicks: list[tuple[str, str, str]]
) -> None:
    bus_session.start_notifications()
    daemon.send(Notice("ours, the first of this daemon"))
    bus_session.stop_notifications()
    bus_session.start_notifications()
    number = int(bus_session.run("notify-send", "--print-id", "theirs, the first of this daemon"))
    click(bus_session, number, "default")
    bus_session.run("dunstctl", "close-all")
    daemon.send(Notice("ours again"))
    bus_session.click_notification()
    wait_until(lambda: clicks)
    assert clicks == [("ours again", "", "")]


def test_where_nobody_would_hear_the_click_there_is_none(
    bus_session: DesktopSession, bus: Bus
) -> None:
    heard: list[str] = []
    bus.listen(DAEMON, lambda signal, arguments: heard.append(signal))
    bus_session.start_notifications()
    DaemonBackend(bus).send(Notice("from a command", actions=(NoticeAction("bought", "Bought"),)))
    bus_session.click_notification()
    bus_session.run("dunstctl", "close-all")
    wait_until(lambda: heard)
    assert heard == ["NotificationClosed"]


def click(session: DesktopSession, number: int, action: str) -> None:
    """Send what the daemon sends when its user chooses an action."""
    session.run(
        *("gdbus", "emit", "--session", "--object-path", "/org/freedesktop/Notifications"),
        *("--signal", "org.freedesktop.Notifications.ActionInvoked", "--"),
        *(f"uint32 {number}", action),
    )


def test_no_qt_is_needed_to_send_from_the_command_line() -> None:
    code = (
        "import sys; from kirara_studio.desktop import backend_chain, desktop_backends;"
        "print([name for name in ('PySide6', 'torch', 'jeepney') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.strip() == "[]"
