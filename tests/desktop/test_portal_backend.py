"""Notices through the desktop portal."""

from __future__ import annotations

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.api.notices import Notice, NoticeAction
from kirara_studio.desktop.bus import Bus
from kirara_studio.desktop.portal_backend import PortalBackend
from tests.desktop_session import DesktopSession, Program, wait_until


def started_portal(session: DesktopSession) -> Program:
    portal = session.start_python("-m", "tests.desktop.portal_double")
    portal.wait_for(ready=True)
    return portal


def test_in_a_sandbox_the_portal_shows_the_notice_and_the_click_comes_back(
    bus_session: DesktopSession, bus: Bus
) -> None:
    portal = started_portal(bus_session)
    clicks: list[tuple[str, str, str]] = []
    route = PortalBackend(
        bus, lambda notice, *rest: clicks.append((notice.title, *rest)), sandboxed=True
    )
    route.send(Notice("today", "きらら"))
    assert portal.wait_for(title="today")["body"] == "きらら"
    route.send(Notice("tomorrow"))
    wait_until(lambda: len(clicks) == 2)
    assert clicks == [("today", "", "token-7"), ("tomorrow", "", "token-7")]


def test_clicks_come_back_also_over_another_bus_later(
    bus_session: DesktopSession, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    clicks: list[str] = []
    route = PortalBackend(bus, lambda notice, *_: clicks.append(notice.title), sandboxed=True)
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
    bus_session: DesktopSession, bus: Bus
) -> None:
    portal = started_portal(bus_session)
    route = PortalBackend(bus, lambda *_: None, sandboxed=False)
    with pytest.raises(UserError, match="behind"):
        route.send(Notice("lost"))
    bus_session.start_notifications()
    route.send(Notice("today"))
    portal.wait_for(title="today")


def test_without_a_portal_the_backend_fails(bus_session: DesktopSession, bus: Bus) -> None:
    with pytest.raises(UserError, match="portal"):
        PortalBackend(bus, lambda *_: None, sandboxed=True).send(Notice("lost"))


def test_actions_are_buttons_and_a_click_comes_back_with_its_id(
    bus_session: DesktopSession, bus: Bus, clicks: list[tuple[str, str, str]]
) -> None:
    portal = started_portal(bus_session)
    route = PortalBackend(
        bus, lambda notice, *rest: clicks.append((notice.title, *rest)), sandboxed=True
    )
    actions = (NoticeAction("bought", "買った"), NoticeAction("snooze", "Later"))
    route.send(Notice("today", id="releases.max", actions=actions))
    wait_until(lambda: clicks)
    assert clicks == [("today", "bought", "token-7")]
    labels = [button["label"][1] for button in portal.wait_for(title="today")["buttons"]]
    assert labels == ["買った", "Later"]


def test_a_notice_with_an_id_replaces_the_first_one_and_can_be_withdrawn(
    bus_session: DesktopSession, bus: Bus
) -> None:
    portal = started_portal(bus_session)
    route = PortalBackend(bus, sandboxed=True)
    for notice in (Notice("one", id="a"), Notice("two", id="a"), Notice("three"), Notice("four")):
        route.send(notice)
    route.withdraw("a")
    portal.wait_for(title="four")
    names = [event["shown"] for event in portal.events() if "shown" in event]
    assert names[0] == names[1] and len(set(names)) == 3
    portal.wait_for(removed=names[0])
    assert "default-action" not in portal.wait_for(title="one"), "nobody would hear the click"


def test_a_portal_that_showed_nothing_is_not_woken_to_withdraw(
    bus_session: DesktopSession, bus: Bus
) -> None:
    portal = started_portal(bus_session)
    route = PortalBackend(bus, sandboxed=False)
    route.withdraw("a")
    bus_session.start_notifications()
    route.send(Notice("b", id="b"))
    route.withdraw("b")
    wait_until(lambda: any("removed" in event for event in portal.events()))
    assert [event["removed"] for event in portal.events() if "removed" in event] == [
        portal.wait_for(title="b")["shown"]
    ]
