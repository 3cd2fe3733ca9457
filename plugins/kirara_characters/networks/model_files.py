"""From files of weights to networks and back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

import torch

from kirara_characters.learning.run_state import read_state
from kirara_characters.networks.config import DISCRIMINATOR, GENERATOR, PgganConfig
from kirara_characters.networks.network import Discriminator, Generator
from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.networks import filled
from kirara_studio.api.learning.run_files import read_tensors
from kirara_studio.api.models import Checkpoint, ModelCard

_KINDS: dict[str, type[Generator] | type[Discriminator]] = {
    GENERATOR: Generator,
    DISCRIMINATOR: Discriminator,
}

Network = TypeVar("Network", Generator, Discriminator)


def load_generator(path: Path) -> Generator:
    """Read a generator, on the CPU in fp32. Raises UserError where ``path`` holds none."""
    return _load(path, Generator)


def load_discriminator(path: Path) -> Discriminator:
    """Read a discriminator, on the CPU in fp32. Raises UserError where ``path`` holds none."""
    return _load(path, Discriminator)


def discriminator_beside(generator: Path) -> Path:
    """Where the discriminator of the model at ``generator`` lies, if there is one."""
    return generator.with_name(f"{generator.stem}-discriminator{generator.suffix}")


def network_of(checkpoint: Checkpoint, source: str) -> Generator | Discriminator:
    """Build the network that the card describes, with the checkpoint's weights in fp32.

    ``source`` is the file's name, for messages. Raises UserError where the card does not
    describe one of these networks, or naming the first tensor that does not fit.
    """
    kind = _KINDS.get(checkpoint.card.architecture)
    if kind is None:
        raise UserError(
            "“{source}” holds a “{architecture}”, not a network of Characters.",
            advice="Choose a generator or discriminator of characters.",
            source=source,
            architecture=checkpoint.card.architecture,
        )
    try:
        config = PgganConfig.from_dict(checkpoint.card.configuration)
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(
            "The model card of “{source}” does not describe its network ({reason}).",
            advice="Correct the card, or fetch the model again.",
            source=source,
            reason=error,
        ) from error
    return filled(lambda: kind(config), checkpoint.tensors, source)


def export_generator(
    checkpoint: Path, path: Path, card: ModelCard, *, discriminator: bool = False
) -> None:
    """Export a run's averaged generator, in fp16 with a card, up to its last finished level.

    A level that is still being faded in is left out, since its layers are not trained yet.
    ``card``'s architecture and configuration are filled in. With ``discriminator`` the
    discriminator is exported instead, for trainings that start from this one. Raises
    :class:`UserError` for a damaged checkpoint or a place that cannot be written to.
    """
    state = read_state(checkpoint)
    level = state.position.level
    config = state.config.cut_at(level if state.alpha >= 1 else level - 1)
    kind = DISCRIMINATOR if discriminator else GENERATOR
    with torch.device("meta"):
        names = _KINDS[kind](config).state_dict()
    tensors = read_tensors(checkpoint, "discriminator" if discriminator else "average")
    kept = {name: tensors[name].half() for name in names}
    values = {**asdict(card), "architecture": kind, "configuration": config.to_dict()}
    Checkpoint(ModelCard.from_dict(values), kept).save(path)


def _load(path: Path, kind: type[Network]) -> Network:
    network = network_of(Checkpoint.load(path), Path(path).name)
    if not isinstance(network, kind):
        raise UserError(
            "“{file}” holds a discriminator, not a generator."
            if issubclass(kind, Generator)
            else "“{file}” holds a generator, not a discriminator.",
            advice="Choose the file of a generator."
            if issubclass(kind, Generator)
            else "Choose the file of a discriminator.",
            file=Path(path).name,
        )
    return network
