"""Fixtures for what surrounds the window."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from kirara_studio.desktop.bus import Bus, session_bus
from tests.desktop_session import DesktopSession


@pytest.fixture
def session_folder() -> Iterator[Path]:
    """A folder with a short path, since those of sockets are limited."""
    folder = Path(tempfile.mkdtemp(prefix="kirara-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def session(session_folder: Path) -> Iterator[DesktopSession]:
    """A display and a bus; tray and notifications are started by the test."""
    with DesktopSession(session_folder) as session:
        yield session


@pytest.fixture
def bus_session(session_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DesktopSession]:
    """A display and a bus that are also those of the process that runs the tests."""
    with DesktopSession(session_folder) as session:
        monkeypatch.setenv(
            "DBUS_SESSION_BUS_ADDRESS", session.environment["DBUS_SESSION_BUS_ADDRESS"]
        )
        yield session


@pytest.fixture
def bus() -> Iterator[Bus]:
    """The bus of ``bus_session``, once something is asked of it."""
    bus = session_bus()
    yield bus
    bus.close()


@pytest.fixture
def clicks() -> list[tuple[str, str, str]]:
    """The title of each notice that was clicked, the action, and the token."""
    return []


@pytest.fixture
def event_loop() -> QCoreApplication:
    """Signals between threads need an application."""
    return QCoreApplication.instance() or QCoreApplication([])


def run_until(condition: Callable[[], object], timeout: float = 10.0) -> None:
    """Run the event loop until ``condition()``."""
    loop = QEventLoop()
    end = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        QTimer.singleShot(10, loop.quit)
        loop.exec()
