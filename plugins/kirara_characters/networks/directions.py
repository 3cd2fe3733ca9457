"""Directions among the latents of a generator along which its pictures change most. No labels."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from kirara_characters.networks.latents import GaussianSpace, Latents
from kirara_characters.networks.network import Generator

_SAMPLES = 512  # latents
_COUNT = 8  # directions of each kind


@torch.inference_mode()
def find_directions(network: Generator) -> dict[str, Latents]:
    """Directions (latent,) of length 1, by name, on the CPU.

    "factor-1" and on are by closed-form factorisation (Shen and Zhou, arXiv 2007.06600, §3.2): the
    eigenvectors of the first layer's weights, the one that changes its output most first.
    "component-1" and on are the principal components of the first block's features over many
    latents, each brought back to the latent by linear regression (Härkönen et al., arXiv
    2004.02546, §2.2).
    """
    found = {"factor": _factors(network), "component": _components(network)}
    return {
        f"{name}-{number}": _unit(way)
        for name, ways in found.items()
        for number, way in enumerate(ways, 1)
    }


def _unit(way: Tensor) -> Latents:
    """Of length 1; the largest number is positive, so that every machine finds the same side."""
    unit = np.asarray(way / way.norm(), np.float32)
    return unit if unit[np.abs(unit).argmax()] > 0 else -unit


def _factors(network: Generator) -> Tensor:
    rows: Tensor = network.blocks[0].conv1.weight.transpose(0, 1).flatten(1)
    for first in list(network.mapping)[:1]:
        rows = torch.as_tensor(first.weight).t()
    rows = rows.float().cpu()  # (latent, outputs)
    # The eigenvalues ascend.
    _, vectors = torch.linalg.eigh(rows @ rows.t())
    return torch.as_tensor(vectors).t().flip(0)[:_COUNT]


def _components(network: Generator) -> Tensor:
    space = GaussianSpace(network.config.latent)
    z = torch.from_numpy(space.of_seeds(range(_SAMPLES)))
    features: Tensor = network.mapping(z)
    if not network.config.mapping:
        features = network.blocks[0](features[:, :, None, None]).flatten(1)
    count = min(_COUNT, network.config.latent)
    spread = features - features.mean(0)
    # There are fewer samples than features, so their products hold all that there is.
    _, vectors = torch.linalg.eigh(spread @ spread.t())
    coordinates = vectors[:, -count:].flip(1)  # (samples, count), up to their scales
    return coordinates.t() @ z
