"""The shape of the network. Imports no torch.

Shi et al., "Convolutional LSTM Network: A Machine Learning Approach for Precipitation Nowcasting"
(NIPS 2015): an encoder of convolutional LSTMs reads the past frames, and a forecaster of as many
layers takes over its states and predicts the next frames.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

CONVLSTM = "convlstm"
"""The architecture in the card of a network."""

PEEPHOLES = ("place", "channel", "none")


@dataclass(frozen=True)
class ConvLstmConfig:
    """The shape of encoder and forecaster.

    ``widths`` are the channels of the layers, from the frames up, and ``kernel`` is the side of all
    convolutions. ``patch``×``patch`` pixels become the channels of one place (paper, §4.1), so the
    layers work on a smaller picture. ``classes`` is 1 if the network gives the brightness of each
    pixel, and 2 if black and white are two classes with a channel each (the blog author's way).
    ``peepholes`` are the paper's elementwise weights of the cell in the gates: one for each "place"
    and channel, as in the paper, which fixes ``size`` (height and width in pixels); one for each
    "channel", for pictures of any size; or "none". In a ``pyramid`` each layer has half the
    resolution of the one below, and the forecaster goes from the top down, so distant motion costs
    little and guides the fine layers (Shi et al., "Deep Learning for Precipitation Nowcasting: A
    Benchmark and A New Model", NIPS 2017, §3.1). ``motions`` is the number of ways in which pixels
    move from the frame before, besides being drawn
    (:class:`~kirara_foresight.networks.warping.Warping`). Raises ValueError for values that
    make no sense.
    """

    widths: tuple[int, ...] = (64, 64, 64)
    kernel: int = 3
    patch: int = 4
    classes: int = 1
    peepholes: str = "channel"
    pyramid: bool = False
    motions: int = 0
    size: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        numbers = (*self.widths, self.kernel, self.patch, *(self.size or (1, 1)))
        if not all(isinstance(number, int) and number > 0 for number in numbers):
            raise ValueError("widths and sizes are positive whole numbers")
        placed = self.peepholes == "place"
        rules = {
            "a network has 1 to 16 layers": 1 <= len(self.widths) <= 16,
            "the side of a kernel is odd": self.kernel % 2 == 1,
            "a pixel has 1 or 2 classes": self.classes in (1, 2),
            "peepholes are “place”, “channel” or “none”": self.peepholes in PEEPHOLES,
            "a size is for peepholes with a place, and only those": placed == bool(self.size),
            "the size is a multiple of the patch": not any(n % self.patch for n in self.size or ()),
            "the peepholes of a pyramid have no place": not (self.pyramid and placed),
            "a network has 0 to 16 motions": 0 <= self.motions <= 16,
            "a network with motions has one class": not self.motions or self.classes == 1,
        }
        for rule, holds in rules.items():
            if not holds:
                raise ValueError(rule)

    @property
    def channels(self) -> int:
        """The number of channels of one place."""
        return self.classes * self.patch**2

    @property
    def multiple(self) -> int:
        """The height and width of a frame in pixels must be multiples of this."""
        return self.patch * 2 ** (len(self.widths) - 1) if self.pyramid else self.patch

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for a model card."""
        # Cards and checkpoints of earlier versions also have the option “fed”, always false.
        values = {**asdict(self), "widths": list(self.widths), "fed": False}
        if self.size is None:
            del values["size"]  # TOML knows no null
        else:
            values["size"] = list(self.size)
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> ConvLstmConfig:
        """Read the values of :meth:`to_dict`. Raises ValueError or TypeError if they do not fit."""
        values = dict(values)
        if values.pop("fed", False):
            raise ValueError("networks that are fed their own output are not supported")
        for name in ("widths", "size"):
            if values.get(name) is not None:
                values[name] = tuple(values[name])
        return cls(**values)


AUTHOR = ConvLstmConfig(
    widths=(128, 64, 64), kernel=5, patch=1, classes=2, peepholes="place", size=(64, 64)
)
"""The network of the blog author."""

OURS = ConvLstmConfig(widths=(48, 64, 96), pyramid=True)
"""Small enough to train on two cores: for digits, which are drawn."""

WARPING = replace(OURS, widths=(32, 48, 64), motions=2)
"""For rain and people's clips, which are too much to learn to draw on two cores."""
