"""Finds drawn faces with the network. Imports torch."""

from __future__ import annotations

import math
from collections.abc import Iterator
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
from kirara_studio.api.model_library import find_model

THRESHOLD = 0.4
"""The least score of a face, chosen on drawn scenes alone."""
SMALLEST = 16
"""Pixels, the longer side of the smallest box that is found."""
_RELIABLE = 22  # pixels of a box in a smaller copy: smaller ones are found better in a larger copy
_LEAST_SIDE = 48  # pixels of the smallest copy of a picture that is searched
_STEP = 0.5  # from one copy to the next smaller one
_MOST = 200  # faces at one scale


class FaceFinder:
    """Finds drawn faces by the network in ``path``, a ``.safetensors``.

    Raises :class:`UserError` if ``path`` holds no such network.
    """

    def __init__(self, path: Path, device: Device | None = None) -> None:
        self._place = torch.device(device.kind if device is not None else "cpu")
        network = load_face_network(path)
        self.nbytes = sum(tensor.nbytes for tensor in network.parameters())
        self._network = network.to(self._place)

    def find(self, picture: Picture, threshold: float = THRESHOLD) -> tuple[Face, ...]:
        """The drawn faces in a picture, best first.

        It is searched at its own size and at halves of it, so that faces from 16 pixels up to the
        whole picture are found; one of more than 1.5 million pixels is shrunk to that first. Raises
        UserError for an array of another shape or type.
        """
        pixels = pixels_of(picture)
        height, width = pixels.shape[:2]
        found: list[Face] = []
        for number, copy in enumerate(_copies(pixels)):
            across, down = width / copy.shape[1], height / copy.shape[0]
            for face in self._found(copy, threshold):
                if max(face.width, face.height) >= (_RELIABLE if number else SMALLEST):
                    inside = within(face.scaled(across, down), width, height)
                    found += [inside] if inside is not None else []
        return suppress(found)

    @torch.inference_mode()
    def _found(self, copy: Pixels, threshold: float) -> list[Face]:
        """The faces in one copy of a picture, in its pixels."""
        height, width = copy.shape[:2]
        picture = torch.tensor(copy, device=self._place)
        picture = picture.permute(2, 0, 1)[None].float().div_(255)
        margin = (0, -width % MULTIPLE, 0, -height % MULTIPLE)
        picture = functional.pad(picture, margin, value=0.5)
        out = self._network(picture.contiguous(memory_format=torch.channels_last))
        return faces_in(out[0].float().cpu(), threshold)


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
    best = heat[rows, columns].argsort(descending=True)[:_MOST]
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
    changed = path.stat().st_mtime_ns  # a file that was replaced is loaded again
    return tools.model(f"faces {path} {changed}", lambda device: FaceFinder(path, device))
