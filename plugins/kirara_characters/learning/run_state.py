"""Where a run of progressive growing stands, beside its networks in its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from kirara_characters.learning.schedule import Position
from kirara_characters.networks.config import PgganConfig
from kirara_characters.networks.network import Generator
from kirara_studio.api.learning import run_files
from kirara_studio.api.learning.run_files import Trained, no_run

KEY = "kirara_training"
"""Names this kind of run in its checkpoint."""


@dataclass(frozen=True)
class Networks:
    """What is trained: generator, its moving average, discriminator, and both optimisers."""

    generator: Generator
    average: Generator
    discriminator: nn.Module
    generator_adam: torch.optim.Adam
    discriminator_adam: torch.optim.Adam

    @property
    def trained(self) -> Trained:
        """The same under the names that they have in the file."""
        return Trained(
            {
                "generator": self.generator,
                "average": self.average,
                "discriminator": self.discriminator,
            },
            {
                "generator_adam": (self.generator, self.generator_adam),
                "discriminator_adam": (self.discriminator, self.discriminator_adam),
            },
        )


@dataclass(frozen=True)
class RunState:
    """A checkpoint without its tensors: ``alpha`` says how far the level is faded in."""

    config: PgganConfig
    position: Position
    alpha: float
    extra: Mapping[str, Any]


def state_values(
    config: PgganConfig, position: Position, alpha: float, extra: Mapping[str, Any]
) -> dict[str, Any]:
    """A checkpoint's state in plain values. ``extra`` holds others to remember."""
    return {
        "config": config.to_dict(),
        "position": asdict(position),
        "alpha": alpha,
        "extra": dict(extra),
    }


def read_state(path: Path) -> RunState:
    """Read where a run stands, without its tensors.

    Raises :class:`UserError` for a file that is damaged or something else.
    """
    state = run_files.read_state(path, KEY)
    try:
        return RunState(
            PgganConfig.from_dict(state["config"]),
            Position(**state["position"]),
            float(state["alpha"]),
            dict(state["extra"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise no_run(path) from error
