"""From files of weights and of training runs to networks, and back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from kirara_speech.networks.config import (
    SSRN,
    TEXT2MEL,
    Config,
    SsrnConfig,
    Text2MelConfig,
    config_from_dict,
)
from kirara_speech.networks.ssrn import Ssrn
from kirara_speech.networks.text2mel import Text2Mel
from kirara_studio.api.learning.averaged_run import RunState
from kirara_studio.api.learning.networks import NetworkKind, load_network
from kirara_studio.api.learning.run_files import export_average, reading_run
from kirara_studio.api.models import ModelCard

RUN_KEY = "kirara_speech_training"
"""The key of the state in a run's checkpoint."""

KINDS: dict[str, NetworkKind[Any]] = {
    TEXT2MEL: NetworkKind(TEXT2MEL, Text2MelConfig.from_dict, Text2Mel),
    SSRN: NetworkKind(SSRN, SsrnConfig.from_dict, Ssrn),
}


def load_text2mel(path: Path) -> Text2Mel:
    """Read a Text2Mel, on the CPU in fp32. Raises :class:`UserError` for another file."""
    network: Text2Mel = load_network(path, KINDS[TEXT2MEL])
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]


def load_ssrn(path: Path) -> Ssrn:
    """Read an SSRN, on the CPU in fp32. Raises :class:`UserError` for another file."""
    network: Ssrn = load_network(path, KINDS[SSRN])
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]


def read_run(checkpoint: Path) -> tuple[Config, int]:
    """The configuration of a run's network, and the next step, without reading tensors.

    Raises :class:`UserError` for a file that is damaged or something else.
    """
    state = RunState.read(checkpoint, RUN_KEY)
    with reading_run(checkpoint):
        return config_from_dict(state.config), state.step


def export_network(run_checkpoint: Path, path: Path, card: ModelCard) -> None:
    """Export a run's averaged network in fp16, with a card, whose architecture is filled in.

    Raises :class:`UserError` for a damaged checkpoint or a place that cannot be written.
    """
    config, step = read_run(run_checkpoint)
    card = replace(card, architecture=config.kind)
    export_average(run_checkpoint, path, card, config.to_dict(), step)
