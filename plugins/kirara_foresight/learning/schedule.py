"""What to train, for how long: the request of a training run. Imports no torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from kirara_foresight.networks.config import OURS, ConvLstmConfig
from kirara_studio.api.learning.schedule import Schedule

KEY = "kirara_foresight_training"
"""What the file of a run is known by."""

REQUEST = "request.json"
"""The file in a run's folder that keeps its request."""
LEFT = "seconds left"
"""A figure of a run that ends after some time."""

SOURCES = ("digits", "radar", "clips")
FEWEST = 3
"""Frames in and out at the beginning of a curriculum: as many as the blog author's."""


@dataclass(frozen=True)
class TrainRequest(Schedule):
    """How to train a network to predict the next frames.

    ``source`` is the kind of data, and ``path`` where it is: a file or a package of "digits", a
    folder of "radar" pictures, or a clip or a folder of "clips". ``seen`` frames are shown and
    ``forecast`` are predicted; in the first ``curriculum`` steps they grow from 3 and 3. ``crop``
    is the side in pixels of what is cut out of clips and radar pictures. ``relied`` is for a
    network that is fed: the share of frames for which it relies on itself at the end of training,
    instead of getting the truth; it grows in a straight line (scheduled sampling: Bengio et al.
    2015). Of a clip only what comes before frame ``until`` is looked at, and a run ends after so
    many ``seconds``; 0 leaves these limits out. Raises ValueError for values that make no sense.
    """

    source: str
    path: str
    config: ConvLstmConfig = OURS
    steps: int = field(default=13_500, kw_only=True)
    learning_rate: float = field(default=1e-3, kw_only=True)
    warm_up: int = field(default=500, kw_only=True)
    batch: int = 16
    seen: int = 10
    forecast: int = 10
    curriculum: int = 2_000
    crop: int = 128
    relied: float = 1.0
    until: int = 0
    seconds: float = 0.0

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.source not in SOURCES:
            raise ValueError(f"unknown source “{self.source}”")
        if min(self.batch, self.seen, self.forecast, self.crop) < 1 or self.curriculum < 0:
            raise ValueError("batches, frames and crops must be positive")
        if self.crop % self.config.multiple:
            raise ValueError(f"the side of a crop is a multiple of {self.config.multiple}")
        if self.until < 0 or self.seconds < 0:
            raise ValueError("limits are not negative")
        if not 0 <= self.relied <= 1:
            raise ValueError("a share is from 0 to 1")

    def frames_at(self, step: int) -> tuple[int, int]:
        """How many frames are shown and predicted in a step."""
        grown = min(1.0, step / self.curriculum) if self.curriculum else 1.0

        def frames(all_of_them: int) -> int:
            few = min(FEWEST, all_of_them)
            return few + int(grown * (all_of_them - few))

        return frames(self.seen), frames(self.forecast)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return {**asdict(self), "config": self.config.to_dict()}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> TrainRequest:
        """Read :meth:`to_dict`'s values; anything but source and path may be left out.

        Runs of version 0.1 call ``forecast`` “foretold”.

        Raises KeyError, ValueError or TypeError where the values do not fit.
        """
        values = dict(values)
        if "foretold" in values:
            values["forecast"] = values.pop("foretold")
        if "config" in values:
            values["config"] = ConvLstmConfig.from_dict(values["config"])
        return cls(**values)
