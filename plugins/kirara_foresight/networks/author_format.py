"""Reads the blog author's file: chainer's ``save_npz`` of his convolutional LSTM.

He has a convolution for each gate, and counts his layers "e1" to "e3" (encoder) and "p1" to "p3"
(forecaster).
"""

from __future__ import annotations

from pathlib import Path

from kirara_foresight.networks.config import AUTHOR
from kirara_foresight.networks.model_files import KIND
from kirara_studio.api.learning import foreign
from kirara_studio.api.learning.foreign import ForeignNetwork, Shape
from kirara_studio.api.models import Checkpoint

_GATES = "ifco"
"""His letters for our gates, in our order."""
_PEEPHOLES = "ifo"


def recognise(path: Path) -> bool:
    """True if ``path`` looks like a file of the author's convolutional LSTM."""
    return foreign.recognise(path, NETWORK)


def read(path: Path) -> Checkpoint:
    """Read the author's convolutional LSTM. Raises as :func:`foreign.read`."""
    return foreign.read(path, NETWORK)


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


def _arrays(name: str, shape: Shape) -> list[tuple[str, Shape]]:
    names = author_names(name)
    # Peepholes are stacked; the others follow each other along the first dimension.
    one = shape[1:] if name.endswith("peepholes") else (shape[0] // len(names), *shape[1:])
    return [(name, one) for name in names]


NETWORK = ForeignNetwork(KIND, AUTHOR, r"[ep]\d+/W[xhc][ifco](/[Wb])?", _arrays)
