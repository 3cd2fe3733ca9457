"""Everything a training run needs to go on, in one file.

``checkpoint.safetensors`` holds the generator, its moving average, the discriminator and both
optimisers; a JSON text in its header holds the position in the schedule. There is no random
state in it: every random number of a step is drawn from (seed, step, process), so the step alone
brings it back. One file, written whole or not at all: a kill at any moment leaves the last one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from kirara_characters.config import PgganConfig
from kirara_characters.network import Discriminator, Generator
from kirara_characters.schedule import Position
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import whole_file
from kirara_studio.api.models import check_tensors

_STATE_KEY = "kirara_training"
_MOMENTS = ("exp_avg", "exp_avg_sq", "step")


@dataclass
class Networks:
    """What is trained: generator, its moving average, discriminator, and both optimisers."""

    generator: Generator
    average: Generator
    discriminator: Discriminator
    generator_adam: torch.optim.Adam
    discriminator_adam: torch.optim.Adam

    def _parts(self) -> dict[str, nn.Module]:
        return {
            "generator": self.generator,
            "average": self.average,
            "discriminator": self.discriminator,
        }

    def _optimisers(self) -> dict[str, tuple[nn.Module, torch.optim.Adam]]:
        return {
            "generator_adam": (self.generator, self.generator_adam),
            "discriminator_adam": (self.discriminator, self.discriminator_adam),
        }

    def tensors(self) -> dict[str, Tensor]:
        """All tensors by name; parameters that were never trained have no moments."""
        tensors = {
            f"{part}.{name}": value
            for part, network in self._parts().items()
            for name, value in network.state_dict().items()
        }
        for part, (network, adam) in self._optimisers().items():
            for name, parameter in network.named_parameters():
                for moment, value in adam.state.get(parameter, {}).items():
                    tensors[f"{part}.{name}.{moment}"] = value
        return tensors

    def load(self, tensors: Mapping[str, Tensor], source: str) -> None:
        """Take over :meth:`tensors`. Raises UserError naming the first tensor that differs."""
        for part, network in self._parts().items():
            expected = {name: tuple(value.shape) for name, value in network.state_dict().items()}
            found = _below(tensors, part)
            check_tensors(found, expected, source)
            network.load_state_dict(found)
        for part, (network, adam) in self._optimisers().items():
            found = _below(tensors, part)
            for name, parameter in network.named_parameters():
                if f"{name}.step" not in found:
                    continue
                moments = {moment: found[f"{name}.{moment}"] for moment in _MOMENTS}
                adam.state[parameter] = {
                    # The moments lie in memory like their parameter; the step stays on the CPU.
                    moment: value if moment == "step" else torch.empty_like(parameter).copy_(value)
                    for moment, value in moments.items()
                }


@dataclass(frozen=True)
class RunState:
    """A checkpoint without its tensors: ``alpha`` says how far the level is faded in."""

    config: PgganConfig
    position: Position
    alpha: float
    extra: Mapping[str, Any]


def save_run(
    path: Path, networks: Networks, position: Position, alpha: float, extra: Mapping[str, Any]
) -> None:
    """Write the run to ``path``. ``extra`` holds plain values to remember.

    Raises :class:`UserError` where the place cannot be written to.
    """
    state = {
        "config": networks.generator.config.to_dict(),
        "position": asdict(position),
        "alpha": alpha,
        "extra": dict(extra),
    }
    tensors = {name: value.contiguous() for name, value in networks.tensors().items()}
    with whole_file(path) as temporary:
        save_file(tensors, temporary, metadata={_STATE_KEY: json.dumps(state)})


def read_state(path: Path) -> RunState:
    """Read where a run stands, without its tensors.

    Raises :class:`UserError` for a file that is damaged or something else.
    """
    try:
        with safe_open(path, "pt") as file:
            state = json.loads((file.metadata() or {})[_STATE_KEY])
        return RunState(
            PgganConfig.from_dict(state["config"]),
            Position(**state["position"]),
            float(state["alpha"]),
            dict(state["extra"]),
        )
    except (SafetensorError, OSError, KeyError, TypeError, ValueError) as error:
        raise UserError(
            "“{path}” is not a checkpoint of a training run, or is damaged.",
            advice="Train into another folder, or delete the file to start this run again.",
            path=path,
        ) from error


def read_tensors(path: Path, part: str = "") -> dict[str, Tensor]:
    """Read the tensors of a run; with ``part`` only those below it, named without it."""
    prefix = f"{part}." if part else ""
    with safe_open(path, "pt") as file:
        return {
            name.removeprefix(prefix): file.get_tensor(name)
            for name in file.keys()  # noqa: SIM118  # safe_open is no mapping
            if name.startswith(prefix)
        }


def _below(tensors: Mapping[str, Tensor], part: str) -> dict[str, Tensor]:
    prefix = f"{part}."
    return {
        name.removeprefix(prefix): value
        for name, value in tensors.items()
        if name.startswith(prefix)
    }
