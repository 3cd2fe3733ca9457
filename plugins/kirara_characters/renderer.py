"""A loaded generator that turns latents into pixels on any device. Imports torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from kirara_characters.fast_generator import FastGenerator
from kirara_characters.latents import Latents, latents_of_seeds
from kirara_characters.model_files import load_generator
from kirara_characters.models import describe
from kirara_characters.network import Generator, pixel_norm
from kirara_studio.api.jobs import Device
from kirara_studio.api.models import fingerprint

_MEAN_OF = 512  # latents


class Renderer:
    """Pictures from latents, with truncation.

    Truncation needs a word. Shortening z does next to nothing here: every layer is normalised,
    and so is z itself in the paper's configuration; drawing z again where a number is large
    (Brock et al., arXiv 1809.11096, §3.1) leaves its direction as varied as before. What does
    change the pictures is to do to the first block's 4×4 features what StyleGAN does to its
    intermediate latents (Karras et al., arXiv 1812.04948, appendix B): to keep only a share of
    what sets them apart from their mean over many latents. At 1 nothing changes; at 0 all
    pictures are the same, the model's average character; between them pictures come closer to
    what the model has seen often, and to each other; above 1 they become odder.

    Parameters
    ----------
    path
        A generator's ``.safetensors``. Raises :class:`UserError` where it does not hold one.
    device
        Where to run, and in which precision.
    """

    def __init__(self, path: Path, device: Device) -> None:
        model = describe(path)
        network = load_generator(path)
        self.name = model.name
        self.fingerprint = fingerprint(path)
        self.resolution = network.config.resolution
        self.latent = network.config.latent
        self.precision = device.precision
        # The model store asks for this; it cannot look into oneDNN's own arrays.
        self.nbytes = sum(tensor.nbytes for tensor in network.parameters())
        self._mean: Tensor | None = None
        self._draw: FastGenerator | _PlainGenerator
        # Half-precision sums go wrong on a CPU without the instructions for them, so the
        # precision is whatever was measured to pay here.
        if device.kind == "cpu" and network.config.top_level > 0:
            self._draw = FastGenerator(network, "bf16" if device.precision == "bf16" else "fp32")
        else:
            self._draw = _PlainGenerator(network, device)

    def pictures(self, z: Latents, truncation: float = 1.0) -> npt.NDArray[np.uint8]:
        """Draw (batch, height, width, 3), RGB, from z (batch, latent). ``truncation`` is 0…2."""
        if truncation != 1 and self._mean is None:
            sample = latents_of_seeds(range(_MEAN_OF), self.latent)
            self._mean = self._draw.mean_features(torch.from_numpy(sample))
        pictures = self._draw(torch.from_numpy(z), truncation, self._mean)
        pixels = pictures.add(1).mul_(127.5).round_().clamp_(0, 255).to(torch.uint8)
        return pixels.permute(0, 2, 3, 1).contiguous().cpu().numpy()


class _PlainGenerator:
    """The network as it is, under autocast: for GPUs, which want whole batches."""

    def __init__(self, network: Generator, device: Device) -> None:
        self._network = network.to(device.kind, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._device = torch.device(device.kind)
        self._dtype = {"bf16": torch.bfloat16, "fp16": torch.float16}.get(device.precision)

    @torch.inference_mode()
    def __call__(self, z: Tensor, truncation: float = 1.0, mean: Tensor | None = None) -> Tensor:
        with self._autocast():
            if truncation == 1 or mean is None:
                return self._network(z.to(self._device)).float()
            x = torch.lerp(mean, self._features(z), truncation)
            for block in list(self._network.blocks)[1:]:
                x = block(x)
            return self._network.blocks[-1].picture(x)

    @torch.inference_mode()
    def mean_features(self, z: Tensor) -> Tensor:
        """The first block's features (channels, 4, 4), averaged over z (batch, latent)."""
        with self._autocast():
            return torch.stack([self._features(part).mean(0) for part in z.split(64)]).mean(0)

    def _features(self, z: Tensor) -> Tensor:
        z = z.to(self._device)[:, :, None, None]
        if self._network.config.normalise_latent:
            z = pixel_norm(z)
        return self._network.blocks[0](z).float()

    def _autocast(self) -> torch.autocast:
        return torch.autocast(
            self._device.type, self._dtype or torch.bfloat16, enabled=self._dtype is not None
        )
