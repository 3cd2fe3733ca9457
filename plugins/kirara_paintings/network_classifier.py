"""The classifier over frozen features: any classes, and where in a picture they are seen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from kirara_paintings.answers import (
    NETWORK,
    PAINTINGS_NETWORK,
    Answer,
    Explanation,
    Heat,
    Pixels,
)
from kirara_studio.api.learning.features import Extractor
from kirara_studio.api.learning.head import DETAIL_VIEW, STATISTICS_VIEW, Head, load_head

_FINER = 4  # places of the map that is shown to one of the network's, along a side


class NetworkClassifier:
    """A head over the features of an extractor."""

    method = NETWORK

    def __init__(self, head: Head, extractor: Extractor) -> None:
        self.head = head
        self.extractor = extractor
        self.classes: Sequence[str] = tuple(head.classes)

    def classify(self, pictures: Sequence[Pixels]) -> list[Answer]:
        """One answer for each picture; sizes may differ."""
        rows = self.head.probabilities(self.head.inputs(pictures, self.extractor))
        return Answer.of_rows(self.method, self.classes, rows)

    def explain(self, picture: Pixels, style: str) -> Explanation:
        """Show where the evidence for ``style`` is in a picture.

        A head over statistics cannot: they have no places. Raises ValueError if the classifier
        does not know the style.
        """
        if self.head.view == STATISTICS_VIEW:
            return Explanation(style)
        heat = self.head.heat(self.extractor.feature_map(picture), style)
        if self.head.view == DETAIL_VIEW:
            inner = self.head.heat(self.extractor.detail_map(picture), style, detail=True)
            heat = _with_middle(heat, inner, picture.shape[:2])
        return Explanation(style, heat=heat)


def _with_middle(heat: Heat, inner: Heat, size: tuple[int, int]) -> Heat:
    """A map of a picture of ``size`` (height, width), with that of its middle added in its place.

    Its mean is the sum of the two maps' means, so it still shows where the answer came from.
    """
    rows, columns = heat.shape[0] * _FINER, heat.shape[1] * _FINER
    whole = np.repeat(np.repeat(heat, _FINER, 0), _FINER, 1)
    side = min(size) // 2
    tall = max(1, round(rows * side / size[0]))
    wide = max(1, round(columns * side / size[1]))
    top, left = (rows - tall) // 2, (columns - wide) // 2
    placed = cv2.resize(inner, (wide, tall), interpolation=cv2.INTER_LINEAR)
    placed += inner.mean() - placed.mean()
    whole[top : top + tall, left : left + wide] += placed * (rows * columns / (tall * wide))
    return whole


def load_network_classifier(path: Path) -> NetworkClassifier:
    """Read the classes in a model file, for the CPU and as many threads as torch uses.

    Raises :class:`UserError` if the file does not hold such classes, or the network's weights are
    not installed.
    """
    return NetworkClassifier(load_head(path, PAINTINGS_NETWORK), Extractor())
