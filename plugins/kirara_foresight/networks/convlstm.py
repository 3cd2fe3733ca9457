"""The convolutional LSTM, and the encoder and forecaster made of it (paper, §3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from kirara_foresight.networks.config import ConvLstmConfig
from kirara_foresight.networks.recurrence import State, recur
from kirara_foresight.networks.warping import Warping

_DARK = -2.0
"""The logit that a new network gives everywhere, since frames are mostly dark."""


class Nothing(nn.Module):
    """Holds the biases of a layer without input."""

    bias: nn.Parameter


class ConvLstm(nn.Module):
    """One layer, whose picture is ``scale`` (0.5, 1 or 2) times its input's.

    The gates see the cell through peepholes; the output gate sees the new cell.
    """

    def __init__(self, inputs: int, width: int, config: ConvLstmConfig, scale: float = 1) -> None:
        super().__init__()
        around = config.kernel // 2
        self.width = width
        self.from_input: nn.Conv2d | nn.ConvTranspose2d | Nothing
        if not inputs:
            self.from_input = Nothing()
        elif scale == 2:
            self.from_input = nn.ConvTranspose2d(inputs, 4 * width, 4, stride=2, padding=1)
        else:
            stride = 2 if scale == 0.5 else 1
            self.from_input = nn.Conv2d(inputs, 4 * width, config.kernel, stride, around)
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

    def forward(
        self,
        frames: Tensor | None,
        state: State | None = None,
        count: int = 0,
        on_step: Callable[[], None] = lambda: None,
    ) -> tuple[Tensor, State]:
        """(time, batch, inputs, h, w) → (time, batch, width, h, w), and the last state.

        ``state`` is the one before, None for zeros. Without ``frames``, the input is ``count``
        frames of zeros, to which only the biases are added.
        """
        if frames is None:
            assert state is not None and self.from_input.bias is not None
            bias = self.from_input.bias[:, None, None]
            inputs = bias.expand(count, len(state[0]), -1, *state[0].shape[2:])
        else:
            # The inputs' part of the gates needs no state, so all frames go at once.
            flat = frames.flatten(0, 1).contiguous(memory_format=torch.channels_last)
            inputs = self.from_input(flat).unflatten(0, frames.shape[:2])
        return recur(inputs, state, self.from_state.weight, self.peepholes, on_step)


class Drawing(nn.Module):
    """Hidden states → frames."""

    def __init__(self, width: int, config: ConvLstmConfig) -> None:
        super().__init__()
        # Only the lowest layer of a pyramid is read, so it gets a convolution here.
        kernel = config.kernel if config.pyramid else 1
        self.patch = config.patch
        self.say = nn.Conv2d(width, config.channels, kernel, padding=kernel // 2)
        self.say.bias = nn.Parameter(torch.full((config.channels,), _DARK))

    def forward(self, hidden: Tensor, last: Tensor) -> Tensor:
        """Map (time, batch, width, h, w) to logits (time, batch, classes, height, width)."""
        logits = self.say(hidden.flatten(0, 1)).unflatten(0, hidden.shape[:2])
        return functional.pixel_shuffle(logits, self.patch)


class Forecaster(nn.Module):
    """The whole network: from past frames to future ones."""

    def __init__(self, config: ConvLstmConfig) -> None:
        super().__init__()
        self.config = config
        below = (config.channels, *config.widths[:-1])
        upward = [1.0] + [0.5 if config.pyramid else 1.0] * (len(below) - 1)
        self.encoder = self._stack(below, upward)
        if config.pyramid:
            # The topmost layer comes last here too, so that each has its encoder's number.
            above = (*config.widths[1:], 0)
            self.forecaster = self._stack(above, [2.0] * len(above))
        else:
            self.forecaster = self._stack(below, upward)
        width = config.widths[0] if config.pyramid else sum(config.widths)
        self.leave = Warping(width, config) if config.motions else Drawing(width, config)

    def forward(
        self, frames: Tensor, count: int, on_step: Callable[[], None] = lambda: None
    ) -> Tensor:
        """Predict ``count`` frames after ``frames``.

        ``frames`` (batch, time, height, width), 0…1, height and width being multiples of
        :attr:`ConvLstmConfig.multiple`. Returns (batch, count, classes, height, width): logits of
        brightness or, with two classes, of black and of white. ``on_step`` is called after each
        layer and frame, :meth:`steps` times in all; it may raise to stop.
        """
        x = self._enter(frames.transpose(0, 1))
        states = []
        for layer in self._layers("encoder"):
            x, state = layer(x, on_step=on_step)
            states.append(state)
        layers = list(zip(self._layers("forecaster"), states, strict=True))
        outputs: list[Tensor] = []
        for layer, state in reversed(layers) if self.config.pyramid else layers:
            below = outputs[-1] if outputs else None
            outputs.append(layer(below, state, count, on_step)[0])
        # A pyramid goes from the top down, and only its lowest layer is read.
        hidden = outputs[-1] if self.config.pyramid else torch.cat(outputs, 2)
        return self.leave(hidden, frames[:, -1]).transpose(0, 1)

    def steps(self, seen: int, count: int) -> int:
        """The number of steps to predict ``count`` frames after ``seen``."""
        return len(self.config.widths) * (seen + count)

    def _stack(self, inputs: Sequence[int], scales: Sequence[float]) -> nn.ModuleList:
        config = self.config
        return nn.ModuleList(
            ConvLstm(read, width, config, scale)
            for read, width, scale in zip(inputs, config.widths, scales, strict=True)
        )

    def _layers(self, name: str) -> Sequence[ConvLstm]:
        return list(self.get_submodule(name).children())  # type: ignore[arg-type]

    def _enter(self, frames: Tensor) -> Tensor:
        """(time, batch, height, width) → (time, batch, channels, places down, places across)."""
        x = frames[:, :, None]
        if self.config.classes == 2:
            x = torch.cat([1 - x, x], 2)
        return functional.pixel_unshuffle(x, self.config.patch)


def brightness(logits: Tensor) -> Tensor:
    """Map logits (…, classes, height, width) to brightness (…, height, width), 0…1."""
    if logits.shape[-3] == 1:
        return logits.squeeze(-3).sigmoid()
    return logits.softmax(-3).select(-3, 1)
