"""Fits a classifier to a folder that holds a folder of pictures for each class."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from kirara_paintings.answers import WHOLE, Pixels
from kirara_paintings.classifying import Item, read_painting
from kirara_paintings.learning.fitting import ClassifierFitter, FittedClassifier
from kirara_paintings.network.extraction import Extractor
from kirara_paintings.pictures.finding import find_pictures
from kirara_paintings.view_state import ENOUGH
from kirara_studio.api.errors import UserError

_AT_ONCE = 16


@dataclass(frozen=True)
class FilesFit:
    """A classifier, and the files it was fitted to, in the order of ``fitted.labels``.

    ``unread`` are files that could not be read; ``notes`` are all problems that did not stop the
    fit: these, and of folders those without pictures, and classes with few.
    """

    fitted: FittedClassifier
    paths: Sequence[Path]
    unread: Sequence[Path]
    notes: Sequence[UserError]


def fit_folder(folder: Path, extractor: Extractor, *, crop: bool = True) -> FilesFit:
    """Fit the classes of a folder: each of its sub-folders, with all below it, is one.

    With ``crop``, paintings are cropped as they are when they are classified. Raises
    :class:`UserError` for fewer than two classes.
    """
    notes: list[UserError] = []
    fit = fit_files(_pictures_by_class(Path(folder), notes), extractor, crop=crop)
    notes += fit.notes
    for name, count in zip(fit.fitted.head.classes, fit.fitted.counts, strict=True):
        if count < ENOUGH:
            notes.append(
                UserError(
                    "The class “{name}” has {count} pictures only.",
                    advice="With five or more, it is recognised and measured more reliably.",
                    name=name,
                    count=count,
                )
            )
    return replace(fit, notes=notes)


def fit_files(
    files: Sequence[tuple[Path, str]],
    extractor: Extractor,
    *,
    crop: bool = True,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> FilesFit:
    """Fit pairs of a picture and its class.

    ``on_progress`` is called with the steps done and their total; it may raise to stop. Raises
    :class:`UserError` if no picture of a class can be read, and as :meth:`ClassifierFitter.fit`.
    """
    fitter = ClassifierFitter(extractor)
    paths: list[Path] = []
    unread: dict[Path, UserError] = {}
    total = len(files)
    missing = dict.fromkeys(name for _, name in files)
    box = None if crop else WHOLE
    with ThreadPoolExecutor(thread_name_prefix="pictures") as pool:
        for start in range(0, total, _AT_ONCE):
            on_progress(start, 2 * total)
            some = files[start : start + _AT_ONCE]
            pictures, labels = [], []
            items = [Item(path, box) for path, _ in some]
            for (path, name), read in zip(some, pool.map(_read, items), strict=True):
                if isinstance(read, UserError):
                    unread[path] = read
                    continue
                pictures.append(read)
                labels.append(name)
                paths.append(path)
                missing.pop(name, None)
            if pictures:
                fitter.add(pictures, labels)
    for name in missing:
        raise UserError(
            "None of the pictures of the class “{name}” can be read.",
            advice="Choose PNG, JPEG, WebP, AVIF, GIF, TIFF or BMP files.",
            name=name,
        )
    fitted = fitter.fit(lambda done, of: on_progress(of + done, 2 * of))
    return FilesFit(fitted, paths, list(unread), list(unread.values()))


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
