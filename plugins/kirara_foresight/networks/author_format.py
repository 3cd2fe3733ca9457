"""Reads the blog author's file: chainer's ``save_npz`` of his convolutional LSTM.

He has a convolution for each gate, and counts his layers "e1" to "e3" (encoder) and "p1" to "p3"
(forecaster). Names and shapes are compared with the network before any array is read.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from kirara_foresight.networks.config import AUTHOR, CONVLSTM
from kirara_foresight.networks.convlstm import Forecaster
from kirara_foresight.networks.model_files import network_of
from kirara_studio.api.arrays import ArrayArchive, array_names, open_archive
from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.networks import shapes_of
from kirara_studio.api.models import Checkpoint, ModelCard, check_tensors

_GATES = "ifco"
"""His letters for our gates, in our order."""
_PEEPHOLES = "ifo"


def recognise(path: Path) -> bool:
    """True where ``path`` looks like a file of the author's convolutional LSTM."""
    return _is_his(array_names(path))


def read(path: Path) -> Checkpoint:
    """Read the author's convolutional LSTM.

    Raises :class:`UserError` for a file that is missing, damaged or something else, that
    holds pickled objects, or that does not fit the network: the first array that differs is
    named.
    """
    path = Path(path)
    with open_archive(path) as archive:
        checkpoint = _read(archive, path.name)
    network_of(checkpoint, path.name)  # refuses values that are not numbers
    return checkpoint


def author_names(name: str) -> list[str]:
    """His names of the arrays that one of our tensors is put together from, in order.

    "encoder.0.from_input.weight" is his "e1/Wxi/W", "e1/Wxf/W", "e1/Wxc/W" and "e1/Wxo/W".
    """
    parts = name.split(".")
    array = {"weight": "W", "bias": "b"}.get(parts[-1], "")
    if parts[0] == "leave":
        return [f"last/{array}"]
    layer = f"{'e' if parts[0] == 'encoder' else 'p'}{int(parts[1]) + 1}"
    if parts[2] == "peepholes":
        return [f"{layer}/Wc{gate}" for gate in _PEEPHOLES]
    source = "x" if parts[2] == "from_input" else "h"
    return [f"{layer}/W{source}{gate}/{array}" for gate in _GATES]


def author_shapes() -> dict[str, tuple[int, ...]]:
    """The names and shapes of the arrays in his file."""
    shapes: dict[str, tuple[int, ...]] = {}
    for name, shape in _our_shapes().items():
        names = author_names(name)
        # Peepholes are stacked; the others follow each other along the first dimension.
        one = shape[1:] if name.endswith("peepholes") else (shape[0] // len(names), *shape[1:])
        shapes |= dict.fromkeys(names, one)
    return shapes


def _our_shapes() -> dict[str, tuple[int, ...]]:
    with torch.device("meta"):
        return shapes_of(Forecaster(AUTHOR))


def _read(archive: ArrayArchive, source: str) -> Checkpoint:
    if not _is_his(archive.names):
        raise UserError(
            "“{source}” does not hold the author's convolutional LSTM.",
            advice="Choose a file that his program wrote for it.",
            source=source,
        )
    check_tensors(archive.headers(), author_shapes(), source)
    tensors: dict[str, Tensor] = {}
    for name, shape in _our_shapes().items():
        arrays = [archive.read(one) for one in author_names(name)]
        tensors[name] = torch.from_numpy(np.concatenate(arrays).reshape(shape))
    card = ModelCard(
        architecture=CONVLSTM,
        name=Path(source).stem,
        configuration=AUTHOR.to_dict(),
        notes=f"Imported from the blog author's format ({source}).",
    )
    return Checkpoint(card, tensors)


def _is_his(names: list[str]) -> bool:
    return any(re.fullmatch(r"[ep]\d+/W[xhc][ifco](/[Wb])?", name) for name in names)
