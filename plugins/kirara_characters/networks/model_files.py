"""From files of weights to networks and back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from kirara_characters.learning.run_state import read_state
from kirara_characters.networks.config import DISCRIMINATOR, GENERATOR, PgganConfig
from kirara_characters.networks.network import Discriminator, Generator
from kirara_studio.api.learning.networks import NetworkKind, load_network
from kirara_studio.api.learning.run_files import read_tensors, reading_run
from kirara_studio.api.models import Checkpoint, ModelCard

KINDS: dict[str, NetworkKind[Any]] = {
    GENERATOR: NetworkKind(GENERATOR, PgganConfig.from_dict, Generator),
    DISCRIMINATOR: NetworkKind(DISCRIMINATOR, PgganConfig.from_dict, Discriminator),
}


def load_generator(path: Path) -> Generator:
    """Read a generator, on the CPU in fp32. Raises UserError if ``path`` holds none."""
    return load_network(path, KINDS[GENERATOR])


def load_discriminator(path: Path) -> Discriminator:
    """Read a discriminator, on the CPU in fp32. Raises UserError if ``path`` holds none."""
    return load_network(path, KINDS[DISCRIMINATOR])


def discriminator_beside(generator: Path) -> Path:
    """Where the discriminator of the model at ``generator`` lies, if there is one."""
    return generator.with_name(f"{generator.stem}-discriminator{generator.suffix}")


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
    kind = DISCRIMINATOR if discriminator else GENERATOR
    with reading_run(checkpoint), torch.device("meta"):
        config = state.config.cut_at(level if state.alpha >= 1 else level - 1)
        names = KINDS[kind].build(config).state_dict()
    tensors = read_tensors(checkpoint, "discriminator" if discriminator else "average")
    with reading_run(checkpoint):
        kept = {name: tensors[name].half() for name in names}
        values = {**asdict(card), "architecture": kind, "configuration": config.to_dict()}
        card = ModelCard.from_dict(values)
    Checkpoint(card, kept).save(path)
