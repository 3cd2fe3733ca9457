"""The latent from which a network of noise draws a picture, by gradient descent. Imports torch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from kirara_characters.networks.latents import GaussianSpace, Latents
from kirara_characters.networks.model_files import load_generator

STEPS = 150
_SEEDS = 96  # latents of which the closest is the start
_RATE = 0.05
_SCALES = 3  # of the pictures that are compared, each half as large as the one before


def inverted(path: Path, picture: npt.NDArray[np.uint8]) -> Iterator[tuple[Latents, float]]:
    """The closest latent (latent,) so far and its distance, after each of :data:`STEPS` steps.

    ``path`` is a generator's file, ``picture`` (side, side, 3) of its resolution. The start is the
    closest of some latents by chance; then z is moved by Adam so that the mean difference over
    several scales falls (Zhu et al., arXiv 1609.03552, §3.1). Its length stays that of noise, which
    is where the network learnt to draw. Raises UserError if ``path`` holds no generator.
    """
    network = load_generator(path).requires_grad_(False)
    wanted = torch.from_numpy(picture.astype(np.float32)).permute(2, 0, 1)[None]
    space = GaussianSpace(network.config.latent)
    starts = torch.from_numpy(space.of_seeds(range(_SEEDS)))
    with torch.no_grad():
        found = [float(_distance(_levels(network(one)), wanted)) for one in starts.split(1)]
    z = starts[int(np.argmin(found))][None].clone().requires_grad_(True)
    adam = torch.optim.Adam([z], _RATE)
    best, latent = float("inf"), z
    for step in range(STEPS):
        adam.param_groups[0]["lr"] = _RATE * min(1.0, 2 * (1 - step / STEPS))
        at = z * (space.length**0.5 / z.norm())
        loss = _distance(_levels(network(at)), wanted)
        if (now := float(loss.detach())) < best:
            best, latent = now, at.detach()
        yield np.asarray(latent[0].detach(), np.float32), best
        adam.zero_grad()
        loss.backward()
        adam.step()


def _levels(pictures: Tensor) -> Tensor:
    """Pictures of −1…1 as levels of 0…255; what is clipped has a gradient all the same."""
    levels = (pictures + 1) * 127.5
    return levels + (levels.clamp(0, 255) - levels).detach()


def _distance(one: Tensor, other: Tensor) -> Tensor:
    """As :func:`kirara_characters.likeness.search.distance`, differentiable."""
    total = one.new_zeros(())
    for scale in range(_SCALES):
        if scale:
            one, other = (functional.avg_pool2d(x, 2) for x in (one, other))
        total = total + (one - other).abs().mean()
    return total / _SCALES
