"""Finds the pictures in files and folders."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_folder
from kirara_studio.api.media.pictures import PICTURE_NAME
from kirara_studio.api.resources import resource_folder

_UNREADABLE_NAME = re.compile(r"[^.].*\.(heic|heif|hif)", re.IGNORECASE)


def find_pictures(paths: Iterable[Path]) -> Iterator[Path]:
    """The files among ``paths``, and all in folders that are named like pictures, each once.

    The order is fixed. Folders are read when they are reached; one that cannot be read is left out.
    Links that lead in circles are followed once. HEIC files are given too, so the user learns that
    they cannot be read.
    """
    seen: set[Path] = set()
    folders: set[tuple[int, int]] = set()
    for path in paths:
        path = Path(path)
        for one in _in_folder(path, folders) if is_folder(path) else (path,):
            if one not in seen:
                seen.add(one)
                yield one


def _in_folder(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Path]:
    for name, folders, files in os.walk(folder, followlinks=True):
        try:
            status = Path(name).stat()
        except OSError:
            folders.clear()  # it vanished
            continue
        if (status.st_dev, status.st_ino) in seen:
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for file in sorted(files):
            if PICTURE_NAME.fullmatch(file) or _UNREADABLE_NAME.fullmatch(file):
                yield Path(name, file)


def no_pictures(paths: Iterable[Path]) -> UserError:
    """The error if :func:`find_pictures` does not find anything."""
    return UserError(
        "There are no pictures in “{folder}”.",
        advice="Choose pictures, or folders with PNG, JPEG, WebP, AVIF, GIF, TIFF or BMP.",
        folder=", ".join(path.name or str(path) for path in list(paths)[:3]),
    )


def samples_folder() -> Path | None:
    """The folder of the samples that come with the studio, or None if this copy has none."""
    folder = resource_folder() / "samples" / "paintings"
    return folder if is_folder(folder) else None
