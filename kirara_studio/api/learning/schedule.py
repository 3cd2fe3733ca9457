"""The length and the learning rate of trainings. Imports no torch."""

from __future__ import annotations

from dataclasses import dataclass

CHECKPOINT = "checkpoint.safetensors"
"""The file in a run's folder from which it is resumed."""

GOOD_CHECKPOINT = "checkpoint-good.safetensors"
"""The last one that was judged to be good, to go back to after a collapse."""

STEPS = "training steps"
"""The measure in a network's card for the number of steps that it was trained."""

LEFT = "seconds left"
"""The metric of a run for the seconds until it ends, as far as it knows."""

PRECISIONS = ("auto", "fp32", "bf16")


@dataclass(frozen=True, kw_only=True)
class Pace:
    """The part of a request that all trainings have.

    ``learning_rate`` is the first one, ``seed`` that of all random numbers; ``precision`` "auto" is
    the faster one. Raises ValueError for values that make no sense.
    """

    learning_rate: float = 2e-3
    seed: int = 1710
    precision: str = "auto"
    device: str = "auto"
    checkpoint_seconds: float = 150.0
    preview_seconds: float = 300.0

    def __post_init__(self) -> None:
        if self.precision not in PRECISIONS:
            raise ValueError(f"unknown precision “{self.precision}”")
        if self.learning_rate <= 0:
            raise ValueError("the learning rate must be positive")


@dataclass(frozen=True, kw_only=True)
class Schedule(Pace):
    """The part of a request that all runs of :mod:`~kirara_studio.api.learning.averaged_run` have.

    The learning rate rises to ``learning_rate`` in ``warm_up`` steps and then falls with the
    inverse square root of the step. In the last ``cool_down`` of ``steps`` it falls linearly to 0;
    None is a tenth of the run. ``start`` is a file of weights to begin with: the rate goes on at
    the number of steps in its card, after a warm-up of ``new_warm_up`` steps for the optimiser's
    moments. ``average`` is the share of the averaged network that a step keeps, ``betas`` are the
    shares of its two moments that Adam keeps.
    """

    steps: int = 20_000
    warm_up: int = 1_000
    new_warm_up: int = 200
    cool_down: int | None = None
    average: float = 0.999
    betas: tuple[float, float] = (0.5, 0.9)
    start: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if min(self.steps, self.warm_up, self.new_warm_up) < 1:
            raise ValueError("steps must be positive")
        if self.cool_down is not None and self.cool_down < 0:
            raise ValueError("a cool-down has at least 0 steps")
        if not 0 <= self.average < 1:
            raise ValueError("the average keeps at least 0 and less than 1")
        object.__setattr__(self, "betas", tuple(self.betas))  # a list after JSON
        if len(self.betas) != 2 or not all(0 <= one < 1 for one in self.betas):
            raise ValueError("Adam's two moments keep at least 0 and less than 1")

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
