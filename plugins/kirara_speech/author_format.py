"""Reads the blog author's files: chainer's ``save_npz`` of his Text2Mel or his SSRN.

An ``.npz`` is a zip file of arrays. Names and shapes are compared with the network before any
array is read, so a hostile file is refused by its headers; nothing is ever unpickled.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
import torch

from kirara_speech.config import AUTHOR_SSRN, AUTHOR_TEXT2MEL, SSRN, TEXT2MEL
from kirara_speech.model_files import build, network_of, shapes_of
from kirara_studio.api.errors import UserError
from kirara_studio.api.models import Checkpoint, ModelCard, check_tensors

_CONFIGS = {TEXT2MEL: AUTHOR_TEXT2MEL, SSRN: AUTHOR_SSRN}
_ARRAYS = {"weight": "W", "bias": "b"}
_ENCODERS = {"text_encoder": "text_enc", "audio_encoder": "audio_enc", "audio_decoder": "audio_dec"}
_FIRST = {
    "text_encoder": {"embedding": 1, "enter": 2, "highways": 4},
    "audio_encoder": {"enter": 1, "highways": 4},
    "audio_decoder": {"enter": 1, "highways": 2, "leave": 8, "frames": 11},
    "ssrn": {"enter": 1, "body": 2, "leave": 14, "bins": 16},
}
"""The number of the first of his layers, "l1", "l2" and so on, in each part of a network."""

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


@dataclass(frozen=True)
class _Header:
    """What an array in the file says about itself."""

    shape: tuple[int, ...]
    dtype: np.dtype


def recognise(path: Path) -> bool:
    """True where ``path`` looks like a file of the author's Text2Mel or SSRN."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _kind_of(_names(archive)) is not None
    except _DAMAGE:
        return False


def read(path: Path) -> Checkpoint:
    """Read the author's Text2Mel or SSRN, told apart by the names of its arrays.

    Raises :class:`UserError` for a file that is missing, damaged or something else, that
    holds pickled objects, or that does not fit the network: the first array that differs is
    named.
    """
    path = Path(path)
    try:
        with zipfile.ZipFile(path) as archive:
            checkpoint = _read(archive, path.name)
    except FileNotFoundError as error:
        raise UserError(f"There is no file “{path}”.", advice="Check the name.") from error
    except _DAMAGE as error:
        raise UserError(
            f"“{path.name}” is damaged or is not an .npz file: {error}.",
            advice="Fetch the file again.",
        ) from error
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


def _read(archive: zipfile.ZipFile, source: str) -> Checkpoint:
    kind = _kind_of(_names(archive))
    if kind is None:
        raise UserError(
            f"“{source}” holds neither the author's Text2Mel nor his SSRN.",
            advice="Choose a file that his program wrote for one of them.",
        )
    with torch.device("meta"):
        shapes = shapes_of(build(_CONFIGS[kind]))
    headers = {name: _header(archive, name, source) for name in _names(archive)}
    check_tensors(headers, author_shapes(kind), source)
    tensors = {
        name: torch.from_numpy(_array(archive, author_name(name, kind), source)).view(shape)
        for name, shape in shapes.items()
    }
    card = ModelCard(
        architecture=kind,
        name=Path(source).stem,
        configuration=_CONFIGS[kind].to_dict(),
        notes=f"Imported from the blog author's format ({source}).",
    )
    return Checkpoint(card, tensors)


def _names(archive: zipfile.ZipFile) -> list[str]:
    return [name.removesuffix(".npy") for name in archive.namelist()]


def _kind_of(names: list[str]) -> str | None:
    if any(re.fullmatch(r"(text_enc|audio_enc|audio_dec)/l\d+/.*", name) for name in names):
        return TEXT2MEL
    if any(re.fullmatch(r"ssrn/l\d+/.*", name) for name in names):
        return SSRN
    return None


def _header(archive: zipfile.ZipFile, name: str, source: str) -> _Header:
    """Read an array's header. Raises UserError for objects, which only pickle could read."""
    try:
        with _open(archive, name) as file:
            version = np.lib.format.read_magic(file)
            if version == (1, 0):
                shape, _, dtype = np.lib.format.read_array_header_1_0(file)
            else:
                shape, _, dtype = np.lib.format.read_array_header_2_0(file)
    except ValueError as error:
        raise UserError(
            f"“{name}” in “{source}” is not an array: {error}.", advice="Fetch the file again."
        ) from error
    if dtype.hasobject:
        raise UserError(
            f"“{name}” in “{source}” holds pickled Python objects, which could run any program.",
            advice="Do not use this file; fetch it from a source that you trust.",
        )
    if dtype.kind != "f":
        raise UserError(
            f"“{name}” in “{source}” holds {dtype}, not floating-point numbers.",
            advice="Check that the file is of this network.",
        )
    return _Header(shape, dtype)


def _array(archive: zipfile.ZipFile, name: str, source: str) -> np.ndarray:
    try:
        with _open(archive, name) as file:
            return np.lib.format.read_array(file, allow_pickle=False).astype(np.float32)
    except ValueError as error:  # fewer bytes than the header promised
        raise UserError(
            f"“{name}” in “{source}” is cut off: {error}.", advice="Fetch the file again."
        ) from error


def _open(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    stored = name if name in archive.NameToInfo else f"{name}.npy"
    return archive.open(stored)
