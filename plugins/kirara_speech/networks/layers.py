"""The layers that both networks are made of (paper, §3.1).

Inside the networks, sound and text are (batch, channel, 1, time) in channels-last memory, which
processors convolve fastest. A ``mask`` is (batch, 1, 1, time), 0 in the padding: with it, every
layer sees zeros beyond the end of a sentence, as without padding.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional


class Convolution(nn.Conv2d):
    """A dilated convolution along time that keeps the length; the paper's C.

    A causal one sees only the past. ``normalise`` adds a layer normalisation over the channels.
    """

    def __init__(
        self,
        inputs: int,
        outputs: int,
        kernel: int = 1,
        dilation: int = 1,
        *,
        causal: bool = False,
        normalise: bool = False,
    ) -> None:
        super().__init__(inputs, outputs, (1, kernel), dilation=(1, dilation))
        nn.init.kaiming_normal_(self.weight, nonlinearity="linear")
        # The biases stay random: with zero biases, a layer would turn silence, all zeros, into
        # zeros, and the gradient of the normalisation would explode.
        reach = (kernel - 1) * dilation
        self.before = reach if causal else reach // 2
        self.after = reach - self.before
        self.norm = ChannelNorm(outputs) if normalise else None

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        """(batch, inputs, 1, time) → (batch, outputs, 1, time)."""
        if self.before or self.after:
            if mask is not None:
                x = x * mask.to(x.dtype)
            x = functional.pad(x, (self.before, self.after))
        x = super().forward(x)
        return x if self.norm is None else self.norm(x)


class ChannelNorm(nn.LayerNorm):
    """Layer normalisation over the channels of (batch, channel, 1, time)."""

    def forward(self, x: Tensor) -> Tensor:
        # In channels-last memory, both permutations are views.
        return super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class Highway(nn.Module):
    """A convolution that makes gates and a replacement for its input; the paper's HC."""

    def __init__(
        self,
        width: int,
        kernel: int,
        dilation: int = 1,
        *,
        causal: bool = False,
        normalise: bool = False,
    ) -> None:
        super().__init__()
        self.convolution = Convolution(
            width, 2 * width, kernel, dilation, causal=causal, normalise=normalise
        )

    def forward(self, x: Tensor, mask: Tensor | None = None, dropout: float = 0.0) -> Tensor:
        """(batch, width, 1, time) → the same shape."""
        return mix(x, self.convolution(x, mask), dropout)


def mix(x: Tensor, convolved: Tensor, dropout: float = 0.0) -> Tensor:
    """Replace a part of ``x``: ``convolved`` holds the gates, then the replacement."""
    gate, new = convolved.chunk(2, 1)
    return torch.lerp(x.to(new.dtype), drop(new, dropout), torch.sigmoid(gate))


def drop(x: Tensor, probability: float) -> Tensor:
    """Dropout in steps of 1/256; torch's own draws numbers one by one: a third of a step."""
    if not probability:
        return x
    if x.device.type != "cpu":
        return functional.dropout(x, probability)
    threshold = round(256 * probability)
    words = torch.empty(-(-x.numel() // 8), dtype=torch.int64).random_(-(2**63), None)
    keep = words.view(torch.uint8)[: x.numel()] >= threshold
    # In the memory layout of x, or the product is slow.
    keep = keep.view(x.shape[0], x.shape[2], x.shape[3], x.shape[1]).permute(0, 3, 1, 2)
    return x * keep * (256 / (256 - threshold))


def to_image(x: Tensor) -> Tensor:
    """(batch, channel, time) → (batch, channel, 1, time), channels last."""
    return x.unsqueeze(2).contiguous(memory_format=torch.channels_last)
