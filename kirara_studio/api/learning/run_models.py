"""Models as the start and as the result of runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.networks import NetworkKind, config_of, network_of
from kirara_studio.api.learning.run_files import read_tensors
from kirara_studio.api.learning.schedule import STEPS
from kirara_studio.api.models import Checkpoint, ModelCard

if TYPE_CHECKING:
    from torch import Tensor


def start_weights(
    path: Path, config: object, *kinds: NetworkKind[Any]
) -> tuple[Mapping[str, Tensor], int]:
    """The weights (fp32) to start from, and for how many steps they were trained.

    Raises UserError if the network is of none of the kinds, or its configuration is not ``config``.
    """
    checkpoint = Checkpoint.load(path)
    if config_of(checkpoint.card, path.name, *kinds) != config:
        raise UserError(
            "“{file}” holds a network of another shape than the one to train.",
            advice="Train with the settings of that network, or start without it.",
            file=path.name,
        )
    network = network_of(checkpoint, path.name, *kinds)
    return network.state_dict(), int(checkpoint.card.measured.get(STEPS, 0))


def export_average(
    run_checkpoint: Path, path: Path, card: ModelCard, configuration: Mapping[str, Any], step: int
) -> None:
    """Write a run's averaged network to ``path`` in fp16.

    The network's ``configuration`` and number of steps are added to the card. Raises UserError if
    ``path`` cannot be written.
    """
    tensors = {name: t.half() for name, t in read_tensors(run_checkpoint, "average").items()}
    values = {
        **asdict(card),
        "configuration": dict(configuration),
        "measured": {STEPS: step, **card.measured},
    }
    Checkpoint(ModelCard.from_dict(values), tensors).save(path)
