"""Multinomial logistic regression over features, with probabilities that can be believed.

Weights are held back by an L2 penalty, on features that are standardised first (Hastie, Tibshirani
and Friedman, "The Elements of Statistical Learning", §4.4). The optimum is unique, so the result
is the same at every run. torch is imported only when a model is fitted.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from kirara_studio.api.jobs import one_thread

Features = npt.NDArray[np.floating]
"""(pictures, features)."""

Labels = npt.NDArray[np.integer]
"""(pictures,): numbers of classes, from 0."""

Floats = npt.NDArray[np.float64]

_BIAS_PENALTY = 1e-3
"""Of the weights' penalty: so little that it decides nothing, but a class of which a fold holds
no picture gets a bias at all."""
_CLOSE = 1e-6
"""Largest gradient, per picture, at which the optimum counts as found."""
_STEPS = 1000
_TEMPERATURES: list[float] = np.geomspace(0.02, 50.0, 600).tolist()


@dataclass(frozen=True)
class LinearModel:
    """Scores of classes, linear in standardised features.

    ``mean`` and ``scale`` (features,) standardise; ``weights`` (classes, features) and ``biases``
    (classes,) make logits, which ``temperature`` divides before the softmax (Guo et al., "On
    Calibration of Modern Neural Networks", ICML 2017).
    """

    mean: Floats
    scale: Floats
    weights: Floats
    biases: Floats
    temperature: float = 1.0

    def logits(self, features: Features) -> Floats:
        """(pictures, classes), before calibration."""
        return (features - self.mean) / self.scale @ self.weights.T + self.biases

    def probabilities(self, features: Features) -> Floats:
        """(pictures, classes), calibrated; each row sums to 1."""
        return softmax(self.logits(features) / self.temperature)


def softmax(logits: Floats) -> Floats:
    """Logits (…, classes) to probabilities."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def fit(
    features: Features,
    labels: Labels,
    classes: int,
    l2: float = 1.0,
    counts: npt.ArrayLike | None = None,
    *,
    balanced: bool = False,
) -> LinearModel:
    """The model of least Σ counts · cross entropy + l2 / 2 · ‖weights‖².

    ``counts`` (pictures,) are the weights of the pictures (default: 1 each); with ``balanced``, the
    pictures of each class weigh the same together. Features that never change are left aside. The
    temperature is 1: see :func:`calibrated`. Raises ValueError if the arrays do not fit each other,
    or a number is not finite.
    """
    rows: Floats = np.asarray(features, np.float64)
    counts = np.ones(len(features)) if counts is None else np.asarray(counts, np.float64)
    _check(rows, labels, classes, l2, counts)
    if balanced:
        counts = _balanced(counts, np.asarray(labels), classes)
    mean = np.average(rows, axis=0, weights=counts)
    scale = np.sqrt(np.average((rows - mean) ** 2, axis=0, weights=counts))
    # A feature that varies in its last digits only carries no information either.
    scale[scale <= 1e-9 * np.maximum(1.0, np.abs(mean))] = np.inf
    standardised = (rows - mean) / scale
    scale[np.isinf(scale)] = 1.0
    axes = None
    if len(standardised) < standardised.shape[1]:
        # The optimum lies in the span of the pictures: turned into it, the same problem is small.
        axes = _principal_axes(standardised)
        standardised = standardised @ axes
    at = _optimum(standardised, labels, classes, l2, counts)
    weights, biases = at[:, :-1], at[:, -1]
    return LinearModel(mean, scale, weights if axes is None else weights @ axes.T, biases)


def adjusted(model: LinearModel, features: Features, labels: Labels, l2: float) -> LinearModel:
    """The model moved by a few pictures: of least Σ cross entropy + l2 / 2 · ‖change of weights‖².

    The model's own weights are the prior, so that what is unlike the pictures keeps its answer, and
    no class is lost. Biases stay, since they would move the answers for everything.
    """
    rows = (np.asarray(features, np.float64) - model.mean) / model.scale
    counts = np.ones(len(rows))
    _check(rows, labels, len(model.biases), l2, counts)
    axes = _principal_axes(rows)
    scores = model.logits(features)
    change = _optimum(rows @ axes, labels, len(model.biases), l2, counts, scores, fixed_bias=True)
    return replace(model, weights=model.weights + change[:, :-1] @ axes.T)


def held_out_logits(
    features: Features,
    labels: Labels,
    classes: int,
    folds: Labels,
    l2: float = 1.0,
    counts: npt.ArrayLike | None = None,
    *,
    balanced: bool = False,
    on_fold: Callable[[int, int], None] | None = None,
) -> Floats:
    """The logits of pictures by models that were not fitted to them: (pictures, classes).

    ``folds`` (pictures,) are numbers: pictures of the same number are left out together, and a
    model is fitted to all others, its standardisation included. With a number of its own for each
    picture this is leave-one-out; views of the same picture belong in one fold. With few pictures
    the models should be ``balanced``: a class that has one picture less for being judged by it
    would else seem rarer just then. ``on_fold`` is called with the folds done and their number;
    it may raise to stop.
    """
    features, folds = np.asarray(features, np.float64), np.asarray(folds)
    counts = np.ones(len(features)) if counts is None else np.asarray(counts, np.float64)
    logits = np.empty((len(features), classes))
    numbers = np.unique(folds)
    if len(numbers) < 2:
        raise ValueError("leaving pictures out takes two folds or more")
    for done, number in enumerate(numbers, start=1):
        out = folds == number
        rest = (features[~out], labels[~out], classes, l2, counts[~out])
        model = fit(*rest, balanced=balanced)
        logits[out] = model.logits(features[out])
        if on_fold is not None:
            on_fold(done, len(numbers))
    return logits


