"""The author's convolutional LSTM in the plainest torch: the benchmark's baseline.

A convolution for each gate and source, one step after the other, all zeros multiplied like
everything else: his program, read line by line.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from kirara_foresight.networks.convlstm import Forecaster
from kirara_foresight.networks.model_files import author_names

State = tuple[Tensor, Tensor]


class PlainForecaster:
    """The weights of a network of the author's shape, by his names."""

    def __init__(self, network: Forecaster) -> None:
        self._widths = network.config.widths
        self._arrays: dict[str, Tensor] = {}
        for name, tensor in network.state_dict().items():
            names = author_names(name)
            parts = tensor.unbind(0) if name.endswith("peepholes") else tensor.chunk(len(names))
            self._arrays |= {
                one: part.clone().contiguous() for one, part in zip(names, parts, strict=True)
            }

    @torch.inference_mode()
    def __call__(self, frames: Tensor, count: int) -> Tensor:
        """(batch, time, 64, 64) → logits (batch, count, 2, 64, 64)."""
        batch, _, height, width = frames.shape
        states = [
            (torch.zeros(batch, one, height, width), torch.zeros(batch, one, height, width))
            for one in self._widths
        ]
        for frame in frames.unbind(1):
            states = self._step("e", torch.stack([1 - frame, frame], 1), states)
        logits = []
        for _ in range(count):
            states = self._step("p", torch.zeros(batch, 2, height, width), states)
            outputs = torch.cat([hidden for hidden, _ in states], 1)
            logits.append(
                functional.conv2d(outputs, self._arrays["last/W"], self._arrays["last/b"])
            )
        return torch.stack(logits, 1)

    def _step(self, part: str, x: Tensor, states: list[State]) -> list[State]:
        following = []
        for number, (hidden, cell) in enumerate(states, 1):
            layer = f"{part}{number}"
            peephole = {gate: self._arrays[f"{layer}/Wc{gate}"] for gate in "ifo"}
            enter = torch.sigmoid(self._gate(layer, "i", x, hidden) + peephole["i"] * cell)
            forget = torch.sigmoid(self._gate(layer, "f", x, hidden) + peephole["f"] * cell)
            cell = forget * cell + enter * torch.tanh(self._gate(layer, "c", x, hidden))
            leave = torch.sigmoid(self._gate(layer, "o", x, hidden) + peephole["o"] * cell)
            x = leave * torch.tanh(cell)
            following.append((x, cell))
        return following

    def _gate(self, layer: str, gate: str, x: Tensor, hidden: Tensor) -> Tensor:
        arrays = self._arrays
        read = functional.conv2d(
            x, arrays[f"{layer}/Wx{gate}/W"], arrays[f"{layer}/Wx{gate}/b"], padding=2
        )
        return read + functional.conv2d(hidden, arrays[f"{layer}/Wh{gate}/W"], padding=2)
