"""Text2Mel one frame at a time: the causal layers keep what they will look back at.

The paper's way to speak runs both audio networks over the whole sentence again for every frame.
Here each step computes one new frame, with the same numbers: a causal convolution of three taps
needs of the past two frames only, which it has seen before.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from kirara_speech.layers import Convolution, Highway
from kirara_speech.text2mel import Text, Text2Mel

_ROOM = 512  # frames before what is no longer needed is dropped


class Text2MelSteps:
    """A Text2Mel that speaks one sentence at a time, on the CPU in fp32."""

    def __init__(self, network: Text2Mel) -> None:
        self.config = network.config
        self._text_encoder = network.text_encoder
        encoder, decoder = network.audio_encoder, network.audio_decoder
        first, second, third = (_Dense(layer) for layer in encoder.enter)
        self._enter = (first, second)
        self._encode = (third, *(_CausalHighway(layer) for layer in encoder.highways))
        self._decode = (
            _Dense(decoder.enter),
            *(_CausalHighway(layer) for layer in decoder.highways),
        )
        self._leave = tuple(_Dense(layer) for layer in decoder.leave)
        self._frames = _Dense(decoder.frames)

    @torch.inference_mode()
    def begin(self, text: Text) -> None:
        """Read one sentence, and forget the one before."""
        values, keys = self._text_encoder(text)
        self._values = values[0, :, 0].T.contiguous()  # (symbols, width)
        self._keys = keys[0, :, 0].T.contiguous() * keys.shape[1] ** -0.5
        for layer in (*self._encode, *self._decode):
            if isinstance(layer, _CausalHighway):
                layer.begin()

    @torch.inference_mode()
    def query(self, before: Tensor) -> Tensor:
        """Take the frame (mels,) that was said last; returns the scores (symbols,) of the next.

        At the beginning of a sentence that frame is silence, all zeros.
        """
        x = before[None]
        for enter in self._enter:
            x = enter(x).relu_()
        for layer in self._encode:
            x = layer(x)
        self._queries = x
        return self._keys @ x[0]

    @torch.inference_mode()
    def say(self, attention: Tensor) -> Tensor:
        """The next frame (mels,), 0…1, told where in the text (symbols,) to look."""
        x = torch.cat([attention[None] @ self._values, self._queries], 1)
        for layer in self._decode:
            x = layer(x)
        for leave in self._leave:
            x = leave(x).relu_()
        return self._frames(x)[0].sigmoid_()


class _Dense:
    """A convolution of one tap: (1, inputs) → (1, outputs)."""

    def __init__(self, layer: Convolution) -> None:
        self._product = _Product(layer)

    def __call__(self, x: Tensor) -> Tensor:
        return self._product(x)


class _CausalHighway:
    """A highway of three causal taps, (1, width) → (1, width), and the frames it looks back at."""

    def __init__(self, layer: Highway) -> None:
        convolution = layer.convolution
        self._product = _Product(convolution)
        self._width = convolution.in_channels
        self._dilation = convolution.dilation[1]
        self._past = torch.zeros(2 * self._dilation + _ROOM, self._width)
        self.begin()

    def begin(self) -> None:
        """Forget; before a sentence is silence."""
        self._past[: 2 * self._dilation] = 0
        self._now = 2 * self._dilation

    def __call__(self, x: Tensor) -> Tensor:
        reach = 2 * self._dilation
        if self._now == len(self._past):
            self._past[:reach] = self._past[-reach:].clone()
            self._now = reach
        self._past[self._now] = x[0]
        taps = self._past[self._now - reach : self._now + 1 : self._dilation]  # (3, width)
        self._now += 1
        convolved = self._product(taps.reshape(1, -1))
        gate, new = convolved[:, : self._width], convolved[:, self._width :]
        return torch.lerp(x, new, gate.sigmoid())


class _Product:
    """The matrix product inside a convolution, and the normalisation behind it."""

    def __init__(self, layer: Convolution) -> None:
        weight = layer.weight.detach().float()[:, :, 0]  # (outputs, inputs, taps)
        self._weight = weight.transpose(1, 2).flatten(1).contiguous()  # (outputs, taps·inputs)
        assert layer.bias is not None
        self._bias = layer.bias.detach().float().clone()
        self._norm = layer.norm

    def __call__(self, x: Tensor) -> Tensor:
        x = functional.linear(x, self._weight, self._bias)
        norm = self._norm
        if norm is None:
            return x
        return functional.layer_norm(x, norm.normalized_shape, norm.weight, norm.bias, norm.eps)
