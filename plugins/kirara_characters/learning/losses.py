"""The losses of adversarial training: logistic with R1, and Wasserstein with gradient penalty;
and those of drawing from attributes: hinge, reconstruction and feature matching.

A ``score`` is the discriminator's output, (batch,), higher for what looks real.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor
from torch.nn import functional

Score = Callable[[Tensor], Tensor]


def logistic_discriminator(real: Tensor, fake: Tensor) -> Tensor:
    """Goodfellow et al. 2014, eq. 1, written with softplus."""
    return functional.softplus(-real).mean() + functional.softplus(fake).mean()


def logistic_generator(fake: Tensor) -> Tensor:
    """The non-saturating loss of Goodfellow et al. 2014, §3."""
    return functional.softplus(-fake).mean()


def r1_penalty(score: Score, pictures: Tensor) -> Tensor:
    """Mean squared gradient norm at real pictures (Mescheder et al. 2018, eq. 9), without γ/2."""
    return _gradient(score, pictures).square().sum((1, 2, 3)).mean()


def wasserstein_discriminator(real: Tensor, fake: Tensor, drift: float = 0.001) -> Tensor:
    """The critic's loss, with the drift term of Karras et al. 2018, appendix A.1."""
    return fake.mean() - real.mean() + drift * real.square().mean()


def wasserstein_generator(fake: Tensor) -> Tensor:
    """The generator's loss against a Wasserstein critic."""
    return -fake.mean()


def gradient_penalty(score: Score, real: Tensor, fake: Tensor, mix: Tensor) -> Tensor:
    """How far the gradient norm is from 1 between real and fake (Gulrajani et al. 2017, eq. 3).

    ``mix`` (batch,), 0…1, is the position between the two; the caller multiplies by λ.
    """
    between = torch.lerp(real, fake, mix.view(-1, 1, 1, 1))
    norm = _gradient(score, between).square().sum((1, 2, 3)).add(1e-12).sqrt()
    return (norm - 1).square().mean()


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
    """How far pictures (batch, 3, side, side) are from those wanted: the mean absolute difference
    of the pixels and of their differences to their neighbours, over several scales, each half as
    large as the one before."""
    total = drawn.new_zeros(())
    difference = drawn - wanted
    for scale in range(scales):
        if scale:
            difference = functional.avg_pool2d(difference, 2)
        total = total + difference.abs().mean()
        total = total + difference.diff(dim=2).abs().mean() + difference.diff(dim=3).abs().mean()
    return total / scales


def feature_matching(drawn: Sequence[Tensor], wanted: Sequence[Tensor]) -> Tensor:
    """The mean absolute difference of a discriminator's features (Wang et al., arXiv 1711.11585,
    eq. 4); those of the wanted pictures are constants."""
    terms = [
        (one.float() - other.detach().float()).abs().mean()
        for one, other in zip(drawn, wanted, strict=True)
    ]
    return torch.stack(terms).mean()


def _gradient(score: Score, pictures: Tensor) -> Tensor:
    """The gradient of the scores by the pictures, itself differentiable."""
    pictures = pictures.detach().requires_grad_(True)
    (gradient,) = torch.autograd.grad(score(pictures).sum(), pictures, create_graph=True)
    return gradient.float()
