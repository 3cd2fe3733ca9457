"""The rearranged generator draws what the network draws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from kirara_characters.networks.config import AUTHOR, PgganConfig
from kirara_characters.networks.fast_generator import FastGenerator, fold_doubling
from kirara_characters.networks.latents import GaussianSpace
from kirara_characters.networks.network import double

from .small_models import AUTHOR_ORDER, PAPER, small_generator

ONE_LEVEL = PgganConfig(latent=5, channels=(6,))
STYLED = replace(PAPER, mapping=2, styled=True)
STYLED_AUTHOR_ORDER = replace(AUTHOR_ORDER, mapping=1, styled=True)


def levels(pictures: torch.Tensor) -> torch.Tensor:
    """Pictures as brightness 0…255, not rounded."""
    return ((pictures + 1) * 127.5).clamp(0, 255)


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("config", [PAPER, AUTHOR_ORDER, ONE_LEVEL, STYLED, STYLED_AUTHOR_ORDER])
def test_fp32_draws_the_same_picture(
    config: PgganConfig, packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not packed:  # as on machines whose torch has no oneDNN
        monkeypatch.setattr(torch.backends.mkldnn, "is_available", lambda: False)
    generator = small_generator(config)
    z = torch.randn(3, config.latent)
    expected = generator(z)
    found = FastGenerator(generator)(z)
    assert found.shape == expected.shape
    assert found.dtype == torch.float32
    torch.testing.assert_close(found, expected, atol=2e-5, rtol=1e-5)


def test_the_authors_network_at_full_size() -> None:
    generator = small_generator(AUTHOR)
    z = torch.from_numpy(GaussianSpace(512).of_seeds([2017]))
    expected = levels(generator(z))
    exact = levels(FastGenerator(generator)(z))
    assert (exact - expected).abs().max() < 0.1
    # Fourteen layers of random weights amplify rounding more than trained ones do.
    difference = (levels(FastGenerator(generator, "bf16")(z)) - expected).abs()
    assert difference.mean() < 3
    assert difference.quantile(0.99) < 15


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("config", [PAPER, AUTHOR_ORDER, STYLED])
def test_bf16_is_close(config: PgganConfig, packed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not packed:
        monkeypatch.setattr(torch.backends.mkldnn, "is_available", lambda: False)
    generator = small_generator(config)
    z = torch.randn(4, config.latent)
    found = FastGenerator(generator, "bf16")(z)
    difference = (levels(found) - levels(generator(z))).abs()
    assert difference.mean() < 2
    assert difference.max() < 25


@pytest.mark.parametrize("precision", ["fp32", "bf16"])
def test_a_picture_does_not_depend_on_its_batch_or_on_what_came_before(precision: str) -> None:
    fast = FastGenerator(small_generator(), precision)
    z = torch.randn(5, PAPER.latent)
    together = fast(z)
    for row, picture in zip(z, together, strict=True):
        assert torch.equal(fast(row[None])[0], picture)


def test_results_are_not_overwritten_by_the_next_call() -> None:
    fast = FastGenerator(small_generator())
    first = fast(torch.randn(1, PAPER.latent))
    kept = first.clone()
    fast(torch.randn(1, PAPER.latent))
    assert torch.equal(first, kept)


def test_the_weights_are_copied() -> None:
    generator = small_generator()
    fast = FastGenerator(generator)
    z = torch.randn(1, PAPER.latent)
    before = fast(z)
    for parameter in generator.parameters():
        parameter.zero_()
    assert torch.equal(fast(z), before)


def test_features_of_zero_do_not_become_nan() -> None:
    generator = small_generator(AUTHOR_ORDER)
    for parameter in generator.parameters():
        parameter.zero_()
    for precision in ("fp32", "bf16"):
        assert (FastGenerator(generator, precision)(torch.randn(1, 12)) == 0).all()


@pytest.mark.parametrize("config", [PAPER, AUTHOR_ORDER])
def test_truncation_mixes_the_first_blocks_features_with_their_mean(config: PgganConfig) -> None:
    generator = small_generator(config)
    fast = FastGenerator(generator)
    many, z = torch.randn(50, config.latent), torch.randn(4, config.latent)
    mean = fast.mean_features(many)

    def first_block(latents: torch.Tensor) -> torch.Tensor:
        x = latents[:, :, None, None]
        if config.normalise_latent:
            x = F.normalize(x, dim=1) * config.latent**0.5
        return generator.blocks[0](x)

    expected_mean = first_block(many).mean(0)
    torch.testing.assert_close(mean.permute(2, 0, 1), expected_mean, atol=1e-5, rtol=1e-4)
    x = expected_mean + 0.6 * (first_block(z) - expected_mean)
    for block in generator.blocks[1:]:
        x = block(x)
    expected = generator.blocks[-1].picture(x)
    torch.testing.assert_close(fast(z, 0.6, mean), expected, atol=2e-5, rtol=1e-4)


def test_truncation_decides_the_variety() -> None:
    fast = FastGenerator(small_generator())
    z = torch.randn(20, PAPER.latent)
    mean = fast.mean_features(torch.randn(200, PAPER.latent))
    variety = [float(fast(z, psi, mean).std(0).mean()) for psi in (0, 0.3, 0.6, 1.0)]
    assert variety[0] < 1e-6
    assert np.all(np.diff(variety) > 0.05 * variety[-1])


def test_an_unknown_precision_is_refused() -> None:
    with pytest.raises(ValueError, match="fp8"):
        FastGenerator(small_generator(), "fp8")


def test_doubling_is_what_was_folded() -> None:
    """The fold by itself, border and all, on a picture of one channel."""
    x, weight = torch.randn(1, 1, 5, 5), torch.randn(1, 1, 3, 3)
    expected = F.conv2d(double(x), weight, padding=1)[0, 0]
    groups = F.conv2d(x, fold_doubling(weight), padding=1)[0].view(2, 2, 6, 6)
    for row in range(10):
        for column in range(10):
            a, b = 1 - row % 2, 1 - column % 2
            found = groups[a, b, (row + 1) // 2, (column + 1) // 2]
            torch.testing.assert_close(found, expected[row, column])
