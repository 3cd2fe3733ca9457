"""The shape of the network. Imports no torch.

Shi et al., "Convolutional LSTM Network: A Machine Learning Approach for Precipitation Nowcasting"
(NIPS 2015): an encoder of convolutional LSTMs reads the frames there are, and a forecaster of as
many takes over its states and says the frames to come.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

CONVLSTM = "convlstm"
"""The architecture that the card of a network names."""

PEEPHOLES = ("place", "channel", "none")


@dataclass(frozen=True)
class ConvLstmConfig:
    """The shape of encoder and forecaster.

    ``widths`` are the channels of their layers, from the frames up, and ``kernel`` is the side of
    all their convolutions. ``patch``×``patch`` pixels are taken together as the channels of one
    place (paper, §4.1), so that the layers work on a smaller picture. ``classes`` is 1 where the
    network gives the brightness of each pixel, and 2 where it separates black and white as
    two classes, each shown as a channel of its own (the blog author's way). ``peepholes`` are the
    paper's elementwise weights of the cell in the gates: one for each "place" and channel, as in
    the paper, which fixes ``size`` (height and width in pixels); one for each "channel", for
    pictures of any size; or "none". ``fed`` gives the forecaster the frame before, its own
    prediction, instead of zeros. In a ``pyramid`` each layer's picture is half as wide and high as
    that of the layer below, and the forecaster goes from the top down, so that far motion costs
    little and says to the fine layers what they draw (Shi et al., "Deep Learning for Precipitation
    Nowcasting: A Benchmark and A New Model", NIPS 2017, §3.1). With ``motions``, pixels are not
    only drawn, but also come from the frame before in so many ways
    (:class:`~kirara_foresight.networks.warping.Warping`). Raises ValueError for values that make
    no sense.
    """

    widths: tuple[int, ...] = (64, 64, 64)
    kernel: int = 3
    patch: int = 4
    classes: int = 1
    peepholes: str = "channel"
    fed: bool = False
    pyramid: bool = False
    motions: int = 0
    size: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        numbers = (*self.widths, self.kernel, self.patch, *(self.size or (1, 1)))
        if not all(isinstance(number, int) and number > 0 for number in numbers):
            raise ValueError("widths and sizes are positive whole numbers")
        if not self.widths or len(self.widths) > 16:
            raise ValueError("a network has 1 to 16 layers")
        if self.kernel % 2 == 0:
            raise ValueError("the side of a kernel is odd")
        if self.classes not in (1, 2):
            raise ValueError("a pixel has 1 or 2 classes")
        if self.peepholes not in PEEPHOLES:
            raise ValueError(f"unknown peepholes “{self.peepholes}”")
        if (self.peepholes == "place") != (self.size is not None):
            raise ValueError("a size is for peepholes that each have their place, and only those")
        if self.size is not None and any(side % self.patch for side in self.size):
            raise ValueError("the size is a multiple of the patch")
        if self.pyramid and (self.fed or self.peepholes == "place"):
            raise ValueError("a pyramid is not fed, and its peepholes are not of a place")
        if not 0 <= self.motions <= 16:
            raise ValueError("a network knows 0 to 16 motions")
        if self.motions and (self.fed or self.classes != 1):
            raise ValueError("a network that carries pixels along has one class and is not fed")

    @property
    def channels(self) -> int:
        """How many numbers of a frame come together in one place."""
        return self.classes * self.patch**2

    @property
    def multiple(self) -> int:
        """What the height and width of a frame, in pixels, are multiples of."""
        return self.patch * 2 ** (len(self.widths) - 1) if self.pyramid else self.patch

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for a model card."""
        values = {**asdict(self), "widths": list(self.widths)}
        if self.size is None:
            del values["size"]  # TOML knows no null
        else:
            values["size"] = list(self.size)
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> ConvLstmConfig:
        """Read :meth:`to_dict`'s values. Raises ValueError or TypeError where they do not fit."""
        values = dict(values)
        for name in ("widths", "size"):
            if values.get(name) is not None:
                values[name] = tuple(values[name])
        return cls(**values)


AUTHOR = ConvLstmConfig(
    widths=(128, 64, 64), kernel=5, patch=1, classes=2, peepholes="place", size=(64, 64)
)
"""The network of the blog author, whose file loads and gives his numbers."""

OURS = ConvLstmConfig(widths=(48, 64, 96), pyramid=True)
"""Small enough to train on two cores: for digits, which are drawn."""

WARPING = replace(OURS, widths=(32, 48, 64), motions=2)
"""For all that is more than two cores can learn to draw: rain, and people's clips. It begins with
what stays, and learns what moves."""
