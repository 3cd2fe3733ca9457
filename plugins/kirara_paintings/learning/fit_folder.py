"""Classes as people keep them: a folder, and in it a folder of pictures for each class."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from kirara_paintings.answers import WHOLE, Pixels
from kirara_paintings.classifying import Item, read_painting
from kirara_paintings.learning.fitting import ClassifierFitter, FittedClassifier
from kirara_paintings.network.extraction import Extractor
from kirara_paintings.pictures.finding import find_pictures
from kirara_studio.api.errors import UserError

GOOD = 5
"""Pictures of a class, from which on nothing is noted."""

_AT_ONCE = 32


@dataclass(frozen=True)
class FolderFit:
    """What was learnt of a folder, from which files, in the order of ``fitted.labels``.

    ``notes`` are what the user should know of: pictures that could not be read, folders without
    any, classes with few. They are errors that were survived.
    """

    fitted: FittedClassifier
    paths: Sequence[Path]
    notes: Sequence[UserError]


def fit_folder(
    folder: Path,
    extractor: Extractor,
    *,
    crop: bool = True,
    on_progress: Callable[[int, int], None] | None = None,
) -> FolderFit:
    """Learn the classes of a folder, named by its sub-folders, whose own sub-folders belong to
    them.

    With ``crop``, as where pictures are classified, what surrounds a painting is left out.
    ``on_progress`` is told how many of how many pictures have been read; it may raise to stop.
    Raises :class:`UserError` where there are no two classes to learn.
    """
    notes: list[UserError] = []
    wanted = _pictures_by_class(Path(folder), notes)
    fitter = ClassifierFitter(extractor)
    taken: list[Path] = []
    counts = dict.fromkeys((name for _, name in wanted), 0)
    with ThreadPoolExecutor(thread_name_prefix="pictures") as pool:
        box = None if crop else WHOLE
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            pictures, labels = [], []
            items = [Item(path, box) for path, _ in some]
            for (path, name), read in zip(some, pool.map(_read, items), strict=True):
                if isinstance(read, UserError):
                    notes.append(read)
                    continue
                pictures.append(read)
                labels.append(name)
                taken.append(path)
                counts[name] += 1
            if pictures:
                fitter.add(pictures, labels)
            if on_progress is not None:
                on_progress(start + len(some), len(wanted))
    for name, count in counts.items():
        if count == 0:
            raise UserError(
                "None of the pictures of the class “{name}” can be read.",
                advice="Choose PNG, JPEG, WebP, AVIF, GIF, TIFF or BMP files.",
                name=name,
            )
        if count < GOOD:
            notes.append(
                UserError(
                    "The class “{name}” has {count} pictures only.",
                    advice="Five or more tell more, and tell better how well it was learnt.",
                    name=name,
                    count=count,
                )
            )
    return FolderFit(fitter.fit(), taken, notes)


def _pictures_by_class(folder: Path, notes: list[UserError]) -> list[tuple[Path, str]]:
    """Each picture with its class; what belongs to none is noted."""
    try:
        entries = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise UserError(
            "“{folder}” is no folder that can be read.",
            advice="Choose a folder with a folder of pictures for each class.",
            folder=folder,
        ) from error
    found: list[tuple[Path, str]] = []
    for entry in entries:
        if not entry.is_dir():
            continue
        pictures = [(path, entry.name) for path in find_pictures([entry])]
        found += pictures
        if not pictures:
            notes.append(
                UserError(
                    "The folder “{name}” has no pictures, and was left aside.",
                    advice="Add five or more, if it is to be a class.",
                    name=entry.name,
                )
            )
    if len({name for _, name in found}) < 2:
        raise UserError(
            "“{folder}” does not hold two folders with pictures.",
            advice="Make a folder for each class in it, named as the class is to be called, with "
            "five or more pictures each.",
            folder=folder.name,
        )
    beside = sum(1 for path in find_pictures([folder]) if path.parent == folder)
    if beside:
        notes.append(
            UserError(
                "Pictures beside the folders of the classes were left aside: {count}.",
                advice="Move them into a class's folder, if they belong to one.",
                count=beside,
            )
        )
    return found


def _read(item: Item) -> Pixels | UserError:
    try:
        return read_painting(item)[0]
    except UserError as error:
        return error
