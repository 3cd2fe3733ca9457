"""Features of pictures for linear heads, by EfficientNet-lite0 on all cores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from kirara_studio.api.jobs import JobTools, one_thread
from kirara_studio.api.learning.lite0 import (
    FEATURES_COUNT,
    STATISTICS_COUNT,
    EfficientNet,
    load_pretrained,
)
from kirara_studio.api.media.scaling import Pixels, scaled

SIDE = 224
"""Pixels of the square that the network sees, as in its training."""
DETAIL = 160
"""Pixels of the square in which it sees the middle once more, about twice as large."""
STATISTICS_SIDE, STATISTICS_DETAIL = 320, 224
"""The same for :meth:`Extractor.statistics`: the grain of paper, paint and lenses is small."""
_BATCH = 4
"""Pictures that a thread takes at once; more of them leave the cache."""

Floats = npt.NDArray[np.float32]


class Extractor:
    """Pictures of any size to the features for heads.

    These are the square roots of the network's: of activations, some of which are large in a few
    pictures, the roots separate classes better (Perronnin et al., "Improving the Fisher Kernel",
    ECCV 2010). With five pictures a class it is the difference between 0.57 and 0.63 of digits
    right, and between 0.44 and 0.53 of icons.

    Without a ``network`` the installed weights are loaded, which may raise :class:`UserError`. A
    picture is scaled to a square of :data:`SIDE`, whole, since a style may show at its edges as
    well as in its middle. Each thread works on its own pictures, without torch's own threads: small
    convolutions spend much of their time waiting for each other, and all of it if another program
    keeps a core busy.
    """

    def __init__(self, network: EfficientNet | None = None, threads: int | None = None) -> None:
        self.network = load_pretrained() if network is None else network
        self._threads = threads or torch.get_num_threads()
        self._pool = ThreadPoolExecutor(self._threads, "features", torch.set_num_threads, (1,))

    def features(self, pictures: Sequence[Pixels], *, detail: bool = False) -> Floats:
        """(pictures, features), or with ``detail`` also the middle's: (pictures, 2 · features)."""
        count = FEATURES_COUNT * (2 if detail else 1)
        return self._together(partial(self._features, detail=detail), pictures, count)

    def statistics(self, pictures: Sequence[Pixels]) -> Floats:
        """(pictures, 2 · statistics) of the whole and its middle, for heads (version 1.4).

        They tell photographs, drawings and screens apart better than features do, and are of the
        whole at :data:`STATISTICS_SIDE` and the middle at :data:`STATISTICS_DETAIL` pixels.
        Deviations of a few channels are large in some pictures: these are logarithms of 1 plus the
        absolute values, with their signs.
        """
        return self._together(self._statistics, pictures, 2 * STATISTICS_COUNT)

    def _together(
        self, of: Callable[[Sequence[Pixels]], Floats], pictures: Sequence[Pixels], count: int
    ) -> Floats:
        size = max(1, min(_BATCH, -(-len(pictures) // self._threads)))
        batches = [pictures[start : start + size] for start in range(0, len(pictures), size)]
        with one_thread():  # MKL would add threads to those of the pool
            parts = list(self._pool.map(of, batches))
        return np.concatenate(parts) if parts else np.zeros((0, count), np.float32)

    def feature_map(self, picture: Pixels) -> Floats:
        """What each place adds to the features: (rows, columns, features), whose mean they are."""
        return self._map(picture, SIDE)

    def detail_map(self, picture: Pixels) -> Floats:
        """The same of the :func:`middle` that is seen larger."""
        return self._map(middle(picture), DETAIL)

    @torch.inference_mode()
    def _map(self, picture: Pixels, side: int) -> Floats:
        maps = self.network.maps(self._seen([picture], side))[0].permute(1, 2, 0).numpy()
        # mean / √mean = √mean; a feature that is nowhere has no places either.
        return maps / np.sqrt(np.maximum(maps.mean((0, 1)), 1e-12))

    @torch.inference_mode()
    def _statistics(self, pictures: Sequence[Pixels]) -> Floats:
        seen = self._views(pictures, STATISTICS_SIDE, STATISTICS_DETAIL)
        found = torch.cat([self.network.statistics(one) for one in seen], 1)
        return found.sign().mul(found.abs().log1p()).numpy()

    @torch.inference_mode()
    def _features(self, pictures: Sequence[Pixels], *, detail: bool) -> Floats:
        seen = self._views(pictures, SIDE, DETAIL if detail else 0)
        return torch.cat([self.network.features(one) for one in seen], 1).sqrt().numpy()

    def _views(self, pictures: Sequence[Pixels], side: int, detail: int) -> list[Tensor]:
        """The whole pictures, and, unless ``detail`` is 0, their middles."""
        seen = [self._seen(pictures, side)]
        if detail:
            seen.append(self._seen([middle(picture) for picture in pictures], detail))
        return seen

    def _seen(self, pictures: Sequence[Pixels], side: int) -> Tensor:
        """(pictures, 3, side, side), 0…255."""
        squares = np.stack([scaled(pixels, side, side) for pixels in pictures])
        # Channels come last in memory, as the network likes them.
        return torch.from_numpy(squares).permute(0, 3, 1, 2)


def middle(picture: Pixels) -> Pixels:
    """The square in the middle of a picture, half as long as its shorter side."""
    height, width = picture.shape[:2]
    side = max(1, min(height, width) // 2)
    top, left = (height - side) // 2, (width - side) // 2
    return picture[top : top + side, left : left + side]


def extractor_of(tools: JobTools) -> Extractor:
    """The extractor that a plugin's jobs share. Raises UserError if its weights are missing."""
    return tools.model("features of EfficientNet-lite0", lambda _: Extractor())
