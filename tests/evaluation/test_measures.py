"""The measures against values that are known."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from evaluation.measures import features_of, sliced_wasserstein


def pictures(count: int, side: int, seed: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    return random.integers(0, 256, (count, side, side, 3), np.uint8)


def test_equal_sets_have_no_distance() -> None:
    drawn = pictures(12, 32, 1)
    assert sliced_wasserstein(drawn, drawn).keys() == {32, 16}


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
    code = "import sys, evaluation.measures, kirara_studio.api.learning.lite0 as w\n" + (
        "assert not any(name.startswith('PySide6') for name in sys.modules)"
    )
    paths = [str(repository), str(repository / "plugins")]
    program = f"import sys; sys.path[:0] = {paths!r}\n{code}"
    subprocess.run([sys.executable, "-c", program], check=True)
