"""The shape of EfficientNet-lite0. Imports no torch.

Tan & Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks" (ICML 2019),
table 1, with the changes that its authors published as EfficientNet-lite in 2020: no squeeze and
excitation, ReLU6 instead of swish, and a stem and a head that do not grow with the network.
"""

from __future__ import annotations

from dataclasses import dataclass

PAINTINGS_NETWORK = "paintings-network"
"""The architecture that the card of a head names: a linear model over the network's features."""


@dataclass(frozen=True)
class Stage:
    """Blocks of one width: ``expansion`` of the channels within them, ``width`` after them,
    ``blocks`` of them, ``stride`` of the first, side of the ``kernel``."""

    expansion: int
    width: int
    blocks: int
    stride: int
    kernel: int


@dataclass(frozen=True)
class EfficientNetConfig:
    """Channels of the stem, the stages, channels of the head (the features), and the classes that
    the pretrained weights distinguish."""

    stem: int
    stages: tuple[Stage, ...]
    head: int
    classes: int


LITE0 = EfficientNetConfig(
    stem=32,
    stages=(
        Stage(1, 16, 1, 1, 3),
        Stage(6, 24, 2, 2, 3),
        Stage(6, 40, 2, 2, 5),
        Stage(6, 80, 3, 2, 3),
        Stage(6, 112, 3, 1, 5),
        Stage(6, 192, 4, 2, 5),
        Stage(6, 320, 1, 1, 3),
    ),
    head=1280,
    classes=1000,
)

REDUCTION = 32
"""Pixels of the picture to a place of the last feature map, in height and in width."""
