"""Fixtures for what surrounds the window."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

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
