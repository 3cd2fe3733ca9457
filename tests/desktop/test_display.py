"""A display of our own where there is none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kirara_studio.api.errors import UserError
from kirara_studio.app import drop_opencv_variables
from kirara_studio.desktop.display import VirtualDisplay, has_display
from tests.desktop_session import REPOSITORY, DesktopSession, need, wait_until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="displays are X11's and Wayland's")

_NAMES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.fixture(autouse=True)
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _NAMES:
        monkeypatch.delenv(name, raising=False)


def test_a_virtual_display_is_one_and_leaves_no_trace() -> None:
    need("Xvfb")
    assert not has_display()
    with VirtualDisplay(800, 600):
        assert has_display()
        code = (
            "from PySide6.QtWidgets import QApplication; app = QApplication([]);"
            "print(app.platformName(), app.primaryScreen().size().toTuple())"
        )
        command = [sys.executable, "-c", code]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert printed.strip() == "xcb (800, 600)"
    assert not has_display()
    assert [name for name in _NAMES if name in os.environ] == []


def test_two_displays_do_not_meet() -> None:
    need("Xvfb")
    with VirtualDisplay():
        first = os.environ["DISPLAY"]
        with VirtualDisplay():
            assert os.environ["DISPLAY"] != first
        assert os.environ["DISPLAY"] == first


def test_a_display_that_does_not_answer_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (":4711", "unix:4711.0", "localhost:4711", "nonsense", ":"):
        monkeypatch.setenv("DISPLAY", name)
        assert not has_display(), name
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-4711")
    assert not has_display()


def test_the_platforms_of_qt_without_a_display_need_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert has_display()
    monkeypatch.setenv("QT_QPA_PLATFORM", "vnc:size=800x600")
    assert has_display()
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert not has_display()


def test_the_display_of_a_desktop_answers(
    session: DesktopSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", session.environment["DISPLAY"])
    assert has_display()
    monkeypatch.setenv("QT_QPA_PLATFORM", "wayland")
    assert not has_display()


def test_without_xvfb_the_package_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError, match="package “xvfb”"):
        VirtualDisplay().start()


def test_an_xvfb_that_does_not_start_is_quoted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    false = tmp_path / "Xvfb"
    false.write_text("#!/bin/sh\necho '(EE) no room left' >&2\nexit 1\n")
    false.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(UserError, match="no room left"):
        VirtualDisplay().start()
    assert "DISPLAY" not in os.environ


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, None])
def test_the_server_ends_with_its_process(
    how: signal.Signals | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    need("Xvfb", "setpriv")
    code = (
        "import os, sys; from kirara_studio.desktop.display import VirtualDisplay;"
        "VirtualDisplay().start(); print(os.environ['DISPLAY'], flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
    )
    assert process.stdout is not None and process.stdin is not None
    monkeypatch.setenv("DISPLAY", process.stdout.readline().strip())
    assert has_display()
    if how is None:
        process.stdin.close()
    else:
        process.send_signal(how)
    process.wait()
    process.stdout.close()
    process.stdin.close()
    wait_until(lambda: not has_display(), 5)


def test_what_opencv_sets_is_dropped_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM_PLUGIN_PATH", "/venv/site-packages/cv2/qt/plugins")
    monkeypatch.setenv("QT_QPA_FONTDIR", "/home/me/fonts")
    drop_opencv_variables()
    assert "QT_QPA_PLATFORM_PLUGIN_PATH" not in os.environ
    assert os.environ["QT_QPA_FONTDIR"] == "/home/me/fonts"


def test_opencv_itself_is_put_right() -> None:
    code = (
        "import cv2, os; from kirara_studio.app import drop_opencv_variables;"
        "drop_opencv_variables(); print([name for name in os.environ if 'QT_QPA' in name])"
    )
    command = [sys.executable, "-c", code]
    printed = subprocess.run(command, capture_output=True, text=True, check=True, cwd=REPOSITORY)
    assert printed.stdout.strip() == "[]"
