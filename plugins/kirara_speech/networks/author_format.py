"""Reads the blog author's files: chainer's ``save_npz`` of his Text2Mel or his SSRN."""

from __future__ import annotations

from pathlib import Path

from kirara_speech.networks.config import AUTHOR_SSRN, AUTHOR_TEXT2MEL, SSRN, TEXT2MEL
from kirara_speech.networks.model_files import KINDS
from kirara_studio.api.learning import foreign
from kirara_studio.api.learning.foreign import ForeignNetwork, Shape
from kirara_studio.api.models import Checkpoint

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
    return foreign.recognise(path, *NETWORKS.values())


def read(path: Path) -> Checkpoint:
    """Read the author's Text2Mel or SSRN. Raises as :func:`foreign.read`."""
    return foreign.read(path, *NETWORKS.values())


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


def _author_shape(shape: Shape) -> Shape:
    """His deconvolutions know one dimension only: (inputs, outputs, kernel)."""
    doubling = len(shape) == 4 and shape[-1] == 2
    return (shape[0], shape[1], shape[3]) if doubling else shape


NETWORKS = {
    TEXT2MEL: ForeignNetwork(
        KINDS[TEXT2MEL],
        AUTHOR_TEXT2MEL,
        r"(text_enc|audio_enc|audio_dec)/l\d+/.*",
        lambda name, shape: [(author_name(name, TEXT2MEL), _author_shape(shape))],
    ),
    SSRN: ForeignNetwork(
        KINDS[SSRN],
        AUTHOR_SSRN,
        r"ssrn/l\d+/.*",
        lambda name, shape: [(author_name(name, SSRN), _author_shape(shape))],
    ),
}
