"""The classifier over frozen features: any classes, and where in a picture they are seen.

The network is not in a classifier's file: all heads share its weights, which the card names by a
fingerprint, so a head is never used over features of another network.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from kirara_paintings.answers import NETWORK, Answer, Explanation, Heat, Pixels
from kirara_paintings.learning.linear import LinearModel
from kirara_paintings.model_files import Array, checked_arrays, class_names, save_arrays
from kirara_paintings.network.efficientnet_lite0 import FEATURES_COUNT
from kirara_paintings.network.extraction import DETAIL, SIDE, Extractor
from kirara_paintings.network.head import Familiarity, Head
from kirara_paintings.network.weights import load_pretrained, weights_file
from kirara_studio.api.errors import UserError
from kirara_studio.api.models import (
    Checkpoint,
    ModelCard,
    check_architecture,
    configuration_of,
    fingerprint,
)
from kirara_studio.api.reading import reading

PAINTINGS_NETWORK = f"paintings-{NETWORK}"
_FINER = 4  # places of the map that is shown to one of the network's, along a side


class NetworkClassifier:
    """A head over the features of an extractor."""

    method = NETWORK

    def __init__(self, head: Head, extractor: Extractor) -> None:
        self.head = head
        self.extractor = extractor
        self.classes: Sequence[str] = tuple(head.classes)
        self._sees_detail = len(head.model.mean) > FEATURES_COUNT

    def classify(self, pictures: Sequence[Pixels]) -> list[Answer]:
        """One answer for each picture; sizes may differ."""
        features = self.extractor.features(pictures, detail=self._sees_detail)
        return Answer.of_rows(self.method, self.classes, self.head.probabilities(features))

    def explain(self, picture: Pixels, style: str) -> Explanation:
        """Show where the evidence for ``style`` is in a picture.

        Raises ValueError if the classifier does not know the style.
        """
        heat = self.head.heat(self.extractor.feature_map(picture), style)
        if self._sees_detail:
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
    return NetworkClassifier(load_head(path), Extractor(load_pretrained()))


def save_head(path: Path, head: Head, card: ModelCard) -> None:
    """Write a head, with the architecture and configuration filled in on its card.

    Raises :class:`UserError` if the place cannot be written to.
    """
    model = head.model
    arrays: dict[str, Array] = {
        name: getattr(model, name) for name in ("mean", "scale", "weights", "biases")
    }
    configuration = {
        "classes": list(head.classes),
        "temperature": float(model.temperature),
        "side": SIDE,
        "detail": DETAIL if len(model.mean) > FEATURES_COUNT else 0,
        "network": fingerprint(weights_file()),
    }
    if head.familiarity is not None:
        arrays["references"] = head.familiarity.references
        configuration["reach"] = float(head.familiarity.reach)
    save_arrays(path, arrays, card, architecture=PAINTINGS_NETWORK, configuration=configuration)


def load_head(path: Path) -> Head:
    """Read a head. Raises :class:`UserError` if ``path`` does not hold one that can be used."""
    with reading(path):
        return _head_of(Checkpoint.load(path), path)


def _head_of(checkpoint: Checkpoint, path: Path) -> Head:
    card, tensors = checkpoint.card, checkpoint.tensors
    check_architecture(card, path.name, PAINTINGS_NETWORK)
    classes, temperature, reach, detail, trained_on = configuration_of(
        card, path.name, _configuration
    )
    if trained_on != (SIDE, fingerprint(weights_file())) or detail not in (0, DETAIL):
        raise UserError(
            "“{source}” was trained on another network than the installed one.",
            advice="Learn the classes again, from their pictures.",
            source=path.name,
        )
    inputs = FEATURES_COUNT * (2 if detail else 1)
    shapes = {
        "mean": (inputs,),
        "scale": (inputs,),
        "weights": (len(classes), inputs),
        "biases": (len(classes),),
    }
    if reach is not None:
        rows = tensors["references"].shape[:1] if "references" in tensors else (1,)
        shapes["references"] = (*rows, inputs)
    rules = {"scale": lambda array: bool((array > 0).all())}
    arrays = checked_arrays(tensors, shapes, path.name, rules)
    familiarity = None if reach is None else Familiarity(arrays.pop("references"), reach)
    return Head(classes, LinearModel(**arrays, temperature=temperature), familiarity)


def _configuration(
    values: Mapping[str, Any],
) -> tuple[tuple[str, ...], float, float | None, object, tuple[object, object]]:
    """Classes, temperature, reach, side of the middle, and side and fingerprint of the network."""
    reach = values.get("reach")
    return (
        class_names(values["classes"]),
        _positive(values["temperature"]),
        None if reach is None else _positive(reach),
        values.get("detail", 0),
        (values["side"], values["network"]),
    )


def _positive(value: object) -> float:
    if not isinstance(value, (int, float)) or not 0 < value < math.inf:
        raise ValueError(f"{value} is not a number above zero")
    return float(value)
