"""A desktop of their own for the tests of the whole program."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop_session import DesktopSession, Program, wait_until


@pytest.fixture
def session() -> Iterator[DesktopSession]:
    """A display and a bus; tray and notifications are started by the test."""
    folder = Path(tempfile.mkdtemp(prefix="kirara-"))
    with DesktopSession(folder) as session:
        # The day of the test may be a magazine's, which is no business of most tests.
        settings = home(session) / "config" / "settings.toml"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text("[releases]\non_day = false\n")
        yield session
    shutil.rmtree(folder, ignore_errors=True)


class Screen:
    """What a user sees and does: window titles, keys, clicks."""

    def __init__(self, session: DesktopSession) -> None:
        self._session = session

    def titles(self) -> list[str]:
        """Titles of the visible windows of the studio."""
        found = self._ask("search", "--onlyvisible", "--name", "Kirara Studio")
        return [self._ask("getwindowname", number).strip() for number in found.split()]

    def wait_for_title(self, part: str) -> None:
        wait_until(lambda: any(part in title for title in self.titles()), 30)

    def press(self, keys: str) -> None:
        number = self._ask("search", "--onlyvisible", "--name", "Kirara Studio").split()[0]
        self._ask("windowfocus", "--sync", number)
        self._ask("key", keys)

    def _ask(self, *arguments: str) -> str:
        done = subprocess.run(
            ["xdotool", *arguments],
            env=self._session.environment,
            capture_output=True,
            text=True,
            timeout=20,
        )
        return done.stdout


@pytest.fixture
def screen(session: DesktopSession) -> Screen:
    return Screen(session)


def start(session: DesktopSession, *arguments: str, **environment: str) -> Program:
    return session.start_python("-m", "kirara_studio", *arguments, **environment)


def home(session: DesktopSession) -> Path:
    return Path(session.environment["KIRARA_HOME"])
