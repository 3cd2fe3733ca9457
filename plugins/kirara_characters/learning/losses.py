"""The losses of adversarial training: logistic with R1, and Wasserstein with gradient penalty.

A ``score`` is the discriminator's output, (batch,), higher for what looks real.
"""

from __future__ import annotations

from collections.abc import Callable

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


def _gradient(score: Score, pictures: Tensor) -> Tensor:
    """The gradient of the scores by the pictures, itself differentiable."""
    pictures = pictures.detach().requires_grad_(True)
    (gradient,) = torch.autograd.grad(score(pictures).sum(), pictures, create_graph=True)
    return gradient.float()
