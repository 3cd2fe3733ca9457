"""Fits a classifier to a folder that holds a folder of pictures for each class."""

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
"""Pictures of a class; fewer are noted."""

_AT_ONCE = 32


@dataclass(frozen=True)
class FolderFit:
    """A classifier, and the files it was fitted to, in the order of ``fitted.labels``.

    ``notes`` are problems that did not stop the fit: pictures that could not be read, folders
    without any, classes with few.
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
    """Fit the classes of a folder: each of its sub-folders, with all below it, is one.

    With ``crop``, paintings are cropped as they are when they are classified. ``on_progress`` is
    called with the number of pictures read and their total; it may raise to stop. Raises
    :class:`UserError` for fewer than two classes.
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
                    advice="With five or more, it is recognised and measured more reliably.",
                    name=name,
                    count=count,
                )
            )
    return FolderFit(fitter.fit(), taken, notes)


def _pictures_by_class(folder: Path, notes: list[UserError]) -> list[tuple[Path, str]]:
    """Each picture with its class; adds a note on pictures without one."""
    try:
        entries = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise UserError(
            "The folder “{folder}” cannot be read.",
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
                    "The folder “{name}” has no pictures and was skipped.",
                    advice="Add five or more to make it a class.",
                    name=entry.name,
                )
            )
    if len({name for _, name in found}) < 2:
        raise UserError(
            "“{folder}” does not hold two folders with pictures.",
            advice="Make a folder in it for each class, named like the class, with five or more "
            "pictures each.",
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
