"""A training run on disk: everything it needs to go on, in one safetensors file.

``checkpoint.safetensors`` holds the network, its moving average, and the optimiser's moments; a
JSON text in its header holds where the run stands. There is no random state in it: every random
number of a step is drawn from (seed, step), so the step alone brings it back. One file, written
whole or not at all: a kill at any moment leaves the last one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from kirara_speech.learning.schedule import Config, config_from_dict
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import whole_file
from kirara_studio.api.models import check_tensors

_STATE_KEY = "kirara_speech_training"
_MOMENTS = ("exp_avg", "exp_avg_sq", "step")


@dataclass(frozen=True)
class RunState:
    """Where a run stands: the next ``step``, the step at which its optimiser ``began``, and the
    ``precision`` that was chosen."""

    kind: str
    config: Config
    step: int = 0
    began: int = 0
    precision: str = "fp32"


@dataclass
class Networks:
    """What is trained: the network, its moving average, and the optimiser."""

    network: nn.Module
    average: nn.Module
    adam: torch.optim.Adam

    def tensors(self) -> dict[str, Tensor]:
        """All tensors by name; parameters that were never trained have no moments."""
        tensors = {
            f"{part}.{name}": value
            for part, network in (("network", self.network), ("average", self.average))
            for name, value in network.state_dict().items()
        }
        for name, parameter in self.network.named_parameters():
            for moment, value in self.adam.state.get(parameter, {}).items():
                tensors[f"adam.{name}.{moment}"] = value
        return tensors

    def load(self, tensors: Mapping[str, Tensor], source: str) -> None:
        """Take over :meth:`tensors`. Raises UserError naming the first tensor that differs."""
        for part, network in (("network", self.network), ("average", self.average)):
            expected = {name: tuple(value.shape) for name, value in network.state_dict().items()}
            found = below(tensors, part)
            check_tensors(found, expected, source)
            network.load_state_dict(found)
        found = below(tensors, "adam")
        for name, parameter in self.network.named_parameters():
            if f"{name}.step" not in found:
                continue
            moments = {moment: found[f"{name}.{moment}"] for moment in _MOMENTS}
            self.adam.state[parameter] = {
                # The moments lie in memory like their parameter.
                moment: value if moment == "step" else torch.empty_like(parameter).copy_(value)
                for moment, value in moments.items()
            }


def save_run(path: Path, networks: Networks, state: RunState) -> None:
    """Write the run to ``path``. Raises :class:`UserError` where the place cannot be written."""
    text = json.dumps(
        {
            "config": {"kind": state.kind, **state.config.to_dict()},
            "step": state.step,
            "began": state.began,
            "precision": state.precision,
        }
    )
    tensors = {name: value.contiguous() for name, value in networks.tensors().items()}
    with whole_file(path) as temporary:
        save_file(tensors, temporary, metadata={_STATE_KEY: text})


def read_state(path: Path) -> RunState:
    """Read where a run stands, without its tensors.

    Raises :class:`UserError` for a file that is damaged or something else.
    """
    try:
        with safe_open(path, "pt") as file:
            state = json.loads((file.metadata() or {})[_STATE_KEY])
        config = config_from_dict(state["config"])
        return RunState(
            state["config"]["kind"],
            config,
            int(state["step"]),
            int(state["began"]),
            str(state["precision"]),
        )
    except (SafetensorError, OSError, KeyError, TypeError, ValueError) as error:
        raise UserError(
            "“{path}” is not a checkpoint of a training run of a voice, or is damaged.",
            advice="Train into another folder, or delete the file to start this run again.",
            path=path,
        ) from error


def read_tensors(path: Path, part: str = "") -> dict[str, Tensor]:
    """Read the tensors of a run; with ``part`` only those below it, named without it."""
    with safe_open(path, "pt") as file:
        names = [name for name in file.keys() if not part or name.startswith(f"{part}.")]  # noqa: SIM118  # safe_open is no mapping
        return {name.removeprefix(f"{part}."): file.get_tensor(name) for name in names}


def below(tensors: Mapping[str, Tensor], part: str) -> dict[str, Tensor]:
    """The tensors whose names begin with ``part`` and a full stop, named without it."""
    prefix = f"{part}."
    return {
        name.removeprefix(prefix): value
        for name, value in tensors.items()
        if name.startswith(prefix)
    }
