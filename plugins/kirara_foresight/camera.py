"""A few seconds from a camera, kept as a clip. OpenCV is imported only when the job runs."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import free_path
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.media.saving import save_film

Pixels = npt.NDArray[np.uint8]

FPS = 10.0
"""Frames a second that are kept of what the camera gives."""
_LONGEST = 256  # pixels, as for clips
_PATIENCE = 5.0  # seconds without a picture


@dataclass(frozen=True)
class CameraRequest:
    """Keep ``seconds`` of what camera number ``device`` sees, as a new clip in ``folder``."""

    folder: Path = field(repr=False)
    seconds: float = 5.0
    device: int = 0


def camera_job(request: CameraRequest, tools: JobTools) -> Path:
    """Record, giving each frame (height, width, 3) that is kept; returns the clip.

    A Stop keeps nothing. A camera that disappears leaves what was recorded, if that is a clip.
    Raises :class:`UserError` where there is no camera, or it gives no pictures.
    """
    import cv2

    tools.progress(0, 1, "…")
    camera = cv2.VideoCapture(request.device)
    try:
        if not camera.isOpened():
            raise UserError(
                "No camera was found.",
                advice="Connect one, close other programs that use it, and allow the studio to.",
            )
        frames = _recorded(camera, request, tools)
    finally:
        camera.release()
    if len(frames) < 2:
        raise UserError(
            "The camera gives no pictures.",
            advice="Close other programs that use it, or connect it again.",
        )
    path = free_path(request.folder, time.strftime("camera-%Y%m%d-%H%M%S"), ".mp4")
    save_film(path, frames, FPS, {}, loop=False)
    return path


def _recorded(camera, request: CameraRequest, tools: JobTools) -> list[Pixels]:  # type: ignore[no-untyped-def]
    """Frames at an even pace, however fast the camera is."""
    import cv2

    frames: list[Pixels] = []
    wanted = max(2, round(request.seconds * FPS))
    begin = last = time.monotonic()
    while len(frames) < wanted and time.monotonic() - last < _PATIENCE:
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
        height, width = picture.shape[:2]
        scale = min(1.0, _LONGEST / max(height, width))
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        frames.append(np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2RGB), np.uint8))
        tools.give(frames[-1])
    return frames
