"""Seeds, spherical interpolation and paths."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kirara_characters.networks.character import Character, of_seeds
from kirara_characters.networks.latents import (
    EASINGS,
    LARGEST_SEED,
    GaussianSpace,
    LatentPath,
    ease,
    slerp,
)

SPACE = GaussianSpace(16)
vectors = arrays(np.float64, 6, elements=st.floats(-10, 10))


def test_a_seed_gives_these_very_numbers_for_ever() -> None:
    # Saved pictures are recalled by their seed, so a change here breaks people's files.
    expected = [-0.147127926, 0.50211215, -1.09110105, 0.737587035]
    np.testing.assert_allclose(GaussianSpace(512).of_seed(7)[:4], expected, rtol=0, atol=1e-6)


def test_latents_are_standard_normal() -> None:
    z = GaussianSpace(512).of_seeds(range(400))
    assert z.shape == (400, 512)
    assert z.dtype == np.float32
    assert abs(z.mean()) < 0.01
    assert abs(z.std() - 1) < 0.01
    assert abs((z**4).mean() - 3) < 0.1
    # 1.96 standard deviations leave 5 % outside.
    assert abs((np.abs(z) > 1.96).mean() - 0.05) < 0.002
    neighbours = np.corrcoef(z[:-1].ravel(), z[1:].ravel())[0, 1]
    assert abs(neighbours) < 0.01


def test_a_latent_does_not_depend_on_its_batch_or_length() -> None:
    batch = GaussianSpace(7).of_seeds((3, 9, 4))
    np.testing.assert_array_equal(batch[1], GaussianSpace(7).of_seed(9))
    np.testing.assert_array_equal(batch[1], GaussianSpace(512).of_seed(9)[:7])
    assert GaussianSpace(7).of_seeds(()).shape == (0, 7)


def test_different_seeds_differ() -> None:
    z = GaussianSpace(64).of_seeds((0, 1, 2**32, LARGEST_SEED))
    assert len(np.unique(z[:, 0])) == 4


@pytest.mark.parametrize("seed", [-1, LARGEST_SEED + 1])
def test_seeds_out_of_range_are_refused(seed: int) -> None:
    with pytest.raises(ValueError, match=str(seed)):
        GaussianSpace(4).of_seed(seed)
    with pytest.raises(ValueError, match=str(seed)):
        LatentPath(of_seeds((1, seed)))


@given(vectors, vectors, st.floats(0, 1))
def test_slerp_keeps_ends_and_lengths(a: np.ndarray, b: np.ndarray, t: float) -> None:
    np.testing.assert_allclose(slerp(a, b, 0.0), a, atol=1e-4)
    np.testing.assert_allclose(slerp(a, b, 1.0), b, atol=1e-4)
    middle = slerp(a, b, t)
    assert np.isfinite(middle).all()
    lengths = np.linalg.norm(a), np.linalg.norm(b)
    if min(lengths) > 1e-6:
        wanted = (1 - t) * lengths[0] + t * lengths[1]
        assert np.linalg.norm(middle) == pytest.approx(wanted, rel=1e-4)


def test_slerp_moves_at_constant_angular_speed() -> None:
    a, b = GaussianSpace(512).of_seeds((1, 2))
    points = [slerp(a, b, t).astype(float) for t in np.linspace(0, 1, 9)]
    points = [point / np.linalg.norm(point) for point in points]
    steps = [math.acos(p @ q) for p, q in itertools.pairwise(points)]
    np.testing.assert_allclose(steps, steps[0], rtol=1e-3)


def test_slerp_of_the_same_direction_only_changes_the_length() -> None:
    a = GaussianSpace(32).of_seed(5)
    np.testing.assert_allclose(slerp(a, 3 * a, 0.5), 2 * a, rtol=1e-5)


def test_slerp_between_opposite_directions_goes_round() -> None:
    a = GaussianSpace(32).of_seed(5)
    quarter, middle = slerp(a, -a, 0.25), slerp(a, -a, 0.5)
    length = np.linalg.norm(a)
    assert np.linalg.norm(middle) == pytest.approx(length, rel=1e-5)
    assert abs(middle @ a) < 1e-3 * length**2
    assert quarter @ a == pytest.approx(length**2 * math.cos(math.pi / 4), rel=1e-4)


def test_slerp_with_zero_is_a_straight_line() -> None:
    a = GaussianSpace(8).of_seed(5)
    np.testing.assert_allclose(slerp(np.zeros(8), a, 0.5), a / 2, rtol=1e-6)


def test_easing_starts_and_ends_at_rest() -> None:
    for easing in EASINGS:
        assert ease(0, easing) == 0
        assert ease(1, easing) == 1
    for easing in ("linear", "smooth"):
        assert ease(0.5, easing) == pytest.approx(0.5)
    for easing in ("in", "smooth"):
        assert ease(0.01, easing) < 0.001
    for easing in ("out", "smooth"):
        assert 1 - ease(0.99, easing) < 0.001
    with pytest.raises(ValueError, match="bouncy"):
        ease(0.5, "bouncy")


def test_a_path_passes_its_seeds_on_time() -> None:
    path = LatentPath(of_seeds((1, 2, 3)), seconds=(1.0, 2.0, 0.5))
    assert path.duration == pytest.approx(3.5)
    for time, seed in ((0.0, 1), (1.0, 2), (3.0, 3), (3.5, 1), (-0.5, 3), (8.0, 2)):
        np.testing.assert_allclose(
            path.at(time, SPACE).latent,
            GaussianSpace(16).of_seed(seed),
            atol=1e-5,
            err_msg=str(time),
        )


def test_an_open_path_rests_at_its_ends() -> None:
    path = LatentPath(of_seeds((1, 2)), seconds=2.0, loop=False)
    assert path.duration == 2.0
    np.testing.assert_allclose(path.at(-1, SPACE).latent, GaussianSpace(16).of_seed(1), atol=1e-6)
    np.testing.assert_allclose(path.at(99, SPACE).latent, GaussianSpace(16).of_seed(2), atol=1e-6)
    assert path.times(5) == (0.0, 0.5, 1.0, 1.5, 2.0)


def test_a_loop_closes_without_stumbling() -> None:
    path = LatentPath(of_seeds((1, 2, 3)), easing="linear")
    z = [path.at(time, GaussianSpace(512)).latent for time in path.times(30)]
    steps = [np.linalg.norm(a - b) for a, b in zip(z, z[1:] + z[:1], strict=True)]
    assert min(steps) > 0
    assert max(steps) < 1.2 * min(steps)


def test_a_path_of_one_seed_stays_there() -> None:
    for loop in (True, False):
        path = LatentPath(of_seeds((4,)), loop=loop)
        np.testing.assert_allclose(
            path.at(0.3, GaussianSpace(8)).latent, GaussianSpace(8).of_seed(4), atol=1e-6
        )
        assert len(path.times(1)) == 1


def test_easing_and_truncation_go_with_the_parts() -> None:
    path = LatentPath((Character(1, 0.5), Character(2)), easing=("linear", "in"))
    point = path.at(0.5, SPACE)
    assert point.truncation == pytest.approx(0.75)
    middle = slerp(GaussianSpace(16).of_seed(1), GaussianSpace(16).of_seed(2), 0.5)
    np.testing.assert_allclose(point.latent, middle, atol=1e-5)
    assert path.at(1.5, SPACE).truncation == pytest.approx(0.875)
    assert path.at(1.0, SPACE).truncation == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"characters": ()}, "at least one"),
        ({"characters": of_seeds((1, 2)), "seconds": (1.0,)}, "2 values"),
        ({"characters": of_seeds((1, 2)), "loop": False, "easing": ("in", "out")}, "1 values"),
        ({"characters": of_seeds((1, 2), -0.1)}, "truncation"),
        ({"characters": of_seeds((1, 2)), "seconds": 0.0}, "above zero"),
        ({"characters": of_seeds((1, 2)), "seconds": math.nan}, "above zero"),
        ({"characters": of_seeds((1, 2)), "easing": "bouncy"}, "bouncy"),
    ],
)
def test_paths_that_make_no_sense_are_refused(values: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        LatentPath(**values)
    with pytest.raises(ValueError, match="frame"):
        LatentPath(of_seeds((1,))).times(0)
