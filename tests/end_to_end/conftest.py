"""A desktop of their own for the tests of the whole program."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kirara_studio.host.switches import PluginSwitches
from tests.desktop_session import DesktopSession, Program, wait_until

_SYSTEM_PYTHON = Path("/usr/bin/python3")
_WALK = Path(__file__).with_name("accessible_tree.py")


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
    """What a user sees and does: window titles, controls, keys, clicks."""

    def __init__(self, session: DesktopSession) -> None:
        self._session = session

    def titles(self) -> list[str]:
        """Titles of the visible windows of the studio."""
        found = self._ask("search", "--onlyvisible", "--name", "Kirara Studio")
        return [self._ask("getwindowname", number).strip() for number in found.split()]

    def wait_for_title(self, part: str) -> None:
        wait_until(lambda: any(part in title for title in self.titles()), 120)

    def press(self, keys: str) -> None:
        number = self._ask("search", "--onlyvisible", "--name", "Kirara Studio").split()[0]
        self._ask("windowfocus", "--sync", number)
        self._ask("key", keys)

    # With the accessibility bus, as screen readers do

    def start_reading(self) -> None:
        """Programs that are started from now on can be read; skips the test if none can."""
        if subprocess.run([_SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True).returncode:
            pytest.skip("python3-pyatspi is not installed; see packaging/system_packages.sh --test")
        self._session.start_accessibility()

    def tree(self, program: Program) -> list[dict[str, Any]]:
        """What is showing of the program on the accessibility bus, from above to below."""
        done = subprocess.run(
            [_SYSTEM_PYTHON, _WALK, str(program.process.pid)],
            env={**self._session.environment, "PYTHONPATH": ""},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, f"{done.stderr}\n{program.output()}"
        found: list[dict[str, Any]] = json.loads(done.stdout)
        return found

    def find(
        self, program: Program, role: str, name: str = "", *, within: str = "", timeout: float = 30
    ) -> dict[str, Any]:
        """Wait for a control whose name begins so, in the window whose title begins so."""
        deadline = time.monotonic() + timeout
        while True:
            nodes = self.tree(program)
            for node in nodes:
                window = (node["above"] or [""])[0].partition(" ")[2]
                if (
                    node["role"] == role
                    and node["name"].startswith(name)
                    and window.startswith(f"“{within}")
                ):
                    return node
            if time.monotonic() > deadline:
                seen = "\n".join(f"{node['role']} “{node['name']}”" for node in nodes)
                raise AssertionError(f"no {role} “{name}”:\n{seen}\n{program.output()}")
            time.sleep(0.2)

    def click(self, program: Program, role: str, name: str, *, within: str = "") -> None:
        """Click a control with the mouse."""
        x, y, width, height = self.find(program, role, name, within=within)["place"]
        self._ask("mousemove", str(x + width // 2), str(y + height // 2), "click", "1")

    def type(self, text: str) -> None:
        """Type into the control that was clicked."""
        self._ask("type", "--delay", "1", text)

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


def switch_off(session: DesktopSession, *plugins: str) -> None:
    """Start without these plugins from now on."""
    PluginSwitches(home(session) / "config" / "plugins.toml").set_disabled(set(plugins))
