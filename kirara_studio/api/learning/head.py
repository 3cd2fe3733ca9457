"""The linear head over the network's features, its file, and how familiar a picture is to it.

The network is not in a head's file: all heads share its weights, which the card names by a
fingerprint, so a head is never used over features of another network.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.features import (
    DETAIL,
    SIDE,
    STATISTICS_DETAIL,
    STATISTICS_SIDE,
    Extractor,
)
from kirara_studio.api.learning.linear import Features, Floats, LinearModel
from kirara_studio.api.learning.lite0 import FEATURES_COUNT, STATISTICS_COUNT, weights_file
from kirara_studio.api.learning.model_arrays import Array, checked_arrays, class_names, save_arrays
from kirara_studio.api.media.scaling import Pixels
from kirara_studio.api.models import (
    Checkpoint,
    ModelCard,
    check_architecture,
    configuration_of,
    fingerprint,
)
from kirara_studio.api.reading import reading

_NONE = "none"
"""The name of a class of pictures that are of no other class."""
View = tuple[int, int]
"""How the network sees a picture: sides of the whole and of its middle in pixels, 0 for none."""
WHOLE_VIEW: View = (SIDE, 0)
DETAIL_VIEW: View = (SIDE, DETAIL)
STATISTICS_VIEW: View = (STATISTICS_SIDE, STATISTICS_DETAIL)
_INPUTS = {
    WHOLE_VIEW: FEATURES_COUNT,
    DETAIL_VIEW: 2 * FEATURES_COUNT,
    STATISTICS_VIEW: 2 * STATISTICS_COUNT,
}
_FALL = 4
"""How fast familiarity falls beyond the reach: at twice the distance to 1/16."""


@dataclass(frozen=True)
class Familiarity:
    """How near a picture is to those that a model was fitted to.

    A linear model is as confident far away from its pictures as among them. ``references``
    (pictures, features) are the features it was fitted to, each of length 1; ``reach`` is the
    largest distance of one of them from the nearest other (1 − cosine). Beyond it, familiarity
    falls with distance, by a rule of thumb.
    """

    references: npt.NDArray[np.floating]
    reach: float

    @classmethod
    def of(cls, features: Features) -> Familiarity:
        """The familiarity with pictures of these features."""
        references = _unit(np.asarray(features, np.float64))
        similar = references @ references.T
        # Copies of a picture do not count as neighbours.
        similar[similar > 1 - 1e-6] = -1
        nearest = 1 - similar.max(axis=1)
        return cls(references, float(np.max(nearest[nearest < 1], initial=1e-6)))

    def of_pictures(self, features: Features) -> Floats:
        """(pictures,): 1 within reach, and less the further a picture is beyond it."""
        similar = _unit(np.asarray(features, np.float64)) @ self.references.T
        distance = np.maximum(1 - similar.max(axis=1), 1e-12)
        return np.minimum(1.0, (self.reach / distance) ** _FALL)


@dataclass(frozen=True)
class Head:
    """A linear model over features, with the names of its classes.

    ``familiarity`` is None where the classes were learnt from so many pictures of all kinds,
    "none" among them, that the model itself knows what is none of them.
    """

    classes: Sequence[str]
    model: LinearModel
    familiarity: Familiarity | None = None

    @property
    def view(self) -> View:
        """How the network sees pictures for this head (version 1.4)."""
        return next(view for view, count in _INPUTS.items() if count == len(self.model.mean))

    def inputs(self, pictures: Sequence[Pixels], extractor: Extractor) -> Features:
        """What the head judges of pictures: features, or statistics (version 1.4)."""
        if self.view == STATISTICS_VIEW:
            return extractor.statistics(pictures)
        return extractor.features(pictures, detail=self.view == DETAIL_VIEW)

    def probabilities(self, features: Features) -> Floats:
        """(pictures, classes), calibrated; each row sums to 1.

        The less familiar a picture is, the more of its probability goes to "none" if there is such
        a class, or else to all classes alike.
        """
        probabilities = self.model.probabilities(features)
        if self.familiarity is None:
            return probabilities
        familiar = self.familiarity.of_pictures(features)[:, None]
        if _NONE in self.classes:
            otherwise = np.eye(len(self.classes))[list(self.classes).index(_NONE)]
        else:
            otherwise = np.full(len(self.classes), 1 / len(self.classes))
        return familiar * probabilities + (1 - familiar) * otherwise

    def heat(
        self, feature_map: npt.NDArray[np.floating], name: str, *, detail: bool = False
    ) -> npt.NDArray[np.float32]:
        """The evidence for class ``name`` at each place of (rows, columns, features).

        It is (rows, columns); negative evidence is against the class.
        ``detail`` is for the map of the middle, whose features follow those of the whole. Class
        activation mapping (Zhou et al., "Learning Deep Features for Discriminative Localization",
        CVPR 2016): the map's mean is the class's logit less its bias, compared to the mean.
        """
        model = self.model
        weights = model.weights[list(self.classes).index(name)] - model.weights.mean(axis=0)
        count = feature_map.shape[-1]
        part = slice(count, 2 * count) if detail else slice(0, count)
        heat = (feature_map - model.mean[part]) / model.scale[part] @ weights[part]
        return heat.astype(np.float32)


def save_head(path: Path, head: Head, card: ModelCard, *, half: bool = False) -> None:
    """Write a head, with the configuration filled in on its card, as fp32 or ``half`` of that.

    Raises :class:`UserError` if the place cannot be written to.
    """
    model = head.model
    arrays: dict[str, Array] = {
        name: getattr(model, name) for name in ("mean", "scale", "weights", "biases")
    }
    configuration = {
        "classes": list(head.classes),
        "temperature": float(model.temperature),
        "side": head.view[0],
        "detail": head.view[1],
        "network": fingerprint(weights_file()),
    }
    if head.familiarity is not None:
        arrays["references"] = head.familiarity.references
        configuration["reach"] = float(head.familiarity.reach)
    save_arrays(path, arrays, card, half=half, configuration=configuration)


def load_head(path: Path, architecture: str) -> Head:
    """Read a head. Raises :class:`UserError` if ``path`` does not hold one that can be used."""
    with reading(path):
        return _head_of(Checkpoint.load(path), path, architecture)


def _head_of(checkpoint: Checkpoint, path: Path, architecture: str) -> Head:
    card, tensors = checkpoint.card, checkpoint.tensors
    check_architecture(card, path.name, architecture)
    classes, temperature, reach, view, network = configuration_of(card, path.name, _configuration)
    inputs = next((count for known, count in _INPUTS.items() if known == view), 0)
    if network != fingerprint(weights_file()) or not inputs:
        raise UserError(
            "“{source}” was trained on another network than the installed one.",
            advice="Learn the classes again, from their pictures.",
            source=path.name,
        )
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
) -> tuple[tuple[str, ...], float, float | None, object, object]:
    """Classes, temperature, reach, how the network saw pictures, and its fingerprint."""
    reach = values.get("reach")
    return (
        class_names(values["classes"]),
        _positive(values["temperature"]),
        None if reach is None else _positive(reach),
        (values["side"], values.get("detail", 0)),
        values["network"],
    )


def _positive(value: object) -> float:
    if not isinstance(value, (int, float)) or not 0 < value < math.inf:
        raise ValueError(f"{value} is not a number above zero")
    return float(value)


def _unit(features: Floats) -> Floats:
    return features / np.maximum(np.linalg.norm(features, axis=1, keepdims=True), 1e-12)
