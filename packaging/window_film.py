"""Make docs/pictures/studio.webp: the real window, filmed while the tour walks through the panels.

    python packaging/window_film.py

Run it after a visible change. Give it a sound server, or Speech shows that nothing can play.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

FILM = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "studio.webp"
PANELS = ("characters", "speech", "foresight", "paintings", "releases")
WIDTH = 960
STATUS_BAR = 30
"""Height that is cut off at the bottom: it shows where this tour saves its files."""
EVERY = 200
"""Milliseconds between two looks at the window."""
FRAMES, SHOWN, HOLD = 14, 3000, 1500
"""A panel's frames, at most; how long all of them are shown, and how long its last, in ms."""
FULL = 0.8
"""A frame needs this share of the detail of its panel's richest one, or the panel is loading."""
CHANGE = 0.6
"""Mean difference of the pixels' values from which a frame is another one."""


class Camera:
    """Takes pictures of the window by the panel that it shows."""

    def __init__(self) -> None:
        self.shots: dict[str, list[Image.Image]] = {}
        self.panel = ""

    def take(self, window: Any) -> None:
        """Keep the window's picture, unless it is the last one again."""
        from PySide6.QtCore import QBuffer, QIODevice

        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        window.grab().save(buffer, "PNG")
        picture = Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGB")
        picture = picture.crop((0, 0, picture.width, picture.height - STATUS_BAR))
        picture = picture.resize((WIDTH, round(picture.height * WIDTH / picture.width)))
        kept = self.shots.setdefault(self.panel, [])
        if not kept or _difference(kept[-1], picture) > CHANGE:
            kept.append(picture)


def _difference(one: Image.Image, other: Image.Image) -> float:
    pixels = [np.asarray(picture, dtype=np.float32) for picture in (one, other)]
    return float(np.abs(pixels[0] - pixels[1]).mean())


def full(shots: Sequence[Image.Image]) -> list[Image.Image]:
    """The pictures without those of a panel that is still empty."""
    detail = []
    for picture in shots:
        file = io.BytesIO()
        picture.save(file, "JPEG")
        detail.append(file.tell())
    return [shot for shot, size in zip(shots, detail, strict=True) if size >= FULL * max(detail)]


def record(camera: Camera) -> None:
    """Take the tour with a timer that takes pictures."""
    from PySide6.QtCore import QTimer

    from kirara_studio import app
    from kirara_studio.host.folders import Folders
    from kirara_studio.ui import tour

    walk: Callable[..., bool] = tour.walk

    def filmed(window: Any, panels: Sequence[Any], *others: Any) -> bool:
        timer = QTimer(interval=EVERY)
        timer.timeout.connect(lambda: camera.take(window))
        timer.start()
        passed = True
        for panel in panels:
            camera.panel = panel.id
            passed = walk(window, [panel], *others) and passed
            camera.take(window)
        return passed

    with tempfile.TemporaryDirectory() as folder:
        tour.walk = filmed
        if app.run_tour(Folders.default(), Path(folder) / "tour"):
            sys.exit("The tour failed")


def write(camera: Camera) -> None:
    """Cut the film: a few frames of each panel, at equal distances.

    It begins with the last one of the first panel, for viewers that show one frame only.
    """
    frames: list[Image.Image] = []
    times: list[int] = []
    for panel in PANELS:
        shots = full(camera.shots[panel])
        chosen = sorted({round(i) for i in np.linspace(0, len(shots) - 1, FRAMES)})
        frames += [shots[i] for i in chosen]
        times += [SHOWN // len(chosen)] * (len(chosen) - 1) + [HOLD]
    first = times.index(HOLD)
    frames, times = [frames[first], *frames], [SHOWN // FRAMES, *times]
    settings = {"duration": times, "loop": 0, "quality": 60, "method": 6}
    frames[0].save(FILM, save_all=True, append_images=frames[1:], **settings)
    print(f"{FILM.name}: {len(frames)} frames, {FILM.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """Film, and cut."""
    camera = Camera()
    record(camera)
    write(camera)


if __name__ == "__main__":
    main()
