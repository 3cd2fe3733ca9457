"""DiffAugment: the same differentiable changes to real and generated pictures.

Zhao et al., "Differentiable Augmentation for Data-Efficient GAN Training" (arXiv 2006.10738):
colour, translation and cutout. This keeps the discriminator from memorising a small set.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

_SHIFT = 0.125  # of the width and height, as in the paper
_CUT = 0.5


def diff_augment(pictures: Tensor, random: torch.Generator) -> Tensor:
    """Change colour, shift and cut pictures (batch, 3, height, width), −1…1.

    ``random`` is a generator on the CPU: the same state gives the same changes on any device.
    """
    return cutout(_translation(_colour(pictures, random), random), random)


def _uniform(pictures: Tensor, random: torch.Generator) -> Tensor:
    """One number per picture, 0…1: (batch, 1, 1, 1)."""
    return torch.rand(len(pictures), 1, 1, 1, generator=random).to(pictures.device)


def _whole(pictures: Tensor, random: torch.Generator, low: int, high: int) -> Tensor:
    """One whole number per picture, low…high inclusive: (batch, 1)."""
    return torch.randint(low, high + 1, (len(pictures), 1), generator=random).to(pictures.device)


def _colour(x: Tensor, random: torch.Generator) -> Tensor:
    x = x + (_uniform(x, random) - 0.5)  # brightness
    grey = x.mean(1, keepdim=True)
    x = (x - grey) * (_uniform(x, random) * 2) + grey  # saturation
    mean = x.mean((1, 2, 3), keepdim=True)
    return (x - mean) * (_uniform(x, random) + 0.5) + mean  # contrast


def _translation(x: Tensor, random: torch.Generator) -> Tensor:
    batch, _, height, width = x.shape
    most_y, most_x = round(height * _SHIFT), round(width * _SHIFT)
    rows = torch.arange(height, device=x.device) + _whole(x, random, -most_y, most_y)
    columns = torch.arange(width, device=x.device) + _whole(x, random, -most_x, most_x)
    # A border of zeros, into which everything outside is clamped.
    rows = (rows + 1).clamp(0, height + 1)[:, None, :, None]  # (batch, 1, height, 1)
    columns = (columns + 1).clamp(0, width + 1)[:, None, None, :]
    pictures = torch.arange(batch, device=x.device)[:, None, None, None]
    channels = torch.arange(3, device=x.device)[None, :, None, None]
    return functional.pad(x, (1, 1, 1, 1))[pictures, channels, rows, columns]


def cutout(x: Tensor, random: torch.Generator) -> Tensor:
    """Pictures (batch, channels, height, width), each with a hole of half its width and height."""
    _, _, height, width = x.shape
    cut_y, cut_x = round(height * _CUT), round(width * _CUT)
    # The middle of the hole may be anywhere: edges are cut less often.
    top = _whole(x, random, 0, height - 1) - cut_y // 2
    left = _whole(x, random, 0, width - 1) - cut_x // 2
    row = torch.arange(height, device=x.device)
    column = torch.arange(width, device=x.device)
    inside_y = (row >= top) & (row < top + cut_y)  # (batch, height)
    inside_x = (column >= left) & (column < left + cut_x)
    hole = inside_y[:, None, :, None] & inside_x[:, None, None, :]
    return x * (~hole).to(x.dtype)
