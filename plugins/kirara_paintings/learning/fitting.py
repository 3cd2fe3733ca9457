"""Classifiers for the user's own classes, fitted to a few pictures each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from kirara_paintings.answers import PAINTINGS_NETWORK, WHOLE, Pixels
from kirara_paintings.classifying import Item, read_painting
from kirara_paintings.learning.fit_result import FitResult
from kirara_paintings.view_state import OwnClass
from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.features import Extractor
from kirara_studio.api.learning.head import Familiarity, Head, save_head
from kirara_studio.api.learning.linear import (
    Features,
    calibrated,
    fit,
    held_out_logits,
    softmax,
    stratified_folds,
)
from kirara_studio.api.models import ModelCard

_FEWEST = 2  # pictures of a class: one is left out, the others are fitted to
_L2 = 100.0
_MOST_FOLDS = 100
_AT_ONCE = 16  # pictures that are read before their features are extracted


@dataclass(frozen=True)
class FittedClassifier:
    """A classifier and its cross-validation; ``problems`` are those of unread files."""

    head: Head
    result: FitResult
    problems: Sequence[UserError] = ()

    def save(self, path: Path, name: str = "", author: str = "", licence: str = "") -> None:
        """Write a model file, which :func:`load_network_classifier` reads, with its card.

        Raises :class:`UserError` if the place cannot be written to.
        """
        result = self.result
        pictures = [
            f"“{one}”: {count}" for one, count in zip(result.classes, result.counts, strict=True)
        ]
        card = ModelCard(
            architecture=PAINTINGS_NETWORK,
            name=name or path.stem,
            training_data=f"Pictures of the user's own. {', '.join(pictures)}.",
            licence=licence,
            author=author,
            notes="A linear model over the features of EfficientNet-lite0.",
            measured={
                "leave-one-out accuracy": round(result.accuracy, 4),
                "pictures": len(result.labels),
            },
        )
        save_head(path, self.head, card)


def fit_classes(
    classes: Sequence[OwnClass],
    extractor: Extractor,
    *,
    crop: bool = True,
    on_progress: Callable[[int, int], None] = lambda *_: None,
) -> FittedClassifier:
    """Fit classes to their files; with ``crop``, paintings are cropped as when they are classified.

    ``on_progress`` is called with the steps done and their total; it may raise to stop. Files that
    cannot be read are left out. Raises :class:`UserError` if all files of a class are unreadable,
    and as :func:`fit_features` does.
    """
    files = [(path, one.name.strip()) for one in classes for path in one.pictures]
    paths, labels, contents, features = [], [], [], []
    unread: dict[Path, UserError] = {}
    box = None if crop else WHOLE
    with ThreadPoolExecutor(thread_name_prefix="pictures") as pool:
        for start in range(0, len(files), _AT_ONCE):
            on_progress(start, 2 * len(files))
            some, pictures = files[start : start + _AT_ONCE], []
            read = pool.map(_read, [Item(path, box) for path, _ in some])
            for (path, name), picture in zip(some, read, strict=True):
                if isinstance(picture, UserError):
                    unread[path] = picture
                    continue
                pictures.append(picture)
                labels.append(name)
                paths.append(path)
            contents += [_content(picture) for picture in pictures]
            features.append(extractor.features(pictures))
    for name in {name: None for _, name in files if name not in labels}:
        raise UserError(
            "None of the pictures of the class “{name}” can be read.",
            advice="Choose PNG, JPEG, WebP, AVIF, GIF, TIFF or BMP files.",
            name=name,
        )
    together = np.concatenate(features) if features else np.empty((0, 0))
    fitted = fit_features(
        together, labels, contents, lambda done, of: on_progress(of + done, 2 * of)
    )
    names = tuple(path.name for path in unread)
    result = replace(fitted.result, pictures=tuple(paths), unread=names)
    return replace(fitted, result=result, problems=tuple(unread.values()))


def fit_classifier(
    pictures: Sequence[Pixels],
    labels: Sequence[str],
    extractor: Extractor,
    on_progress: Callable[[int, int], None] | None = None,
) -> FittedClassifier:
    """Fit a classifier to pictures in memory (RGB, of any sizes); see :func:`fit_features`."""
    contents = [_content(picture) for picture in pictures]
    return fit_features(extractor.features(pictures), labels, contents, on_progress)


def fit_features(
    features: Features,
    names: Sequence[str],
    contents: Sequence[str],
    on_progress: Callable[[int, int], None] | None = None,
) -> FittedClassifier:
    """Fit a classifier to the features of pictures, the names of their classes and content hashes.

    Each picture is left out in turn, with its exact copies, and classified by a model fitted to
    the others; this gives the accuracy and the confusion matrix. One picture of each other
    class is left out with it, since with few pictures a class that lacks one loses too often
    for that reason alone: left out singly, 45 % of icons were recognised, in these groups 50 %,
    and 53 % of new ones. (A class of more than a hundred pictures is left out in a hundred
    parts.)

    The same answers set the temperature of the probabilities. Few pictures ask for caution:
    after n pictures, all recognised, (n + 1) / (n + 2) is the most to expect of the next, and
    with 25 pictures an accuracy is known to some ±10 % anyway. Confidences are therefore right
    on average, for pictures like those fitted to. For a picture that is further from the
    nearest of them than any of them is from its own nearest, they mean nothing: its confidence
    falls towards that of guessing (:class:`Familiarity`), or it becomes "none" if that is one
    of the classes.

    ``on_progress`` is called with the number of steps done and their total; it may raise to
    stop. Raises :class:`UserError` for fewer than two classes, for fewer than two different
    pictures of one, and for two classes of the same pictures.
    """
    classes = sorted(set(names))
    _check(contents, names, classes)
    labels = np.array([classes.index(name) for name in names])
    _, firsts, copies = np.unique(contents, return_index=True, return_inverse=True)
    largest = int(np.bincount(labels[firsts]).max())
    folds = stratified_folds(labels[firsts], min(largest, _MOST_FOLDS))[copies]
    logits = held_out_logits(
        features, labels, len(classes), folds, _L2, balanced=True, on_fold=on_progress
    )
    model = fit(features, labels, len(classes), _L2, balanced=True)
    model = calibrated(model, logits, labels)
    held_out = softmax(logits / model.temperature)
    result = FitResult(
        tuple(classes),
        tuple(labels.tolist()),
        tuple(held_out.argmax(axis=1).tolist()),
        tuple(held_out.max(axis=1).tolist()),
    )
    return FittedClassifier(Head(result.classes, model, Familiarity.of(features)), result)


def _read(item: Item) -> Pixels | UserError:
    try:
        return read_painting(item)[0]
    except UserError as error:
        return error


def _content(picture: Pixels) -> str:
    return f"{picture.shape} {hashlib.sha256(picture.tobytes()).hexdigest()}"


def _check(copies: Sequence[str], labels: Sequence[str], classes: Sequence[str]) -> None:
    if len(classes) < 2:
        raise UserError(
            "Learning takes two classes or more.",
            advice="If there is only one, add a class “none” with pictures of anything else.",
        )
    by_class = {
        name: {copy for copy, label in zip(copies, labels, strict=True) if label == name}
        for name in classes
    }
    for name, own in by_class.items():
        if len(own) < _FEWEST:
            raise UserError(
                "The class “{name}” has only one picture.",
                advice="Add more of its pictures; five or more are good.",
                name=name,
            )
    for number, name in enumerate(classes):
        for other in classes[number + 1 :]:
            if by_class[name] == by_class[other]:
                raise UserError(
                    "The classes “{name}” and “{other}” have the same pictures.",
                    advice="Remove one of them, or give them different pictures.",
                    name=name,
                    other=other,
                )
