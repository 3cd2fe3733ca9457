"""The task of the training: to find the faces in scenes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import torch
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional

from kirara_characters.faces.face import Face, suppress
from kirara_characters.faces.finder import faces_in
from kirara_characters.faces.network import STRIDE, USUAL, FaceNetwork
from kirara_characters.faces.scenes import Scene, Scenes
from kirara_characters.faces.schedule import FaceTrainRequest
from kirara_studio.api.files import whole_file
from kirara_studio.api.learning.run_files import step_seed

SAME = 0.5
"""The least overlap of a found box with the true one."""
_JUDGED = 96  # scenes
_SHEET = 24
_REUSED, _RECENT = 6, 1_024  # how often a scene is used, of so many
_FACELESS = 0.4  # of the scenes: photographs alone
_LEARNT, _HELD = 0, 1  # in the seeds, so that all of them differ
_SPREAD = 0.1  # of the heat around a middle, as a share of the face's size
_WIDE = 24.0  # pixels: the cells around the middle of larger faces learn the box too

Batch = tuple[Tensor, Tensor, Tensor]
"""Pictures (batch, 3, side, side) of bytes, targets (batch, 7, cells, cells), weights (batch, 2,
cells, cells) of the heat and of the rest."""


class FaceTask:
    """Finds faces in ``scenes``; it is judged on scenes of other drawings, ``held``."""

    def __init__(
        self, request: FaceTrainRequest, scenes: Scenes, held: Scenes, device: torch.device
    ) -> None:
        self.request, self.scenes, self.device = request, scenes, device
        self._recent: dict[int, Scene] = {}
        self._judged = [
            held.scene(np.random.default_rng((request.seed, _HELD, number)))
            for number in range(_JUDGED)
        ]

    def build(self) -> nn.Module:
        return FaceNetwork(self.request.config)

    def batch(self, step: int) -> Batch:
        seed, count = self.request.seed, self.request.batch
        random = np.random.default_rng(step_seed(seed, _LEARNT, step))
        # Composing a scene takes as long as learning from it, so each is used several times.
        last = math.ceil((step + 1) * count / _REUSED)
        numbers = [int(one) for one in random.integers(max(0, last - _RECENT), last, count)]
        for number in [one for one in self._recent if one < last - _RECENT]:
            del self._recent[number]
        for number in numbers:
            if number not in self._recent:
                new = np.random.default_rng((seed, _LEARNT, number))
                make = self.scenes.faceless if new.random() < _FACELESS else self.scenes.scene
                self._recent[number] = make(new)
        return batch_of([self._recent[number] for number in numbers])

    def losses(
        self, network: nn.Module, batch: Batch, step: int
    ) -> tuple[Tensor, dict[str, Tensor]]:
        pictures, targets, weights = (one.to(self.device) for one in batch)
        pictures = pictures.float().div_(255).contiguous(memory_format=torch.channels_last)
        out = network(pictures).float()
        heat = heat_loss(out[:, 0], targets[:, 0], weights[:, 0])
        inside = weights[:, 1]
        count = inside.sum().clamp(min=1.0)
        errors = (out[:, 1:] - targets[:, 1:]).abs() * inside[:, None]
        # The middle's error in cells counts as a share of the face's size.
        share = STRIDE / (USUAL * targets[:, 3:5].exp())
        middle = (errors[:, :2] * share).sum() / count
        size = errors[:, 2:4].sum() / count
        tilt = errors[:, 4:].sum() / count
        loss = heat + 2.0 * middle + size + 0.5 * tilt
        return loss, {"heat": heat, "middle": middle, "size": size, "tilt": tilt}

    def judge(self, network: nn.Module) -> dict[str, float]:
        found = self._found(network)
        hits, false, true = counted(found, self._judged)
        f1 = 2 * hits / max(1, 2 * hits + false + (true - hits))
        return {
            "found": hits / max(1, true),
            "false per scene": false / len(self._judged),
            "missing to F1": 1 - f1,
        }

    def preview(self, network: nn.Module, folder: Path, step: int) -> Iterator[Path]:
        found = self._found(network)[:_SHEET]
        pictures = [
            marked(scene.picture, scene.faces, faces)
            for scene, faces in zip(self._judged, found, strict=False)
        ]
        rows = [np.hstack(pictures[at : at + 6]) for at in range(0, _SHEET, 6)]
        path = folder / f"{step:07d}-faces.png"
        with whole_file(path) as temporary:
            Image.fromarray(np.vstack(rows)).save(temporary, format="PNG")
        yield path

    @torch.no_grad()
    def _found(self, network: nn.Module) -> list[tuple[Face, ...]]:
        found: list[tuple[Face, ...]] = []
        for at in range(0, len(self._judged), 16):
            pictures, _, _ = batch_of(self._judged[at : at + 16])
            pictures = pictures.to(self.device).float().div_(255)
            out = network(pictures.contiguous(memory_format=torch.channels_last)).float().cpu()
            found += [suppress(faces_in(one)) for one in out]
        return found


def counted(found: Sequence[Sequence[Face]], scenes: Sequence[Scene]) -> tuple[int, int, int]:
    """How many faces are found, how many finds are false, and how many faces there are.

    A find overlaps a face that no better find has by half. Finds on boxes that count as neither
    are not counted.
    """
    hits = false = true = 0
    for faces, scene in zip(found, scenes, strict=True):
        left = list(scene.faces)
        true += len(left)
        for face in faces:
            best = max(left, key=face.overlap, default=None)
            if best is not None and face.overlap(best) >= SAME:
                left.remove(best)
                hits += 1
            elif all(face.inside(one) < SAME for one in scene.unsure):
                false += 1
    return hits, false, true


def batch_of(scenes: Sequence[Scene]) -> Batch:
    """Pictures, targets and weights of scenes of one size."""
    cells = len(scenes[0].picture) // STRIDE
    targets = np.zeros((len(scenes), 7, cells, cells), np.float32)
    weights = np.zeros((len(scenes), 2, cells, cells), np.float32)
    weights[:, 0] = 1.0
    for scene, target, weight in zip(scenes, targets, weights, strict=True):
        for face in scene.unsure:
            left, top = int(face.left // STRIDE), int(face.top // STRIDE)
            right = math.ceil((face.left + face.width) / STRIDE)
            bottom = math.ceil((face.top + face.height) / STRIDE)
            weight[0, max(0, top) : bottom, max(0, left) : right] = 0.0
        for face in sorted(scene.faces, key=lambda one: -one.width):  # small ones on large ones
            _mark_target(target, weight, face)
    pictures = np.stack([scene.picture for scene in scenes])
    return (
        torch.from_numpy(pictures).permute(0, 3, 1, 2),
        torch.from_numpy(targets),
        torch.from_numpy(weights),
    )


def _mark_target(
    target: npt.NDArray[np.float32], weight: npt.NDArray[np.float32], face: Face
) -> None:
    cells = target.shape[-1]
    x, y = (face.left + face.width / 2) / STRIDE, (face.top + face.height / 2) / STRIDE
    column, row = min(int(x), cells - 1), min(int(y), cells - 1)
    sigma = max(0.6, _SPREAD * math.sqrt(face.width * face.height) / STRIDE)
    rows, columns = np.mgrid[:cells, :cells]
    heat = np.exp(-((rows - row) ** 2 + (columns - column) ** 2) / (2 * sigma * sigma))
    target[0] = np.maximum(target[0], heat)
    weight[0, row, column] = 1.0
    reach = 1 if face.width >= _WIDE else 0
    around = (
        slice(max(0, row - reach), row + reach + 1),
        slice(max(0, column - reach), column + reach + 1),
    )
    target[1][around] = x - columns[around]
    target[2][around] = y - rows[around]
    target[3][around] = math.log(face.width / USUAL)
    target[4][around] = math.log(face.height / USUAL)
    target[5][around] = math.sin(math.radians(face.roll))
    target[6][around] = math.cos(math.radians(face.roll))
    weight[1][around] = 1.0


def heat_loss(logits: Tensor, target: Tensor, weight: Tensor) -> Tensor:
    """The focal loss with fewer penalties around middles (Law and Deng, arXiv 1808.01244, eq. 1).

    All (batch, cells, cells); ``target`` is 1 in the middles of faces.
    """
    probability = logits.sigmoid()
    middle = target >= 1.0
    right = functional.logsigmoid(logits) * (1 - probability).square()
    wrong = functional.logsigmoid(-logits) * probability.square() * (1 - target).pow(4)
    total = -(torch.where(middle, right, wrong) * weight).sum()
    return total / middle.sum().clamp(min=1)


def marked(
    picture: npt.NDArray[np.uint8], true: Sequence[Face], found: Sequence[Face]
) -> npt.NDArray[np.uint8]:
    """The picture with true boxes in green and found ones in red, each with its score."""
    result = np.array(picture)
    thick = max(1, len(result) // 300)
    for faces, colour in ((true, (0, 200, 0)), (found, (255, 0, 0))):
        for face in faces:
            corner = round(face.left), round(face.top)
            other = round(face.left + face.width), round(face.top + face.height)
            cv2.rectangle(result, corner, other, colour, thick)
            if faces is found:
                cv2.putText(result, f"{face.score:.2f}", corner, cv2.FONT_HERSHEY_SIMPLEX,
                            0.35 * thick, colour, thick)  # fmt: skip
    return result
