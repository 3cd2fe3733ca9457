"""Everything that the program writes: the name of the file, and a function that writes it.

A save has a ``size`` from 1; larger ones write more. No two sizes write the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

Write = Callable[[Path, int], object]


def _pixels(size: int) -> np.ndarray:
    """Noise, which no encoder makes small."""
    side = 16 * min(size, 24)
    return np.random.default_rng(size).integers(0, 256, (side, side, 3), np.uint8)


def picture(path: Path, size: int) -> None:
    from kirara_studio.api.media.saving import save_picture

    save_picture(path, _pixels(size), {"size": size})


def film(path: Path, size: int) -> None:
    from kirara_studio.api.media.saving import save_film

    frames = [np.roll(_pixels(min(size, 8)), number, 1) for number in range(2 + size)]
    save_film(path, frames, 10.0, {"size": size}, loop=False)


def sound(path: Path, size: int) -> None:
    from kirara_speech.sound.saving import save_sound

    noise = np.random.default_rng(size).normal(0, 0.2, 4000).astype(np.float32)
    save_sound(path, [noise] * size, {"size": size})


def weights(path: Path, size: int) -> None:
    import torch

    from kirara_studio.api.models import Checkpoint, ModelCard

    torch.manual_seed(size)
    Checkpoint(ModelCard("test", f"of size {size}"), {"w": torch.randn(1000 * size)}).save(path)


def run_checkpoint(path: Path, size: int) -> None:
    import torch

    from kirara_studio.api.learning.run_files import Trained, save_run

    save_run(path, Trained({"net": torch.nn.Linear(100, 10 * size)}, {}), "test", {"size": size})


def array(path: Path, size: int) -> None:
    from kirara_studio.api.arrays import write_array

    write_array(path, np.full(1000 * size, size, np.float32))


def text(path: Path, size: int) -> None:
    from kirara_studio.api.files import write_atomically

    write_atomically(path, f"picture,style {size}\n" * (200 * size))


def state(path: Path, size: int) -> None:
    from kirara_studio.api.kept_files import KeptFile, json_text

    KeptFile(path, lambda values, _: values, json_text, dict).write(
        {"size": size, "x": "y" * 4000 * size}
    )


def calendar(path: Path, size: int) -> None:
    from kirara_releases.calendar.magazine import Magazine
    from kirara_releases.calendar.release import releases_between
    from kirara_releases.calendar.rules import SingleDates
    from kirara_releases.exchange.calendar_file import calendar_bytes
    from kirara_studio.api.files import write_atomically

    days = tuple(date(2026, 1, 1) + timedelta(days=number) for number in range(10 * size))
    releases = releases_between([Magazine("a", "A", SingleDates(days))], days[0], days[-1], {})
    write_atomically(path, calendar_bytes(releases))


def magazines(path: Path, size: int) -> None:
    from kirara_releases.calendar.magazine import Magazine
    from kirara_releases.calendar.rules import MonthDay
    from kirara_releases.storage.catalogue import Catalogue

    new = [Magazine(f"m{number}", f"Number {number}", MonthDay(9)) for number in range(30 * size)]
    Catalogue(path.parent).change(lambda _: new)


def characters_project(path: Path, size: int) -> None:
    from kirara_characters.project_file import ProjectRequest, save_project_job
    from kirara_characters.scene import Scene
    from kirara_studio.engine.tools import inline_tools

    favourites = tuple({"seed": seed, "truncation": 0.7} for seed in range(10 * size))
    request = ProjectRequest(path, Scene().to_dict(), favourites, "")
    save_project_job(request, inline_tools(path.parent))


def project(path: Path, size: int) -> None:
    from kirara_speech.project.project_file import save_project
    from kirara_speech.project.script import Line, Script

    save_project(path, Script(tuple(Line("あ" * 400) for _ in range(size))))


def database(path: Path, size: int) -> None:
    from kirara_releases.storage.store import ReleaseStore

    store = ReleaseStore(path.parent)
    try:
        with store.transaction() as connection:
            for number in range(40 * size):
                connection.execute(
                    "INSERT OR REPLACE INTO note VALUES ('a', ?, ?)", (str(number), "x" * 100)
                )
    finally:
        store.close()


WRITERS: dict[str, tuple[str, Write]] = {
    "PNG": ("a.png", picture),
    "WebP": ("a.webp", picture),
    "GIF film": ("a.gif", film),
    "WebP film": ("film.webp", film),
    "MP4 film": ("a.mp4", film),
    "frames": ("frames", film),
    "WAV": ("a.wav", sound),
    "FLAC": ("a.flac", sound),
    "OGG": ("a.ogg", sound),
    "weights": ("a.safetensors", weights),
    "checkpoint of a run": ("checkpoint.safetensors", run_checkpoint),
    "array": ("a.npy", array),
    "CSV": ("a.csv", text),
    "kept JSON": ("state.json", state),
    "calendar": ("a.ics", calendar),
    "magazines": ("magazines.toml", magazines),
    "project": ("a.kirara-speech", project),
    "characters": ("a.kirara-characters", characters_project),
    "database": ("releases.sqlite", database),
}


def contents(folder: Path) -> dict[str, Any]:
    """The bytes of all files below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def free_sizes(size: int) -> Iterator[int]:
    """How many bytes are left on the disk for a file of ``size``, from none to almost enough."""
    whole = size // 4096 * 4096
    yield from {0, 4096, whole // 2, max(whole - 4096, 0), whole}
