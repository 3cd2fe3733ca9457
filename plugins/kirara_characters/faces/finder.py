"""Finds drawn faces with the network. Imports torch."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from kirara_characters.faces.config import FACES
from kirara_characters.faces.face import LARGEST, Face, Picture, Pixels, pixels_of, suppress, within
from kirara_characters.faces.network import MULTIPLE, STRIDE, USUAL, load_face_network
from kirara_studio.api.jobs import Device, JobTools
from kirara_studio.api.learning.training_loop import autocast
from kirara_studio.api.model_library import find_model, stored_model

THRESHOLD = 0.6
"""The least score of a face: the lowest multiple of 0.05 with at most 0.2 false faces in a million
pixels of photographs, by “python -m evaluation faces --thresholds”."""
SMALLEST = 16
"""Pixels, the longer side of the smallest box that is found."""
_RELIABLE = 22  # pixels of a box in a smaller copy: smaller ones are found better in a larger copy
_LEAST_SIDE = 48  # pixels of the smallest copy of a picture that is searched
_STEP = 0.5  # from one copy to the next smaller one
_MOST = 48  # faces that are looked at again
_POSSIBLE, _IMPOSSIBLE = 0.25, 0.05  # scores from which it is looked at again, or counts then
_WINDOW, _AROUND = 96, 2.5  # pixels of a window, and its side as a multiple of the face
_LIKE = 0.3  # overlap
_TOGETHER = 16  # windows
_PEAKS = 200  # faces in one copy


class FaceFinder:
    """Finds drawn faces by the network in ``path``, a ``.safetensors``.

    Raises :class:`UserError` if ``path`` holds no such network.
    """

    def __init__(self, path: Path, device: Device | None = None) -> None:
        self._place = torch.device(device.kind if device is not None else "cpu")
        network = load_face_network(path)
        self.nbytes = sum(tensor.nbytes for tensor in network.parameters())
        self._network = network.to(self._place)
        self._precision = "bf16" if device is not None and device.precision == "bf16" else "fp32"

    def find(self, picture: Picture, threshold: float = THRESHOLD) -> tuple[Face, ...]:
        """The drawn faces in a picture, best first.

        It is searched at its own size and at halves of it, so that faces from 16 pixels up to the
        whole picture are found; one of more than 1.5 million pixels is shrunk to that first. What
        may be a face is then looked at again at one size, together with its mirror image. Raises
        UserError for an array of another shape or type.
        """
        pixels = pixels_of(picture)
        height, width = pixels.shape[:2]
        found: list[Face] = []
        for number, copy in enumerate(_copies(pixels)):
            across, down = width / copy.shape[1], height / copy.shape[0]
            least = _RELIABLE if number else SMALLEST
            faces = faces_in(self._seen([copy])[0], min(threshold, _POSSIBLE))
            large = [face for face in faces if max(face.width, face.height) >= least]
            found += [face.scaled(across, down) for face in large]
        again = self._looked_at_again(pixels, suppress(found)[:_MOST])
        likely = [within(face, width, height) for face in again if face.score >= threshold]
        return suppress(face for face in likely if face is not None)

    def _looked_at_again(self, pixels: Pixels, faces: Sequence[Face]) -> list[Face]:
        """The faces with the means of scores, boxes and tilts at two looks more, from near by."""
        windows = [_Window.around(face, pixels) for face in faces]
        pictures = [one for window in windows for one in (window.pixels, window.pixels[:, ::-1])]
        outputs = [
            self._seen(pictures[at : at + _TOGETHER]) for at in range(0, len(pictures), _TOGETHER)
        ]
        looks = iter(torch.cat(outputs) if outputs else ())
        result = []
        for face, window in zip(faces, windows, strict=True):
            inside = window.inward(face)
            best = _best_like(inside, faces_in(next(looks), _IMPOSSIBLE))
            mirrored = faces_in(next(looks), _IMPOSSIBLE)
            best += _best_like(inside, [one.mirrored(_WINDOW) for one in mirrored])
            result.append(window.outward(_mean(inside, best)))
        return result

    @torch.inference_mode()
    def _seen(self, pictures: Sequence[Pixels]) -> Tensor:
        """What the network makes of pictures of one size: (count, 7, height / 4, width / 4)."""
        height, width = pictures[0].shape[:2]
        batch = torch.tensor(np.stack(pictures), device=self._place)
        batch = batch.permute(0, 3, 1, 2).float().div_(255)
        batch = functional.pad(batch, (0, -width % MULTIPLE, 0, -height % MULTIPLE), value=0.5)
        with autocast(self._place, self._precision):
            out = self._network(batch.contiguous(memory_format=torch.channels_last))
        seen: Tensor = out.float().cpu()
        return seen


@dataclass(frozen=True)
class _Window:
    """A square around a face, from ``left`` and ``top`` on, as 96 × 96 pixels."""

    left: int
    top: int
    scale: float
    pixels: Pixels

    @classmethod
    def around(cls, face: Face, pixels: Pixels) -> _Window:
        side = max(2, round(_AROUND * max(face.width, face.height)))
        left = round(face.left + face.width / 2 - side / 2)
        top = round(face.top + face.height / 2 - side / 2)
        height, width = pixels.shape[:2]
        part = pixels[max(0, top) : top + side, max(0, left) : left + side]
        rest = (
            max(0, -top),
            max(0, top + side - height),
            max(0, -left),
            max(0, left + side - width),
        )
        grey = (128, 128, 128)
        wide = cv2.copyMakeBorder(part, *rest, cv2.BORDER_CONSTANT, value=grey)
        how = cv2.INTER_AREA if side > _WINDOW else cv2.INTER_LINEAR
        small = cv2.resize(wide, (_WINDOW, _WINDOW), interpolation=how)
        return cls(left, top, side / _WINDOW, np.asarray(small, np.uint8))

    def inward(self, face: Face) -> Face:
        """The face in the window's pixels."""
        moved = replace(face, left=face.left - self.left, top=face.top - self.top)
        return moved.scaled(1 / self.scale, 1 / self.scale)

    def outward(self, face: Face) -> Face:
        """The face in the picture's pixels."""
        larger = face.scaled(self.scale, self.scale)
        return replace(larger, left=larger.left + self.left, top=larger.top + self.top)


