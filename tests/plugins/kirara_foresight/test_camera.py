"""The camera: a few seconds of it are a clip, and what goes wrong is reported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from kirara_foresight import camera
from kirara_foresight.camera import camera_job
from kirara_foresight.clips.opening import open_clip
from kirara_foresight.panel import ForesightPanel
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Cancelled
from tests.plugins.panel_studio import wait_for

from .panel_studio import Context, has_forecast


class Tools:
    """Takes the parts, and cancels after so many."""

    def __init__(self, cancel_after: int = 1_000) -> None:
        self.parts: list[Any] = []
        self._cancel_after = cancel_after

    def progress(self, done: float, total: float = 1.0, text: str = "") -> None:
        if len(self.parts) >= self._cancel_after:
            raise Cancelled

    def give(self, part: Any) -> None:
        self.parts.append(part)


class Webcam:
    """A camera of 640×480 that gives ``count`` frames, and then is unplugged."""

    released = False

    def __init__(self, count: int) -> None:
        self.left = count

    def isOpened(self) -> bool:
        return True

    def read(self) -> tuple[bool, Any]:
        if self.left == 0:
            return False, None
        self.left -= 1
        return True, np.full((480, 640, 3), (200, 10, 10), np.uint8)

    def release(self) -> None:
        Webcam.released = True


@pytest.fixture
def plug_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    monkeypatch.setattr(camera, "FPS", 1_000.0)  # as fast as it can
    monkeypatch.setattr(camera, "PATIENCE", 0.2)
    monkeypatch.setattr(camera, "save_film", lambda path, frames, fps, settings, loop: (
        real_save(path, frames, 10.0, settings, loop=loop)))  # fmt: skip
    Webcam.released = False

    def plug(count: int) -> None:
        monkeypatch.setattr(cv2, "VideoCapture", lambda device: Webcam(count))

    return plug


real_save = camera.save_film


def test_some_seconds_become_a_clip(
    plug_in: Callable[[int], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened = cv2.VideoCapture
    plug_in(10_000)
    tools = Tools()
    monkeypatch.setattr(camera, "SECONDS", 0.012)
    path = camera_job(tmp_path / "camera", tools)  # type: ignore[arg-type]
    assert len(tools.parts) == 12 and tools.parts[0].shape == (192, 256, 3)
    assert tools.parts[0][0, 0].tolist() == [10, 10, 200], "red, green, blue"
    assert Webcam.released
    monkeypatch.setattr(cv2, "VideoCapture", opened)
    clip = open_clip(path)
    assert clip.count == 12 and clip.fps == pytest.approx(10)
    clip.close()


def test_a_camera_that_disappears_leaves_what_was_seen(
    plug_in: Callable[[int], None], tmp_path: Path
) -> None:
    plug_in(5)
    tools = Tools()
    assert camera_job(tmp_path, tools).is_file()  # type: ignore[arg-type]
    assert len(tools.parts) == 5


def test_a_camera_without_pictures_says_so(plug_in: Callable[[int], None], tmp_path: Path) -> None:
    plug_in(0)
    with pytest.raises(UserError, match="gives no pictures"):
        camera_job(tmp_path, Tools())  # type: ignore[arg-type]
    assert Webcam.released and list(tmp_path.iterdir()) == []


def test_a_stop_keeps_nothing(plug_in: Callable[[int], None], tmp_path: Path) -> None:
    plug_in(10_000)
    with pytest.raises(Cancelled):
        camera_job(tmp_path, Tools(cancel_after=3))  # type: ignore[arg-type]
    assert Webcam.released and list(tmp_path.iterdir()) == []


@pytest.mark.skipif(Path("/dev/video0").exists(), reason="this computer has a camera")
def test_without_a_camera_the_panel_says_so(panel: ForesightPanel, context: Context) -> None:
    panel.session.record()
    assert panel.busy
    wait_for(lambda: context.errors)
    assert str(context.errors[0]).startswith("No camera was found.")
    assert panel.workspace.isVisible() and panel.strip.isVisible() and has_forecast(panel)
