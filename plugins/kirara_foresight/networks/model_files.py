"""From files of weights to the network and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor

from kirara_foresight.learning.schedule import KEY
from kirara_foresight.networks.config import CONVLSTM, ConvLstmConfig
from kirara_foresight.networks.convlstm import Forecaster
from kirara_studio.api.errors import UserError
from kirara_studio.api.learning import run_models
from kirara_studio.api.learning.averaged_run import RunState
from kirara_studio.api.learning.networks import filled
from kirara_studio.api.learning.run_models import export_average
from kirara_studio.api.models import Checkpoint, ModelCard


def load_forecaster(path: Path) -> Forecaster:
    """Read a network, on the CPU in fp32. Raises UserError where ``path`` holds none."""
    return network_of(Checkpoint.load(path), Path(path).name)


def network_of(checkpoint: Checkpoint, source: str) -> Forecaster:
    """Build the network that the card describes, with the checkpoint's weights in fp32.

    ``source`` is the file's name, for messages. Raises UserError where the card does not
    describe such a network, or naming the first tensor that does not fit.
    """
    config = config_of(checkpoint.card, source)
    network = filled(lambda: Forecaster(config), checkpoint.tensors, source)
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]


def config_of(card: ModelCard, source: str) -> ConvLstmConfig:
    """The shape that a card describes. Raises UserError where it describes no such network."""
    if card.architecture != CONVLSTM:
        raise UserError(
            "“{source}” holds a “{architecture}”, not a network of Foresight.",
            advice="Choose a convolutional LSTM.",
            source=source,
            architecture=card.architecture,
        )
    try:
        return ConvLstmConfig.from_dict(card.configuration)
    except (TypeError, ValueError) as error:
        raise UserError(
            "The model card of “{source}” does not describe its network ({reason}).",
            advice="Correct the card, or fetch the model again.",
            source=source,
            reason=error,
        ) from error


def load_start(path: Path, config: ConvLstmConfig) -> tuple[Mapping[str, Tensor], int]:
    """The weights that a training starts from (:func:`run_models.load_start`)."""
    return run_models.load_start(path, config, config_of, network_of)


def export_network(run_checkpoint: Path, path: Path, card: ModelCard) -> None:
    """Export a run's averaged network in fp16, with a card, whose architecture is filled in.

    Raises :class:`UserError` for a damaged checkpoint or a place that cannot be written.
    """
    state = RunState.read(run_checkpoint, KEY)
    card = replace(card, architecture=CONVLSTM)
    export_average(run_checkpoint, path, card, state.config, state.step)
