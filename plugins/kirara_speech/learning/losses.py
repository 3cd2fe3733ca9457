"""The losses of both networks (paper, §2.3 and §4.1)."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

_SHARPNESS = 0.2  # the paper's g: the width of the diagonal


def spectrogram_losses(made: Tensor, wanted: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
    """The mean L1 distance and the mean binary divergence, where ``mask`` is 1.

    ``made`` (batch, channels, frames) is before the sigmoid; ``wanted`` is 0…1; ``mask`` is
    (batch, frames). The divergence is the binary cross-entropy minus the entropy of ``wanted``.
    """
    weight = mask[:, None, :] / (mask.sum() * made.shape[1])
    distance = (torch.sigmoid(made) - wanted).abs()
    cross = functional.binary_cross_entropy_with_logits(made, wanted, reduction="none")
    entropy = -(torch.xlogy(wanted, wanted) + torch.xlogy(1 - wanted, 1 - wanted))
    return (distance * weight).sum(), ((cross - entropy) * weight).sum()


def guided_attention(attention: Tensor, symbols: Tensor, frames: Tensor) -> Tensor:
    """The share of the attention that is away from the diagonal, 0…1 (paper, §4.1).

    ``attention`` is (batch, symbols, frames); ``symbols`` and ``frames`` (batch,) are the lengths
    without padding. Unlike the paper's, it is a mean over frames only, so it has the same weight
    for long sentences.
    """
    n = torch.arange(attention.shape[1], device=attention.device)[None, :, None]
    t = torch.arange(attention.shape[2], device=attention.device)[None, None, :]
    apart = n / symbols[:, None, None] - t / frames[:, None, None]
    weight = 1 - torch.exp(-apart.square() / (2 * _SHARPNESS**2))
    inside = t < frames[:, None, None]
    return (attention * weight * inside).sum() / frames.sum()
