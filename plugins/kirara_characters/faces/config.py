"""The numbers of the network that finds faces. Imports no torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

FACES = "drawn-faces"
"""The architecture in the cards."""

_WIDEST, _DEEPEST = 256, 16


@dataclass(frozen=True)
class FaceNetworkConfig:
    """The ``channels`` at 1/2, 1/4, 1/8 and 1/16 of the picture, and the layers at 1/16.

    Raises ValueError for values that make no sense.
    """

    channels: tuple[int, int, int, int] = (16, 32, 64, 96)
    deep: int = 4

    def __post_init__(self) -> None:
        numbers = (*self.channels, self.deep)
        if not all(isinstance(number, int) for number in numbers):
            raise ValueError("channels and layers are whole numbers")
        if len(self.channels) != 4 or not all(1 <= one <= _WIDEST for one in self.channels):
            raise ValueError("there are four levels of 1 to 256 channels")
        if not 1 <= self.deep <= _DEEPEST:
            raise ValueError("there are 1 to 16 layers at the deepest level")

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for the card."""
        return {**asdict(self), "channels": list(self.channels)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> FaceNetworkConfig:
        """Read :meth:`to_dict`. Raises KeyError, TypeError or ValueError if it does not fit."""
        return cls(tuple(values["channels"]), values["deep"])
