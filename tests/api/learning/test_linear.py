"""The linear model is the optimum that it promises, and its probabilities can be believed."""

from __future__ import annotations

import numpy as np
import pytest

from kirara_studio.api.learning.linear import (
    LinearModel,
    calibrated,
    fit,
    held_out_logits,
    softmax,
    stratified_folds,
    temperature_for,
)


def clouds(
    rows: int, features: int, classes: int, apart: float, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Gaussian clouds, one a class, whose middles are the same for every seed."""
    middles = apart * np.random.default_rng(7).normal(size=(classes, features))
    rng = np.random.default_rng(seed)
    labels = np.arange(rows) % classes
    return middles[labels] + rng.normal(size=(rows, features)), labels


def loss(
    model: LinearModel, features: np.ndarray, labels: np.ndarray, l2: float, counts: np.ndarray
) -> float:
    """The loss, without any of the code's formulas."""
    entropy = 0.0
    for x, label, count in zip(features, labels, counts, strict=True):
        scores = [
            sum(
                w * (value - m) / s
                for w, value, m, s in zip(row, x, model.mean, model.scale, strict=True)
            )
            + bias
            for row, bias in zip(model.weights, model.biases, strict=True)
        ]
        entropy -= count * (scores[label] - np.log(sum(np.exp(scores))))
    return entropy + l2 / 2 * (model.weights**2).sum() + l2 / 2000 * (model.biases**2).sum()


@pytest.mark.parametrize(("rows", "features"), [(30, 4), (9, 20)], ids=["tall", "wide"])
def test_no_direction_leads_further_down(rows: int, features: int) -> None:
    x, labels = clouds(rows, features, 3, 1.0)
    counts = np.random.default_rng(1).uniform(0.5, 2, rows)
    model = fit(x, labels, 3, 0.7, counts)
    best = loss(model, x, labels, 0.7, counts)
    rng = np.random.default_rng(2)
    for _ in range(20):
        slopes = []
        for sign in (-1, 1):
            moved = LinearModel(
                model.mean,
                model.scale,
                model.weights + sign * 1e-4 * rng.normal(size=model.weights.shape),
                model.biases + sign * 1e-4 * rng.normal(size=model.biases.shape),
            )
            slopes.append(loss(moved, x, labels, 0.7, counts))
        assert min(slopes) > best
    np.testing.assert_allclose(np.average((x - model.mean) ** 2, 0, counts), model.scale**2)


@pytest.mark.parametrize(("rows", "features"), [(60, 5), (12, 40)], ids=["tall", "wide"])
def test_it_says_what_scikit_learn_says(rows: int, features: int) -> None:
    linear_model = pytest.importorskip("sklearn.linear_model")
    x, labels = clouds(rows, features, 3, 0.5)
    mean, scale = x.mean(0), x.std(0)
    theirs = linear_model.LogisticRegression(C=1 / 2.5, tol=1e-10, max_iter=10_000)
    theirs.fit((x - mean) / scale, labels)
    new, _ = clouds(20, features, 3, 0.5, seed=1)
    ours = fit(x, labels, 3, 2.5).probabilities(new)
    # Close, but not the same: scikit-learn does not hold biases back at all.
    np.testing.assert_allclose(ours, theirs.predict_proba((new - mean) / scale), atol=1e-3)


def test_a_count_is_so_many_pictures() -> None:
    x, labels = clouds(12, 5, 3, 0.5)
    counts = np.arange(12) % 3
    repeated = fit(np.repeat(x, counts, 0), np.repeat(labels, counts), 3)
    weighted = fit(x, labels, 3, counts=counts)
    np.testing.assert_allclose(weighted.logits(x), repeated.logits(x), atol=1e-5)


def test_balanced_classes_count_the_same() -> None:
    x, labels = clouds(14, 5, 2, 0.3)
    few = np.flatnonzero((labels == 0) | (np.arange(14) < 4))  # 7 pictures and 2
    assert np.bincount(labels[few]).tolist() == [7, 2]
    counts = np.where(labels[few] == 0, 9 / 14, 9 / 4)
    balanced = fit(x[few], labels[few], 2, balanced=True)
    np.testing.assert_allclose(
        balanced.logits(x), fit(x[few], labels[few], 2, counts=counts).logits(x), atol=1e-6
    )
    # Of nothing but noise, no class is taken for rarer since one of its pictures was left out.
    noise = np.random.default_rng(5).normal(size=(20, 50))
    labels = np.arange(20) % 2
    means = [
        held_out_logits(noise, labels, 2, np.arange(20), 1e3, balanced=balanced)[
            np.arange(20), labels
        ].mean()
        for balanced in (False, True)
    ]
    assert means[1] > means[0]


def test_features_that_never_change_are_left_aside() -> None:
    x, labels = clouds(20, 3, 2, 1.0)
    dead = np.hstack([x, np.full((20, 1), 0.1), np.zeros((20, 1))])
    model = fit(dead, labels, 2)
    np.testing.assert_allclose(model.weights[:, 3:], 0, atol=1e-9)
    elsewhere = dead + np.array([0, 0, 0, 1, 1])
    np.testing.assert_allclose(model.logits(elsewhere), fit(x, labels, 2).logits(x), atol=1e-5)


def test_leaving_one_out_is_a_fit_to_all_others() -> None:
    x, labels = clouds(10, 30, 2, 0.3)
    reported: list[tuple[int, int]] = []
    logits = held_out_logits(
        x, labels, 2, np.arange(10), on_fold=lambda done, all_: reported.append((done, all_))
    )
    assert reported[-1] == (10, 10)
    for number in range(10):
        others = np.arange(10) != number
        model = fit(x[others], labels[others], 2)
        np.testing.assert_allclose(
            logits[number], model.logits(x[number : number + 1])[0], atol=1e-4
        )
    assert not np.allclose(logits, fit(x, labels, 2).logits(x), atol=0.1)


def test_the_only_picture_of_a_class_can_be_left_out() -> None:
    x, labels = clouds(9, 4, 2, 2.0)
    labels[:] = 0
    labels[3] = 1
    logits = held_out_logits(x, labels, 2, np.arange(9))
    assert np.isfinite(logits).all()
    assert logits[3].argmax() == 0  # it has not seen the other class


def test_folds_have_their_share_of_every_class() -> None:
    labels = np.array([0] * 25 + [1] * 50 + [2] * 10)
    folds = stratified_folds(labels, 5, seed=3)
    for label, share in ((0, 5), (1, 10), (2, 2)):
        assert np.bincount(folds[labels == label], minlength=5).tolist() == [share] * 5
    assert (folds == stratified_folds(labels, 5, seed=3)).all()
    assert (folds != stratified_folds(labels, 5, seed=4)).any()


def test_calibrated_probabilities_come_true() -> None:
    x, labels = clouds(600, 10, 3, 0.35)
    model = fit(x, labels, 3, 1e-3)
    louder = LinearModel(model.mean, model.scale, 6 * model.weights, 6 * model.biases)
    held_out = 6 * held_out_logits(x, labels, 3, stratified_folds(labels, 5), 1e-3)
    believable = calibrated(louder, held_out, labels)
    new, truth = clouds(3000, 10, 3, 0.35, seed=1)

    def gap(probabilities: np.ndarray) -> float:
        """How far the mean confidence is from how often it is right."""
        right = probabilities.argmax(1) == truth
        return abs(probabilities.max(1).mean() - right.mean())

    assert gap(louder.probabilities(new)) > 0.1
    assert gap(believable.probabilities(new)) < 0.02


def test_few_pictures_without_a_mistake_leave_a_doubt() -> None:
    labels = np.arange(10) % 2
    logits = np.where(labels[:, None] == np.arange(2), 50.0, -50.0)
    surest = softmax(logits / temperature_for(logits, labels)).max(1)
    np.testing.assert_allclose(surest, 11 / 12, atol=0.01)


def test_arrays_that_do_not_fit_are_refused() -> None:
    x, labels = clouds(6, 3, 2, 1.0)
    for arguments in (
        (x[:5], labels, 2), (x, labels, 1), (x, labels + 1, 2), (x[:0], labels[:0], 2),
        (np.where(x > 0, np.nan, x), labels, 2), (x, labels, 2, 0.0),
        (x, labels, 2, 1.0, -np.ones(6)),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=r"for each picture|needed|finite|numbers of|penalty"):
            fit(*arguments)
    with pytest.raises(ValueError, match="two folds"):
        held_out_logits(x, labels, 2, np.zeros(6, int))
