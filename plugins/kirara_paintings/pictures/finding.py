"""Which pictures there are below some files and folders."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from kirara_studio.api.media.pictures import PICTURE_NAME

_UNREADABLE_NAME = re.compile(r"[^.].*\.(heic|heif|hif)", re.IGNORECASE)


def find_pictures(paths: Iterable[Path]) -> Iterator[Path]:
    """The files among ``paths``, whatever they are called, and in folders all that are named like
    pictures, each once, in a fixed order.

    Folders are read one by one, when their turn comes: what appears in one that was read is not
    seen, and what has vanished is left out. Links that lead in circles are followed once. HEIC
    files are given too, so the user learns that they cannot be read.
    """
    seen: set[Path] = set()
    folders: set[tuple[int, int]] = set()
    for path in paths:
        path = Path(path)
        found = _in_folder(path, folders) if path.is_dir() else iter((path,))
        for one in found:
            if one not in seen:
                seen.add(one)
                yield one


def _in_folder(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Path]:
    try:
        status = folder.stat()
        if (status.st_dev, status.st_ino) in seen:
            return
        seen.add((status.st_dev, status.st_ino))
        with os.scandir(folder) as entries:
            files, folders = [], []
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if _is_folder(entry):
                    folders.append(entry.name)
                elif PICTURE_NAME.fullmatch(entry.name) or _UNREADABLE_NAME.fullmatch(entry.name):
                    files.append(entry.name)
    except OSError:
        return  # it went, or is somebody else's
    for name in sorted(files):
        yield folder / name
    for name in sorted(folders):
        yield from _in_folder(folder / name, seen)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
