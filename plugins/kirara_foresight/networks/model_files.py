"""Files of networks: the studio's and the blog author's.

The author's are chainer's ``save_npz`` of his convolutional LSTM. He has a convolution for each
gate, and counts his layers "e1" to "e3" (encoder) and "p1" to "p3" (forecaster).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import torch

from kirara_foresight.learning.schedule import KEY
from kirara_foresight.networks.config import AUTHOR, CONVLSTM, ConvLstmConfig
from kirara_foresight.networks.convlstm import Forecaster
from kirara_studio.api.learning import foreign
from kirara_studio.api.learning.averaged_run import RunState
from kirara_studio.api.learning.foreign import ForeignNetwork, Shape
from kirara_studio.api.learning.networks import NetworkKind, load_network
from kirara_studio.api.learning.run_files import export_average
from kirara_studio.api.models import Checkpoint, ModelCard

KIND = NetworkKind(CONVLSTM, ConvLstmConfig.from_dict, Forecaster)


def load_forecaster(path: Path) -> Forecaster:
    """Read a network, on the CPU in fp32. Raises UserError if ``path`` holds none."""
    network = load_network(path, KIND)
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]


def export_network(run_checkpoint: Path, path: Path, card: ModelCard) -> None:
    """Export a run's averaged network in fp16, with a card of the right architecture.

    Raises UserError for a damaged checkpoint or a path that cannot be written.
    """
    state = RunState.read(run_checkpoint, KEY)
    card = replace(card, architecture=CONVLSTM)
    export_average(run_checkpoint, path, card, state.config, state.step)


_GATES = "ifco"
"""His letters of the gates, in our order."""
_PEEPHOLES = "ifo"


def recognise(path: Path) -> bool:
    """True if ``path`` looks like a file of the author."""
    return foreign.recognise(path, AUTHOR_NETWORK)


def read_author(path: Path) -> Checkpoint:
    """Read a file of the author. Raises as :func:`foreign.read`."""
    return foreign.read(path, AUTHOR_NETWORK)


def author_names(name: str) -> list[str]:
    """His names of the arrays that make up one of our tensors, in order.

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


AUTHOR_NETWORK = ForeignNetwork(KIND, AUTHOR, r"[ep]\d+/W[xhc][ifco](/[Wb])?", _arrays)
