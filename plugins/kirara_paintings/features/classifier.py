"""The classifier that explains itself: an additive model over named features, and its file.

torch is imported only to read or write the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from kirara_paintings.answers import FEATURES as METHOD
from kirara_paintings.answers import Answer, Explanation, Pixels, Reason
from kirara_paintings.features.additive import AdditiveModel
from kirara_paintings.features.catalogue import FEATURES, measured, regions
from kirara_paintings.features.view import View
from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.model_arrays import checked_arrays, class_names, save_arrays
from kirara_studio.api.models import Checkpoint, ModelCard, check_architecture, configuration_of
from kirara_studio.api.reading import reading

PAINTINGS_FEATURES = f"paintings-{METHOD}"
_ARRAYS = ("knots", "curves", "biases", "usual", "surfaces")


class FeaturesClassifier:
    """An additive model over the named features."""

    method = METHOD

    def __init__(self, classes: Sequence[str], model: AdditiveModel) -> None:
        self.classes: Sequence[str] = tuple(classes)
        self.model = model

    def classify(self, pictures: Sequence[Pixels]) -> list[Answer]:
        """One answer for each picture; sizes may differ."""
        if not pictures:
            return []
        values = np.stack([measured(picture) for picture in pictures])
        return Answer.of_rows(self.method, self.classes, self.model.probabilities(values))

    def explain(self, picture: Pixels, style: str) -> Explanation:
        """The features that count for and against ``style``, the strongest first.

        Raises ValueError if the classifier does not know the style.
        """
        index = self.classes.index(style)
        view = View.of(picture)
        values = np.array([feature.measure(view) for feature in FEATURES])
        weights, usual = self.model.weights(values, index), self.model.usual[index].tolist()
        reasons = [
            Reason(
                FEATURES[number].name,
                float(values[number]),
                float(weights[number]),
                (usual[number][0], usual[number][1]),
                regions(FEATURES[number], view),
            )
            for number in np.argsort(-np.abs(weights), kind="stable")
        ]
        return Explanation(style, reasons)

    def save(self, path: Path, card: ModelCard) -> None:
        """Write the model, with the architecture and configuration filled in on its card."""
        model = self.model
        names = [feature.name for feature in FEATURES]
        configuration = {
            "classes": list(self.classes),
            "features": names,
            "knots": model.knots.shape[1],
            "pairs": [[names[one], names[other]] for one, other in model.pairs.tolist()],
        }
        arrays = {name: getattr(model, name) for name in _ARRAYS}
        save_arrays(
            path, arrays, card, architecture=PAINTINGS_FEATURES, configuration=configuration
        )


def load_features_classifier(path: Path) -> FeaturesClassifier:
    """Read a model. Raises :class:`UserError` if ``path`` does not hold one for these features."""
    with reading(path):
        return _classifier_of(Checkpoint.load(path), path)


def _classifier_of(checkpoint: Checkpoint, path: Path) -> FeaturesClassifier:
    check_architecture(checkpoint.card, path.name, PAINTINGS_FEATURES)
    classes, names, count, pairs = configuration_of(checkpoint.card, path.name, _configuration)
    if names != [feature.name for feature in FEATURES]:
        raise UserError(
            "“{source}” was trained on features that this version does not have.",
            advice="Fetch the model that belongs to this version of the studio.",
            source=path.name,
        )
    shapes = {
        "knots": (len(names), count),
        "curves": (len(classes), len(names), count),
        "biases": (len(classes),),
        "usual": (len(classes), len(names), 2),
        "surfaces": (len(classes), len(pairs), 3, 3),
    }
    rules = {"knots": lambda array: bool((np.diff(array, axis=1) > 0).all())}
    arrays = checked_arrays(checkpoint.tensors, shapes, path.name, rules)
    model = AdditiveModel(**arrays, pairs=np.array(pairs, np.intp).reshape(-1, 2))
    return FeaturesClassifier(classes, model)


def _configuration(
    values: Mapping[str, Any],
) -> tuple[tuple[str, ...], list[str], int, list[tuple[int, int]]]:
    """Classes, names of features, number of knots, and pairs of numbers of features."""
    names, count = list(values["features"]), int(values["knots"])
    if count < 2:
        raise ValueError("two or more knots are needed")
    pairs = [(names.index(one), names.index(other)) for one, other in values["pairs"]]
    return class_names(values["classes"]), names, count, pairs
