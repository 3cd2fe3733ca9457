"""Parikh, which is no part of the studio: built, installed in the real window, and used there.

It goes through the window as a user does, with the mouse and the keyboard only.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kirara_studio.host.installation.generations import active_generation
from tests.desktop_session import DesktopSession, need
from tests.end_to_end.conftest import Screen, home


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    source = repository / "plugins" / "parikh"
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", folder, source],
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


def test_it_is_installed_and_used_with_the_mouse(
    session: DesktopSession, screen: Screen, wheel: Path, request: pytest.FixtureRequest
) -> None:
    need("Xvfb", "xdotool")
    screen.start_reading()
    python = request.config.getoption("--studio-python")
    # Away from the checkout: another interpreter has a studio of its own.
    path = {} if python == sys.executable else {"PYTHONPATH": ""}
    program = session.start(python, "-P", "-m", "kirara_studio", **path)

    screen.click(program, "check box", "Plugins")
    screen.click(program, "text", "Name or address of a plugin")
    screen.type(str(wheel))
    screen.click(program, "push button", "Install")
    consent = "Install kirara-parikh"
    screen.find(program, "label", "parikh = kirara_parikh", within=consent, timeout=90)
    assert active_generation(home(session) / "plugins") is None, "not before consent"
    screen.click(program, "push button", "Install", within=consent)

    screen.find(program, "check box", "Parikh", timeout=120)
    screen.click(program, "check box", "Parikh")
    screen.find(program, "label", "Numbers of a, b, in this order", timeout=60)
    screen.click(program, "push button", "Ask")
    screen.find(program, "page tab", "Page: Derivation")
    screen.find(program, "label", "Yes", timeout=60)
