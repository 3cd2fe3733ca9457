"""What the networks are taught by (paper, §2.3 and §4.1)."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

SHARPNESS = 0.2
"""The paper's g: how far from the diagonal the attention may be."""


def spectrogram_losses(said: Tensor, wanted: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
    """The mean L1 distance and the mean binary divergence, where ``mask`` is 1.

    ``said`` (batch, channels, frames) is before the sigmoid; ``wanted`` is 0…1; ``mask`` is
    (batch, frames). The divergence is 0 if both agree: it is the binary cross-entropy less
    the entropy of what is wanted.
    """
    weight = mask[:, None, :] / (mask.sum() * said.shape[1])
    distance = (torch.sigmoid(said) - wanted).abs()
    cross = functional.binary_cross_entropy_with_logits(said, wanted, reduction="none")
    entropy = -(torch.xlogy(wanted, wanted) + torch.xlogy(1 - wanted, 1 - wanted))
    return (distance * weight).sum(), ((cross - entropy) * weight).sum()


def guided_attention(attention: Tensor, symbols: Tensor, frames: Tensor) -> Tensor:
    """How much of the attention is away from the diagonal, 0…1 (paper, §4.1).

    ``attention`` is (batch, symbols, frames); ``symbols`` and ``frames`` (batch,) are the lengths
    without padding. Unlike the paper's, this is a mean over frames and not over symbols too, so
    that it weighs the same for long sentences.
    """
    n = torch.arange(attention.shape[1], device=attention.device)[None, :, None]
    t = torch.arange(attention.shape[2], device=attention.device)[None, None, :]
    apart = n / symbols[:, None, None] - t / frames[:, None, None]
    weight = 1 - torch.exp(-apart.square() / (2 * SHARPNESS**2))
    inside = t < frames[:, None, None]
    return (attention * weight * inside).sum() / frames.sum()