def stratified_folds(labels: Labels, count: int, seed: int = 0) -> Labels:
    """Folds 0…``count`` − 1 for :func:`held_out_logits`, each with its share of every class."""
    folds = np.empty(len(labels), np.int64)
    shuffled = np.random.default_rng(seed).permutation(len(labels))
    by_class = shuffled[np.argsort(np.asarray(labels)[shuffled], kind="stable")]
    folds[by_class] = np.arange(len(labels)) % count
    return folds


def temperature_for(logits: Floats, labels: Labels, counts: npt.ArrayLike | None = None) -> float:
    """The temperature at which held-out ``logits`` are right as often as their confidence.

    It has the least cross entropy against targets that are a little less than certain: after n
    pictures, all right, the next one is right with a probability of (n + 1) / (n + 2) (Laplace's
    rule of succession; Platt, "Probabilistic Outputs for Support Vector Machines", 1999, for two
    classes). Without it, few pictures without a mistake would ask for boundless confidence.
    """
    rows, classes = logits.shape
    counts = np.ones(rows) if counts is None else np.asarray(counts, np.float64)
    doubt = 1 / (counts.sum() + 2)
    targets = np.full(logits.shape, doubt / max(classes - 1, 1))
    targets[np.arange(rows), labels] = 1 - doubt
    targets *= counts[:, None]

    def loss(temperature: float) -> float:
        return -float((targets * _log_softmax(logits / temperature)).sum())

    # The loss is convex in 1 / temperature, so its differences change their sign once.
    steps = range(len(_TEMPERATURES) - 1)
    rises = bisect.bisect_left(
        steps, True, key=lambda i: loss(_TEMPERATURES[i]) <= loss(_TEMPERATURES[i + 1])
    )
    return _TEMPERATURES[rises]


def calibrated(
    model: LinearModel, logits: Floats, labels: Labels, counts: npt.ArrayLike | None = None
) -> LinearModel:
    """The model with the temperature that its kind's :func:`held_out_logits` ask for."""
    return replace(model, temperature=temperature_for(logits, labels, counts))


def _principal_axes(features: Floats) -> Floats:
    """An orthonormal basis (features, axes) of what the rows span, by the size of what is there."""
    squares, left = np.linalg.eigh(features @ features.T)
    there = squares > 1e-12 * squares.max(initial=0)
    return features.T @ (left[:, there] / np.sqrt(squares[there]))


def _optimum(
    features: Floats,
    labels: Labels,
    classes: int,
    l2: float,
    counts: Floats,
    scores: Floats | float = 0.0,
    *,
    fixed_bias: bool = False,
) -> Floats:
    """Weights and biases (classes, features + 1) that are added to ``scores``, by L-BFGS."""
    import torch
    from torch.nn.functional import cross_entropy

    ones = np.full((len(features), 1), 0.0 if fixed_bias else 1.0)
    inputs = torch.from_numpy(np.hstack([features, ones]))
    offsets = torch.as_tensor(scores, dtype=torch.float64)
    targets = torch.from_numpy(np.asarray(labels, np.int64))
    shares = torch.from_numpy(counts / counts.sum())
    penalty = torch.full((inputs.shape[1],), l2 / counts.sum(), dtype=torch.float64)
    penalty[-1] *= _BIAS_PENALTY
    # Scaled by the curvature at even probabilities, every direction is about as steep.
    scale = (shares @ inputs**2 * (1 - 1 / classes) / classes + penalty).rsqrt()
    scaled = torch.zeros(classes, len(scale), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS(
        [scaled],
        max_iter=_STEPS,
        max_eval=2 * _STEPS,
        tolerance_grad=_CLOSE,
        tolerance_change=0.0,
        history_size=10,
        line_search_fn="strong_wolfe",
    )

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        weights = scaled * scale
        entropy = cross_entropy(offsets + inputs @ weights.T, targets, reduction="none")
        value = shares @ entropy + (penalty * weights**2).sum() / 2
        value.backward()
        return value

    with one_thread():
        optimizer.step(loss)
    return (scaled * scale).detach().numpy()


def _balanced(counts: Floats, labels: Labels, classes: int) -> Floats:
    of_class = np.bincount(labels, counts, classes)
    present = int((of_class > 0).sum())
    return counts * (counts.sum() / present / np.maximum(of_class, 1e-300))[labels]


def _log_softmax(logits: Floats) -> Floats:
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def _check(features: Floats, labels: Labels, classes: int, l2: float, counts: Floats) -> None:
    if features.ndim != 2 or not len(features) == len(labels) == len(counts):
        raise ValueError("there is one row of features, one label and one count for each picture")
    if len(features) == 0 or classes < 2:
        raise ValueError("pictures and two classes are needed")
    if not (np.isfinite(features).all() and np.isfinite(counts).all() and (counts >= 0).all()):
        raise ValueError("features and counts are finite, and counts not below zero")
    if np.min(labels) < 0 or np.max(labels) >= classes:
        raise ValueError("labels are numbers of classes")
    if not l2 > 0:
        raise ValueError("the penalty is above zero")
