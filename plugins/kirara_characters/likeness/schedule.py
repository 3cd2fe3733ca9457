"""The network that reads attributes from a picture, and its training, in numbers. No torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from kirara_characters.networks.attribute_space import AttributeSpace, all_columns
from kirara_studio.api.learning.schedule import Schedule

LIKENESS = "character-likeness"
"""The architecture in the cards."""
KEY = "kirara_characters_likeness"
"""The key of a run's state in its checkpoint."""

SIDE = 96
"""Pixels of the pictures that the network reads."""
_WIDEST = 512


@dataclass(frozen=True)
class LikenessConfig:
    """The ``columns`` that are read, and the ``channels`` at 1/2, 1/4, 1/8 and 1/16.

    Raises ValueError for values that make no sense.
    """

    columns: tuple[str, ...] = field(default_factory=all_columns)
    channels: tuple[int, int, int, int] = (24, 48, 96, 160)

    def __post_init__(self) -> None:
        AttributeSpace(self.columns)
        if len(self.channels) != 4 or not all(1 <= one <= _WIDEST for one in self.channels):
            raise ValueError(f"there are four levels of 1 to {_WIDEST} channels")

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for the card."""
        return {"columns": list(self.columns), "channels": list(self.channels)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> LikenessConfig:
        """Read :meth:`to_dict`. Raises KeyError, TypeError or ValueError if it does not fit."""
        return cls(tuple(values["columns"]), tuple(values["channels"]))


@dataclass(frozen=True)
class LikenessRequest(Schedule):
    """How to train on ``drawings``, made once, of the seeds from 0; ``batch`` in each step.

    Raises ValueError for values that make no sense.
    """

    steps: int = field(default=12_000, kw_only=True)
    learning_rate: float = field(default=1e-3, kw_only=True)
    warm_up: int = field(default=1_500, kw_only=True)
    cool_down: int | None = field(default=3_000, kw_only=True)
    average: float = field(default=0.998, kw_only=True)
    drawings: int = 12_000
    batch: int = 32
    config: LikenessConfig = field(default_factory=LikenessConfig)

    def __post_init__(self) -> None:
        super().__post_init__()
        if min(self.drawings, self.batch) < 1:
            raise ValueError("drawings and batches must be positive")

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return {**asdict(self), "config": self.config.to_dict()}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> LikenessRequest:
        """Read the values of :meth:`to_dict`; all are optional.

        Raises KeyError, ValueError or TypeError if the values do not fit.
        """
        values = dict(values)
        if "config" in values:
            values["config"] = LikenessConfig.from_dict(values["config"])
        return cls(**values)
