"""The networks: the author's numbers, the paper's configuration, and levels in general."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from kirara_characters.networks import author_format
from kirara_characters.networks.config import AUTHOR, BUNDLED, PgganConfig
from kirara_characters.networks.model_files import KINDS
from kirara_characters.networks.network import (
    Discriminator,
    EqualizedConv2d,
    Generator,
    activate,
    double,
    halve,
    normalised,
    pixel_norm,
)
from kirara_studio.api.learning.networks import network_of

from .small_models import save_author_weights

SMALL = replace(BUNDLED, latent=6, channels=(8, 6, 4))


def author_network(kind: str, shared_folder: Path, tmp_path: Path) -> torch.nn.Module:
    path = save_author_weights(tmp_path / f"{kind}.npz", kind, shared_folder)
    return network_of(author_format.read(path), path.name, *KINDS.values())


def largest_difference(ours: Tensor, reference: np.ndarray) -> float:
    assert tuple(ours.shape) == reference.shape
    return float((ours - torch.from_numpy(reference)).abs().max())


@torch.no_grad()
def test_generator_gives_the_authors_numbers(shared_folder: Path, tmp_path: Path) -> None:
    generator = author_network("pggan_generator", shared_folder, tmp_path)
    reference = np.load(shared_folder / "author" / "author_outputs_pggan_generator.npz")
    z = torch.from_numpy(reference["z"]).flatten(1)

    assert largest_difference(generator(z[:1], 6), reference["image_depth6"]) < 1e-4
    assert largest_difference(generator(z, 4), reference["image_depth4"]) < 1e-4
    assert largest_difference(generator(z, 4, 0.3), reference["image_depth4_alpha03"]) < 1e-4


@torch.no_grad()
def test_discriminator_gives_the_authors_numbers(shared_folder: Path, tmp_path: Path) -> None:
    discriminator = author_network("pggan_discriminator", shared_folder, tmp_path)
    reference = np.load(shared_folder / "author" / "author_outputs_pggan_discriminator.npz")
    score = discriminator(torch.from_numpy(reference["image"]), 4)

    assert largest_difference(score, reference["score_depth4"]) < 1e-4


def author_in_plain_functions(
    weights: dict[str, Tensor], z: Tensor, level: int, alpha: float
) -> Tensor:
    """The author's generator written out: the input is scaled, as he does it."""

    def conv(name: str, x: Tensor, padding: int) -> Tensor:
        weight = weights[f"{name}.weight"]
        scale = (2 / weight[0].numel()) ** 0.5
        return functional.conv2d(scale * x, weight, weights[f"{name}.bias"], padding=padding)

    def norm(x: Tensor) -> Tensor:
        return x / (x.square().mean(1, keepdim=True) + 1e-8).sqrt()

    def up(x: Tensor) -> Tensor:
        return x.repeat_interleave(2, 2).repeat_interleave(2, 3)

    x = functional.leaky_relu(conv("blocks.0.conv1", z[:, :, None, None], 3), 0.2)
    x = functional.leaky_relu(norm(conv("blocks.0.conv2", x, 1)), 0.2)
    for index in range(1, level + 1):
        below, x = x, up(x)
        x = functional.leaky_relu(norm(conv(f"blocks.{index}.conv1", x, 1)), 0.2)
        x = functional.leaky_relu(norm(conv(f"blocks.{index}.conv2", x, 1)), 0.2)
    picture = conv(f"blocks.{level}.to_rgb", x, 0)
    if level and alpha < 1:
        small = conv(f"blocks.{level - 1}.to_rgb", below, 0)
        picture = alpha * picture + (1 - alpha) * up(small)
    return picture


@torch.no_grad()
@pytest.mark.parametrize("level", range(7))
@pytest.mark.parametrize("alpha", [0.25, 1.0])
def test_every_depth_agrees_with_the_generator_written_out(level: int, alpha: float) -> None:
    torch.manual_seed(level)
    small = replace(AUTHOR, latent=16, channels=(16, 16, 12, 8, 8, 6, 4))
    generator = Generator(small).double()
    weights = {name: w + 0.1 * torch.randn_like(w) for name, w in generator.state_dict().items()}
    generator.load_state_dict(weights)
    z = torch.randn(2, 16, dtype=torch.float64)

    expected = author_in_plain_functions(weights, z, level, alpha)
    assert torch.allclose(generator(z, level, alpha), expected, atol=1e-9)


@pytest.mark.parametrize(("config", "millions"), [(AUTHOR, 13.6), (BUNDLED, 1.0)])
def test_sizes(config: PgganConfig, millions: float) -> None:
    with torch.device("meta"):
        for network in (Generator(config), Discriminator(config)):
            count = sum(parameter.numel() for parameter in network.parameters())
            assert count == pytest.approx(millions * 1e6, rel=0.25)


