"""From files of weights to networks and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor, nn

from kirara_speech.learning.run_state import read_state, read_tensors
from kirara_speech.learning.schedule import STEPS, Config, config_from_dict
from kirara_speech.networks.config import SSRN, TEXT2MEL, Text2MelConfig
from kirara_speech.networks.ssrn import Ssrn
from kirara_speech.networks.text2mel import Text2Mel
from kirara_studio.api.errors import UserError
from kirara_studio.api.models import Checkpoint, ModelCard, check_tensors


def load_text2mel(path: Path) -> Text2Mel:
    """Read a Text2Mel, on the CPU in fp32. Raises UserError where ``path`` holds none."""
    network = network_of(Checkpoint.load(path), Path(path).name)
    if not isinstance(network, Text2Mel):
        raise UserError(
            "“{file}” does not hold a Text2Mel.",
            advice="Choose the file of a Text2Mel.",
            file=Path(path).name,
        )
    return network


def load_ssrn(path: Path) -> Ssrn:
    """Read an SSRN, on the CPU in fp32. Raises UserError where ``path`` holds none."""
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

    ``source`` is the file's name, for messages. Raises UserError where the card does not
    describe one of these networks, or naming the first tensor that does not fit.
    """
    config = config_of(checkpoint.card, source)
    with torch.device("meta"):  # a card may claim any size: compare shapes before using memory
        network = build(config)
    check_tensors(checkpoint.tensors, shapes_of(network), source)
    weights = {name: tensor.float() for name, tensor in checkpoint.tensors.items()}
    _check_finite(weights, source)
    network.load_state_dict(weights, assign=True)
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return network.requires_grad_(False).eval()


def build(config: Config) -> Text2Mel | Ssrn:
    """A new network of that shape."""
    return Text2Mel(config) if isinstance(config, Text2MelConfig) else Ssrn(config)


def config_of(card: ModelCard, source: str) -> Config:
    """The shape that a card describes. Raises UserError where it describes no such network."""
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


def shapes_of(network: nn.Module) -> dict[str, tuple[int, ...]]:
    """The shapes of all tensors of a network, by name."""
    return {name: tuple(tensor.shape) for name, tensor in network.state_dict().items()}


def load_start(path: Path, config: Config) -> tuple[dict[str, Tensor], int]:
    """The weights (fp32) that a training starts from, and for how many steps they were trained.

    Raises UserError where the file does not hold a network of just this shape.
    """
    checkpoint = Checkpoint.load(path)
    if config_of(checkpoint.card, path.name) != config:
        raise UserError(
            "“{file}” holds a network of another shape than the one to train.",
            advice="Train with the settings of that network, or start without it.",
            file=path.name,
        )
    network = network_of(checkpoint, path.name)
    return network.state_dict(), int(checkpoint.card.measured.get(STEPS, 0))


def export_network(run_checkpoint: Path, path: Path, card: ModelCard) -> None:
    """Export a run's averaged network in fp16, with a card.

    ``card``'s architecture and configuration are filled in, and for how many steps it was
    trained. Raises :class:`UserError` for a damaged checkpoint or a place that cannot be written.
    """
    state = read_state(run_checkpoint)
    tensors = {name: t.half() for name, t in read_tensors(run_checkpoint, "average").items()}
    values = {
        **asdict(card),
        "architecture": TEXT2MEL if isinstance(state.config, Text2MelConfig) else SSRN,
        "configuration": state.config.to_dict(),
        "measured": {STEPS: state.step, **card.measured},
    }
    Checkpoint(ModelCard.from_dict(values), tensors).save(path)


def _check_finite(tensors: Mapping[str, Tensor], source: str) -> None:
    for name, tensor in tensors.items():
        if not torch.isfinite(tensor).all():
            raise UserError(
                "“{name}” in “{source}” holds values that are not numbers.",
                advice="Fetch or export the file again.",
                name=name,
                source=source,
            )
