"""A training run on disk: everything it needs to go on, in one safetensors file.

The file holds networks and their optimisers' moments; a JSON text in its header holds where the
run stands. There is no random state in it: every random number of a step is drawn from the seed
and the step (:func:`step_seed`), so the step alone brings it back. One file, written whole or not
at all: a kill at any moment leaves the last one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import whole_file
from kirara_studio.api.kept_json import parse_json
from kirara_studio.api.models import check_tensors

_MOMENTS = ("exp_avg", "exp_avg_sq", "step")


@dataclass(frozen=True)
class Trained:
    """What is trained, each part under a name: networks, and the Adam of some of them."""

    networks: Mapping[str, nn.Module]
    optimisers: Mapping[str, tuple[nn.Module, torch.optim.Adam]]

    def tensors(self) -> dict[str, Tensor]:
        """All tensors by name; parameters that were never trained have no moments."""
        tensors = {
            f"{part}.{name}": value
            for part, network in self.networks.items()
            for name, value in network.state_dict().items()
        }
        for part, (network, adam) in self.optimisers.items():
            for name, parameter in network.named_parameters():
                for moment, value in adam.state.get(parameter, {}).items():
                    tensors[f"{part}.{name}.{moment}"] = value
        return tensors

    def load(self, tensors: Mapping[str, Tensor], source: str) -> None:
        """Take over :meth:`tensors`. Raises UserError naming the first tensor that differs."""
        for part, network in self.networks.items():
            expected = {name: tuple(value.shape) for name, value in network.state_dict().items()}
            found = _below(tensors, part)
            check_tensors(found, expected, source)
            network.load_state_dict(found)
        for part, (network, adam) in self.optimisers.items():
            found = _below(tensors, part)
            for name, parameter in network.named_parameters():
                if f"{name}.step" not in found:
                    adam.state.pop(parameter, None)
                    continue
                moments = {moment: found[f"{name}.{moment}"] for moment in _MOMENTS}
                adam.state[parameter] = {
                    # The moments lie in memory like their parameter; the step stays on the CPU.
                    moment: value if moment == "step" else torch.empty_like(parameter).copy_(value)
                    for moment, value in moments.items()
                }


def save_run(path: Path, trained: Trained, key: str, state: Mapping[str, Any]) -> None:
    """Write the run to ``path``; ``key`` names the kind of run that ``state`` (JSON) is of.

    Raises :class:`UserError` where the place cannot be written to.
    """
    tensors = {name: value.contiguous() for name, value in trained.tensors().items()}
    with whole_file(path) as temporary:
        save_file(tensors, temporary, metadata={key: json.dumps(state)})


def read_state(path: Path, key: str) -> dict[str, Any]:
    """Read where a run stands, without its tensors.

    Raises :class:`UserError` for a file that is damaged or something else.
    """
    try:
        with safe_open(path, "pt") as file:
            return dict(parse_json((file.metadata() or {})[key]))
    except (SafetensorError, OSError, KeyError, TypeError, ValueError) as error:
        raise no_run(path) from error


def no_run(path: Path) -> UserError:
    """The error for a file that is no run, or whose state makes no sense."""
    return UserError(
        "“{path}” is not a checkpoint of a training run, or is damaged.",
        advice="Train into another folder, or delete the file to start this run again.",
        path=path,
    )


def read_tensors(path: Path, part: str = "") -> dict[str, Tensor]:
    """Read the tensors of a run; with ``part`` only those below it, named without it."""
    prefix = f"{part}." if part else ""
    with safe_open(path, "pt") as file:
        return {
            name.removeprefix(prefix): file.get_tensor(name)
            for name in file.keys()  # noqa: SIM118  # safe_open is no mapping
            if name.startswith(prefix)
        }


def step_seed(seed: int, *numbers: int) -> int:
    """The seed of all that is random in one step, 0…2⁶³−1; ``numbers`` say which step of which
    process. A step can so be repeated without remembering any random state."""
    words = np.random.SeedSequence((seed, *numbers)).generate_state(1, np.uint64)
    return int(words[0] >> np.uint64(1))


def _below(tensors: Mapping[str, Tensor], part: str) -> dict[str, Tensor]:
    prefix = f"{part}."
    return {
        name.removeprefix(prefix): value
        for name, value in tensors.items()
        if name.startswith(prefix)
    }
