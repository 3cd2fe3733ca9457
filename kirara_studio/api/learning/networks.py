"""Loads networks from files and tensors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import torch
from torch import Tensor, nn

from kirara_studio.api.errors import UserError
from kirara_studio.api.models import (
    Checkpoint,
    ModelCard,
    check_architecture,
    check_tensors,
    configuration_of,
)
from kirara_studio.api.reading import reading

Network = TypeVar("Network", bound=nn.Module)


@dataclass(frozen=True)
class NetworkKind(Generic[Network]):
    """The ``architecture`` in the cards of a kind of network, and how to read and build it.

    ``read`` raises KeyError, TypeError or ValueError for a configuration that makes no sense.
    """

    architecture: str
    read: Callable[[Mapping[str, Any]], Any]
    build: Callable[[Any], Network]


def config_of(card: ModelCard, source: str, *kinds: NetworkKind[Any]) -> Any:
    """The configuration in a card, for messages from the file ``source``.

    Raises UserError if it is of none of the kinds, or makes no sense.
    """
    check_architecture(card, source, *(kind.architecture for kind in kinds))
    return configuration_of(card, source, _kind_of(card, kinds).read)


def network_of(checkpoint: Checkpoint, source: str, *kinds: NetworkKind[Network]) -> Network:
    """The network of a checkpoint, on the CPU, in fp32, without gradients.

    Raises UserError if it is of none of the kinds, or a tensor does not fit.
    """
    config = config_of(checkpoint.card, source, *kinds)
    kind = _kind_of(checkpoint.card, kinds)
    return filled(lambda: kind.build(config), checkpoint.tensors, source)


def load_network(path: Path, *kinds: NetworkKind[Network]) -> Network:
    """Read a network of one of the kinds. Raises UserError if ``path`` holds none."""
    return network_of(Checkpoint.load(path), Path(path).name, *kinds)


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
    return network.state_dict(), checkpoint.card.steps


def _kind_of(card: ModelCard, kinds: tuple[NetworkKind[Network], ...]) -> NetworkKind[Network]:
    return next(kind for kind in kinds if kind.architecture == card.architecture)


def shapes_of(network: nn.Module) -> dict[str, tuple[int, ...]]:
    """The shapes of all tensors of a network, by name."""
    return {name: tuple(tensor.shape) for name, tensor in network.state_dict().items()}


def filled(build: Callable[[], Network], tensors: Mapping[str, Tensor], source: str) -> Network:
    """The network of ``build`` with these weights, on the CPU, in fp32, without gradients.

    Raises UserError for the first tensor of the file ``source`` that does not fit, or that holds
    values which are not numbers.
    """
    with reading(source, advice="Fetch or export the file again."):
        with torch.device("meta"):  # a card may claim any size: compare before using memory
            network = build()
        check_tensors(tensors, shapes_of(network), source)
        weights = {name: tensor.float() for name, tensor in tensors.items()}
        for name, tensor in weights.items():
            if not torch.isfinite(tensor).all():
                raise UserError(
                    "“{name}” in “{source}” holds values that are not numbers.",
                    advice="Fetch or export the file again.",
                    name=name,
                    source=source,
                )
        network.load_state_dict(weights, assign=True)
        return network.requires_grad_(False).eval()


@torch.no_grad()
def move_average(average: nn.Module, network: nn.Module, step: float) -> None:
    """Move the parameters of ``average`` by the share ``step`` (0…1) to those of ``network``."""
    old, new = ([p.detach() for p in one.parameters()] for one in (average, network))
    torch._foreach_lerp_(old, new, step)
