"""A clip of a few seconds from a camera. OpenCV is imported only when the job runs."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import free_path
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.media.saving import save_film

if TYPE_CHECKING:
    from cv2 import VideoCapture

Pixels = npt.NDArray[np.uint8]

FPS = 10.0
"""Frames a second of the clip."""
SECONDS = 5.0
PATIENCE = 5.0
"""Seconds to wait for a picture."""


def camera_job(folder: Path, tools: JobTools) -> Path:
    """Record the first camera as a new clip in ``folder``, and stream its frames.

    A Stop keeps nothing. If the camera disappears, what was recorded is kept. Raises UserError if
    there is no camera, or it gives no pictures.
    """
    import cv2

    tools.progress(0, 1, "…")
    camera = cv2.VideoCapture(0)
    try:
        if not camera.isOpened():
            raise UserError(
                "No camera was found.",
                advice="Connect one, close other programs that use it, and allow the studio to.",
            )
        frames = _recorded(camera, tools)
    finally:
        camera.release()
    if len(frames) < 2:
        raise UserError(
            "The camera gives no pictures.",
            advice="Close other programs that use it, or connect it again.",
        )
    path = free_path(folder, time.strftime("camera-%Y%m%d-%H%M%S"), ".mp4")
    save_film(path, frames, FPS, {}, loop=False)
    return path


def _recorded(camera: VideoCapture, tools: JobTools) -> list[Pixels]:
    """Frames at an even pace, however fast the camera is."""
    import cv2

    from kirara_foresight.clips.clip import LONGEST, reduction, resized

    frames: list[Pixels] = []
    wanted = max(2, round(SECONDS * FPS))
    begin = last = time.monotonic()
    while len(frames) < wanted and time.monotonic() - last < PATIENCE:
        tools.progress(len(frames), wanted, f"{len(frames)} / {wanted}")
        there, picture = camera.read()
        now = time.monotonic()
        if not there:
            if frames:
                break  # it was unplugged
            time.sleep(0.05)
            continue
        last = now
        if now - begin < len(frames) / FPS:
            continue  # faster than is kept
        rgb = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8)
        frames.append(resized(rgb, reduction(rgb.shape[:2], LONGEST)[1]))
        tools.give(frames[-1])
    return frames
