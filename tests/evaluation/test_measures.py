"""The measures against values that are known."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from evaluation.measures import (
    features_of,
    frechet_distance,
    precision_recall,
    sliced_wasserstein,
)


def normal(count: int, size: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(count, size))


def pictures(count: int, side: int, seed: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    return random.integers(0, 256, (count, side, side, 3), np.uint8)


def test_equal_sets_have_full_precision_and_recall_and_no_distance() -> None:
    points = normal(200, 6, 1)
    assert precision_recall(points, points) == (1.0, 1.0)
    assert frechet_distance(points, points) == pytest.approx(0, abs=1e-9)
    drawn = pictures(12, 32, 1)
    assert sliced_wasserstein(drawn, drawn).keys() == {32, 16}


def test_sets_far_apart_have_neither_precision_nor_recall() -> None:
    assert precision_recall(normal(50, 4, 1), normal(60, 4, 2) + 100) == (0.0, 0.0)


def test_neighbours_by_hand() -> None:
    # k = 1. Radii of the real points 0, 1, 4: 1, 1, 3; of the generated 3, 8, 30: 5, 5, 22. Only 3
    # lies in a real ball, that of 4: precision 1/3. 0, 1 and 4 lie within 5 of 3: recall 1.
    real = np.array([[0.0], [1.0], [4.0]])
    generated = np.array([[3.0], [8.0], [30.0]])
    assert precision_recall(real, generated, k=1) == (pytest.approx(1 / 3), 1.0)
    # And a generated point at 7 lies on the edge of the ball of 4, which belongs to it.
    assert precision_recall(real, np.array([[7.0], [40.0]]), k=1).precision == 0.5


def test_a_collapsed_set_may_be_precise_but_recalls_nothing() -> None:
    real = normal(300, 3, 3)
    collapsed = np.repeat(real[:1], 300, 0) + 1e-4 * normal(300, 3, 4)
    precision, recall = precision_recall(real, collapsed)
    assert precision == 1.0
    assert recall < 0.02


def test_distances_do_not_depend_on_the_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    a, b = normal(90, 5, 5), normal(70, 5, 6) + 0.5
    whole = precision_recall(a, b)
    monkeypatch.setattr("evaluation.measures._BLOCK", 16)
    assert precision_recall(a, b) == whole


def test_as_few_points_as_neighbours_are_an_error() -> None:
    with pytest.raises(ValueError, match="more than 3"):
        precision_recall(normal(3, 2, 1), normal(9, 2, 1))


def test_the_frechet_distance_of_gaussians_is_the_analytic_one() -> None:
    # Standardised exactly, two sets have the means and the covariances that they are given.
    base = normal(4_000, 3, 7)
    base -= base.mean(0)
    base = base @ np.linalg.inv(np.linalg.cholesky(np.cov(base.T))).T
    other = base * [2.0, 1.0, 0.5] + [1.0, 0.0, 0.0]
    # ‖μ‖² = 1, and for diagonal covariances the sum of (σ₁ − σ₂)²: 1 + 0 + 0.25.
    assert frechet_distance(base, other) == pytest.approx(2.25, abs=1e-6)


def test_the_frechet_distance_is_right_with_fewer_points_than_features() -> None:
    a, b = normal(20, 40, 8), normal(30, 40, 9) + 0.3
    covariances = np.cov(a.T) @ np.cov(b.T)
    root = np.sqrt(np.clip(np.linalg.eigvals(covariances).real, 0, None)).sum()
    expected = (
        np.square(a.mean(0) - b.mean(0)).sum()
        + np.trace(np.cov(a.T))
        + np.trace(np.cov(b.T))
        - 2 * root
    )
    assert frechet_distance(a, b) == pytest.approx(expected, rel=1e-3)
    assert frechet_distance(torch.from_numpy(a), torch.from_numpy(b)) == frechet_distance(a, b)


def test_the_sliced_wasserstein_distance_tells_textures_apart() -> None:
    noise, other_noise = pictures(40, 32, 10), pictures(40, 32, 11)
    ramp = np.linspace(0, 255, 32, dtype=np.uint8)
    smooth = np.broadcast_to(ramp[None, :, None, None], noise.shape).copy()
    alike, different = sliced_wasserstein(noise, other_noise), sliced_wasserstein(noise, smooth)
    for level in alike:
        assert alike[level] < 0.1 * different[level]


def test_each_level_of_the_pyramid_sees_its_own_size_of_things() -> None:
    """Brightness that differs from picture to picture is seen by the coarsest level alone."""
    noise = pictures(60, 32, 12) // 8
    shift = np.random.default_rng(13).integers(0, 200, (60, 1, 1, 1)).astype(np.uint8)
    levels = sliced_wasserstein(noise, noise + shift)
    assert levels[16] > 10 * levels[32]


def test_pictures_of_other_sizes_are_an_error() -> None:
    with pytest.raises(ValueError, match="as many"):
        sliced_wasserstein(pictures(4, 32, 1), pictures(5, 32, 1))
    with pytest.raises(ValueError, match="power of two"):
        sliced_wasserstein(pictures(4, 24, 1), pictures(4, 24, 2))


class MeanColour:
    """A network whose features are known."""

    def features(self, x: torch.Tensor) -> torch.Tensor:
        assert x.shape[1:] == (3, 224, 224)
        return x.mean((2, 3))


def test_features_are_of_all_pictures_in_their_order() -> None:
    colours = np.arange(0, 120, 3, dtype=np.uint8)
    flat = np.broadcast_to(colours[:, None, None, None], (40, 8, 8, 3)).copy()
    threads = torch.get_num_threads()
    found = features_of(flat, MeanColour())
    assert np.allclose(found, colours[:, None].astype(float), atol=1e-3)
    assert torch.get_num_threads() == threads


def test_the_measures_need_no_qt(repository: Path) -> None:
    code = "import sys, evaluation.measures, kirara_paintings.network.weights as w\n" + (
        "assert not any(name.startswith('PySide6') for name in sys.modules)"
    )
    paths = [str(repository), str(repository / "plugins")]
    program = f"import sys; sys.path[:0] = {paths!r}\n{code}"
    subprocess.run([sys.executable, "-c", program], check=True)
