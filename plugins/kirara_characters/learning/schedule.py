"""What to train, for how long: the request of a training run, and where in it a run stands.

Imports no torch: the window and the command line make requests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from kirara_characters.networks.config import BUNDLED, PgganConfig, level_of, resolution_of
from kirara_studio.api.learning.schedule import Pace
from kirara_studio.api.media.training_pictures import TrainingPictures

TRAINER = "kirara_characters.training:train"
"""Stands in run folders, so it must never change."""

SIZES = (8, 16, 32, 64, 128, 256)
"""The resolutions that a network can be grown to, in pixels."""

LOSSES = ("logistic", "wgan-gp")
SMALL_FOLDER = 2000  # pictures; below, DiffAugment is on by default


@dataclass(frozen=True)
class Stage:
    """The training of one level: ``pictures`` shown, the first ``fade`` of them fading it in."""

    pictures: int
    fade: int
    batch: int


_MOST_HOURS = 1e5

_THOUSANDS = (40, 80, 120, 220, 500, 250, 250)  # pictures shown at 4×4, 8×8, …


def default_stages(
    resolution: int, thoroughness: float = 1.0, batch: int | None = None
) -> tuple[Stage, ...]:
    """Stages that two cores can train: up to 64×64 in some hours.

    ``resolution`` is one of :data:`SIZES`; ``thoroughness`` multiplies the pictures shown;
    ``batch`` is for all levels. By default batches are smaller from 32×32 on: there, steps teach
    more than pictures do.
    """
    stages = []
    for level in range(level_of(resolution) + 1):
        pictures = max(1, round(1000 * _THOUSANDS[level] * thoroughness))
        size = batch or (32 if level < 3 else 16)
        stages.append(Stage(pictures, fade=pictures // 3 if level else 0, batch=size))
    return tuple(stages)


@dataclass(frozen=True)
class TrainRequest(Pace):
    """How to train a generator on ``pictures``, or if they are None on all in ``folder``.

    ``stages[level]`` is the schedule, 4×4 first; the run ends after the last. ``loss`` is
    "logistic", with ``r1`` (γ at 64×64; in proportion to the number of pixels elsewhere)
    applied every ``r1_every`` steps, or the author's "wgan-gp". ``ema_pictures`` is the
    half-life of the averaged generator, once a level has been trained for ten times as long.
    ``augment`` None means: for small folders only. ``start_from`` is the file of a generator whose
    levels the run takes over, with its discriminator if one lies beside it. With ``hours``, the run
    ends after about so many hours of training, pauses not counted: the stages are proportions then
    (:func:`stretched`). Raises ValueError for values that make no sense.
    """

    folder: str
    config: PgganConfig = BUNDLED
    stages: tuple[Stage, ...] = field(default_factory=lambda: default_stages(64))
    loss: str = "logistic"
    r1: float = 0.3
    r1_every: int = 16
    ema_pictures: int = 10_000
    mirror: bool = True
    augment: bool | None = None
    start_from: str = ""
    hours: float = 0.0
    seed: int = field(default=2017, kw_only=True)
    preview_seconds: float = field(default=120.0, kw_only=True)
    pictures: TrainingPictures | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.loss not in LOSSES:
            raise ValueError(f"unknown loss “{self.loss}”")
        if not 0 < len(self.stages) <= len(self.config.channels):
            raise ValueError("the schedule needs a stage for each level, and no more than that")
        if any(s.pictures < 1 or s.fade < 0 or s.batch < 2 for s in self.stages):
            raise ValueError("a stage needs pictures, and batches of at least two")
        if self.stages[0].fade:
            raise ValueError("there is no level below the first to fade it in from")
        if not 0 <= self.hours < _MOST_HOURS:
            raise ValueError("the hours must be positive")
        if self.r1_every < 1 or self.ema_pictures < 1:
            raise ValueError("intervals must be positive")

    @property
    def top_level(self) -> int:
        """The level at which the run ends."""
        return len(self.stages) - 1

    def r1_weight(self, level: int) -> float:
        """γ at ``level``. A gradient per pixel thins out as pixels multiply (∝ resolution²)."""
        return max(self.r1 * (resolution_of(level) / 64) ** 2, self.r1 / 10)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        values = asdict(replace(self, pictures=None))
        pictures = None if self.pictures is None else self.pictures.to_dict()
        return {**values, "config": self.config.to_dict(), "pictures": pictures}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> TrainRequest:
        """Read :meth:`to_dict`'s values; anything but ``folder`` may be left out.

        Raises ValueError or TypeError if the values do not fit.
        """
        values = dict(values)
        if "config" in values:
            values["config"] = PgganConfig.from_dict(values["config"])
        if "stages" in values:
            values["stages"] = tuple(Stage(**stage) for stage in values["stages"])
        if values.get("pictures") is not None:
            values["pictures"] = TrainingPictures.from_dict(values["pictures"])
        return cls(**values)


@dataclass(frozen=True)
class Position:
    """Where a run stands: ``pictures`` shown in all, ``shown`` of them at ``level``."""

    step: int = 0
    pictures: int = 0
    level: int = 0
    shown: int = 0

    @classmethod
    def after(cls, level: int, stages: tuple[Stage, ...]) -> Position:
        """The start of a run whose networks were trained up to ``level`` elsewhere.

        That level is faded in; the rest of its stage follows.
        """
        return cls(level=level, shown=stages[level].fade)

    def settled(self, stages: tuple[Stage, ...]) -> Position:
        """The same, one level up if this level's stage is complete and another follows."""
        if self.level + 1 < len(stages) and self.shown >= stages[self.level].pictures:
            return replace(self, level=self.level + 1, shown=0)
        return self

    def advanced(self, batch: int) -> Position:
        """One step on."""
        return replace(
            self, step=self.step + 1, pictures=self.pictures + batch, shown=self.shown + batch
        )

    def finished(self, stages: tuple[Stage, ...]) -> bool:
        """True when the last stage is complete."""
        return self.level + 1 >= len(stages) and self.shown >= stages[-1].pictures

    def alpha(self, stage: Stage) -> float:
        """How far this level is faded in, for the step to come: above 0, up to 1."""
        return min(1.0, (self.shown + stage.batch) / stage.fade) if stage.fade else 1.0

    def steps_left(self, stages: tuple[Stage, ...]) -> int:
        """Steps until the last stage is complete."""
        left = 0
        for level, stage in enumerate(stages[self.level :], self.level):
            pictures = stage.pictures - (self.shown if level == self.level else 0)
            left += max(0, -(-pictures // stage.batch))
        return left


def stretched(
    shape: Sequence[Stage],
    stages: Sequence[Stage],
    position: Position,
    seconds: float,
    costs: Sequence[float],
) -> tuple[Stage, ...]:
    """``stages`` made as long as it takes to end in ``seconds``, in proportion to ``shape``.

    ``costs[level]`` is how many seconds a picture takes at a level. A level that has begun keeps
    its fade, and ends at once if its share of the time is used up.
    """
    level, shown = position.level, position.shown
    work = sum(s.pictures * cost for s, cost in zip(shape[level:], costs[level:], strict=True))
    factor = max(0.0, seconds + shown * costs[level]) / work
    result = list(stages)
    pictures = max(shown, round(factor * shape[level].pictures))
    result[level] = replace(stages[level], pictures=max(pictures, 1))
    for above in range(level + 1, len(shape)):
        stage = shape[above]
        pictures = max(stage.batch, round(factor * stage.pictures))
        fade = stage.fade * pictures // stage.pictures
        result[above] = replace(stage, pictures=pictures, fade=fade)
    return tuple(result)
