"""The request of a training of the network that finds faces. Imports no torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from kirara_characters.faces.config import FaceNetworkConfig
from kirara_studio.api.learning.schedule import Schedule

KEY = "kirara_characters_faces"
"""The key of a run's state in its checkpoint."""

_MULTIPLE = 16
_LEAST = 96


@dataclass(frozen=True)
class FaceTrainRequest(Schedule):
    """How to train on scenes composed of drawings.

    ``drawings`` are made once, of the seeds from 0; each batch has ``batch`` scenes of ``side`` ×
    ``side`` pixels, a sixth of them new ones. ``photographs`` is a folder of pictures without
    drawn faces for backgrounds, beside those of the package scikit-image. Raises ValueError for
    values that make no sense.
    """

    steps: int = field(default=30_000, kw_only=True)
    learning_rate: float = field(default=3e-3, kw_only=True)
    warm_up: int = field(default=1_500, kw_only=True)
    cool_down: int | None = field(default=10_000, kw_only=True)
    betas: tuple[float, float] = field(default=(0.9, 0.99), kw_only=True)
    average: float = field(default=0.998, kw_only=True)
    drawings: int = 1_200
    side: int = 160
    batch: int = 16
    photographs: str = ""
    config: FaceNetworkConfig = field(default_factory=FaceNetworkConfig)

    def __post_init__(self) -> None:
        super().__post_init__()
        if min(self.drawings, self.batch) < 1:
            raise ValueError("drawings and batches must be positive")
        if self.side < _LEAST or self.side % _MULTIPLE:
            raise ValueError(f"the side of a scene is a multiple of {_MULTIPLE}, from {_LEAST}")

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return {**asdict(self), "config": self.config.to_dict()}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> FaceTrainRequest:
        """Read the values of :meth:`to_dict`; all are optional.

        Raises KeyError, ValueError or TypeError if the values do not fit.
        """
        values = dict(values)
        if "config" in values:
            values["config"] = FaceNetworkConfig.from_dict(values["config"])
        return cls(**values)
