"""The whole program, started as a user starts it and driven by keys and clicks."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.desktop_session import DesktopSession, Program, wait_until
from tests.host.plugin_maker import install


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


def start(session: DesktopSession, *arguments: str) -> Program:
    return session.start_python("-m", "kirara_studio", *arguments)


def home(session: DesktopSession) -> Path:
    return Path(session.environment["KIRARA_HOME"])


def test_the_window_opens_is_driven_by_keys_and_remembers(
    session: DesktopSession, screen: Screen
) -> None:
    program = start(session)
    screen.wait_for_title("Characters — Kirara Studio")
    screen.press("ctrl+comma")
    screen.wait_for_title("Settings — Kirara Studio")
    screen.press("ctrl+q")
    assert program.wait() == 0
    state = json.loads((home(session) / "data" / "state.json").read_text())
    assert state["window"]["panel"] == "page:settings"

    again = start(session)
    screen.wait_for_title("Settings — Kirara Studio")
    screen.press("ctrl+1")
    screen.wait_for_title("Characters — Kirara Studio")
    again.stop()


def test_a_second_start_raises_the_first_and_ends(session: DesktopSession, screen: Screen) -> None:
    first = start(session)
    screen.wait_for_title("Kirara Studio")
    screen.press("F1")
    screen.wait_for_title("Help — Kirara Studio")
    second = start(session, "--panel", "characters")
    assert second.wait(30) == 0
    screen.wait_for_title("Characters — Kirara Studio")
    assert len(screen.titles()) == 1
    assert first.process.poll() is None


def test_the_panel_command_palette_opens_what_is_typed(
    session: DesktopSession, screen: Screen
) -> None:
    program = start(session)
    screen.wait_for_title("Characters — Kirara Studio")
    screen.press("ctrl+k")
    for key in ("p", "l", "u", "g", "i", "n", "s", "Return"):
        screen.press(key)
    screen.wait_for_title("Plugins — Kirara Studio")
    program.stop()


def test_in_the_background_it_waits_in_the_tray(session: DesktopSession, screen: Screen) -> None:
    session.start_tray()
    program = start(session, "--background")

    def click_tray() -> bool:
        session.run("xdotool", "mousemove", "11", "15", "click", "1")
        return bool(screen.titles())

    wait_until(lambda: (home(session) / "logs" / "kirara-studio.log").exists())
    assert not screen.titles(), "no window on a start in the background"
    wait_until(click_tray, 30)
    assert program.process.poll() is None


def test_without_a_tray_a_background_start_stays_reachable(
    session: DesktopSession, screen: Screen
) -> None:
    program = start(session, "--background")
    wait_until(lambda: (home(session) / "logs" / "kirara-studio.log").exists())
    assert start(session).wait(30) == 0
    screen.wait_for_title("Kirara Studio")
    assert program.process.poll() is None


KILLER = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"


def test_a_plugin_that_kills_the_studio_is_off_at_the_next_start(
    session: DesktopSession, screen: Screen
) -> None:
    install(home(session) / "plugins", "killer", KILLER)
    assert start(session).wait(30) == -signal.SIGKILL
    program = start(session)
    screen.wait_for_title("Kirara Studio")
    assert program.process.poll() is None
    assert "killer" in (home(session) / "config" / "plugins.toml").read_text()


def test_a_killed_engine_costs_one_job_and_not_the_window(
    session: DesktopSession, screen: Screen
) -> None:
    program = start(session)
    screen.wait_for_title("Characters — Kirara Studio")
    (first,) = wait_for_engine(program)
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: first not in engines(program))
    screen.press("ctrl+Return")
    wait_until(lambda: engines(program), 30)
    assert program.process.poll() is None


def wait_for_engine(program: Program) -> list[int]:
    wait_until(lambda: engines(program), 30)
    return engines(program)


def engines(program: Program) -> list[int]:
    """The engine processes of a studio."""
    import psutil

    found = []
    for child in psutil.Process(program.process.pid).children(recursive=True):
        try:
            if "kirara_studio.engine" in " ".join(child.cmdline()):
                found.append(child.pid)
        except psutil.NoSuchProcess:
            continue
    return found
