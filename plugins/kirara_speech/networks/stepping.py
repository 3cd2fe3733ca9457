"""Text2Mel one frame at a time: the causal layers keep their past inputs.

The paper runs both audio networks over the whole sentence again for every frame. Here each step
computes one new frame with the same result: a causal convolution of three taps needs only two past
frames.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional

from kirara_speech.networks.layers import ChannelNorm, Convolution, Highway
from kirara_speech.networks.text2mel import Text, Text2Mel

_ROOM = 512  # frames until the past is trimmed
_AHEAD_FROM = 9  # frames of dilation; with less, looking ahead measured no quicker

_Layer = Callable[[Tensor], Tensor]


class Text2MelSteps:
    """A Text2Mel that speaks one sentence at a time, on the CPU in fp32."""

    def __init__(self, network: Text2Mel) -> None:
        self.config = network.config
        self._text_encoder = network.text_encoder
        encoder, decoder = network.audio_encoder, network.audio_decoder
        *self._enter, turn = map(_dense, encoder.enter)
        self._encode: list[_Layer] = [turn, *map(_CausalHighway, encoder.highways)]
        self._decode: list[_Layer] = [
            _dense(decoder.enter),
            *map(_CausalHighway, decoder.highways),
        ]
        self._leave = [_dense(layer) for layer in decoder.leave]
        self._frames = _dense(decoder.frames)

    @torch.inference_mode()
    def begin(self, text: Text) -> None:
        """Encode a sentence, and forget the one before."""
        values, keys = self._text_encoder(text)
        self._values = values[0, :, 0].T.contiguous()  # (symbols, width)
        self._keys = keys[0, :, 0].T.contiguous() * keys.shape[1] ** -0.5
        for layer in (*self._encode, *self._decode):
            if isinstance(layer, _CausalHighway):
                layer.begin()

    @torch.inference_mode()
    def query(self, before: Tensor) -> Tensor:
        """The scores (symbols,) of the next frame after the frame ``before`` (mels,).

        At the beginning of a sentence that is silence, all zeros.
        """
        x = before
        for enter in self._enter:
            x = enter(x).relu_()
        for layer in self._encode:
            x = layer(x)
        self._queries = x
        return self._keys @ x

    @torch.inference_mode()
    def next_frame(self, attention: Tensor) -> Tensor:
        """The next frame (mels,), 0…1, for the attention (symbols,)."""
        x = torch.cat([attention @ self._values, self._queries])
        for layer in self._decode:
            x = layer(x)
        for leave in self._leave:
            x = leave(x).relu_()
        return self._frames(x).sigmoid_()


def _dense(layer: nn.Module) -> _Layer:
    """A convolution of one tap: (inputs,) → (outputs,)."""
    assert isinstance(layer, Convolution)
    weight = layer.weight.detach().float()[:, :, 0, 0].contiguous()
    bias = _bias_of(layer)
    return lambda x: _normalised(torch.addmv(bias, weight, x), layer.norm)


class _CausalHighway:
    """A highway of three causal taps, (width,) → (width,), and its past inputs.

    The contribution of the two past taps is known ``dilation`` frames ahead. If that is far, it is
    computed for that many frames in one matrix product, which reads the weights once: a step
    mostly waits for memory.
    """

    def __init__(self, layer: nn.Module) -> None:
        assert isinstance(layer, Highway)
        convolution = layer.convolution
        weight = convolution.weight.detach().float()[:, :, 0].transpose(1, 2)  # (out, taps, in)
        self._width = convolution.in_channels
        self._dilation = convolution.dilation[1]
        self._ahead = self._dilation >= _AHEAD_FROM
        old = 2 if self._ahead else 0
        self._old = weight[:, :old].flatten(1).contiguous()
        self._weight = weight[:, old:].flatten(1).contiguous()
        self._bias = _bias_of(convolution)
        self._norm = convolution.norm
        self._past = torch.zeros(2 * self._dilation + _ROOM, self._width)
        self.begin()

    def begin(self) -> None:
        """Start a sentence, after silence."""
        self._past[: 2 * self._dilation] = 0
        self._now = 2 * self._dilation
        self._ready: list[Tensor] = []

    def __call__(self, x: Tensor) -> Tensor:
        reach = 2 * self._dilation
        if self._now == len(self._past):
            self._past[:reach] = self._past[-reach:].clone()
            self._now = reach
        now = self._now
        self._past[now] = x
        if self._ahead:
            if not self._ready:
                self._ready = self._look_ahead()
            convolved = torch.addmv(self._ready.pop(), self._weight, x)
        else:
            taps = self._past[now - reach : now + 1 : self._dilation]  # (3, width)
            convolved = torch.addmv(self._bias, self._weight, taps.reshape(-1))
        self._now = now + 1
        gate, new = _normalised(convolved, self._norm).chunk(2)
        return torch.lerp(x, new, gate.sigmoid())

    def _look_ahead(self) -> list[Tensor]:
        """The past taps' contributions (2·width,) to this and the next frames, the last first."""
        middle = self._now - self._dilation
        before, after = self._past[middle - self._dilation : middle], self._past[middle : self._now]
        ready = functional.linear(torch.cat([before, after], 1), self._old, self._bias)
        return list(ready.flip(0).unbind())


def _bias_of(layer: Convolution) -> Tensor:
    assert layer.bias is not None
    return layer.bias.detach().float().clone()


def _normalised(x: Tensor, norm: ChannelNorm | None) -> Tensor:
    if norm is None:
        return x
    return functional.layer_norm(x, norm.normalized_shape, norm.weight, norm.bias, norm.eps)
