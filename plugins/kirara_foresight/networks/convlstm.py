"""The convolutional LSTM, and the encoder and forecaster made of it (paper, §3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from kirara_foresight.networks.config import ConvLstmConfig

_DARK = -2.0
"""Logit that a new network says everywhere: most of most frames is dark."""

State = tuple[Tensor, Tensor]
"""What a layer has said and what it remembers: each (batch, width, height, width)."""


class ConvLstm(nn.Module):
    """One layer. The gates see the cell through peepholes; the output gate sees the new cell.

    What the frame says to all four gates (input, forget, cell, output; in this order along the
    channels) needs no state, so that :meth:`read` does it for many frames at once.
    """

    def __init__(self, inputs: int, width: int, config: ConvLstmConfig) -> None:
        super().__init__()
        around = config.kernel // 2
        self.width = width
        self.from_input = nn.Conv2d(inputs, 4 * width, config.kernel, padding=around)
        self.from_state = nn.Conv2d(width, 4 * width, config.kernel, padding=around, bias=False)
        self.peepholes: nn.Parameter | None = None
        if config.peepholes != "none":
            places = (1, 1)
            if config.size is not None:
                places = (config.size[0] // config.patch, config.size[1] // config.patch)
            self.peepholes = nn.Parameter(torch.zeros(3, width, *places))
        # An open forget gate lets the gradient through time from the beginning (Jozefowicz et al.,
        # "An Empirical Exploration of Recurrent Network Architectures", 2015).
        bias = torch.zeros(4 * width)
        bias[width : 2 * width] = 1
        self.from_input.bias = nn.Parameter(bias)

    def read(self, frames: Tensor) -> Tensor:
        """(batch, time, inputs, h, w) → what they say to the gates (batch, time, 4·width, h, w)."""
        said = self.from_input(frames.flatten(0, 1).contiguous(memory_format=torch.channels_last))
        return said.unflatten(0, frames.shape[:2])

    def step(self, said: Tensor | None, state: State) -> State:
        """The next state; ``said`` (batch, 4·width, h, w) is :meth:`read`'s of one frame.

        None stands for a frame of zeros, which says nothing but the biases.
        """
        hidden, cell = state
        gates = self.from_state(hidden)
        if said is None:
            assert self.from_input.bias is not None
            said = self.from_input.bias[:, None, None]
        gates = gates + said
        enter, forget, new, leave = gates.chunk(4, 1)
        if self.peepholes is not None:
            enter = enter + self.peepholes[0] * cell
            forget = forget + self.peepholes[1] * cell
        cell = forget.sigmoid() * cell + enter.sigmoid() * new.tanh()
        if self.peepholes is not None:
            leave = leave + self.peepholes[2] * cell
        return leave.sigmoid() * cell.tanh(), cell

    def run(self, frames: Tensor, state: State) -> tuple[Tensor, State]:
        """Read (batch, time, inputs, h, w), and say (batch, time, width, h, w)."""
        outputs = []
        for said in self.read(frames).unbind(1):
            state = self.step(said, state)
            outputs.append(state[0])
        return torch.stack(outputs, 1), state

    def nothing(self, batch: int, places: Sequence[int]) -> State:
        """The state before the first frame."""
        zeros = self.from_input.weight.new_zeros(batch, self.width, *places)
        zeros = zeros.contiguous(memory_format=torch.channels_last)
        return zeros, zeros


class Forecaster(nn.Module):
    """The whole network: frames there were to frames to come."""

    def __init__(self, config: ConvLstmConfig) -> None:
        super().__init__()
        self.config = config
        inputs = (config.channels, *config.widths[:-1])
        for name in ("encoder", "forecaster"):
            layers = [
                ConvLstm(below, width, config)
                for below, width in zip(inputs, config.widths, strict=True)
            ]
            self.add_module(name, nn.ModuleList(layers))
        self.leave = nn.Conv2d(sum(config.widths), config.channels, 1)
        self.leave.bias = nn.Parameter(torch.full((config.channels,), _DARK))

    def forward(
        self,
        frames: Tensor,
        count: int,
        told: Tensor | None = None,
        on_frame: Callable[[Tensor], None] | None = None,
    ) -> Tensor:
        """Say ``count`` frames after ``frames``.

        ``frames`` (batch, time, height, width), 0…1, any height and width that are multiples of
        the patch. Returns (batch, count, classes, height, width): logits of how bright each pixel
        is or, with two classes, of black and of white. ``told`` (batch, count, height, width) are
        the true frames, for a network that is fed, each instead of what it said itself (teacher
        forcing; NaN where it is to rely on itself). ``on_frame`` is called with the logits of each
        frame as soon as they are there; it may raise to stop.
        """
        states = self._encode(frames)
        last = self._enter(frames[:, -1:])
        logits = []
        for number in range(count):
            states = self._next(states, last)
            leaving = self.leave(torch.cat([hidden for hidden, _ in states], 1))
            frame = functional.pixel_shuffle(leaving, self.config.patch)
            if on_frame is not None:
                on_frame(frame)
            logits.append(frame)
            if self.config.fed and number + 1 < count:
                said = brightness(frame)
                if told is not None:
                    truth = told[:, number]
                    said = torch.where(truth.isnan(), said, truth)
                last = self._enter(said[:, None])
        return torch.stack(logits, 1)

    def _encode(self, frames: Tensor) -> list[State]:
        x = self._enter(frames)
        states = []
        for layer in self._layers("encoder"):
            x, state = layer.run(x, layer.nothing(len(x), x.shape[-2:]))
            states.append(state)
        return states

    def _next(self, states: Sequence[State], last: Tensor) -> list[State]:
        """One step of the forecaster, whose lowest layer sees zeros, or the frame before."""
        x: Tensor | None = last if self.config.fed else None
        following = []
        for layer, state in zip(self._layers("forecaster"), states, strict=True):
            state = layer.step(None if x is None else layer.read(x)[:, 0], state)
            x = state[0][:, None]
            following.append(state)
        return following

    def _layers(self, name: str) -> Sequence[ConvLstm]:
        return list(self.get_submodule(name).children())  # type: ignore[arg-type]

    def _enter(self, frames: Tensor) -> Tensor:
        """(batch, time, height, width) → (batch, time, channels, places down, places across)."""
        x = frames[:, :, None]
        if self.config.classes == 2:
            x = torch.cat([1 - x, x], 2)
        return functional.pixel_unshuffle(x, self.config.patch)


def brightness(logits: Tensor) -> Tensor:
    """Logits (…, classes, height, width) → how bright each pixel is (…, height, width), 0…1."""
    if logits.shape[-3] == 1:
        return logits.squeeze(-3).sigmoid()
    return logits.softmax(-3).select(-3, 1)
