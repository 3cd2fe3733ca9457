"""The message bus, a real one."""

from __future__ import annotations

import signal

import pytest

from kirara_studio.desktop.bus import Bus, BusError
from tests.desktop_session import DesktopSession, wait_until


def test_a_daemon_that_hangs_is_given_up(bus_session: DesktopSession, bus: Bus) -> None:
    bus_session.start_notifications()
    process = bus_session.process("dunst")
    process.send_signal(signal.SIGSTOP)
    name = "org.freedesktop.Notifications"
    try:
        with pytest.raises(BusError, match="did not answer"):
            bus.call(name, "/org/freedesktop/Notifications", name, "GetCapabilities", timeout=0.3)
    finally:
        process.send_signal(signal.SIGCONT)
    wait_until(lambda: bus.call(name, "/org/freedesktop/Notifications", name, "GetCapabilities"))