@torch.no_grad()
def test_fading_begins_at_the_level_below_and_ends_at_the_new_one() -> None:
    generator, discriminator = Generator(SMALL), Discriminator(SMALL)
    z = torch.randn(3, 6)
    below = generator(z, 1)
    doubled = below.repeat_interleave(2, 2).repeat_interleave(2, 3)
    assert torch.allclose(generator(z, 2, 0.0), doubled, atol=1e-6)
    assert not torch.allclose(generator(z, 2, 1.0), doubled, atol=1e-2)
    assert torch.allclose(discriminator(doubled, 2, 0.0), discriminator(below, 1), atol=1e-5)


@torch.no_grad()
def test_normalised_latents_have_no_length() -> None:
    generator = Generator(SMALL)
    z = torch.randn(2, 6)
    assert torch.allclose(generator(z), generator(7 * z), atol=1e-5)


@torch.no_grad()
def test_statistic_of_the_batch_tells_identical_pictures_from_different_ones() -> None:
    discriminator = Discriminator(SMALL)
    pictures = torch.randn(4, 3, 16, 16)
    same = pictures[:1].expand(4, -1, -1, -1)
    assert not torch.allclose(discriminator(pictures)[0], discriminator(same)[0])


def test_pixel_norm_leaves_a_mean_square_of_one() -> None:
    x = pixel_norm(torch.randn(2, 5, 3, 3) * 40)
    assert torch.allclose(x.square().mean(1), torch.ones(2, 3, 3), atol=1e-4)


@torch.no_grad()
def test_bf16_stays_close_and_pictures_stay_fp32() -> None:
    torch.manual_seed(0)
    generator = Generator(SMALL)
    z = torch.randn(4, 6)
    exact = generator(z)
    with torch.autocast("cpu", torch.bfloat16):
        rounded = generator(z)
    assert rounded.dtype == torch.float32
    assert (rounded - exact).abs().mean() < 0.02 * exact.std()


@pytest.mark.parametrize("level", [-1, 3])
def test_a_level_that_is_not_there_is_refused(level: int) -> None:
    with pytest.raises(ValueError, match="level"):
        Generator(SMALL)(torch.randn(1, 6), level)
    with pytest.raises(ValueError, match="level"):
        Discriminator(SMALL)(torch.randn(2, 3, 16, 16), level)


@pytest.mark.parametrize(
    "change", [{"order": "other"}, {"statistic": "median"}, {"channels": ()}, {"latent": 0}]
)
def test_a_configuration_that_makes_no_sense_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"unknown|positive"):
        PgganConfig.from_dict({**AUTHOR.to_dict(), **change})


def test_a_configuration_survives_the_card() -> None:
    assert PgganConfig.from_dict(BUNDLED.to_dict()) == BUNDLED
    assert BUNDLED.cut_at(4).resolution == 64


def test_a_convolution_of_a_doubled_picture_is_one_transposed_convolution() -> None:
    conv = EqualizedConv2d(5, 4, 3, padding=1)
    nn.init.normal_(conv.bias)  # type: ignore[arg-type]  # there is one
    x = torch.randn(2, 5, 6, 7)
    assert torch.allclose(conv.on_doubled(x), conv(double(x)), atol=1e-5)


@pytest.mark.parametrize(
    ("norm_first", "chain"),
    [
        (False, lambda x: pixel_norm(activate(x))),
        (True, lambda x: activate(pixel_norm(x))),
    ],
)
def test_activation_and_norm_in_one_are_those_one_after_the_other(norm_first, chain) -> None:
    def fused(x: Tensor) -> Tensor:
        return normalised(x, norm_first)

    x = torch.randn(3, 5, 4, 4, dtype=torch.float64, requires_grad=True)
    assert torch.allclose(fused(x), chain(x))
    assert torch.autograd.gradcheck(fused, (x,))
    rounded = fused(x.detach().bfloat16())
    assert rounded.dtype == torch.bfloat16
    assert torch.allclose(rounded.double(), chain(x.detach()), atol=0.03)


def test_halving_is_differentiable_twice() -> None:
    x = torch.randn(2, 3, 4, 4, dtype=torch.float64, requires_grad=True)
    assert torch.equal(halve(x), torch.nn.functional.avg_pool2d(x, 2))
    assert torch.autograd.gradcheck(halve, (x,))
    assert torch.autograd.gradgradcheck(lambda x: halve(x).square(), (x,))
