"""Own classes made of folders, or of the labels that the user gave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kirara_paintings.collection import Collection
from kirara_paintings.pictures.finding import find_pictures
from kirara_paintings.view_state import ENOUGH, OwnClass, ViewState
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import JobTools

_MOST = 40  # pictures a class that labels are filled up to


@dataclass(frozen=True)
class ClassesRequest:
    """Make classes of folders and pictures."""

    paths: tuple[Path, ...]


def classes_job(request: ClassesRequest, tools: JobTools) -> tuple[OwnClass, ...]:
    """:func:`classes_in` for the pool of disk work."""
    return classes_in(request.paths)


def classes_in(paths: tuple[Path, ...]) -> tuple[OwnClass, ...]:
    """Each folder is a class of that name. If it holds folders with pictures, they are the classes
    and pictures beside them are left out. Single pictures are a class named like their folder.

    Raises :class:`UserError` if there are no pictures.
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


def classes_of_labels(
    collection: Collection, state: ViewState, styles: Sequence[str]
) -> tuple[OwnClass, ...]:
    """A class for each style: the pictures that the user gave it, filled up with those that the
    classifiers agree on with the highest confidence."""
    labels = collection.labels(state)
    shown = collection.shown(state)
    agreed = [n for n in shown if n not in labels and n not in collection.disputed]
    agreed.sort(key=lambda number: -collection.confidence(number, state.method))
    classes = []
    for style in styles:
        given = [number for number in shown if labels.get(number) == style]
        sure = [number for number in agreed if collection.style(number, state) == style]
        numbers = given + sure[: max(0, min(_MOST, max(len(given), ENOUGH)) - len(given))]
        if numbers:
            classes.append(OwnClass(style, tuple(collection.paths[n] for n in numbers)))
    return tuple(classes)
