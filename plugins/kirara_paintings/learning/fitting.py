"""Classifiers for the user's own classes, fitted to a few pictures each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kirara_paintings.answers import Pixels
from kirara_paintings.learning.linear import (
    Floats,
    Labels,
    calibrated,
    fit,
    held_out_logits,
    softmax,
    stratified_folds,
)
from kirara_paintings.network.extraction import Extractor
from kirara_paintings.network.head import Familiarity, Head
from kirara_paintings.network.model_files import save_head
from kirara_studio.api.errors import UserError
from kirara_studio.api.models import ModelCard

FEWEST = 2
"""The least number of pictures of a class: one is left out, the others are fitted to."""

_L2 = 100.0
_MOST_FOLDS = 100


@dataclass(frozen=True)
class FittedClassifier:
    """A classifier and its cross-validation.

    ``labels`` (pictures,) are the numbers of the pictures' classes in ``head.classes``, in the
    order in which the pictures were given. ``predicted`` and ``confidences`` (pictures,) are
    the answers of models that were fitted without the picture. The confidences come from the
    model's own calibration, so they are not a test of it.
    """

    head: Head
    labels: Labels
    predicted: Labels
    confidences: Floats

    @property
    def accuracy(self) -> float:
        """The share of pictures that a model fitted without them recognises."""
        return float((self.labels == self.predicted).mean())

    @property
    def counts(self) -> list[int]:
        """The number of pictures of each class."""
        return np.bincount(self.labels, minlength=len(self.head.classes)).tolist()

    @property
    def confusion(self) -> npt.NDArray[np.int64]:
        """(classes, classes): counts by true class (row) and predicted class (column)."""
        counts = np.zeros((len(self.head.classes),) * 2, np.int64)
        np.add.at(counts, (self.labels, self.predicted), 1)
        return counts

    def save(self, path: Path, name: str = "", author: str = "", licence: str = "") -> None:
        """Write a model file, which :func:`load_network_classifier` reads, with its card.

        Raises :class:`UserError` if the place cannot be written to.
        """
        pictures = [
            f"“{one}”: {count}" for one, count in zip(self.head.classes, self.counts, strict=True)
        ]
        card = ModelCard(
            architecture="",
            name=name or path.stem,
            training_data=f"Pictures of the user's own. {', '.join(pictures)}.",
            licence=licence,
            author=author,
            notes="A linear model over the features of EfficientNet-lite0.",
            measured={
                "leave-one-out accuracy": round(self.accuracy, 4),
                "pictures": len(self.labels),
            },
        )
        save_head(path, self.head, card)


class ClassifierFitter:
    """Collects pictures and fits a classifier; keeps only features, so thousands fit into memory.

    ``extractor`` computes the features.
    """

    def __init__(self, extractor: Extractor) -> None:
        self._extractor = extractor
        self._features: list[npt.NDArray[np.floating]] = []
        self._labels: list[str] = []
        self._contents: list[str] = []

    def add(self, pictures: Sequence[Pixels], labels: Sequence[str]) -> None:
        """Add pictures (RGB, of any sizes) and the names of their classes; many at once are
        faster."""
        self._features.append(self._extractor.features(pictures))
        self._labels += labels
        self._contents += [
            f"{one.shape} {hashlib.sha256(one.tobytes()).hexdigest()}" for one in pictures
        ]

    def fit(self, on_progress: Callable[[int, int], None] | None = None) -> FittedClassifier:
        """Fit a classifier to the pictures that were added.

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
        of the classes, made of anything that belongs to no other.

        ``on_progress`` is called with the number of steps done and their total; it may raise to
        stop. Raises :class:`UserError` for fewer than two classes, for fewer than two different
        pictures of one, and for two classes of the same pictures.
        """
        classes = sorted(set(self._labels))
        _check(self._contents, self._labels, classes)
        labels = np.array([classes.index(name) for name in self._labels])
        features = np.concatenate(self._features)
        _, firsts, copies = np.unique(self._contents, return_index=True, return_inverse=True)
        largest = int(np.bincount(labels[firsts]).max())
        folds = stratified_folds(labels[firsts], min(largest, _MOST_FOLDS))[copies]
        logits = held_out_logits(
            features, labels, len(classes), folds, _L2, balanced=True, on_fold=on_progress
        )
        model = fit(features, labels, len(classes), _L2, balanced=True)
        model = calibrated(model, logits, labels)
        head = Head(tuple(classes), model, Familiarity.of(features))
        held_out = softmax(logits / model.temperature)
        return FittedClassifier(head, labels, held_out.argmax(axis=1), held_out.max(axis=1))


def fit_classifier(
    pictures: Sequence[Pixels],
    labels: Sequence[str],
    extractor: Extractor,
    on_progress: Callable[[int, int], None] | None = None,
) -> FittedClassifier:
    """Fit a classifier to pictures that are all in memory; see :meth:`ClassifierFitter.fit`."""
    fitter = ClassifierFitter(extractor)
    fitter.add(pictures, labels)
    return fitter.fit(on_progress)


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
        if len(own) < FEWEST:
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
