"""Finds the pictures in files and folders."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import exists, is_file, is_folder
from kirara_studio.api.media.pictures import PICTURE_NAME, opened_picture


def find_pictures(paths: Iterable[Path], left_out: list[Path] | None = None) -> Iterator[Path]:
    """The files among ``paths``, and all pictures in the folders among them, each once.

    In folders those count that are named like pictures, and those whose name has no suffix but
    whose content begins like a picture's. A broken link that is named like a picture counts too,
    so that it is reported when it is read. The order is fixed. Folders are read when they are
    reached. Links that lead in circles are followed once. ``left_out`` gets what was left out:
    folders that cannot be read, and files that are not pictures, but nothing hidden.
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


def picture_files(folder: Path) -> list[Path]:
    """All picture files below ``folder``, as :func:`find_pictures` finds them, sorted by path."""
    return sorted(path for path in find_pictures([folder]) if is_file(path))


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
            path = Path(name, file)
            if _is_picture(path):
                yield path
            elif not file.startswith("."):
                left_out.append(path)


def _is_picture(path: Path) -> bool:
    """Whether a file in a folder counts: by its name, or without a suffix by its first bytes."""
    if PICTURE_NAME.fullmatch(path.name):
        return is_file(path) or not exists(path)  # a pipe would be waited for
    if path.name.startswith(".") or any(sign.isalpha() for sign in path.suffix):
        return False
    if not is_file(path):
        return False
    try:
        with opened_picture(path):
            return True
    except UserError:
        return False
