"""The tray icon in a real tray."""

from __future__ import annotations

import threading
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QIcon

from kirara_studio.api.errors import UserError
from kirara_studio.api.notices import Notice
from kirara_studio.desktop.tray import Tray
from tests.desktop_session import DesktopSession, Program, wait_until


def started(session: DesktopSession, **environment: str) -> Program:
    program = session.start_python("-m", "tests.desktop.tray_program", **environment)
    program.wait_for(started=True)
    return program


def items(session: DesktopSession) -> list[str]:
    """Who has an icon in the tray, through the session bus."""
    from jeepney import DBusAddress

    name = "org.kde.StatusNotifierWatcher"
    address = DBusAddress("/StatusNotifierWatcher", name, "org.freedesktop.DBus.Properties")
    (answer,) = session.call(address, "Get", "ss", (name, "RegisteredStatusNotifierItems"))
    return [item.partition("/")[0] for item in answer[1]]


class Menu:
    """The menu of the icon, as the panel reads it from the bus."""

    def __init__(self, session: DesktopSession) -> None:
        self._session = session
        (self._owner,) = items(session)

    def labels(self) -> dict[str, int]:
        """The texts, and by which number they are clicked."""
        _, (_, _, entries) = self._call("GetLayout", "iias", (0, -1, []))
        found = {}
        for _, (number, properties, _) in entries:
            if properties.get("type", ("s", ""))[1] != "separator":
                found[properties["label"][1]] = number
        return found

    def click(self, label: str) -> None:
        self._call("Event", "isvu", (self.labels()[label], "clicked", ("s", ""), 0))

    def _call(self, method: str, signature: str, body: tuple[Any, ...]) -> Any:
        from jeepney import DBusAddress

        address = DBusAddress("/MenuBar", self._owner, "com.canonical.dbusmenu")
        return self._session.call(address, method, signature, body)


def test_the_icon_appears_when_a_tray_does_and_a_click_toggles_the_window(
    session: DesktopSession,
) -> None:
    program = started(session)
    program.tell("can_hide before")
    assert program.wait_for(question="before")["can_hide"] is False

    session.start_tray()
    program.wait_for(available=True)
    program.tell("can_hide after")
    assert program.wait_for(question="after")["can_hide"] is True
    # Over the session bus, as every desktop of today has it, and not the older X11 way.
    wait_until(lambda: len(items(session)) == 1)

    def click() -> bool:
        session.run("xdotool", "mousemove", "11", "15", "click", "1")
        return {"asked": "toggle"} in program.events()

    wait_until(click)  # the panel needs a moment to draw it


def test_the_menu_shows_panels_and_quits_and_speaks_the_language_of_the_moment(
    session: DesktopSession,
) -> None:
    session.start_tray()
    program = started(session)
    program.wait_for(available=True)
    wait_until(lambda: len(items(session)) == 1)
    menu = Menu(session)
    assert list(menu.labels()) == ["Show Kirara Studio", "Characters", "Speech", "Quit"]
    menu.click("Show Kirara Studio")
    program.wait_for(asked="show")
    menu.click("Speech")
    program.wait_for(asked="panel", panel="speech")

    program.tell("japanese")
    wait_until(lambda: "日本語 characters Characters" in menu.labels())
    assert all(label.startswith("日本語") for label in menu.labels())
    menu.click("日本語 _TrayMenu Quit")
    assert program.wait() == 0


def test_a_tray_that_is_gone_is_reported_and_may_come_back(session: DesktopSession) -> None:
    session.start_tray()
    # Without patience it looks for a tray at once and never again: everything is heard of.
    program = started(session, PATIENCE="0")
    program.wait_for(available=True)
    session.stop_tray()
    program.wait_for(available=False)
    program.tell("can_hide gone")
    assert program.wait_for(question="gone")["can_hide"] is False

    session.start_tray()
    wait_until(lambda: program.events().count({"available": True}) == 2)
    wait_until(lambda: len(items(session)) == 1)
    program.tell("can_hide back")
    assert program.wait_for(question="back")["can_hide"] is True


def test_an_icon_moves_to_the_bus_when_a_tray_takes_it_there(session: DesktopSession) -> None:
    session.start_older_tray()
    program = started(session)
    program.wait_for(available=True)
    session.start_tray()
    wait_until(lambda: len(items(session)) == 1)
    program.tell("can_hide after")
    assert program.wait_for(question="after")["can_hide"] is True
    assert {"available": False} not in program.events()


def test_without_a_bus_the_icon_takes_the_older_way_and_shows_balloons(
    session: DesktopSession,
) -> None:
    session.start_tray()
    program = started(session, DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent")
    program.wait_for(available=True)
    program.tell("notify balloon")
    assert program.wait_for(delivered="balloon")["backend"] == "tray"


def test_without_a_tray_there_is_nothing_to_hide_in_and_notices_go_to_the_inbox(
    session: DesktopSession,
) -> None:
    program = started(session, DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent")
    program.wait_for(absent=True)
    program.tell("can_hide never")
    assert program.wait_for(question="never")["can_hide"] is False
    program.tell("notify first")
    program.tell("notify second")
    assert program.wait_for(inbox="second")["unread"] == 2
    assert program.wait_for(delivered="first")["backend"] == "inbox"


def test_a_window_is_raised_from_wherever_it_is(session: DesktopSession) -> None:
    program = started(session)
    for command in ("hide", "raise", "minimise", "raise token-7"):
        program.tell(command)
    program.wait_for(raised=[True, False, False], token="")
    program.wait_for(raised=[True, False, False], token="token-7")
    session.run("xdotool", "search", "--onlyvisible", "--name", "Kirara Studio")


def test_who_waits_for_a_balloon_while_the_studio_ends_is_refused(
    event_loop: QCoreApplication,
) -> None:
    """The thread that would show it waits for the one that wants it, so nobody would give way."""
    tray = Tray(QIcon())
    send = tray.balloon_backend().send
    refused: list[UserError] = []

    def want_balloon() -> None:
        try:
            send(Notice("today"))
        except UserError as error:
            refused.append(error)

    thread = threading.Thread(target=want_balloon)
    thread.start()
    wait_until(lambda: tray._unanswered)
    tray.stop()
    thread.join(5)
    assert [str(error) for error in refused] == ["The studio ends."]
    want_balloon()
    assert len(refused) == 2
    QCoreApplication.processEvents()  # the question comes too late, and does no harm
