"""Reads the blog author's files: chainer's ``save_npz`` of his generator or discriminator.

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

from kirara_characters.config import AUTHOR, DISCRIMINATOR, GENERATOR
from kirara_characters.model_files import network_of, shapes_of
from kirara_characters.network import Discriminator, Generator
from kirara_studio.api.errors import UserError
from kirara_studio.api.models import Checkpoint, ModelCard, check_tensors

_LAYERS = {"conv1": "c1", "conv2": "c2", "to_rgb": "toRGB", "from_rgb": "fromRGB"}
_ARRAYS = {"weight": "W", "bias": "b"}
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


@dataclass(frozen=True)
class _Header:
    """What an array in the file says about itself."""

    shape: tuple[int, ...]
    dtype: np.dtype


def recognise(path: Path) -> bool:
    """True where ``path`` looks like a file of the author's generator or discriminator."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _kind_of(_names(archive)) is not None
    except _DAMAGE:
        return False


def read(path: Path) -> Checkpoint:
    """Read the author's generator or discriminator, told apart by the names of its arrays.

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
    """The author's name of a tensor: "blocks.0.conv1.weight" is his "b0/c1/conv/W".

    His discriminator counts its blocks from the picture down to the score: "b1" to "b7".
    """
    parts = name.split(".")
    if parts[0] == "score":
        return f"l/{_ARRAYS[parts[1]]}"
    _, level, layer, array = parts
    block = int(level) if kind == GENERATOR else AUTHOR.top_level + 1 - int(level)
    return f"b{block}/{_LAYERS[layer]}/conv/{_ARRAYS[array]}"


def _read(archive: zipfile.ZipFile, source: str) -> Checkpoint:
    kind = _kind_of(_names(archive))
    if kind is None:
        raise UserError(
            f"“{source}” holds neither the author's generator nor his discriminator.",
            advice="Choose a file that his program wrote for one of them.",
        )
    with torch.device("meta"):
        network = Generator(AUTHOR) if kind == GENERATOR else Discriminator(AUTHOR)
    expected = {author_name(name, kind): shape for name, shape in shapes_of(network).items()}
    headers = {name: _header(archive, name, source) for name in _names(archive)}
    check_tensors(headers, expected, source)
    tensors = {
        name: torch.from_numpy(_array(archive, author_name(name, kind), source))
        for name in network.state_dict()
    }
    card = ModelCard(
        architecture=kind,
        name=Path(source).stem,
        configuration=AUTHOR.to_dict(),
        notes=f"Imported from the blog author's format ({source}).",
    )
    return Checkpoint(card, tensors)


def _names(archive: zipfile.ZipFile) -> list[str]:
    return [name.removesuffix(".npy") for name in archive.namelist()]


def _kind_of(names: list[str]) -> str | None:
    if any(re.fullmatch(r"b\d+/toRGB/.*", name) for name in names):
        return GENERATOR
    if any(re.fullmatch(r"b\d+/fromRGB/.*", name) for name in names):
        return DISCRIMINATOR
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
