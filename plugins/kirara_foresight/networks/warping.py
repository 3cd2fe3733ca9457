"""A layer that warps the frame before, and draws the rest.

A network that draws whole frames blurs them from the first on. This one starts as "nothing moves"
and learns motion: each pixel comes from a place in the frame before (Zhou et al., "View Synthesis
by Appearance Flow", ECCV 2016), by a mixture of several motions and of what is drawn (Finn et al.,
"Unsupervised Learning for Physical Interaction through Video Prediction", NIPS 2016, §3).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from kirara_foresight.networks.config import ConvLstmConfig

_RARELY_DRAWN = -2.0
"""The logit of drawing in a new network; that of each motion is 0."""
_FAINT = 1e-3
"""The least distance of a brightness from 0 and 1, so that it has a logit."""


class Warping(nn.Module):
    """Hidden states → frames."""

    def __init__(self, width: int, config: ConvLstmConfig) -> None:
        super().__init__()
        self.patch, self.motions = config.patch, config.motions
        patch, motions, kernel = config.patch, config.motions, config.kernel
        # Outputs for each pixel of a patch: its drawn brightness, and the shares of drawing and of
        # motions; for the patch: each motion, across and down, in pixels.
        self.shares = patch**2 * (1 + 1 + motions)
        self.say = nn.Conv2d(width, self.shares + 2 * motions, kernel, padding=kernel // 2)
        bias = torch.zeros(self.shares + 2 * motions)
        bias[patch**2 : 2 * patch**2] = _RARELY_DRAWN
        self.say.bias = nn.Parameter(bias)

    def forward(self, hidden: Tensor, last: Tensor) -> Tensor:
        """Map (time, batch, width, h, w) to logits of brightness (time, batch, 1, height, width).

        ``last`` (batch, height, width), 0…1, is the frame before the forecast.
        """
        count = len(hidden)
        values = self.say(hidden.flatten(0, 1)).float()
        drawn, shares = functional.pixel_shuffle(values[:, : self.shares], self.patch).split(
            [1, 1 + self.motions], 1
        )
        shares = shares.softmax(1).unflatten(0, (count, -1))
        drawn = (drawn.sigmoid() * shares[:, :, :1].flatten(0, 1)).unflatten(0, (count, -1))
        places = self._places(values[:, self.shares :]).unflatten(0, (count, -1))
        frame = last[:, None].float()
        frames = []
        for new, share, place in zip(drawn, shares, places, strict=True):
            warped = functional.grid_sample(
                frame.repeat_interleave(self.motions, 0), place.flatten(0, 1),
                padding_mode="border", align_corners=False,
            )  # fmt: skip
            warped = warped.view(len(frame), self.motions, *frame.shape[2:])
            frame = new + (warped * share[:, 1:]).sum(1, keepdim=True)
            frames.append(frame)
        return torch.logit(_FAINT + (1 - 2 * _FAINT) * torch.stack(frames))

    def _places(self, motions: Tensor) -> Tensor:
        """Map (n, 2·motions, h, w) to sources of pixels (n, motions, height, width, 2).

        They are in the units of grid_sample: −1 is the left or upper edge, 1 the other.
        """
        smooth = functional.interpolate(
            motions, scale_factor=self.patch, mode="bilinear", align_corners=False
        )
        height, width = smooth.shape[-2:]
        smooth = smooth.unflatten(1, (self.motions, 2)).movedim(2, -1)
        edges = smooth.new_tensor([width, height])
        across = (torch.arange(width, device=smooth.device) * 2 + 1) / width - 1
        down = (torch.arange(height, device=smooth.device) * 2 + 1) / height - 1
        here = torch.stack(torch.meshgrid(across, down, indexing="xy"), -1)
        return here + smooth * (2 / edges)
