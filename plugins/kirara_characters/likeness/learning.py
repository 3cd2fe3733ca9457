"""The task of the training: to read the attributes of drawings, however they were spoilt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import torch
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional

from kirara_characters.drawing.attributes import CharacterAttributes
from kirara_characters.drawing.character import draw_character
from kirara_characters.likeness.network import LikenessNetwork, as_latents
from kirara_characters.likeness.schedule import SIDE, LikenessRequest
from kirara_characters.networks.attribute_space import AttributeSpace
from kirara_studio.api.files import is_file, whole_file
from kirara_studio.api.learning.run_files import step_seed
from kirara_studio.api.reading import reading

Pixels = npt.NDArray[np.uint8]
Vectors = npt.NDArray[np.float32]

_SHOWN = 12  # drawings of a preview, each beside the one that was read from it
_SHIFT, _ZOOM = 0.04, 0.07  # shares of the side that faces are found beside their place
_COLOURS = 1.5  # weight of the error of a colour's channel
Batch = tuple[Tensor, Tensor]
"""Pictures (batch, 3, side, side) of bytes, vectors (batch, columns)."""


def drawings_in(
    path: Path, seeds: range, space: AttributeSpace, progress: Callable[[int, int], object]
) -> tuple[Pixels, Vectors]:
    """Drawings (count, side, side, 3) of seeds and their vectors, drawn into a file if need be.

    Raises UserError if the file is damaged, or cannot be written.
    """
    if not is_file(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        pictures = np.empty((len(seeds), SIDE, SIDE, 3), np.uint8)
        for place, seed in enumerate(seeds):
            pictures[place] = draw_character(CharacterAttributes.from_seed(seed), SIDE)
            progress(place, len(seeds))
        with whole_file(path) as temporary, temporary.open("wb") as file:
            np.save(file, pictures)
    with reading(path, advice="Delete it, and the drawings are made again."):
        pictures = np.load(path, mmap_mode="r")
        if pictures.shape != (len(seeds), SIDE, SIDE, 3):
            raise ValueError("it holds other drawings")
    return pictures, space.of_seeds(seeds)


class LikenessTask:
    """Reads the attributes of ``drawings``; it is judged on others, ``held``."""

    def __init__(
        self,
        request: LikenessRequest,
        drawings: tuple[Pixels, Vectors],
        held: tuple[Pixels, Vectors],
        device: torch.device,
    ) -> None:
        self.request, self.device = request, device
        self.space = AttributeSpace(request.config.columns)
        self.drawings, self.held = drawings, held
        kinds = {attribute.name: attribute.kind for attribute in self.space.attributes}
        switches = self.space.switches.items()
        self._choices = {name: at for name, at in switches if kinds[name] == "choice"}
        self._flags = [at for name, places in switches if kinds[name] != "choice" for at in places]
        known = {*self._flags, *(at for places in self._choices.values() for at in places)}
        rest = [at for at in range(self.space.length) if at not in known]
        self._colours = [at for at in rest if "." in self.space.columns[at]]
        self._numbers = [at for at in rest if "." not in self.space.columns[at]]

    def build(self) -> nn.Module:
        return LikenessNetwork(self.request.config)

    def batch(self, step: int) -> Batch:
        random = np.random.default_rng(step_seed(self.request.seed, 0, step))
        pictures, vectors = self.drawings
        chosen = random.integers(0, len(pictures), self.request.batch)
        spoilt_ones = np.stack([spoilt(pictures[one], random) for one in chosen])
        return torch.from_numpy(spoilt_ones).permute(0, 3, 1, 2), torch.from_numpy(vectors[chosen])

    def losses(
        self, network: nn.Module, batch: Batch, step: int
    ) -> tuple[Tensor, dict[str, Tensor]]:
        pictures, wanted = (one.to(self.device) for one in batch)
        out = self._read(network, pictures)
        choices = sum(
            (
                functional.cross_entropy(out[:, at], wanted[:, at].argmax(1), label_smoothing=0.05)
                for at in self._choices.values()
            ),
            start=out.new_zeros(()),
        ) / len(self._choices)
        flags = functional.binary_cross_entropy_with_logits(
            out[:, self._flags], wanted[:, self._flags]
        )
        numbers = functional.smooth_l1_loss(out[:, self._numbers], wanted[:, self._numbers])
        colours = functional.l1_loss(out[:, self._colours], wanted[:, self._colours])
        loss = choices + flags + numbers + _COLOURS * colours
        return loss, {"choices": choices, "flags": flags, "numbers": numbers, "colours": colours}

    def judge(self, network: nn.Module) -> dict[str, float]:
        found, wanted = self._read_held(network), torch.from_numpy(self.held[1])
        right = [
            (found[:, at].argmax(1) == wanted[:, at].argmax(1)).float().mean()
            for at in self._choices.values()
        ]
        share = float(torch.stack(right).mean())
        return {
            "choices right": share,
            "choices wrong": 1 - share,
            "error of numbers": float((found - wanted)[:, self._numbers].abs().mean()),
            "error of colours": float((found - wanted)[:, self._colours].abs().mean()),
        }

    def preview(self, network: nn.Module, folder: Path, step: int) -> Iterator[Path]:
        found = self._read_held(network)[:_SHOWN].numpy()
        columns = [
            np.vstack([picture, draw_character(self.space.decode(vector), SIDE)])
            for picture, vector in zip(self.held[0], found, strict=False)
        ]
        half = _SHOWN // 2
        path = folder / f"{step:07d}-likeness.png"
        with whole_file(path) as temporary:
            sheet = np.vstack([np.hstack(columns[:half]), np.hstack(columns[half:])])
            Image.fromarray(sheet).save(temporary, format="PNG")
        yield path

    def _read(self, network: nn.Module, pictures: Tensor) -> Tensor:
        x = pictures.float().div_(255).contiguous(memory_format=torch.channels_last)
        out: Tensor = network(x).float()
        return out

    @torch.no_grad()
    def _read_held(self, network: nn.Module) -> Tensor:
        """The vectors (count, columns) that are read from the held drawings, on the CPU."""
        pictures = torch.from_numpy(np.array(self.held[0])).permute(0, 3, 1, 2)
        parts = [self._read(network, part.to(self.device)) for part in pictures.split(64)]
        return as_latents(torch.cat(parts).cpu(), self.space)


def spoilt(picture: Pixels, random: np.random.Generator) -> Pixels:
    """A picture as others would draw or save it: moved, blurred, noisy, in other light."""
    zoom = 1 + random.uniform(-_ZOOM, _ZOOM)
    shift = random.uniform(-_SHIFT, _SHIFT, 2) * SIDE + (1 - zoom) * SIDE / 2
    matrix = np.array([[zoom, 0, shift[0]], [0, zoom, shift[1]]], np.float32)
    moved = cv2.warpAffine(
        np.asarray(picture),
        matrix,
        (SIDE, SIDE),
        flags=cv2.INTER_AREA,
        borderMode=cv2.BORDER_REFLECT,
    )
    if random.random() < 0.5:
        moved = cv2.GaussianBlur(moved, (0, 0), random.uniform(0.3, 1.3))
    light = moved.astype(np.float32) * random.uniform(0.92, 1.08) + random.uniform(-8, 8)
    if random.random() < 0.5:
        light += random.normal(0, random.uniform(1, 8), light.shape)
    return np.clip(light, 0, 255).astype(np.uint8)
