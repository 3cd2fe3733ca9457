"""SSRN, the spectrogram super-resolution network (paper, §3.3).

It makes four fine frames of 513 bins of each coarse frame of 80 mels, for a whole sentence.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from kirara_speech.networks.config import BINS, MELS, REDUCTION, SsrnConfig
from kirara_speech.networks.layers import ChannelNorm, Convolution, Highway, drop, to_image
from kirara_speech.sound.spectrogram import mel_lines

_SLOPE = 0.2  # of the author's leaky ReLUs
_EDGE = 0.005  # how near the interpolated mels come to 0 and 1, which a sigmoid never reaches


class Doubling(nn.ConvTranspose2d):
    """Twice as many frames; the paper's D."""

    def __init__(self, width: int, normalise: bool) -> None:
        super().__init__(width, width, (1, 2), stride=(1, 2))
        self.norm = ChannelNorm(width) if normalise else None

    def forward(self, x: Tensor) -> Tensor:  # type: ignore[override]  # no output size
        """(batch, width, 1, time) → (batch, width, 1, 2·time)."""
        x = super().forward(x)
        return x if self.norm is None else self.norm(x)


class Ssrn(nn.Module):
    """Coarse mel spectrograms to fine linear ones."""

    lines: Tensor

    def __init__(self, config: SsrnConfig) -> None:
        super().__init__()
        self.config = config
        width, normalise = config.width, config.normalise

        def highways(width: int, *dilations: int) -> list[Highway]:
            return [Highway(width, 3, dilation, normalise=normalise) for dilation in dilations]

        self.enter = Convolution(MELS, width, normalise=normalise)
        self.body = nn.ModuleList(
            [
                *highways(width, 1, 3),
                Doubling(width, normalise),
                *highways(width, 1, 3),
                Doubling(width, normalise),
                *highways(width, 1, 3),
                Convolution(width, 2 * width, normalise=normalise),
                *highways(2 * width, 1, 1),
                Convolution(2 * width, BINS, normalise=normalise),
            ]
        )
        self.leave = nn.ModuleList(Convolution(BINS, BINS, normalise=normalise) for _ in range(2))
        self.bins = Convolution(BINS, BINS)
        if config.skip:  # at first the output is the interpolation alone
            nn.init.zeros_(self.bins.weight)
            assert self.bins.bias is not None
            nn.init.zeros_(self.bins.bias)
            self.register_buffer("lines", torch.from_numpy(mel_lines()), persistent=False)

    def spectrogram(self, mel: Tensor) -> Tensor:
        """(batch, mels, frames), 0…1 → the fine spectrogram (batch, bins, 4·frames), fp32."""
        made = self(mel)
        return functional.leaky_relu(made, _SLOPE) if self.config.leaky else torch.sigmoid(made)

    def forward(self, mel: Tensor, mask: Tensor | None = None, dropout: float = 0.0) -> Tensor:
        """(batch, mels, frames), 0…1 → (batch, bins, 4·frames), fp32, before the last activation.

        ``mask`` (batch, frames) is 0 in the padding.
        """
        wide = None if mask is None else mask[:, None, None, :]
        x = self.enter(to_image(mel))
        for layer in self.body:
            if isinstance(layer, Highway):
                x = layer(x, wide, dropout)
            else:
                x = layer(x)
                if isinstance(layer, Doubling) and wide is not None:
                    wide = torch.repeat_interleave(wide, 2, 3)
        for convolution in self.leave:
            x = convolution(x)
            x = functional.leaky_relu(x, _SLOPE) if self.config.leaky else functional.relu(x)
            x = drop(x, dropout)
        made: Tensor = self.bins(x).float().squeeze(2)
        return made + torch.logit(self._between(mel), _EDGE) if self.config.skip else made

    def _between(self, mel: Tensor) -> Tensor:
        """The mels interpolated: (batch, mels, frames) → (batch, bins, 4·frames)."""
        with torch.autocast(mel.device.type, enabled=False):  # exact also where the rest is bf16
            spread = self.lines @ mel.float()
        # The mel spectrogram holds the last of each four frames; before the first is the first.
        before = torch.cat([spread[..., :1], spread[..., :-1]], 2)
        shares = torch.arange(1, REDUCTION + 1, device=mel.device) / REDUCTION
        return torch.lerp(before[..., None], spread[..., None], shares).flatten(2)
