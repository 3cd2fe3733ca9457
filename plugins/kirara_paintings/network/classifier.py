"""The classifier over frozen features: any classes, and where in a picture they are seen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kirara_paintings.answers import Answer, Explanation, Pixels
from kirara_paintings.network.extraction import Extractor
from kirara_paintings.network.head import Head
from kirara_paintings.network.model_files import load_head
from kirara_paintings.network.weights import load_pretrained

METHOD = "network"


class NetworkClassifier:
    """A head over the features of an extractor."""

    method = METHOD

    def __init__(self, head: Head, extractor: Extractor) -> None:
        self.head = head
        self.extractor = extractor
        self.classes: Sequence[str] = tuple(head.classes)

    def classify(self, pictures: Sequence[Pixels]) -> list[Answer]:
        """Answer for each of some pictures, which may differ in size."""
        probabilities = self.head.probabilities(self.extractor.features(pictures))
        return [
            Answer(self.method, dict(zip(self.classes, map(float, row), strict=True)))
            for row in probabilities
        ]

    def explain(self, picture: Pixels, style: str) -> Explanation:
        """Say where what speaks for ``style`` is seen in a picture.

        Raises ValueError where the classifier does not know the style.
        """
        return Explanation(style, heat=self.head.heat(self.extractor.feature_map(picture), style))


def load_network_classifier(path: Path) -> NetworkClassifier:
    """Read the classes in a model file, to work on the CPU.

    It uses as many threads as torch does in the thread that calls. Raises :class:`UserError` where
    the file holds no such classes, or the network's weights are not installed.
    """
    return NetworkClassifier(load_head(path), Extractor(load_pretrained()))
