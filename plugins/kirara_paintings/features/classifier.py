"""The classifier that explains itself: an additive model over named features. Imports torch only to
read its file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from kirara_paintings.answers import Answer, Explanation, Pixels, Reason
from kirara_paintings.features.catalogue import FEATURES, measured, regions
from kirara_paintings.features.model_files import Styles, load_styles
from kirara_paintings.features.view import View

METHOD = "features"


class FeaturesClassifier:
    """An additive model over the named features."""

    method = METHOD

    def __init__(self, styles: Styles) -> None:
        self.model = styles.model
        self.classes: Sequence[str] = styles.classes

    def classify(self, pictures: Sequence[Pixels]) -> list[Answer]:
        """Answer for each of some pictures, which may differ in size."""
        if not pictures:
            return []
        values = np.stack([measured(picture) for picture in pictures])
        return [
            Answer(self.method, dict(zip(self.classes, map(float, row), strict=True)))
            for row in self.model.probabilities(values)
        ]

    def explain(self, picture: Pixels, style: str) -> Explanation:
        """The features that count for and against ``style``, the strongest first.

        Raises ValueError where the classifier does not know the style.
        """
        index = list(self.classes).index(style)
        view = View.of(picture)
        values = np.array([feature.measure(view) for feature in FEATURES])
        weights = self.model.weights(values, index)
        usual = self.model.usual[index]
        reasons = [
            Reason(
                FEATURES[number].name,
                float(values[number]),
                float(weights[number]),
                (float(usual[number, 0]), float(usual[number, 1])),
                regions(FEATURES[number], view),
            )
            for number in np.argsort(-np.abs(weights), kind="stable")
        ]
        return Explanation(style, reasons)


def load_features_classifier(path: Path) -> FeaturesClassifier:
    """Read the styles in a model file. Raises :class:`UserError` if the file holds none."""
    return FeaturesClassifier(load_styles(path))
