"""The network that reads the attributes of a character from its picture."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from kirara_characters.likeness.schedule import KEY, LIKENESS, SIDE, LikenessConfig
from kirara_characters.networks.attribute_space import AttributeSpace
from kirara_studio.api.learning.averaged_run import RunState
from kirara_studio.api.learning.networks import NetworkKind, load_network
from kirara_studio.api.learning.run_files import export_average
from kirara_studio.api.models import ModelCard

_NARROW, _HIDDEN = 32, 256


class _Residual(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.convolution = nn.Conv2d(channels, channels, 3, padding=1)
        nn.init.kaiming_normal_(self.convolution.weight, nonlinearity="relu")
        self.convolution.weight.data.mul_(0.3)

    def forward(self, x: Tensor) -> Tensor:
        return x + functional.relu(self.convolution(x))


class LikenessNetwork(nn.Module):
    """Maps (batch, 3, 96, 96), RGB 0…1, to (batch, columns).

    The columns are those of :class:`AttributeSpace`; of choices, flags and the presence of colours
    they are logits.
    """

    def __init__(self, config: LikenessConfig) -> None:
        super().__init__()
        self.config = config
        layers: list[nn.Module] = []
        before = 3
        for level, channels in enumerate(config.channels):
            layers += [nn.Conv2d(before, channels, 3, stride=2, padding=1), nn.ReLU()]
            layers += [_Residual(channels)] if level else []
            before = channels
        self.body = nn.Sequential(*layers, _Residual(before), nn.Conv2d(before, _NARROW, 1))
        cells = (SIDE // 16) ** 2
        self.hidden = nn.Linear(_NARROW * cells, _HIDDEN)
        self.out = nn.Linear(_HIDDEN, len(config.columns))

    def forward(self, pictures: Tensor) -> Tensor:
        x = functional.relu(self.body(pictures.mul(4.0).sub(2.0))).flatten(1)
        result: Tensor = self.out(functional.relu(self.hidden(x)))
        return result


def as_latents(out: Tensor, space: AttributeSpace) -> Tensor:
    """The network's output (batch, columns) as vectors of ``space``: logits become shares."""
    result = out.clone()
    for name, places in space.switches.items():
        shares = out[:, places]
        choice = f"{name}=" in space.columns[places[0]]
        result[:, places] = shares.softmax(1) if choice else shares.sigmoid()
    return result


KIND = NetworkKind(LIKENESS, LikenessConfig.from_dict, LikenessNetwork)


def load_likeness_network(path: Path) -> LikenessNetwork:
    """Read a network, on the CPU in fp32. Raises UserError if ``path`` holds none."""
    network = load_network(path, KIND)
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]


def export_network(run_checkpoint: Path, path: Path, card: ModelCard) -> None:
    """Export a run's averaged network in fp16, with a card.

    Raises UserError for a damaged checkpoint or a path that cannot be written.
    """
    state = RunState.read(run_checkpoint, KEY)
    card = replace(card, architecture=LIKENESS)
    export_average(run_checkpoint, path, card, state.config, state.step)
