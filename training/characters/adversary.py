"""What sharpens a generator that draws attributes: a discriminator of patches, and losses."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from kirara_characters.networks.network import activate


class PatchDiscriminator(nn.Module):
    """Scores patches of several sizes: it judges sharpness, not what the picture shows.

    A pyramid of convolutions with spectral normalisation (Miyato et al., arXiv 1802.05957) whose
    four smallest maps each have a score for every place, as in the discriminators of Isola et al.
    (arXiv 1611.07004) and Wang et al. (arXiv 1711.11585), from one trunk.
    """

    def __init__(self, widths: tuple[int, ...] = (64, 128, 256, 512, 512)) -> None:
        super().__init__()
        normalised = nn.utils.parametrizations.spectral_norm
        self.trunk = nn.ModuleList(
            normalised(nn.Conv2d(inputs, width, 4, 2, 1))
            for inputs, width in zip((3, *widths[:-1]), widths, strict=True)
        )
        self.heads = nn.ModuleList(normalised(nn.Conv2d(width, 1, 3, 1, 1)) for width in widths[1:])

    def forward(self, picture: Tensor) -> tuple[list[Tensor], list[Tensor]]:
        """Score (batch, 3, height, width), −1…1.

        Returns maps of scores (batch, 1, places down, places across) of four sizes, and the
        features that they come from.
        """
        scores, features = [], []
        x = picture
        for number, layer in enumerate(self.trunk):
            x = activate(layer(x))
            features.append(x)
            if number:
                scores.append(self.heads[number - 1](x).float())
        return scores, features


def hinge_discriminator(real: Sequence[Tensor], fake: Sequence[Tensor]) -> Tensor:
    """The hinge loss of Lim and Ye (arXiv 1705.02894), a mean over several maps of scores."""
    terms = [
        functional.relu(1 - one).mean() + functional.relu(1 + other).mean()
        for one, other in zip(real, fake, strict=True)
    ]
    return torch.stack(terms).mean()


def hinge_generator(fake: Sequence[Tensor]) -> Tensor:
    """The generator's loss against it."""
    return -torch.stack([score.mean() for score in fake]).mean()


def reconstruction(drawn: Tensor, wanted: Tensor, scales: int = 4) -> Tensor:
    """How far pictures (batch, 3, side, side) are from those wanted.

    The mean absolute difference of the pixels and of their differences to their neighbours, over
    several scales, each half as large as the one before.
    """
    total = drawn.new_zeros(())
    difference = drawn - wanted
    for scale in range(scales):
        if scale:
            difference = functional.avg_pool2d(difference, 2)
        total = total + difference.abs().mean()
        total = total + difference.diff(dim=2).abs().mean() + difference.diff(dim=3).abs().mean()
    return total / scales


def feature_matching(drawn: Sequence[Tensor], wanted: Sequence[Tensor]) -> Tensor:
    """The mean absolute difference of a discriminator's features.

    Wang et al. (arXiv 1711.11585, eq. 4); those of the wanted pictures are constants.
    """
    terms = [
        (one.float() - other.detach().float()).abs().mean()
        for one, other in zip(drawn, wanted, strict=True)
    ]
    return torch.stack(terms).mean()
