"""What to train, for how long: the request of a training run. Imports no torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kirara_speech.networks.config import (
    OUR_SSRN,
    OUR_TEXT2MEL,
    SSRN,
    TEXT2MEL,
    SsrnConfig,
    Text2MelConfig,
)

CHECKPOINT = "checkpoint.safetensors"
"""The file in a run's folder that holds all that the run needs to go on."""

REPORT = "report.json"
"""The file beside it that says what was found out about the recordings."""

STEPS = "training steps"
"""The measure on a network's card that says for how many steps it was trained."""

PRECISIONS = ("auto", "fp32", "bf16")

Config = Text2MelConfig | SsrnConfig

_CONFIGS: dict[str, type[Text2MelConfig] | type[SsrnConfig]] = {
    TEXT2MEL: Text2MelConfig,
    SSRN: SsrnConfig,
}


@dataclass(frozen=True)
class TrainRequest:
    """How to train a network on a folder of recordings.

    ``config`` says which network. The learning rate rises to ``learning_rate`` in ``warm_up``
    steps and then falls with the inverse square root of the step. ``average`` is how much of the
    averaged network a step keeps. ``crop`` is the length in frames of
    SSRN's pieces. ``guide`` weighs the guided attention. ``frame_dropout`` is the share of the
    frames before that Text2Mel is not shown: without it, it learns to go on from them alone, and
    hardly reads the text (seen after 3,000 steps on 90 minutes of speech). ``start`` names a
    file of weights to begin with, which its card says were trained for so many steps: the rate
    goes on from there, after a warm-up of ``new_warm_up`` steps for the optimiser's moments,
    which begin anew. In the last ``cool_down`` steps before ``steps`` the rate falls to 0 in a
    straight line; None is a tenth of the run's steps, 0 leaves it out. A run that is resumed with
    more steps so has its full rate again.
    ``held_out`` sentences are for judging only. Raises ValueError for values that make no sense.
    """

    folder: str
    config: Config = OUR_TEXT2MEL
    steps: int = 25_000
    batch: int = 16
    learning_rate: float = 2e-3
    warm_up: int = 1_000
    new_warm_up: int = 200
    cool_down: int | None = None
    dropout: float = 0.1
    frame_dropout: float = 0.5
    guide: float = 0.02
    crop: int = 64
    average: float = 0.999
    held_out: int = 40
    start: str = ""
    seed: int = 1710
    precision: str = "auto"
    device: str = "auto"
    checkpoint_seconds: float = 150.0
    preview_seconds: float = 300.0

    def __post_init__(self) -> None:
        if self.precision not in PRECISIONS:
            raise ValueError(f"unknown precision “{self.precision}”")
        counts = (self.steps, self.batch, self.warm_up, self.new_warm_up, self.crop)
        if min(counts) < 1 or self.learning_rate <= 0 or self.held_out < 0:
            raise ValueError("steps, batches, rates and crops must be positive")
        if self.cool_down is not None and self.cool_down < 0:
            raise ValueError("a cool-down has at least 0 steps")
        if isinstance(self.config, SsrnConfig) and self.config.leaky:
            raise ValueError("the divergence needs a network that ends in a sigmoid")
        shares = (self.dropout, self.frame_dropout, self.average)
        if not all(0 <= share < 1 for share in shares) or self.guide < 0:
            raise ValueError("dropout and average are at least 0 and below 1, guide at least 0")

    @property
    def kind(self) -> str:
        """The architecture that is trained."""
        return TEXT2MEL if isinstance(self.config, Text2MelConfig) else SSRN

    def rate_at(self, step: int, began: int = 0) -> float:
        """The learning rate of a step, in a run whose optimiser began at step ``began``."""
        place = step + 1
        rate = self.learning_rate * min(place / self.warm_up, (self.warm_up / place) ** 0.5)
        if began:
            rate *= min(1.0, (place - began) / self.new_warm_up)
        cool_down = self.cool_down
        if cool_down is None:
            cool_down = (self.steps - began) // 10
        return rate * min(1.0, (self.steps - step) / cool_down) if cool_down > 0 else rate

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return {**asdict(self), "config": {"kind": self.kind, **self.config.to_dict()}}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> TrainRequest:
        """Read :meth:`to_dict`'s values; anything but ``folder`` may be left out.

        Raises KeyError, ValueError or TypeError where the values do not fit.
        """
        values = dict(values)
        if "config" in values:
            values["config"] = config_from_dict(values["config"])
        return cls(**values)


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

    A twentieth of them is held out, at least one where there are ten, at most 40; a batch has at
    most half of the rest, so that a round has two batches at least, and never more than 16.

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
