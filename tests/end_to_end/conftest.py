"""A desktop of their own for the tests of the whole program."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop_session import DesktopSession


@pytest.fixture
def session() -> Iterator[DesktopSession]:
    """A display and a bus; tray and notifications are started by the test."""
    folder = Path(tempfile.mkdtemp(prefix="kirara-"))
    with DesktopSession(folder) as session:
        yield session
    shutil.rmtree(folder, ignore_errors=True)
