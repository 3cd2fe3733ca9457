"""Reads the blog author's files: chainer's ``save_npz`` of his generator or discriminator."""

from __future__ import annotations

from pathlib import Path

from kirara_characters.networks.config import AUTHOR, DISCRIMINATOR, GENERATOR
from kirara_characters.networks.model_files import KINDS
from kirara_studio.api.learning import foreign
from kirara_studio.api.learning.foreign import ForeignNetwork
from kirara_studio.api.models import Checkpoint

_LAYERS = {"conv1": "c1", "conv2": "c2", "to_rgb": "toRGB", "from_rgb": "fromRGB"}
_ARRAYS = {"weight": "W", "bias": "b"}


def recognise(path: Path) -> bool:
    """True if ``path`` looks like a file of the author's generator or discriminator."""
    return foreign.recognise(path, *NETWORKS.values())


def read(path: Path) -> Checkpoint:
    """Read the author's generator or discriminator. Raises as :func:`foreign.read`."""
    return foreign.read(path, *NETWORKS.values())


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


def _network(kind: str, pattern: str) -> ForeignNetwork:
    return ForeignNetwork(
        KINDS[kind], AUTHOR, pattern, lambda name, shape: [(author_name(name, kind), shape)]
    )


NETWORKS = {
    GENERATOR: _network(GENERATOR, r"b\d+/toRGB/.*"),
    DISCRIMINATOR: _network(DISCRIMINATOR, r"b\d+/fromRGB/.*"),
}
