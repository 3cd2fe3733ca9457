"""Finds the pictures in files and folders."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_folder
from kirara_studio.api.media.pictures import PICTURE_NAME
from kirara_studio.api.resources import resource_folder

_NAMED = 5  # files in a message


def find_pictures(paths: Iterable[Path], left_out: list[Path] | None = None) -> Iterator[Path]:
    """The files among ``paths``, and all in folders that are named like pictures, each once.

    The order is fixed. Folders are read when they are reached. Links that lead in circles are
    followed once. ``left_out`` gets what was left out: folders that cannot be read, and files that
    are not named like pictures, but nothing hidden.
    """
    left_out = [] if left_out is None else left_out
    seen: set[Path] = set()
    folders: set[tuple[int, int]] = set()
    for path in paths:
        path = Path(path)
        for one in _in_folder(path, folders, left_out) if is_folder(path) else (path,):
            if one not in seen:
                seen.add(one)
                yield one


def _in_folder(folder: Path, seen: set[tuple[int, int]], left_out: list[Path]) -> Iterator[Path]:
    def leave_out(error: OSError) -> None:
        left_out.append(Path(error.filename))

    for name, folders, files in os.walk(folder, followlinks=True, onerror=leave_out):
        try:
            status = Path(name).stat()
        except OSError as error:  # it vanished
            leave_out(error)
            folders.clear()
            continue
        if (status.st_dev, status.st_ino) in seen:
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for file in sorted(files):
            if PICTURE_NAME.fullmatch(file):
                yield Path(name, file)
            elif not file.startswith("."):
                left_out.append(Path(name, file))


def no_pictures(paths: Iterable[Path]) -> UserError:
    """The error if :func:`find_pictures` does not find anything."""
    return UserError(
        "There are no pictures in “{folder}”.",
        advice="Choose pictures, or folders with PNG, JPEG, WebP, AVIF, GIF, TIFF or BMP.",
        folder=", ".join(path.name or str(path) for path in list(paths)[:3]),
    )


def left_out_note(left_out: Sequence[Path]) -> UserError:
    """How many files were left out, and the names of the first of them."""
    names = [" ".join(path.name.split()) for path in left_out[:_NAMED]]
    return UserError(
        "Left out, since they cannot be read as pictures: {count} ({names}).",
        count=len(left_out),
        names=", ".join(names + ["…"] * (len(left_out) > _NAMED)),
    )


def samples_folder() -> Path | None:
    """The folder of the samples that come with the studio, or None if this copy has none."""
    folder = resource_folder() / "samples" / "paintings"
    return folder if is_folder(folder) else None
