"""The request of a training run, and the one for fine-tuning. Imports no torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kirara_foresight.networks.config import OURS, WARPING, ConvLstmConfig
from kirara_studio.api.errors import UserError
from kirara_studio.api.learning.schedule import Schedule
from kirara_studio.api.model_library import ModelFile

KEY = "kirara_foresight_training"
"""The key of a run's state in its checkpoint."""

REQUEST = "request.json"
"""The file of a run's request in its folder."""

SOURCES = ("digits", "radar", "clips")
FEWEST = 3
"""Frames in and out at the beginning of a curriculum, as in the blog author's training."""
_FEWEST_SEEN = 2
_BATCH, _CROP = 4, 64
_ENDLESS = 1_000_000  # steps; the time is up long before


@dataclass(frozen=True)
class TrainRequest(Schedule):
    """How to train a network to predict the next frames.

    ``source`` is the kind of data at ``path``: a file or a package of "digits", a folder of "radar"
    pictures, or a clip or a folder of "clips". The network sees ``seen`` frames and predicts
    ``forecast``; in the first ``curriculum`` steps both grow from 3. ``crop`` is the side in pixels
    of the squares that are cut out of clips and radar pictures. ``until`` leaves out the frames of
    a clip from that number on, and the run ends after ``seconds``; 0 means no limit. ``radar`` is
    whether a folder of clips is weather radar, None if its files decide it. Raises
    ValueError for values that make no sense.
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
    until: int = 0
    seconds: float = 0.0
    radar: bool | None = None

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

    def frames_at(self, step: int) -> tuple[int, int]:
        """The numbers of frames that are seen and predicted in a step."""
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
        """Read the values of :meth:`to_dict`; all but source and path are optional.

        Raises KeyError, ValueError or TypeError if the values do not fit.
        """
        values = dict(values)
        values.pop("relied", None)  # of a kind of network in version 0.1
        if "foretold" in values:  # its name in version 0.1
            values["forecast"] = values.pop("foretold")
        if "config" in values:
            values["config"] = ConvLstmConfig.from_dict(values["config"])
        return cls(**values)


def fine_tune_request(
    clip: Path,
    until: int,
    seen: int,
    forecast: int,
    model: ModelFile | None,
    seconds: float,
    radar: bool | None = None,
) -> TrainRequest:
    """The request to train on the frames before ``until``, going on from ``model``.

    Without a model, or with one whose peepholes fix its size, a new, small network is trained.
    ``seconds`` is 0 for a training that ends by Stop. Raises UserError if there are too few frames.
    """
    seen, forecast = frames_for(until, seen, forecast)
    config, start = WARPING, ""
    if model is not None:
        its_config = ConvLstmConfig.from_dict(model.card.configuration)
        if its_config.size is None:
            config, start = its_config, str(model.path)
    multiple = config.multiple
    return TrainRequest(
        "clips",
        str(clip),
        config,
        steps=_ENDLESS,
        cool_down=0,
        # A new network takes larger steps than a trained one.
        learning_rate=1e-3 if start else 2e-3,
        warm_up=500 if start else 20,
        new_warm_up=10,
        average=0.98,
        start=start,
        batch=_BATCH,
        seen=seen,
        forecast=forecast,
        curriculum=0 if start else 40,
        crop=max(multiple, _CROP // multiple * multiple),
        until=until,
        seconds=seconds,
        preview_seconds=15.0,
        checkpoint_seconds=30.0,
        radar=radar,
    )


def frames_for(count: int, seen: int, forecast: int) -> tuple[int, int]:
    """Reduce the frames to see and to predict to what ``count`` frames allow.

    A quarter of them is held out, at least as many as are predicted. Raises UserError if there are
    too few.
    """
    while count - max(forecast, count // 4) < seen + forecast:
        if max(seen, forecast) <= _FEWEST_SEEN:
            raise UserError(
                "Only {count} frames come before the moment, too few to learn from.",
                advice="Let the future begin later; what comes after it is not learnt.",
                count=count,
            )
        if seen >= forecast:
            seen -= 1
        else:
            forecast -= 1
    return seen, forecast
