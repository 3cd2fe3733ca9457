"""The linear head over the network's features, and how familiar a picture is to it."""

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

    def probabilities(self, features: Features) -> Floats:
        """(pictures, classes), calibrated; each row sums to 1.

        The less familiar a picture is, the more of its probability goes to "none" if there is such
        a class, or else to all classes alike.
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
        """The evidence for class ``name`` at each place of (rows, columns, features).

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


def _unit(features: Floats) -> Floats:
    return features / np.maximum(np.linalg.norm(features, axis=1, keepdims=True), 1e-12)
