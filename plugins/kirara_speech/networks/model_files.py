"""From files of weights to networks and back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from kirara_speech.learning.run_state import read_run
from kirara_speech.learning.schedule import config_to_dict
from kirara_speech.networks.config import SSRN, TEXT2MEL, SsrnConfig, Text2MelConfig
from kirara_speech.networks.ssrn import Ssrn
from kirara_speech.networks.text2mel import Text2Mel
from kirara_studio.api.learning.networks import NetworkKind, load_network
from kirara_studio.api.learning.run_models import export_average
from kirara_studio.api.models import ModelCard

KINDS: dict[str, NetworkKind[Any]] = {
    TEXT2MEL: NetworkKind(TEXT2MEL, Text2MelConfig.from_dict, Text2Mel),
    SSRN: NetworkKind(SSRN, SsrnConfig.from_dict, Ssrn),
}


def load_text2mel(path: Path) -> Text2Mel:
    """Read a Text2Mel, on the CPU in fp32. Raises UserError if ``path`` holds none."""
    network: Text2Mel = load_network(path, KINDS[TEXT2MEL])
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]


def load_ssrn(path: Path) -> Ssrn:
    """Read an SSRN, on the CPU in fp32. Raises UserError if ``path`` holds none."""
    network: Ssrn = load_network(path, KINDS[SSRN])
    return network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]


def export_network(run_checkpoint: Path, path: Path, card: ModelCard) -> None:
    """Export a run's averaged network in fp16, with a card, whose architecture is filled in.

    Raises :class:`UserError` for a damaged checkpoint or a place that cannot be written.
    """
    run = read_run(run_checkpoint)
    values = config_to_dict(run.config)
    card = replace(card, architecture=values.pop("kind"))
    export_average(run_checkpoint, path, card, values, run.step)
