"""Measures between two sets of pictures or of their features. No Qt, no command line.

All take arrays or tensors and compute where the tensors are (CPU or GPU), in blocks: memory grows
with the size of a set, never with the product of two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

Array = npt.NDArray[np.float32] | npt.NDArray[np.float64] | Tensor
Pictures = npt.NDArray[np.uint8]

_BLOCK = 1024
"""Rows of a block of distances."""
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


class PrecisionRecall(NamedTuple):
    """Both 0…1."""

    precision: float
    recall: float


class FeatureNetwork(Protocol):
    """What :func:`features_of` calls: ``kirara_paintings.network`` has EfficientNet-lite0."""

    def features(self, pictures: Tensor) -> Tensor:
        """RGB (batch, 3, height, width), 0…255 → (batch, features)."""
        ...


def precision_recall(real: Array, generated: Array, k: int = 3) -> PrecisionRecall:
    """Improved precision and recall of two sets of features, each (count, features).

    Kynkäänniemi et al., "Improved Precision and Recall Metric for Assessing Generative Models"
    (2019): the manifold of a set is the union of the balls around its points, each as large as the
    distance to the point's ``k``-th nearest neighbour in the set, itself not counted. Precision is
    the share of generated points in the manifold of the real ones, recall the reverse. Raises
    ValueError if a set has no more than ``k`` points.
    """
    a, b = _points(real), _points(generated)
    if min(len(a), len(b)) <= k:
        raise ValueError(f"each set needs more than {k} points")
    return PrecisionRecall(_covered(b, a, _radii(a, k)), _covered(a, b, _radii(b, k)))


def _points(values: Array) -> Tensor:
    # Distances as differences of large squares need all the digits of float64.
    return torch.as_tensor(values).double()


def _radii(points: Tensor, k: int) -> Tensor:
    """The distance from each point to its ``k``-th nearest neighbour, (count,)."""
    blocks = []
    for rows, distances in _distances(points, points):
        distances[torch.arange(len(distances)), rows] = torch.inf  # not its own neighbour
        blocks.append(distances.kthvalue(k, dim=1).values)
    return torch.cat(blocks)


def _covered(points: Tensor, centres: Tensor, radii: Tensor) -> float:
    inside = [(block <= radii).any(1) for _, block in _distances(points, centres)]
    return float(torch.cat(inside).double().mean())


def _distances(a: Tensor, b: Tensor) -> Iterator[tuple[Tensor, Tensor]]:
    """Blocks of rows of the matrix of Euclidean distances, with the numbers of their rows."""
    for start in range(0, len(a), _BLOCK):
        block = a[start : start + _BLOCK]
        rows = torch.arange(start, start + len(block))
        yield rows, torch.cdist(block, b, compute_mode="use_mm_for_euclid_dist")


def frechet_distance(a: Array, b: Array) -> float:
    """The Fréchet distance of two sets of features, each (count, features), as of two Gaussians.

    ‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½) (Dowson and Landau 1982), which is squared, as Heusel et
    al. (2017) report it. It is the "FID" only for the features of their Inception network; for
    others, name the features. It falls with the size of the sets: compare equal sizes only. Raises
    ValueError if a set has fewer than two points.
    """
    if min(len(a), len(b)) < 2:
        raise ValueError("each set needs two points or more")
    (mean_a, factor_a), (mean_b, factor_b) = _moments(_points(a)), _moments(_points(b))
    # With Σ = FᵀF, tr (Σ₁Σ₂)^½ is the sum of the singular values of F₁F₂ᵀ.
    root = torch.linalg.svdvals(factor_a @ factor_b.T).sum()
    traces = factor_a.square().sum() + factor_b.square().sum() - 2 * root
    return max(0.0, float((mean_a - mean_b).square().sum() + traces))


def _moments(points: Tensor) -> tuple[Tensor, Tensor]:
    """The mean, and a factor F of the covariance FᵀF with at most as many rows as columns."""
    mean = points.mean(0)
    factor = (points - mean) / (len(points) - 1) ** 0.5
    if len(factor) > factor.shape[1]:
        factor = torch.linalg.qr(factor, mode="r").R
    return mean, factor


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
