"""Own classes made of folders."""

from __future__ import annotations

import contextlib
from pathlib import Path

from kirara_paintings.pictures.finding import no_pictures
from kirara_paintings.view_state import OwnClass
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_folder
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.media.finding import find_pictures


def classes_job(paths: tuple[Path, ...], tools: JobTools) -> tuple[OwnClass, ...]:
    """Make classes of folders and pictures. For the pool of disk work.

    Each folder is a class of that name. If it holds folders with pictures, these are the classes
    and pictures beside them are left out. Single pictures are a class named like their folder.
    Raises :class:`UserError` if there are no pictures.
    """
    classes: list[OwnClass] = []
    loose: list[Path] = []
    for path in paths:
        tools.progress(0, 1, path.name)
        if not is_folder(path):
            loose.append(path)
            continue
        with contextlib.suppress(OSError):
            inside = [one for one in _folder_classes(path) if one.pictures]
            classes += inside or [OwnClass(path.resolve().name, tuple(find_pictures([path])))]
    if loose:
        classes.append(OwnClass(loose[0].resolve().parent.name, tuple(find_pictures(loose))))
    classes = [one for one in classes if one.pictures]
    if not classes:
        raise no_pictures(paths)
    return tuple(classes)


def classes_of_folder(folder: Path, notes: list[UserError]) -> tuple[OwnClass, ...]:
    """The classes of a folder: each of its folders, with all below it, is one.

    Adds a note on each folder without pictures, and on pictures beside the folders. Raises
    :class:`UserError` for fewer than two classes.
    """
    try:
        found = _folder_classes(folder)
    except OSError as error:
        raise UserError(
            "The folder “{folder}” cannot be read.",
            advice="Choose a folder with a folder of pictures for each class.",
            folder=folder,
        ) from error
    notes += [
        UserError(
            "The folder “{name}” has no pictures and was skipped.",
            advice="Add five or more to make it a class.",
            name=one.name,
        )
        for one in found
        if not one.pictures
    ]
    classes = tuple(one for one in found if one.pictures)
    if len(classes) < 2:
        raise UserError(
            "“{folder}” does not hold two folders with pictures.",
            advice="Make a folder in it for each class, named like the class, with five or more "
            "pictures each.",
            folder=folder.name,
        )
    beside = sum(path.parent == folder for path in find_pictures([folder]))
    if beside:
        notes.append(
            UserError(
                "Pictures beside the folders of the classes were left aside: {count}.",
                advice="Move them into a class's folder, if they belong to one.",
                count=beside,
            )
        )
    return classes


def _folder_classes(folder: Path) -> list[OwnClass]:
    folders = sorted(one for one in folder.iterdir() if is_folder(one) and one.name[0] != ".")
    return [OwnClass(one.name, tuple(find_pictures([one]))) for one in folders]
