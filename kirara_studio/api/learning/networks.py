"""From tensors to a torch network that is ready to work. Imports torch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import torch
from torch import Tensor, nn

from kirara_studio.api.errors import UserError
from kirara_studio.api.models import check_tensors

Network = TypeVar("Network", bound=nn.Module)


def shapes_of(network: nn.Module) -> dict[str, tuple[int, ...]]:
    """The shapes of all tensors of a network, by name."""
    return {name: tuple(tensor.shape) for name, tensor in network.state_dict().items()}


def filled(build: Callable[[], Network], tensors: Mapping[str, Tensor], source: str) -> Network:
    """The network that ``build`` makes, with these weights: on the CPU, in fp32, not to be trained.

    ``source`` is the file's name, for messages. Raises :class:`UserError` naming the first tensor
    that does not fit, or that holds values which are not numbers.
    """
    with torch.device("meta"):  # a card may claim any size: compare shapes before using memory
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
    """Move the parameters of ``average`` the share ``step`` (0…1) of the way to those of
    ``network``, which has the same ones in the same order."""
    old, new = ([p.detach() for p in one.parameters()] for one in (average, network))
    torch._foreach_lerp_(old, new, step)
