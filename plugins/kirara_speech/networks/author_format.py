"""Reads the blog author's files: chainer's ``save_npz`` of his Text2Mel or his SSRN.

Names and shapes are compared with the network before any array is read.
"""

from __future__ import annotations

import re
from pathlib import Path

import torch

from kirara_speech.learning.schedule import Config
from kirara_speech.networks.config import AUTHOR_SSRN, AUTHOR_TEXT2MEL, SSRN, TEXT2MEL
from kirara_speech.networks.model_files import build, network_of
from kirara_studio.api.arrays import ArrayArchive, array_names, open_archive
from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.networks import shapes_of
from kirara_studio.api.models import Checkpoint, ModelCard, check_tensors

_CONFIGS: dict[str, Config] = {TEXT2MEL: AUTHOR_TEXT2MEL, SSRN: AUTHOR_SSRN}
_ARRAYS = {"weight": "W", "bias": "b"}
_ENCODERS = {"text_encoder": "text_enc", "audio_encoder": "audio_enc", "audio_decoder": "audio_dec"}
_FIRST = {
    "text_encoder": {"embedding": 1, "enter": 2, "highways": 4},
    "audio_encoder": {"enter": 1, "highways": 4},
    "audio_decoder": {"enter": 1, "highways": 2, "leave": 8, "frames": 11},
    "ssrn": {"enter": 1, "body": 2, "leave": 14, "bins": 16},
}
"""The number of the first of his layers, "l1", "l2" and so on, in each part of a network."""


def recognise(path: Path) -> bool:
    """True if ``path`` looks like a file of the author's Text2Mel or SSRN."""
    return _kind_of(array_names(path)) is not None


def read(path: Path) -> Checkpoint:
    """Read the author's Text2Mel or SSRN, distinguished by the names of its arrays.

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
    """The author's name of a tensor.

    "text_encoder.highways.0.convolution.weight" is his "text_enc/l4/conv/conv/W": he numbers the
    layers of each part, a highway holds a convolution, and a convolution along time is an image's.
    """
    parts = name.split(".")
    array = _ARRAYS[parts.pop()]
    part = "ssrn" if kind == SSRN else parts.pop(0)
    layer = parts.pop(0)
    index = int(parts.pop(0)) if parts and parts[0].isdigit() else 0
    number = _FIRST[part][layer] + index
    if layer == "embedding" or (part == "ssrn" and number in (4, 7)):  # his deconvolutions
        inside = ""
    else:
        inside = "conv/conv/" if parts == ["convolution"] else "conv/"
    return f"{_ENCODERS.get(part, part)}/l{number}/{inside}{array}"


def author_shapes(kind: str) -> dict[str, tuple[int, ...]]:
    """The names and shapes of the arrays in his file of that network."""
    with torch.device("meta"):
        shapes = shapes_of(build(_CONFIGS[kind]))
    return {author_name(name, kind): _author_shape(name, shape) for name, shape in shapes.items()}


def _author_shape(name: str, shape: tuple[int, ...]) -> tuple[int, ...]:
    """His deconvolutions know one dimension only: (inputs, outputs, kernel)."""
    doubling = len(shape) == 4 and shape[-1] == 2
    return (shape[0], shape[1], shape[3]) if doubling else shape


def _read(archive: ArrayArchive, source: str) -> Checkpoint:
    kind = _kind_of(archive.names)
    if kind is None:
        raise UserError(
            "“{source}” holds neither the author's Text2Mel nor his SSRN.",
            advice="Choose a file that his program wrote for one of them.",
            source=source,
        )
    with torch.device("meta"):
        shapes = shapes_of(build(_CONFIGS[kind]))
    check_tensors(archive.headers(), author_shapes(kind), source)
    tensors = {
        name: torch.from_numpy(archive.read(author_name(name, kind))).view(shape)
        for name, shape in shapes.items()
    }
    card = ModelCard(
        architecture=kind,
        name=Path(source).stem,
        configuration=_CONFIGS[kind].to_dict(),
        notes=f"Imported from the blog author's format ({source}).",
    )
    return Checkpoint(card, tensors)


def _kind_of(names: list[str]) -> str | None:
    if any(re.fullmatch(r"(text_enc|audio_enc|audio_dec)/l\d+/.*", name) for name in names):
        return TEXT2MEL
    if any(re.fullmatch(r"ssrn/l\d+/.*", name) for name in names):
        return SSRN
    return None
