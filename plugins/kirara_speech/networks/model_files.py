"""From files of weights to networks and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor

from kirara_speech.learning.run_state import read_run
from kirara_speech.learning.schedule import Config, config_from_dict, config_to_dict
from kirara_speech.networks.config import SSRN, TEXT2MEL, Text2MelConfig
from kirara_speech.networks.ssrn import Ssrn
from kirara_speech.networks.text2mel import Text2Mel
from kirara_studio.api.errors import UserError
from kirara_studio.api.learning import run_models
from kirara_studio.api.learning.networks import filled
from kirara_studio.api.learning.run_models import export_average
from kirara_studio.api.models import Checkpoint, ModelCard


def load_text2mel(path: Path) -> Text2Mel:
    """Read a Text2Mel, on the CPU in fp32. Raises UserError if ``path`` holds none."""
    network = network_of(Checkpoint.load(path), Path(path).name)
    if not isinstance(network, Text2Mel):
        raise UserError(
            "“{file}” does not hold a Text2Mel.",
            advice="Choose the file of a Text2Mel.",
            file=Path(path).name,
        )
    return network


def load_ssrn(path: Path) -> Ssrn:
    """Read an SSRN, on the CPU in fp32. Raises UserError if ``path`` holds none."""
    network = network_of(Checkpoint.load(path), Path(path).name)
    if not isinstance(network, Ssrn):
        raise UserError(
            "“{file}” does not hold an SSRN.",
            advice="Choose the file of an SSRN.",
            file=Path(path).name,
        )
    return network


def network_of(checkpoint: Checkpoint, source: str) -> Text2Mel | Ssrn:
    """Build the network that the card describes, with the checkpoint's weights in fp32.

    ``source`` is the file's name, for messages. Raises UserError if the card does not
    describe one of these networks, or naming the first tensor that does not fit.
    """
    config = config_of(checkpoint.card, source)
    network = filled(lambda: build(config), checkpoint.tensors, source)
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]


def build(config: Config) -> Text2Mel | Ssrn:
    """A new network of that shape."""
    return Text2Mel(config) if isinstance(config, Text2MelConfig) else Ssrn(config)


def config_of(card: ModelCard, source: str) -> Config:
    """The shape that a card describes. Raises UserError if it describes no such network."""
    if card.architecture not in (TEXT2MEL, SSRN):
        raise UserError(
            "“{source}” holds a “{architecture}”, not a network of Speech.",
            advice="Choose a Text2Mel or an SSRN.",
            source=source,
            architecture=card.architecture,
        )
    try:
        return config_from_dict({"kind": card.architecture, **card.configuration})
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(
            "The model card of “{source}” does not describe its network ({reason}).",
            advice="Correct the card, or fetch the model again.",
            source=source,
            reason=error,
        ) from error


def load_start(path: Path, config: Config) -> tuple[Mapping[str, Tensor], int]:
    """The weights that a training starts from (:func:`run_models.load_start`)."""
    return run_models.load_start(path, config, config_of, network_of)


def export_network(run_checkpoint: Path, path: Path, card: ModelCard) -> None:
    """Export a run's averaged network in fp16, with a card, whose architecture is filled in.

    Raises :class:`UserError` for a damaged checkpoint or a place that cannot be written.
    """
    run = read_run(run_checkpoint)
    values = config_to_dict(run.config)
    card = replace(card, architecture=values.pop("kind"))
    export_average(run_checkpoint, path, card, values, run.step)
