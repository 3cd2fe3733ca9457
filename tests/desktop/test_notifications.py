"""Notices: through a real daemon, and through what is left when there is none."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from kirara_studio.api.errors import UserError
from kirara_studio.api.notices import Channel, Notice
from kirara_studio.desktop.bus_notifications import DaemonRoute, PortalRoute
from kirara_studio.desktop.inbox import Inbox
from kirara_studio.desktop.notifications import Notifier
from kirara_studio.desktop.session_bus import BusError, SessionBus
from tests.desktop_session import DesktopSession, Program, Shown, wait_until


@pytest.fixture
def bus() -> Iterator[SessionBus]:
    bus = SessionBus()
    yield bus
    bus.close()


@pytest.fixture
def clicks() -> list[tuple[str, str, str]]:
    return []


@pytest.fixture
def daemon(bus: SessionBus, clicks: list[tuple[str, str, str]]) -> DaemonRoute:
    return DaemonRoute(bus, lambda notice, *rest: clicks.append((notice.title, *rest)))


@pytest.fixture
def event_loop() -> QCoreApplication:
    """Signals between threads need an application."""
    return QCoreApplication.instance() or QCoreApplication([])


def run_until(condition: object, timeout: float = 10.0) -> None:
    """Run the event loop until ``condition()``."""
    loop = QEventLoop()
    end = time.monotonic() + timeout
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not happen"
        QTimer.singleShot(10, loop.quit)
        loop.exec()


# The daemon


def test_the_daemon_shows_the_notice_and_a_click_comes_back(
    bus_session: DesktopSession, daemon: DaemonRoute, clicks: list[tuple[str, str, str]]
) -> None:
    bus_session.start_notifications()
    daemon.send(Notice("今日は発売日です。", "きらら & <b>MAX</b>"))
    bus_session.run("dunstctl", "action", "0")
    wait_until(lambda: clicks)
    assert clicks == [("今日は発売日です。", "", "")]
    # dunst reads markup, and keeps what it was sent: the letters must arrive as letters.
    assert bus_session.notifications() == [
        Shown("Kirara Studio", "今日は発売日です。", "きらら &amp; &lt;b&gt;MAX&lt;/b&gt;")
    ]


def test_somebody_elses_notification_is_not_ours(
    bus_session: DesktopSession, daemon: DaemonRoute, clicks: list[tuple[str, str, str]]
) -> None:
    bus_session.start_notifications()
    daemon.send(Notice("ours"))
    bus_session.run("dunstctl", "close-all")
    bus_session.run("notify-send", "theirs")
    bus_session.run("dunstctl", "action", "0")
    daemon.send(Notice("ours again"))
    bus_session.run("dunstctl", "close-all")
    assert clicks == []


def test_a_daemon_may_go_and_come_back(bus_session: DesktopSession, daemon: DaemonRoute) -> None:
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


def test_a_daemon_that_hangs_is_given_up(bus_session: DesktopSession, bus: SessionBus) -> None:
    bus_session.start_notifications()
    process = bus_session.process("dunst")
    process.send_signal(signal.SIGSTOP)
    name = "org.freedesktop.Notifications"
    try:
        with pytest.raises(BusError, match="did not answer"):
            bus.call(name, "/org/freedesktop/Notifications", name, "GetCapabilities", timeout=0.3)
    finally:
        process.send_signal(signal.SIGCONT)
    wait_until(lambda: bus.call(name, "/org/freedesktop/Notifications", name, "GetCapabilities"), 5)


def test_without_a_bus_there_is_no_daemon(
    daemon: DaemonRoute, bus: SessionBus, monkeypatch: pytest.MonkeyPatch
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
    daemon: DaemonRoute,
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
    bus_session.run("dunstctl", "action", "0")
    wait_until(lambda: clicks == [("two", "", "")])


def test_many_threads_may_send_at_once(bus_session: DesktopSession, daemon: DaemonRoute) -> None:
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


# The portal


def started_portal(session: DesktopSession) -> Program:
    portal = session.start_python("-m", "tests.desktop.portal_double")
    portal.wait_for(ready=True)
    return portal


def test_in_a_sandbox_the_portal_shows_the_notice_and_the_click_comes_back(
    bus_session: DesktopSession, bus: SessionBus
) -> None:
    portal = started_portal(bus_session)
    clicks: list[tuple[str, str, str]] = []
    route = PortalRoute(
        bus, lambda notice, *rest: clicks.append((notice.title, *rest)), sandboxed=True
    )
    route.send(Notice("today", "きらら"))
    assert portal.wait_for(title="today")["body"] == "きらら"
    route.send(Notice("tomorrow"))
    wait_until(lambda: len(clicks) == 2)
    assert clicks == [("today", "", "token-7"), ("tomorrow", "", "token-7")]


def test_clicks_come_back_also_over_another_bus_later(
    bus_session: DesktopSession, bus: SessionBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    clicks: list[str] = []
    route = PortalRoute(bus, lambda notice, *_: clicks.append(notice.title), sandboxed=True)
    started_portal(bus_session)
    route.send(Notice("one"))
    wait_until(lambda: clicks == ["one"])
    bus_session.restart_bus()
    monkeypatch.setenv(
        "DBUS_SESSION_BUS_ADDRESS", bus_session.environment["DBUS_SESSION_BUS_ADDRESS"]
    )
    started_portal(bus_session)
    # Signals that nobody asked the bus for would not come.
    route.send(Notice("two"))
    wait_until(lambda: clicks == ["one", "two"])


def test_outside_a_sandbox_a_portal_with_nothing_behind_it_is_not_trusted(
    bus_session: DesktopSession, bus: SessionBus
) -> None:
    portal = started_portal(bus_session)
    route = PortalRoute(bus, lambda *_: None, sandboxed=False)
    with pytest.raises(UserError, match="behind"):
        route.send(Notice("lost"))
    bus_session.start_notifications()
    route.send(Notice("today"))
    portal.wait_for(title="today")


def test_without_a_portal_the_route_says_so(bus_session: DesktopSession, bus: SessionBus) -> None:
    with pytest.raises(UserError, match="portal"):
        PortalRoute(bus, lambda *_: None, sandboxed=True).send(Notice("lost"))


# The ladder


def collected(notifier: Notifier) -> list[tuple[str, str]]:
    delivered: list[tuple[str, str]] = []
    notifier.delivered.connect(lambda notice, channel: delivered.append((notice.title, channel)))
    return delivered


def refuse(notice: Notice) -> None:
    raise UserError("not today")


def test_each_notice_climbs_the_ladder_from_its_foot(event_loop: QCoreApplication) -> None:
    sent: list[str] = []
    works = threading.Event()

    def moody(notice: Notice) -> None:
        if not works.is_set():
            raise UserError("not yet")
        sent.append(notice.title)

    def broken(notice: Notice) -> None:
        raise KeyError("a slip of the pen")

    def exits(notice: Notice) -> None:
        raise SystemExit(3)

    last: list[str] = []
    notifier = Notifier(
        [
            Channel("last", "", lambda notice: last.append(notice.title), order=1000),
            Channel("exits", "", exits, order=30),
            Channel("moody", "", moody, order=10),
            Channel("broken", "", broken, order=20),
        ]
    )
    delivered = collected(notifier)
    assert [channel.id for channel in notifier.channels] == ["moody", "broken", "exits", "last"]
    notifier.notify(Notice("one"))
    run_until(lambda: delivered)
    works.set()
    notifier.notify(Notice("two"))
    run_until(lambda: len(delivered) == 2)
    assert delivered == [("one", "last"), ("two", "moody")]
    assert (sent, last) == (["two"], ["one"])
    notifier.close()


def test_a_channel_that_hangs_is_passed_over(event_loop: QCoreApplication) -> None:
    free = threading.Event()
    notifier = Notifier(
        [
            Channel("hangs", "", lambda notice: free.wait(30) and None, order=1),
            Channel("works", "", lambda notice: None, order=2),
        ],
        timeout=0.1,
    )
    delivered = collected(notifier)
    notifier.notify(Notice("one"))
    run_until(lambda: delivered)
    assert delivered == [("one", "works")]
    free.set()
    notifier.close()


def test_notices_are_sent_in_order_and_to_the_end(event_loop: QCoreApplication) -> None:
    sent: list[str] = []

    def slow(notice: Notice) -> None:
        time.sleep(0.005)
        sent.append(notice.title)

    notifier = Notifier([Channel("slow", "", slow)])
    for number in range(20):
        notifier.notify(Notice(str(number)))
    notifier.close()
    assert sent == [str(number) for number in range(20)]


def test_nobody_to_tell_is_said(event_loop: QCoreApplication) -> None:
    notifier = Notifier([Channel("refuses", "", refuse)])
    lost: list[str] = []
    notifier.undelivered.connect(lambda notice: lost.append(notice.title))
    notifier.notify(Notice("one"))
    run_until(lambda: lost)
    assert lost == ["one"]
    notifier.close()


# The inbox


def test_the_inbox_remembers_until_it_is_read(event_loop: QCoreApplication) -> None:
    state: dict[str, object] = {}
    inbox = Inbox(state)
    arrived: list[Notice] = []
    inbox.arrived.connect(arrived.append)
    notifier = Notifier([Channel("refuses", "", refuse), inbox.channel()])
    notifier.notify(Notice("今日", "text", panel="releases"))
    run_until(lambda: arrived)
    assert arrived == [Notice("今日", "text", panel="releases")]
    again = Inbox(state)
    assert again.unread() == [Notice("今日", "text", panel="releases")]
    again.mark_read(Notice("今日", "text", panel="releases"))
    assert again.unread() == [] and Inbox(state).unread() == []
    notifier.close()


def test_the_inbox_does_not_grow_for_ever_and_survives_a_damaged_state(
    event_loop: QCoreApplication,
) -> None:
    inbox = Inbox({"entries": [5, {"title": "x"}, {}]})
    assert inbox.unread() == [Notice("x"), Notice("")]
    inbox = Inbox({"entries": 5})
    assert inbox.unread() == []
    send = inbox.channel().send
    for number in range(130):
        send(Notice(str(number)))
    run_until(lambda: inbox.unread() and inbox.unread()[-1].title == "129")
    assert len(inbox.unread()) == 100


# All of it


def test_in_a_running_program_notices_go_where_somebody_sees_them(
    session: DesktopSession,
) -> None:
    session.start_tray()
    program = session.start_python("-m", "tests.desktop.tray_program")
    program.wait_for(available=True)
    program.tell("notify nobody-there")
    # The icon went over the bus, so a balloon would be lost without a daemon: not even tried.
    assert program.wait_for(delivered="nobody-there")["channel"] == "inbox"
    session.start_notifications()
    program.tell("notify daemon-there")
    assert program.wait_for(delivered="daemon-there")["channel"] == "daemon"
    session.run("dunstctl", "action", "0")
    assert program.wait_for(activated="daemon-there")["panel"] == "characters"
    session.stop_notifications()
    program.tell("notify gone-again")
    assert program.wait_for(delivered="gone-again")["channel"] == "inbox"


def test_no_qt_is_needed_to_send_from_the_command_line() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from kirara_studio.desktop import bus_notifications;"
        "print([name for name in ('PySide6', 'torch', 'jeepney') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.strip() == "[]"
