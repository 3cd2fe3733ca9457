"""The network that finds drawn faces: a heat map of their middles, with size and tilt.

As in Zhou et al., "Objects as Points" (arXiv 1904.07850): each cell of 4×4 pixels says how likely
the middle of a face lies in it, where in the cell, how large the face is, and how it is tilted. The
body is a small U-shaped network of dense convolutions. Their weights are standardised (Qiao et al.,
arXiv 1903.10520) with a learnt gain: without normalised activations, it learns at a higher rate.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from kirara_characters.faces.config import FACES, FaceNetworkConfig
from kirara_characters.faces.schedule import KEY
from kirara_studio.api.learning.averaged_run import RunState
from kirara_studio.api.learning.networks import NetworkKind, load_network
from kirara_studio.api.learning.run_files import export_average
from kirara_studio.api.models import ModelCard

STRIDE = 4
"""Pixels of a cell."""
MULTIPLE = 16
"""Sides of pictures are multiples of this."""
USUAL = 32.0
"""Pixels: sizes are given as logarithms of shares of this."""
_RARE = -4.6  # the heat's first bias: one cell in a hundred


class _Convolution(nn.Conv2d):
    """A convolution whose filters have mean 0 and the norm ``gain``, learnt for each of them."""

    def __init__(
        self, before: int, after: int, size: int, *, stride: int = 1, dilation: int = 1, gain: float
    ) -> None:
        super().__init__(before, after, size, stride, dilation * (size // 2), dilation)
        self.gain = nn.Parameter(torch.full((after, 1, 1, 1), gain))
        nn.init.normal_(self.weight)
        nn.init.zeros_(self.bias)  # type: ignore[arg-type]

    def forward(self, x: Tensor) -> Tensor:
        centred = self.weight - self.weight.mean((1, 2, 3), keepdim=True)
        norm = centred.square().sum((1, 2, 3), keepdim=True).add(1e-4).sqrt()
        return self._conv_forward(x, self.gain * centred / norm, self.bias)


class _Residual(nn.Module):
    def __init__(self, channels: int, dilation: int = 1) -> None:
        super().__init__()
        self.convolution = _Convolution(channels, channels, 3, dilation=dilation, gain=0.7)

    def forward(self, x: Tensor) -> Tensor:
        return x + functional.relu(self.convolution(x))


class FaceNetwork(nn.Module):
    """Maps (batch, 3, height, width), RGB 0…1, to (batch, 7, height / 4, width / 4).

    Height and width are multiples of 16. The channels: the logit of the heat; the middle's place
    in its cell, x and y, in cells; the logarithms of width and height as shares of 32 pixels; sine
    and cosine of the tilt.
    """

    def __init__(self, config: FaceNetworkConfig) -> None:
        super().__init__()
        half, quarter, eighth, deepest = config.channels
        self.config = config

        def down(before: int, after: int) -> nn.Sequential:
            return nn.Sequential(_Convolution(before, after, 3, stride=2, gain=1.7), nn.ReLU())

        self.stem = nn.Sequential(down(3, half), down(half, quarter))
        self.eighth = nn.Sequential(down(quarter, eighth), _Residual(eighth))
        wide = [_Residual(deepest, 2 if layer % 2 else 1) for layer in range(config.deep)]
        self.deepest = nn.Sequential(down(eighth, deepest), *wide)
        self.up = _Convolution(deepest, eighth, 1, gain=1.0)
        self.up_eighth = _Residual(eighth)
        self.up_again = _Convolution(eighth, quarter, 1, gain=1.0)
        self.up_quarter = _Residual(quarter)
        self.out = nn.Conv2d(quarter, 7, 1)
        self.out.weight.data.mul_(0.1)
        nn.init.zeros_(self.out.bias)  # type: ignore[arg-type]
        self.out.bias.data[0] = _RARE  # type: ignore[union-attr]

    def forward(self, pictures: Tensor) -> Tensor:
        x = self.stem(pictures.mul(4.0).sub(2.0))
        eighth = self.eighth(x)
        deep = functional.interpolate(self.up(self.deepest(eighth)), scale_factor=2.0)
        eighth = self.up_eighth(functional.relu(eighth + deep))
        wide = functional.interpolate(self.up_again(eighth), scale_factor=2.0)
        result: Tensor = self.out(self.up_quarter(functional.relu(x + wide)))
        return result


KIND = NetworkKind(FACES, FaceNetworkConfig.from_dict, FaceNetwork)


def load_face_network(path: Path) -> FaceNetwork:
    """Read a network, on the CPU in fp32. Raises UserError if ``path`` holds none."""
    network = load_network(path, KIND)
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]


def export_network(run_checkpoint: Path, path: Path, card: ModelCard) -> None:
    """Export a run's averaged network in fp16, with a card.

    Raises UserError for a damaged checkpoint or a path that cannot be written.
    """
    state = RunState.read(run_checkpoint, KEY)
    card = replace(card, architecture=FACES)
    export_average(run_checkpoint, path, card, state.config, state.step)
