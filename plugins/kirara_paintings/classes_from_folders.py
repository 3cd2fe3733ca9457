"""Folders become classes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kirara_paintings.pictures.finding import find_pictures
from kirara_paintings.setting import OwnClass
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import JobTools


@dataclass(frozen=True)
class ClassesRequest:
    """Make classes of folders and pictures."""

    paths: tuple[Path, ...]


def classes_job(request: ClassesRequest, tools: JobTools) -> tuple[OwnClass, ...]:
    """:func:`classes_in` for the pool of disk work."""
    return classes_in(request.paths)


def classes_in(paths: tuple[Path, ...]) -> tuple[OwnClass, ...]:
    """Each folder is a class named like it; where it holds folders with pictures, those are, and
    what lies beside them is left out. Single pictures are a class of their own, named like the
    folder they lie in.

    Raises :class:`UserError` where there are no pictures.
    """
    classes: list[OwnClass] = []
    loose: list[Path] = []
    for path in paths:
        if not path.is_dir():
            loose.append(path)
            continue
        inside = [
            OwnClass(folder.name, tuple(find_pictures([folder]))) for folder in _folders_in(path)
        ]
        inside = [one for one in inside if one.pictures]
        classes += inside or [OwnClass(path.resolve().name, tuple(find_pictures([path])))]
    if loose:
        classes.append(OwnClass(loose[0].resolve().parent.name, tuple(find_pictures(loose))))
    classes = [one for one in classes if one.pictures]
    if not classes:
        raise UserError(
            "There are no pictures in “{folder}”.",
            advice="Choose pictures, or folders with PNG, JPEG, WebP, AVIF, GIF, TIFF or BMP.",
            folder=", ".join(path.name for path in paths[:3]),
        )
    return tuple(classes)


def _folders_in(folder: Path) -> list[Path]:
    try:
        return sorted(one for one in folder.iterdir() if one.is_dir() and one.name[0] != ".")
    except OSError:
        return []
