"""What to train, for how long: the request of a training run. Imports no torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from kirara_speech.networks.config import (
    OUR_SSRN,
    OUR_TEXT2MEL,
    SSRN,
    TEXT2MEL,
    SsrnConfig,
    Text2MelConfig,
)
from kirara_studio.api.learning.schedule import Schedule

REPORT = "report.json"
"""The file beside it that says what was found out about the recordings."""

READ = "recordings read"
"""The metric of progress that counts recordings instead of steps."""

Config = Text2MelConfig | SsrnConfig

_CONFIGS: dict[str, type[Text2MelConfig] | type[SsrnConfig]] = {
    TEXT2MEL: Text2MelConfig,
    SSRN: SsrnConfig,
}


@dataclass(frozen=True)
class TrainRequest(Schedule):
    """How to train a network on a folder of recordings.

    ``config`` says which network. ``crop`` is the length in frames of
    SSRN's pieces. ``guide`` weighs the guided attention. ``frame_dropout`` is the share of the
    frames before that Text2Mel is not shown: without it, it learns to go on from them alone, and
    hardly reads the text (seen after 3,000 steps on 90 minutes of speech).
    ``held_out`` sentences are for judging only. Raises ValueError for values that make no sense.
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

    @property
    def kind(self) -> str:
        """The architecture that is trained."""
        return TEXT2MEL if isinstance(self.config, Text2MelConfig) else SSRN

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return {**asdict(self), "config": config_to_dict(self.config)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> TrainRequest:
        """Read :meth:`to_dict`'s values; anything but ``folder`` may be left out.

        Raises KeyError, ValueError or TypeError where the values do not fit.
        """
        values = dict(values)
        if "config" in values:
            values["config"] = config_from_dict(values["config"])
        return cls(**values)


def config_to_dict(config: Config) -> dict[str, Any]:
    """Plain values; "kind" is the kind of network."""
    kind = TEXT2MEL if isinstance(config, Text2MelConfig) else SSRN
    return {"kind": kind, **config.to_dict()}


def config_from_dict(values: Mapping[str, Any]) -> Config:
    """The network's configuration, by its "kind". Raises KeyError, ValueError or TypeError."""
    rest = {key: value for key, value in values.items() if key != "kind"}
    return _CONFIGS[values["kind"]].from_dict(rest)


def our_request(kind: str, folder: str, **values: Any) -> TrainRequest:
    """The request that trains our network of that kind, with ``values`` of one's own."""
    if kind == SSRN:
        values = {"config": OUR_SSRN, "steps": 20_000, "dropout": 0.05, **values}
    return TrainRequest(folder, **values)


def fitted(sentences: int, trained: int | None = None) -> dict[str, Any]:
    """Values of a request for a folder of so many sentences, which may be few.

    A twentieth of them is held out, at least one if there are ten, at most 40; a batch has at
    most half of the rest, so a round has two batches at least, and never more than 16.

    ``trained`` is for how many steps the network was trained that is gone on from. It knows how to
    read, and should become another voice without losing that: the rate is a quarter of a new
    network's, and a run shows each sentence 60 times, within 600 to 6,000 steps. This was not
    measured on many voices: listen to the previews, and stop where they get no better.
    """
    held_out = min(40, sentences // 20) or int(sentences >= 10)
    batch = max(1, min(TrainRequest.batch, (sentences - held_out) // 2))
    values: dict[str, Any] = {"held_out": held_out, "batch": batch}
    if trained is not None:
        steps = round(60 * (sentences - held_out) / batch)
        values["steps"] = trained + min(6_000, max(600, steps))
        values["learning_rate"] = TrainRequest.learning_rate / 4
    return values
