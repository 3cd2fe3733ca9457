"""Whether there is a display."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from kirara_studio.app import drop_opencv_variables
from kirara_studio.desktop.display import has_display
from tests.desktop_session import REPOSITORY, DesktopSession

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="displays are X11's and Wayland's")

_NAMES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.fixture(autouse=True)
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _NAMES:
        monkeypatch.delenv(name, raising=False)


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
