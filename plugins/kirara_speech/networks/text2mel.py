"""Text2Mel: symbols to a mel spectrogram, frame by frame (paper, §3.2).

It encodes symbols as keys and values and the previous frames as queries; the attention between
them finds the place in the text, and a decoder predicts the next frame.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from kirara_speech.networks.config import MELS, Text2MelConfig
from kirara_speech.networks.layers import Convolution, Highway, drop, to_image


@dataclass(frozen=True)
class Text:
    """Sentences: indices in the alphabet, and a mask, 0 in the padding; both (batch, symbols)."""

    symbols: Tensor
    mask: Tensor


class TextEncoder(nn.Module):
    """Symbols to values and keys, each (batch, width, 1, symbols)."""

    def __init__(self, config: Text2MelConfig) -> None:
        super().__init__()
        width, normalise = 2 * config.width, config.normalise
        self.embedding = nn.Embedding(len(config.alphabet), config.embedding)
        self.enter = nn.ModuleList(
            [
                Convolution(config.embedding, width, normalise=normalise),
                Convolution(width, width, normalise=normalise),
            ]
        )
        shapes = [*[(3, 1), (3, 3), (3, 9), (3, 27)] * 2, (3, 1), (3, 1), (1, 1), (1, 1)]
        self.highways = nn.ModuleList(
            Highway(width, kernel, dilation, normalise=normalise) for kernel, dilation in shapes
        )

    def forward(self, text: Text, dropout: float = 0.0) -> tuple[Tensor, Tensor]:
        mask = text.mask[:, None, None, :]
        x = self.embedding(text.symbols)  # (batch, symbols, embedding)
        x = to_image(x.transpose(1, 2))  # (batch, embedding, 1, symbols)
        x = drop(functional.relu(self.enter[0](x)), dropout)
        x = self.enter[1](x)  # (batch, 2·width, 1, symbols)
        for highway in self.highways:
            x = highway(x, mask, dropout)
        values, keys = x.chunk(2, 1)
        return values, keys


class AudioEncoder(nn.Module):
    """Previous frames to queries: (batch, mels, 1, frames) → (batch, width, 1, frames)."""

    def __init__(self, config: Text2MelConfig) -> None:
        super().__init__()
        width, normalise = config.width, config.normalise
        self.enter = nn.ModuleList(
            Convolution(inputs, width, normalise=normalise) for inputs in (MELS, width, width)
        )
        self.highways = nn.ModuleList(
            Highway(width, 3, dilation, causal=True, normalise=normalise)
            for dilation in (1, 3, 9, 27, 1, 3, 9, 27, 3, 3)
        )

    def forward(self, x: Tensor, dropout: float = 0.0) -> Tensor:
        x = drop(functional.relu(self.enter[0](x)), dropout)
        x = drop(functional.relu(self.enter[1](x)), dropout)
        x = self.enter[2](x)
        for highway in self.highways:
            x = highway(x, dropout=dropout)
        return x


class AudioDecoder(nn.Module):
    """(batch, 2·width, 1, frames) → next frames (batch, mels, 1, frames), before the sigmoid."""

    def __init__(self, config: Text2MelConfig) -> None:
        super().__init__()
        width, normalise = config.width, config.normalise
        self.enter = Convolution(2 * width, width, normalise=normalise)
        self.highways = nn.ModuleList(
            Highway(width, 3, dilation, causal=True, normalise=normalise)
            for dilation in (1, 3, 9, 27, 1, 1)
        )
        self.leave = nn.ModuleList(Convolution(width, width, normalise=normalise) for _ in range(3))
        self.frames = Convolution(width, MELS)

    def forward(self, x: Tensor, dropout: float = 0.0) -> Tensor:
        x = self.enter(x)
        for highway in self.highways:
            x = highway(x, dropout=dropout)
        for convolution in self.leave:
            x = drop(functional.relu(convolution(x)), dropout)
        return self.frames(x)


class Text2Mel(nn.Module):
    """The whole network."""

    def __init__(self, config: Text2MelConfig) -> None:
        super().__init__()
        self.config = config
        self.text_encoder = TextEncoder(config)
        self.audio_encoder = AudioEncoder(config)
        self.audio_decoder = AudioDecoder(config)

    def forward(
        self, text: Text, mel: Tensor, dropout: float = 0.0, frame_dropout: float = 0.0
    ) -> tuple[Tensor, Tensor]:
        """Predict each next frame from the ones before, without a share of ``frame_dropout``.

        ``mel`` (batch, mels, frames), 0…1, are the true frames. Returns the predicted ones (batch,
        mels, frames), before the sigmoid, and the attention (batch, symbols, frames), whose
        columns have the sum 1; both fp32.
        """
        values, keys = self.text_encoder(text, dropout)
        so_far = functional.pad(mel[..., :-1], (1, 0))  # the first frame follows silence
        if frame_dropout:
            kept = torch.rand(len(mel), 1, mel.shape[2], device=mel.device) >= frame_dropout
            so_far = so_far * kept
        queries = self.audio_encoder(to_image(so_far), dropout)
        attention = attend(keys, queries, text.mask)
        found = look_up(values, attention)
        made = self.audio_decoder(torch.cat([found, queries], 1), dropout)
        return made.float().squeeze(2), attention


def attend(keys: Tensor, queries: Tensor, mask: Tensor) -> Tensor:
    """The attention of each query: (batch, symbols, frames), fp32.

    ``keys`` is (batch, width, 1, symbols), ``queries`` (batch, width, 1, frames), and ``mask``
    (batch, symbols) is 0 where attention is not allowed.
    """
    scores = keys.squeeze(2).transpose(1, 2) @ queries.squeeze(2)  # (batch, symbols, frames)
    scores = scores.float() * keys.shape[1] ** -0.5
    return scores.masked_fill(mask[:, :, None] == 0, -torch.inf).softmax(1)


def look_up(values: Tensor, attention: Tensor) -> Tensor:
    """The values, weighted by the attention: (batch, width, 1, frames)."""
    found = values.squeeze(2) @ attention.to(values.dtype)  # (batch, width, frames)
    return to_image(found)
