"""An additive model: for each class a curve for each feature and surfaces for some pairs, summed.

A generalised additive model (Hastie and Tibshirani, 1990) with pairs (Lou et al., "Accurate
Intelligible Models with Pairwise Interactions", KDD 2013), multinomial. Curves are straight between
knots, at quantiles of the training data; surfaces are bilinear between the first, the middle and
the last of them. The effect of a feature on an answer is one number, which can be shown. Imports no
torch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kirara_studio.api.learning.linear import Features, Floats, LinearModel, softmax

Pairs = npt.NDArray[np.integer]
"""(pairs, 2): numbers of two features."""


@dataclass(frozen=True)
class AdditiveModel:
    """Scores of classes.

    ``knots`` (features, knots) rise along each row. ``curves`` (classes, features, knots) are the
    curves' heights there, in logits, and ``surfaces`` (classes, pairs, 3, 3) those of the surfaces
    over ``pairs`` of features, both with a mean of zero over the training pictures; ``biases``
    (classes,). Calibration is in all of them. ``usual`` (classes, features, 2) is where the middle
    nine tenths of each class's training pictures lie.
    """

    knots: Floats
    curves: Floats
    biases: Floats
    usual: Floats
    pairs: Pairs
    surfaces: Floats

    def parts(self, features: Features) -> Floats:
        """The summands of the logits: (pictures, classes, features); a pair counts half to each."""
        parts = np.einsum("pfk,cfk->pcf", hat_basis(features, self.knots), self.curves)
        together = np.einsum(
            "pqab,cqab->pcq", pair_basis(features, self.knots, self.pairs), self.surfaces
        )
        halves = np.eye(len(self.knots))[self.pairs].mean(axis=1)  # (pairs, features)
        return np.asarray(parts + together @ halves)

    def probabilities(self, features: Features) -> Floats:
        """(pictures, classes); each row sums to 1."""
        return softmax(self.parts(features).sum(2) + self.biases)

    def weights(self, features: Floats, index: int) -> Floats:
        """By how much each feature (features,) moves the log odds of a class against the others."""
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
    """(pictures, features, knots): 1 at a knot, straight to 0 at the next knot."""
    values = np.clip(np.asarray(features, np.float64), knots[:, 0], knots[:, -1])[:, :, None]
    gaps = np.diff(knots, axis=1)
    rising = np.clip((values - knots[:, :-1]) / gaps, 0, 1)
    hats = np.zeros((*values.shape[:2], knots.shape[1]))
    hats[:, :, 1:] += rising
    hats[:, :, :-1] -= rising
    hats[:, :, 0] += 1
    return hats


def pair_basis(features: Features, knots: Floats, pairs: Pairs) -> Floats:
    """How near each two values are to each two of the coarse knots: (pictures, pairs, 3, 3)."""
    hats = hat_basis(features, knots[:, [0, knots.shape[1] // 2, -1]])
    one, other = hats[:, pairs[:, 0]], hats[:, pairs[:, 1]]
    return one[:, :, :, None] * other[:, :, None, :]


def basis(features: Features, knots: Floats, pairs: Pairs) -> Floats:
    """The inputs of the linear model: (pictures, columns), flat :func:`hat_basis` and pairs."""
    count = len(features)
    curves = hat_basis(features, knots).reshape(count, -1)
    return np.hstack([curves, pair_basis(features, knots, pairs).reshape(count, -1)])


def additive_from(linear: LinearModel, knots: Floats, pairs: Pairs, usual: Floats) -> AdditiveModel:
    """The curves and surfaces of a linear model that was fitted to :func:`basis`."""
    slopes = linear.weights / linear.scale / linear.temperature
    means = slopes * linear.mean
    classes, columns = len(slopes), knots.size
    # Hats of a feature sum to 1, so that a mean may be taken off a curve or a surface itself.
    curves = slopes[:, :columns].reshape(classes, *knots.shape)
    curves = curves - means[:, :columns].reshape(curves.shape).sum(2, keepdims=True)
    surfaces = slopes[:, columns:].reshape(classes, len(pairs), 3, 3)
    surfaces = surfaces - means[:, columns:].reshape(surfaces.shape).sum((2, 3), keepdims=True)
    biases = linear.biases / linear.temperature
    return AdditiveModel(knots, curves, biases, usual, pairs, surfaces)
