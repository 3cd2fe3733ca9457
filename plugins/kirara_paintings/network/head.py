"""What is learnt over the network's features: classes, and how familiar a picture is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kirara_paintings.answers import Heat
from kirara_paintings.learning.linear import Features, Floats, LinearModel
from kirara_paintings.styles import NONE

_FALL = 4
"""How fast familiarity falls beyond the reach: at twice the distance to 1/16."""


@dataclass(frozen=True)
class Familiarity:
    """How near a picture is to those that a model has learnt from.

    A linear model is as sure of what lies far away on one side as of what it knows, though nobody
    told it anything of there. ``references`` (pictures, features) are the features it learnt from,
    each of length 1; ``reach`` is the largest distance of one of them from the nearest other
    (1 − cosine). To be as far away as that happens to a familiar picture once in so many pictures;
    what is further away counts as less familiar, by a rule of thumb.
    """

    references: npt.NDArray[np.floating]
    reach: float

    @classmethod
    def of(cls, features: Features) -> Familiarity:
        """What pictures with these features are like."""
        references = _unit(np.asarray(features, np.float64))
        similar = references @ references.T
        # Copies of a picture say nothing of how far others are.
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

    def probabilities(self, features: Features) -> Floats:
        """(pictures, classes), calibrated; each row sums to 1.

        As far as a picture is not familiar, its probability goes to "none" where there is such a
        class, or else to all classes alike, which is to say that nobody knows.
        """
        probabilities = self.model.probabilities(features)
        if self.familiarity is None:
            return probabilities
        familiar = self.familiarity.of_pictures(features)[:, None]
        if NONE in self.classes:
            otherwise = np.eye(len(self.classes))[list(self.classes).index(NONE)]
        else:
            otherwise = np.full(len(self.classes), 1 / len(self.classes))
        return familiar * probabilities + (1 - familiar) * otherwise

    def heat(
        self, feature_map: npt.NDArray[np.floating], name: str, *, detail: bool = False
    ) -> Heat:
        """How much each place of (rows, columns, features) speaks for class ``name``; ``detail``
        if it is the map of the middle, whose features come after those of the whole.

        Class activation mapping (Zhou et al., "Learning Deep Features for Discriminative
        Localization", CVPR 2016): the map's mean is the class's logit less its bias, as compared
        with the mean of all classes.
        """
        model = self.model
        weights = model.weights[list(self.classes).index(name)] - model.weights.mean(axis=0)
        count = feature_map.shape[-1]
        part = slice(count, 2 * count) if detail else slice(0, count)
        heat = (feature_map - model.mean[part]) / model.scale[part] @ weights[part]
        return heat.astype(np.float32)


def _unit(features: Floats) -> Floats:
    return features / np.maximum(np.linalg.norm(features, axis=1, keepdims=True), 1e-12)
