"""Finds drawn faces with the network. Imports torch."""

from __future__ import annotations

import math
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

        It is searched at its own size and at halves of it, so that faces
        from 12 pixels up to the whole picture are found; one of more than 1.5 million pixels is
        shrunk to that first. Raises UserError for an array of another shape or type.
        """
        pixels = pixels_of(picture)
        height, width = pixels.shape[:2]
        scale = min(1.0, math.sqrt(LARGEST / max(1, height * width)))
        found: list[Face] = []
        while True:
            size = max(1, round(width * scale)), max(1, round(height * scale))
            copy = pixels
            if size != (width, height):
                copy = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
            found += self._found(copy, width / size[0], height / size[1], threshold)
            scale *= _STEP
            if min(width, height) * scale < _LEAST_SIDE:
                break
        whole = [one for face in found if (one := within(face, width, height)) is not None]
        return suppress(whole)

    @torch.inference_mode()
    def _found(self, copy: Pixels, across: float, down: float, threshold: float) -> list[Face]:
        """The faces in one copy, whose pixels are ``across`` and ``down`` of the picture's."""
        height, width = copy.shape[:2]
        picture = torch.tensor(copy, device=self._place)
        picture = picture.permute(2, 0, 1)[None].float().div_(255)
        margin = (0, -width % MULTIPLE, 0, -height % MULTIPLE)
        picture = functional.pad(picture, margin, value=0.5)
        out = self._network(picture.contiguous(memory_format=torch.channels_last))
        return [
            Face(
                face.left * across,
                face.top * down,
                face.width * across,
                face.height * down,
                face.score,
                face.roll,
            )
            for face in faces_in(out[0].float().cpu(), threshold)
        ]


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
