"""Guesses the attributes of the character in a picture. Imports torch."""

from __future__ import annotations

from pathlib import Path

import cv2
import torch

from kirara_characters.likeness.network import as_latents, load_likeness_network
from kirara_characters.likeness.schedule import LIKENESS, SIDE
from kirara_characters.likeness.search import Pixels
from kirara_characters.networks.attribute_space import AttributeSpace
from kirara_characters.networks.character import Value
from kirara_studio.api.jobs import Device, JobTools
from kirara_studio.api.model_library import find_model, stored_model


class LikenessReader:
    """Reads attributes by the network in ``path``, a ``.safetensors``.

    Raises :class:`UserError` if ``path`` holds no such network.
    """

    def __init__(self, path: Path, device: Device | None = None) -> None:
        self._place = torch.device(device.kind if device is not None else "cpu")
        network = load_likeness_network(path)
        self.nbytes = sum(tensor.nbytes for tensor in network.parameters())
        self.space = AttributeSpace(network.config.columns)
        self._network = network.to(self._place)

    @torch.inference_mode()
    def read(self, picture: Pixels) -> dict[str, Value]:
        """The attributes of a picture (side, side, 3), cut out as drawings are."""
        small = cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
        x = torch.tensor(small, device=self._place).permute(2, 0, 1)[None].float().div_(255)
        out = self._network(x.contiguous(memory_format=torch.channels_last)).float().cpu()
        return self.space.values(as_latents(out, self.space)[0].numpy())


def likeness_reader(
    tools: JobTools, model: str = "", data_folder: Path | None = None
) -> LikenessReader:
    """The reader of a model file's path or name, by default the one that comes with the studio.

    It is kept in the model store. Raises UserError if there is no such model.
    """
    path = find_model(LIKENESS, model, data_folder).path
    return stored_model(tools, "likeness", path, lambda device: LikenessReader(path, device))
