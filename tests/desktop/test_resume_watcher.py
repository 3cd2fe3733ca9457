"""Waking from sleep, as the system bus reports it."""

from __future__ import annotations

import json
import time

from kirara_studio.desktop.bus import DBUS, Bus
from tests.desktop_session import DesktopSession, Program, wait_until


def started(session: DesktopSession, program: str, *arguments: str) -> Program:
    process = session.start_python("-m", f"tests.desktop.{program}", *arguments)
    wait_until(process.events)
    return process


def wait_for_listener(session: DesktopSession) -> None:
    """The program listens in a thread of its own; until then it would miss signals."""
    bus = Bus("system bus", lambda: session.environment["DBUS_SYSTEM_BUS_ADDRESS"])
    path, interface = "/org/freedesktop/DBus", "org.freedesktop.DBus.Debug.Stats"

    def heard() -> bool:
        (rules,) = bus.call(DBUS, path, interface, "GetAllMatchRules")
        return "login1.Manager" in json.dumps(rules)

    wait_until(heard)
    bus.close()


def test_what_came_due_in_sleep_is_called_as_soon_as_the_computer_wakes(
    session: DesktopSession,
) -> None:
    session.start_system_bus()
    logind = started(session, "logind_double")
    program = started(session, "repeat_program")
    wait_for_listener(session)
    logind.tell("true")
    logind.wait_for(sent="true")
    program.tell("7200")  # the clock on the wall goes on while the computer sleeps
    program.wait_for(ahead=7200.0)
    assert not any("called" in event for event in program.events())
    logind.tell("false")
    program.wait_for(called=7200.0)
    logind.tell("false")
    wait_until(lambda: program.events().count({"woke": True}) == 2)
    assert program.events().count({"called": 7200.0}) == 1


def test_only_logind_can_report_the_wake(session: DesktopSession) -> None:
    session.start_system_bus()
    logind = started(session, "logind_double")
    program = started(session, "repeat_program")
    wait_for_listener(session)
    stranger = started(session, "logind_double", "nobody")
    stranger.tell("false")
    stranger.wait_for(sent="false")
    logind.tell("true")
    logind.tell("false")
    program.wait_for(woke=True)
    assert program.events().count({"woke": True}) == 1


def test_without_a_system_bus_only_the_signal_is_lost(session: DesktopSession) -> None:
    program = session.start_python(
        "-m", "tests.desktop.repeat_program", DBUS_SYSTEM_BUS_ADDRESS="unix:path=/nonexistent"
    )
    program.wait_for(started=True)
    program.tell("1")
    program.wait_for(ahead=1.0)
    time.sleep(0.2)
    assert program.process.poll() is None and "Traceback" not in program.output()
