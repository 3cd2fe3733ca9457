"""Checkpoints of training runs: a safetensors file, written whole or not at all.

It holds the networks and the optimisers' moments; a JSON text in its header holds the state. Random
numbers are drawn from the seed and the step (:func:`step_seed`), so no random state is kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import safe_open
from torch import Tensor, nn

from kirara_studio.api.kept_files import parse_json
from kirara_studio.api.learning.networks import shapes_of
from kirara_studio.api.learning.schedule import STEPS
from kirara_studio.api.models import Checkpoint, ModelCard, check_tensors, save_tensors
from kirara_studio.api.reading import reading

_MOMENTS = ("exp_avg", "exp_avg_sq", "step")


@dataclass(frozen=True)
class Trained:
    """Networks, and the Adam of some of them, each under a name."""

    networks: Mapping[str, nn.Module]
    optimisers: Mapping[str, tuple[nn.Module, torch.optim.Adam]]

    def tensors(self) -> dict[str, Tensor]:
        """All tensors by name; untrained parameters have no moments."""
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
        """Load :meth:`tensors`. Raises UserError for the first tensor that differs."""
        with reading_run(Path(source)):
            for part, network in self.networks.items():
                found = _below(tensors, part)
                check_tensors(found, shapes_of(network), source)
                network.load_state_dict(found)
            for part, (network, adam) in self.optimisers.items():
                found = _below(tensors, part)
                for name, parameter in network.named_parameters():
                    if f"{name}.step" not in found:
                        adam.state.pop(parameter, None)
                        continue
                    moments = {moment: found[f"{name}.{moment}"] for moment in _MOMENTS}
                    adam.state[parameter] = {
                        # Moments lie in memory like their parameter; the step stays on the CPU.
                        moment: value
                        if moment == "step"
                        else torch.empty_like(parameter).copy_(value)
                        for moment, value in moments.items()
                    }


def save_run(path: Path, trained: Trained, key: str, state: Mapping[str, Any]) -> None:
    """Write a run, with its ``state`` (JSON values) under the ``key`` of its kind.

    Raises UserError if ``path`` cannot be written.
    """
    save_tensors(path, trained.tensors(), {key: json.dumps(state)})


def read_state(path: Path, key: str) -> dict[str, Any]:
    """Read a run's state. Raises UserError if the file is damaged or something else."""
    with reading_run(path), safe_open(path, "pt") as file:
        return dict(parse_json((file.metadata() or {})[key]))


def reading_run(path: Path) -> AbstractContextManager[None]:
    """The guard of what reads a run's file, or makes sense of its state."""
    return reading(
        path,
        "“{path}” is not a checkpoint of a training run, or is damaged.",
        advice="Train into another folder, or delete the file to start this run again.",
    )


def read_tensors(path: Path, part: str = "") -> dict[str, Tensor]:
    """Read the tensors of a run; with ``part`` only those below it, named without it.

    Raises UserError if the file is damaged or something else.
    """
    prefix = f"{part}." if part else ""
    with reading_run(path), safe_open(path, "pt") as file:
        return {
            name.removeprefix(prefix): file.get_tensor(name)
            for name in file.keys()  # noqa: SIM118  # safe_open is no mapping
            if name.startswith(prefix)
        }


def step_seed(seed: int, *numbers: int) -> int:
    """The seed, 0…2⁶³−1, of the random numbers of one step; ``numbers`` are step and process."""
    words = np.random.SeedSequence((seed, *numbers)).generate_state(1, np.uint64)
    return int(words[0] >> np.uint64(1))


def _below(tensors: Mapping[str, Tensor], part: str) -> dict[str, Tensor]:
    prefix = f"{part}."
    return {
        name.removeprefix(prefix): value
        for name, value in tensors.items()
        if name.startswith(prefix)
    }


def export_average(
    run_checkpoint: Path, path: Path, card: ModelCard, configuration: Mapping[str, Any], step: int
) -> None:
    """Write a run's averaged network to ``path`` in fp16.

    The network's ``configuration`` and number of steps are added to the card. Raises UserError if
    ``path`` cannot be written.
    """
    tensors = {name: t.half() for name, t in read_tensors(run_checkpoint, "average").items()}
    with reading_run(run_checkpoint):
        values = {
            **asdict(card),
            "configuration": dict(configuration),
            "measured": {STEPS: step, **card.measured},
        }
        card = ModelCard.from_dict(values)
    Checkpoint(card, tensors).save(path)
