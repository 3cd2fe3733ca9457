"""A loaded generator that turns latents into pixels on any device. Imports torch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image
from torch import Tensor

from kirara_characters.models import describe
from kirara_characters.networks.attribute_space import AttributeSpace
from kirara_characters.networks.directions import find_directions
from kirara_characters.networks.fast_generator import (
    FastGenerator,
    Truncation,
    fine_level,
    lent,
)
from kirara_characters.networks.latents import GaussianSpace, LatentSpace, Point
from kirara_characters.networks.model_files import load_generator
from kirara_characters.networks.network import Generator
from kirara_studio.api.jobs import Device
from kirara_studio.api.models import fingerprint

_MEAN_OF = 512  # latents


class Renderer:
    """Pictures from the latents of ``space``, with truncation.

    ``path`` is a generator's ``.safetensors``; raises :class:`UserError` if it does not hold one.
    Attributes have a truncation of their own (:class:`AttributeSpace`). Of noise, shortening z
    does next to nothing here: every layer is normalised, and so is z itself in the paper's
    configuration; drawing z again where a number is large (Brock et al., arXiv 1809.11096, §3.1)
    leaves its direction as varied as before. What does change the pictures is to do to the first
    block's 4×4 features what StyleGAN does to its intermediate latents (Karras et al., arXiv
    1812.04948, appendix B): to keep only a share of what sets them apart from their mean over many
    latents. At 1 nothing changes; at 0 all
    pictures are the same, the model's average character; between them pictures come closer to
    what the model has seen often, and to each other; above 1 they become odder.
    """

    def __init__(self, path: Path, device: Device) -> None:
        model = describe(path)
        network = load_generator(path)
        self.name = model.name
        self.fingerprint = fingerprint(path)
        self.path = path
        config = network.config
        self.resolution = config.resolution
        self.space: LatentSpace
        if config.attributes:
            self.space = AttributeSpace(config.attributes)
        else:
            self.space = GaussianSpace(config.latent, find_directions(network))
        # The model store asks for this; it cannot look into oneDNN's own arrays.
        self.nbytes = sum(tensor.nbytes for tensor in network.parameters())
        self._mean: Tensor | None = None
        self._draw: FastGenerator | PlainGenerator
        # The precision is the one that was measured to be faster here.
        if device.kind == "cpu" and config.top_level > 0:
            self._draw = FastGenerator(network, "bf16" if device.precision == "bf16" else "fp32")
        else:
            self._draw = PlainGenerator(network, device)

    def pictures(self, points: Sequence[Point], size: int = 0) -> npt.NDArray[np.uint8]:
        """Draw (count, side, side, 3), RGB.

        ``size`` is the side in pixels, by Lanczos, 0 for the network's own.
        """
        truncations = [point.truncation for point in points]
        if self._mean is None and any(truncation != 1 for truncation in truncations):
            sample = self.space.of_seeds(range(_MEAN_OF))
            self._mean = self._draw.mean_features(torch.from_numpy(sample))
        z = torch.from_numpy(np.stack([point.latent for point in points]))
        fine = None
        if any(point.fine is not point.latent for point in points):
            fine = torch.from_numpy(np.stack([point.fine for point in points]))
        pictures = self._draw(z, truncations, self._mean, fine)
        pixels = pictures.add(1).mul_(127.5).round_().clamp_(0, 255).to(torch.uint8)
        drawn = pixels.permute(0, 2, 3, 1).contiguous().cpu().numpy()
        if size in (0, self.resolution):
            return drawn
        return np.stack([resize(picture, size) for picture in drawn])


class PlainGenerator:
    """The network as it is, under autocast: for GPUs, which want whole batches."""

    def __init__(self, network: Generator, device: Device) -> None:
        self._network = network.to(device.kind, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._device = torch.device(device.kind)
        self._dtype = {"bf16": torch.bfloat16, "fp16": torch.float16}.get(device.precision)

    @torch.inference_mode()
    def __call__(
        self,
        z: Tensor,
        truncation: Truncation = 1.0,
        mean: Tensor | None = None,
        fine: Tensor | None = None,
    ) -> Tensor:
        """See :meth:`FastGenerator.__call__`."""
        shares = torch.as_tensor(truncation, dtype=torch.float32).expand(len(z))
        shares = shares.to(self._device)
        config, blocks = self._network.config, self._network.blocks
        first = fine_level(config)
        with self._autocast():
            w, x = self._coarse(z, shares, mean, first)
            if fine is not None:
                w, other = self._coarse(fine, shares, mean, first)
                if not config.styled:
                    same = (fine == z).all(1).to(self._device)[:, None, None, None]
                    x = torch.where(same, x, lent(x, other, (2, 3)))
            for block in blocks[first:]:
                x = block(x, w)
            return cast("Tensor", blocks[-1].picture(x))

    def _coarse(
        self, z: Tensor, shares: Tensor, mean: Tensor | None, levels: int
    ) -> tuple[Tensor, Tensor]:
        """The mapping's output, and the features of the first levels."""
        w = self._network.mapping(z.to(self._device))
        if mean is not None and self._network.config.mapping:
            w = torch.lerp(mean, w, shares[:, None])
        x = self._first_block(w)
        if mean is not None and not self._network.config.mapping:
            x = torch.lerp(mean, x, shares[:, None, None, None])
        for block in self._network.blocks[1:levels]:
            x = block(x, w)
        return w, x

    @torch.inference_mode()
    def mean_features(self, z: Tensor) -> Tensor:
        """See :meth:`FastGenerator.mean_features`; features here are (channels, 4, 4)."""
        with self._autocast():
            w = self._network.mapping(z.to(self._device))
            if self._network.config.mapping:
                return w.mean(0)
            return torch.stack([self._first_block(part).mean(0) for part in w.split(64)]).mean(0)

    def _first_block(self, w: Tensor) -> Tensor:
        return self._network.blocks[0](w[:, :, None, None], w).float()

    def _autocast(self) -> torch.autocast:
        return torch.autocast(
            self._device.type, self._dtype or torch.bfloat16, enabled=self._dtype is not None
        )


def resize(picture: npt.NDArray[np.uint8], size: int) -> npt.NDArray[np.uint8]:
    """The picture (height, width, 3) as (size, size, 3), by Lanczos."""
    return np.asarray(Image.fromarray(picture).resize((size, size), Image.Resampling.LANCZOS))
