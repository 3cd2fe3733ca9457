"""Features of pictures, and a distance between two sets of pictures. Imports no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

Pictures = npt.NDArray[np.uint8]

_BLOCK = 1024
"""Pictures in memory at once as floats."""
_BATCH = 16
"""Pictures of which features are computed at once."""
_PATCH = 7
"""Pixels: the side of a patch of :func:`sliced_wasserstein`."""
_LEAST_SIDE = 16
"""Pixels: the coarsest level of the pyramid."""
_PATCHES = 128
"""Patches of a picture, in Karras et al. 2018."""
_DESCRIPTORS = 1 << 16
"""Patches of a level, all pictures together: of more pictures, fewer patches each are taken."""
_DIRECTIONS = 512
_AT_ONCE = 64
"""Directions that are projected at once."""


class FeatureNetwork(Protocol):
    """What :func:`features_of` calls: ``api.learning.lite0`` has such a network."""

    def features(self, pictures: Tensor) -> Tensor:
        """RGB (batch, 3, height, width), 0…255 → (batch, features)."""
        ...


def sliced_wasserstein(real: Pictures, generated: Pictures, seed: int = 0) -> dict[int, float]:
    """The sliced Wasserstein distance × 1000 of two sets of as many pictures, by side of the level.

    Karras et al., "Progressive Growing of GANs" (2018), §5: patches of 7×7 pixels at random places
    of each level of a Laplacian pyramid, finest first, down to 16 pixels; each colour channel of a
    set's patches has mean 0 and deviation 1; then the mean of |differences| of the sorted
    projections on 512 random directions. Patches are 128 of each picture, or as many as make
    65,536 in all. Pictures are (count, side, side, 3), 0…255. Raises ValueError if the shapes
    differ, or if a side is no power of two of at least 16.
    """
    side = real.shape[1]
    if real.shape != generated.shape or real.shape[1:] != (side, side, 3):
        raise ValueError("both sets need as many square pictures of one size, in RGB")
    if side < _LEAST_SIDE or side & (side - 1):
        raise ValueError(f"{side} pixels are no power of two of at least {_LEAST_SIDE}")
    random = torch.Generator().manual_seed(seed)
    patches = max(1, min(_PATCHES, _DESCRIPTORS // len(real)))
    ours, theirs = _patches(real, patches, random), _patches(generated, patches, random)
    return {level: _sliced(ours[level], theirs[level], random) for level in ours}


def _patches(pictures: Pictures, count: int, random: torch.Generator) -> dict[int, Tensor]:
    """Normalised patches by level: (pictures · count, 3 · 7 · 7)."""
    found: dict[int, list[Tensor]] = {}
    for start in range(0, len(pictures), _BLOCK):
        x = torch.from_numpy(pictures[start : start + _BLOCK]).permute(0, 3, 1, 2).float()
        for level in _laplacian_pyramid(x):
            found.setdefault(level.shape[-1], []).append(_cut(level, count, random))
    return {side: _normalised(torch.cat(parts)) for side, parts in found.items()}


def _cut(level: Tensor, count: int, random: torch.Generator) -> Tensor:
    """``count`` patches at random places of each picture: (pictures · count, 3, 7, 7)."""
    pictures, side = len(level), level.shape[-1]
    top, left = torch.randint(side - _PATCH + 1, (2, pictures, count, 1, 1), generator=random)
    rows = top + torch.arange(_PATCH)[:, None]
    columns = left + torch.arange(_PATCH)
    picture = torch.arange(pictures)[:, None, None, None]
    return level.permute(0, 2, 3, 1)[picture, rows, columns].flatten(0, 1).permute(0, 3, 1, 2)


def _normalised(patches: Tensor) -> Tensor:
    deviation, mean = torch.std_mean(patches, (0, 2, 3), keepdim=True, correction=0)
    return ((patches - mean) / deviation.clamp_min(1e-8)).flatten(1)


def _laplacian_pyramid(x: Tensor) -> Iterator[Tensor]:
    """What each level adds to the next coarser one, then the coarsest (Burt and Adelson 1983)."""
    while x.shape[-1] > _LEAST_SIDE:
        below = _blurred(x)[:, :, ::2, ::2]
        raised = torch.zeros_like(x)
        raised[:, :, ::2, ::2] = below
        yield x - 4 * _blurred(raised)
        x = below
    yield x


def _blurred(x: Tensor) -> Tensor:
    line = torch.tensor([1.0, 4.0, 6.0, 4.0, 1.0]) / 16
    kernel = (line[:, None] * line).expand(3, 1, 5, 5)
    return functional.conv2d(functional.pad(x, (2, 2, 2, 2), "reflect"), kernel, groups=3)


def _sliced(a: Tensor, b: Tensor, random: torch.Generator) -> float:
    sums = []
    for _ in range(_DIRECTIONS // _AT_ONCE):
        directions = torch.randn(_AT_ONCE, a.shape[1], generator=random)
        directions /= directions.norm(dim=1, keepdim=True)
        # numpy sorts rows of float32 many times as fast as torch does on a CPU.
        ours, theirs = (np.sort((directions @ one.T).numpy(), axis=1) for one in (a, b))
        sums.append(np.abs(ours - theirs).mean())
    return 1000 * float(np.mean(sums))


def features_of(
    pictures: Pictures, network: FeatureNetwork, side: int = 224, device: str = "cpu"
) -> npt.NDArray[np.float32]:
    """The features of pictures (count, height, width, 3), 0…255, scaled to ``side``: (count, n).

    ``network`` is on ``device`` already. Scaling is bilinear and antialiased, the same on every
    device. On a CPU each core takes batches of its own: threads within small convolutions wait for
    each other, most of all beside other work.
    """

    def of_batch(start: int) -> npt.NDArray[np.float32]:
        with torch.inference_mode():
            x = torch.from_numpy(pictures[start : start + _BATCH]).permute(0, 3, 1, 2).to(device)
            x = functional.interpolate(x.float(), (side, side), mode="bilinear", antialias=True)
            x = x.contiguous(memory_format=torch.channels_last)
            return network.features(x).float().cpu().numpy()

    threads = torch.get_num_threads()
    workers = threads if device == "cpu" else 1
    try:
        with ThreadPoolExecutor(workers, "features", torch.set_num_threads, (1,)) as pool:
            return np.concatenate(list(pool.map(of_batch, range(0, len(pictures), _BATCH))))
    finally:
        torch.set_num_threads(threads)


def mean_levels(distances: Mapping[int, float]) -> float:
    """The mean over the levels of :func:`sliced_wasserstein`, as Karras et al. report it."""
    return sum(distances.values()) / len(distances)
