"""What to train, for how long: the request of a training run. Imports no torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from kirara_speech.networks.config import (
    OUR_TEXT2MEL,
    Config,
    SsrnConfig,
    config_from_dict,
    config_to_dict,
)
from kirara_studio.api.learning.schedule import Schedule

REPORT = "report.json"
"""The file in a run's folder with the report about the recordings."""

READ = "recordings read"
"""The metric of a progress report that counts recordings instead of steps."""


@dataclass(frozen=True)
class TrainRequest(Schedule):
    """How to train a network on a folder of recordings.

    ``crop`` is the length of SSRN's pieces in frames. ``guide`` is the weight of the guided
    attention. ``frame_dropout`` is the share of the previous frames that Text2Mel does not see:
    without it, the network continues them and hardly reads the text (seen after 3,000 steps on 90
    minutes of speech). ``held_out`` sentences are only used for validation. Raises ValueError for
    values that make no sense.
    """

    folder: str
    config: Config = OUR_TEXT2MEL
    steps: int = field(default=25_000, kw_only=True)
    batch: int = 16
    dropout: float = 0.1
    frame_dropout: float = 0.5
    guide: float = 0.02
    crop: int = 64
    held_out: int = 40

    def __post_init__(self) -> None:
        super().__post_init__()
        if min(self.batch, self.crop) < 1 or self.held_out < 0:
            raise ValueError("batches and crops must be positive")
        if isinstance(self.config, SsrnConfig) and self.config.leaky:
            raise ValueError("the divergence needs a network that ends in a sigmoid")
        if not all(0 <= share < 1 for share in (self.dropout, self.frame_dropout)):
            raise ValueError("dropout is at least 0 and below 1")
        if self.guide < 0:
            raise ValueError("the guide weighs at least 0")

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return {**asdict(self), "config": config_to_dict(self.config)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> TrainRequest:
        """Read :meth:`to_dict`'s values; anything but ``folder`` may be left out.

        Raises KeyError, ValueError or TypeError if the values do not fit.
        """
        values = dict(values)
        if "config" in values:
            values["config"] = config_from_dict(values["config"])
        return cls(**values)


def our_request(folder: str, config: Config, **values: Any) -> TrainRequest:
    """The usual request for a network of that kind, with other ``values``."""
    if isinstance(config, SsrnConfig):
        values = {"steps": 20_000, "dropout": 0.05, **values}
    return TrainRequest(folder, config, **values)


def fitted(sentences: int, trained: int | None = None) -> dict[str, Any]:
    """Values of a request that fit a folder of so many sentences, also of few.

    A twentieth of them is held out, at least one if there are ten, at most 40; a batch has at
    most half of the rest, so an epoch has at least two batches, and never more than 16.

    ``trained`` is the number of steps of the network that is fine-tuned. That one can read
    already: the learning rate is a quarter of a new network's, and a run shows each sentence 60
    times, within 600 to 6,000 steps. This was not measured on many voices: listen to the previews,
    and stop if they no longer improve.
    """
    held_out = min(40, sentences // 20) or int(sentences >= 10)
    batch = max(1, min(TrainRequest.batch, (sentences - held_out) // 2))
    values: dict[str, Any] = {"held_out": held_out, "batch": batch}
    if trained is not None:
        steps = round(60 * (sentences - held_out) / batch)
        values["steps"] = trained + min(6_000, max(600, steps))
        values["learning_rate"] = TrainRequest.learning_rate / 4
    return values
