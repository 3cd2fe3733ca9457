"""An additive model: every feature has a curve of its own for each class; the curves are summed.

A generalised additive model (Hastie and Tibshirani, 1990), multinomial, whose curves are straight
between knots, at quantiles of what was trained on. So what a feature did for an answer is one
number, which can be shown. Imports no torch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kirara_paintings.learning.linear import Features, Floats, LinearModel, softmax


@dataclass(frozen=True)
class AdditiveModel:
    """Scores of classes.

    ``knots`` (features, knots) rise along each row. ``curves`` (classes, features, knots) are the
    curves' heights there, in logits, with a mean of zero over the training pictures; ``biases``
    (classes,). Calibration is in both. ``usual`` (classes, features, 2) is where the middle nine
    tenths of each class's training pictures lie.
    """

    knots: Floats
    curves: Floats
    biases: Floats
    usual: Floats

    def parts(self, features: Features) -> Floats:
        """What each feature adds to each class's logit: (pictures, classes, features)."""
        hats = hat_basis(features, self.knots)
        return np.einsum("pfk,cfk->pcf", hats, self.curves)

    def probabilities(self, features: Features) -> Floats:
        """(pictures, classes); each row sums to 1."""
        return softmax(self.parts(features).sum(2) + self.biases)

    def weights(self, features: Floats, index: int) -> Floats:
        """By how much each feature (features,) of one picture moves the log odds of a class,
        against the others as probable as they are: (features,)."""
        parts = self.parts(features[None])[0]
        others = self.probabilities(features[None])[0]
        others[index] = 0.0
        total = others.sum()
        shares = others / total if total > 0 else np.full(len(others), 1 / len(others))
        return np.asarray(parts[index] - shares @ parts)


def quantile_knots(features: Features, count: int) -> Floats:
    """Knots (features, count) at quantiles of each feature, rising even where many are alike."""
    at = np.quantile(np.asarray(features, np.float64), np.linspace(0.01, 0.99, count), axis=0).T
    reach = np.maximum(at[:, -1:] - at[:, :1], 1e-6)
    return np.maximum.accumulate(at, axis=1) + reach * 1e-3 * np.arange(count)


def hat_basis(features: Features, knots: Floats) -> Floats:
    """How near each value is to each knot: (pictures, features, knots), 1 at a knot, straight to 0
    at the next; beyond the last it stays 1."""
    values = np.clip(np.asarray(features, np.float64), knots[:, 0], knots[:, -1])[:, :, None]
    gaps = np.diff(knots, axis=1)
    rising = np.clip((values - knots[:, :-1]) / gaps, 0, 1)
    hats = np.zeros((*values.shape[:2], knots.shape[1]))
    hats[:, :, 1:] += rising
    hats[:, :, :-1] -= rising
    hats[:, :, 0] += 1
    return hats


def additive_from(linear: LinearModel, knots: Floats, usual: Floats) -> AdditiveModel:
    """The curves of a linear model that was fitted to :func:`hat_basis`, flattened."""
    features, count = knots.shape
    slopes = linear.weights / linear.scale / linear.temperature
    shape = (len(slopes), features, count)
    means = (slopes * linear.mean).reshape(shape).sum(2, keepdims=True)
    # Hats of a feature sum to 1, so that the mean may be taken off the curve itself.
    return AdditiveModel(
        knots, slopes.reshape(shape) - means, linear.biases / linear.temperature, usual
    )
