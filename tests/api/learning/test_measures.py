"""Precision, recall and the Fréchet distance, against cases whose answers are known."""

from __future__ import annotations

import numpy as np
import pytest

from kirara_studio.api.learning.measures import Features, frechet_distance, precision_recall


def normal(seed: int, count: int = 400, dimensions: int = 4) -> Features:
    return np.random.default_rng(seed).normal(size=(count, dimensions))


def test_samples_of_the_same_kind_are_precise_and_cover_each_other() -> None:
    precision, recall = precision_recall(normal(0), normal(1))
    assert precision > 0.8 and recall > 0.8


def test_a_collapsed_set_is_precise_and_covers_little() -> None:
    collapsed = 0.1 * normal(1)
    precision, recall = precision_recall(normal(0), collapsed)
    assert precision > 0.95 and recall < 0.1


def test_a_set_that_is_too_wide_covers_much_and_is_not_precise() -> None:
    precision, recall = precision_recall(normal(0), 5 * normal(1))
    assert precision < 0.2 and recall > 0.8


def test_the_neighbourhood_reaches_to_the_kth_neighbour() -> None:
    real = np.array([[0.0], [1.0], [3.0], [6.0]])
    fake = np.array([[8.5], [9.5], [-1.5], [20.0]])
    # Radii of the real: k=1: 1, 1, 2, 3; k=2: 3, 2, 3, 5.
    assert precision_recall(real, fake, 1)[0] == 0.25
    assert precision_recall(real, fake, 2)[0] == 0.75


def test_many_samples_are_compared_in_blocks() -> None:
    real, fake = normal(0, 1500, 2), normal(1, 1100, 2)
    near = np.linalg.norm(real[:, None] - real, axis=2)
    radii = np.sort(near, 1)[:, 3]
    inside = np.linalg.norm(fake[:, None] - real, axis=2) <= radii
    assert precision_recall(real, fake)[0] == pytest.approx(inside.any(1).mean(), abs=2e-3)


def test_the_distance_of_shifted_and_stretched_samples_is_known() -> None:
    base = normal(0, 5000)
    assert frechet_distance(base, base) == pytest.approx(0, abs=1e-9)
    assert frechet_distance(base, base + np.array([3, 4, 0, 0])) == pytest.approx(25, rel=1e-6)
    # Standard deviations σ and 3σ of the same directions: (3σ − σ)² each.
    spread = np.trace(np.cov(base, rowvar=False))
    expected = 4 * spread + float(np.square(2 * base.mean(0)).sum())
    assert frechet_distance(base, 3 * base) == pytest.approx(expected, rel=1e-6)


def test_the_distance_agrees_with_the_general_matrix_root() -> None:
    linalg = pytest.importorskip("scipy.linalg")
    mixing = np.random.default_rng(2).normal(size=(4, 4))
    a, b = normal(0), normal(1) @ mixing
    first, second = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    root = linalg.sqrtm(first @ second).real
    expected = np.square(a.mean(0) - b.mean(0)).sum() + np.trace(first + second - 2 * root)
    assert frechet_distance(a, b) == pytest.approx(float(expected), rel=1e-6)
    assert frechet_distance(b, a) == pytest.approx(float(expected), rel=1e-6)


@pytest.mark.parametrize("measure", [precision_recall, frechet_distance])
def test_sets_that_cannot_be_compared_are_refused(measure) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="compared"):
        measure(normal(0), normal(0, dimensions=5))
    with pytest.raises(ValueError, match="too few"):
        measure(normal(0), normal(0, count=1))
    with pytest.raises(ValueError, match="not a number"):
        measure(normal(0), np.full((9, 4), np.nan))


def test_the_distance_is_right_with_fewer_samples_than_dimensions() -> None:
    a, b = normal(8, 20, 40), normal(9, 30, 40) + 0.3
    covariances = np.cov(a.T) @ np.cov(b.T)
    root = np.sqrt(np.clip(np.linalg.eigvals(covariances).real, 0, None)).sum()
    expected = np.square(a.mean(0) - b.mean(0)).sum() - 2 * root
    expected += np.trace(np.cov(a.T)) + np.trace(np.cov(b.T))
    assert frechet_distance(a, b) == pytest.approx(expected, rel=1e-3)
