"""Reads the blog author's files: chainer's ``save_npz`` of his generator or discriminator.

Names and shapes are compared with the network before any array is read.
"""

from __future__ import annotations

import re
from pathlib import Path

import torch

from kirara_characters.networks.config import AUTHOR, DISCRIMINATOR, GENERATOR
from kirara_characters.networks.model_files import network_of
from kirara_characters.networks.network import Discriminator, Generator
from kirara_studio.api.arrays import ArrayArchive, array_names, open_archive
from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.networks import shapes_of
from kirara_studio.api.models import Checkpoint, ModelCard, check_tensors

_LAYERS = {"conv1": "c1", "conv2": "c2", "to_rgb": "toRGB", "from_rgb": "fromRGB"}
_ARRAYS = {"weight": "W", "bias": "b"}


def recognise(path: Path) -> bool:
    """True where ``path`` looks like a file of the author's generator or discriminator."""
    return _kind_of(array_names(path)) is not None


def read(path: Path) -> Checkpoint:
    """Read the author's generator or discriminator, told apart by the names of its arrays.

    Raises :class:`UserError` for a file that is missing, damaged or something else, that
    holds pickled objects, or that does not fit the network: the first array that differs is
    named.
    """
    path = Path(path)
    with open_archive(path) as archive:
        checkpoint = _read(archive, path.name)
    network_of(checkpoint, path.name)  # refuses values that are not numbers
    return checkpoint


def author_name(name: str, kind: str) -> str:
    """The author's name of a tensor: "blocks.0.conv1.weight" is his "b0/c1/conv/W".

    His discriminator counts its blocks from the picture down to the score: "b1" to "b7".
    """
    parts = name.split(".")
    if parts[0] == "score":
        return f"l/{_ARRAYS[parts[1]]}"
    _, level, layer, array = parts
    block = int(level) if kind == GENERATOR else AUTHOR.top_level + 1 - int(level)
    return f"b{block}/{_LAYERS[layer]}/conv/{_ARRAYS[array]}"


def _read(archive: ArrayArchive, source: str) -> Checkpoint:
    kind = _kind_of(archive.names)
    if kind is None:
        raise UserError(
            "“{source}” holds neither the author's generator nor his discriminator.",
            advice="Choose a file that his program wrote for one of them.",
            source=source,
        )
    with torch.device("meta"):
        network = Generator(AUTHOR) if kind == GENERATOR else Discriminator(AUTHOR)
    expected = {author_name(name, kind): shape for name, shape in shapes_of(network).items()}
    check_tensors(archive.headers(), expected, source)
    tensors = {
        name: torch.from_numpy(archive.read(author_name(name, kind)))
        for name in network.state_dict()
    }
    card = ModelCard(
        architecture=kind,
        name=Path(source).stem,
        configuration=AUTHOR.to_dict(),
        notes=f"Imported from the blog author's format ({source}).",
    )
    return Checkpoint(card, tensors)


def _kind_of(names: list[str]) -> str | None:
    if any(re.fullmatch(r"b\d+/toRGB/.*", name) for name in names):
        return GENERATOR
    if any(re.fullmatch(r"b\d+/fromRGB/.*", name) for name in names):
        return DISCRIMINATOR
    return None