def _best_like(face: Face, others: Sequence[Face]) -> list[Face]:
    """The best of the others that is like the face, or none."""
    like = [one for one in others if one.overlap(face) > _LIKE]
    return [max(like, key=lambda one: one.score)] if like else []


def _mean(face: Face, looks: Sequence[Face]) -> Face:
    """The mean of some looks at a face; one that did not show it counts for the score alone."""
    score = (face.score + sum(one.score for one in looks)) / 3
    looks = looks or [face]

    def mean(of: Callable[[Face], float]) -> float:
        return sum(map(of, looks)) / len(looks)

    return Face(
        mean(lambda one: one.left),
        mean(lambda one: one.top),
        mean(lambda one: one.width),
        mean(lambda one: one.height),
        score,
        mean(lambda one: one.roll),
    )


def _copies(pixels: Pixels) -> Iterator[Pixels]:
    """The picture, shrunk if it is too large, and smaller and smaller copies of it."""
    height, width = pixels.shape[:2]
    scale = min(1.0, math.sqrt(LARGEST / (height * width)))
    while True:
        size = max(1, round(width * scale)), max(1, round(height * scale))
        if size == (width, height):
            yield pixels
        else:
            yield np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
        scale *= _STEP
        if min(width, height) * scale < _LEAST_SIDE:
            return


def faces_in(out: Tensor, threshold: float = THRESHOLD) -> list[Face]:
    """The faces in an output of the network (7, height / 4, width / 4), best first."""
    heat = out[0].sigmoid()
    peak = functional.max_pool2d(heat[None, None], 3, stride=1, padding=1)[0, 0]
    rows, columns = torch.nonzero((heat == peak) & (heat >= threshold), as_tuple=True)
    best = heat[rows, columns].argsort(descending=True)[:_PEAKS]
    rows, columns = rows[best], columns[best]
    faces = []
    values = torch.cat([heat[None, rows, columns], out[1:, rows, columns]]).T.tolist()
    for row, column, one in zip(rows.tolist(), columns.tolist(), values, strict=True):
        score, x, y, *logarithms, sine, cosine = one
        width, height = (USUAL * math.exp(min(max(value, -4.0), 4.0)) for value in logarithms)
        left, top = (column + x) * STRIDE - width / 2, (row + y) * STRIDE - height / 2
        roll = math.degrees(math.atan2(sine, max(cosine, 1e-6)))
        faces.append(Face(left, top, width, height, score, roll))
    return faces


def face_finder(tools: JobTools, model: str = "", data_folder: Path | None = None) -> FaceFinder:
    """The finder of a model file's path or name, by default the one that comes with the studio.

    It is kept in the model store. Raises UserError if there is no such model.
    """
    path = find_model(FACES, model, data_folder).path
    return stored_model(tools, "faces", path, lambda device: FaceFinder(path, device))
