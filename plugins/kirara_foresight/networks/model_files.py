"""From files of weights to the network and back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import torch

from kirara_foresight.learning.schedule import KEY
from kirara_foresight.networks.config import CONVLSTM, ConvLstmConfig
from kirara_foresight.networks.convlstm import Forecaster
from kirara_studio.api.learning.averaged_run import RunState
from kirara_studio.api.learning.networks import NetworkKind, load_network
from kirara_studio.api.learning.run_models import export_average
from kirara_studio.api.models import ModelCard

KIND = NetworkKind(CONVLSTM, ConvLstmConfig.from_dict, Forecaster)


def load_forecaster(path: Path) -> Forecaster:
    """Read a network, on the CPU in fp32. Raises UserError if ``path`` holds none."""
    network = load_network(path, KIND)
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]


def export_network(run_checkpoint: Path, path: Path, card: ModelCard) -> None:
    """Export a run's averaged network in fp16, with a card, whose architecture is filled in.

    Raises :class:`UserError` for a damaged checkpoint or a place that cannot be written.
    """
    state = RunState.read(run_checkpoint, KEY)
    card = replace(card, architecture=CONVLSTM)
    export_average(run_checkpoint, path, card, state.config, state.step)
