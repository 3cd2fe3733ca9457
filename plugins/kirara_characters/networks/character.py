"""A character as plain values: where it lies among all that a model can draw. No numpy, no torch.

The same character is another face with another model.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

Value = float | str | bool
"""Of an attribute: a number, a choice or a colour ("#rrggbb", "" for none), or yes and no."""

LARGEST_SEED = 2**63 - 1
LARGEST_TRUNCATION = 2.0
_MOST_STEPS, _MOST_CHANGES, _DEEPEST = 1000, 500, 20  # more is damage


@dataclass(frozen=True)
class Character:
    """The character of ``seed``, and what was done to it, in this order.

    ``truncation`` (0…2) is how much sets it apart from the average: 1 is what the model learnt.
    ``steps`` lead away from it: each goes a share (0…1) of the way to the character of another
    seed. ``details`` lends it everything fine, such as colours. ``changes`` are attributes that the
    user chose, by name; those that a model does not know do nothing.
    """

    seed: int
    truncation: float = 1.0
    steps: tuple[tuple[int, float], ...] = ()
    details: Character | None = None
    changes: tuple[tuple[str, Value], ...] = ()

    @property
    def plain(self) -> bool:
        """True if nothing was done to it."""
        return self == Character(self.seed, self.truncation)

    def resembles(self, other: Character) -> bool:
        """True if the two differ at most in truncation and in what the user changed."""
        return (self.seed, self.steps, self.details) == (other.seed, other.steps, other.details)

    def stepped(self, seed: int, share: float) -> Character:
        """After one more step."""
        return replace(self, steps=(*self.steps, (seed, share))) if share else self

    def changed(self, changes: Mapping[str, Value | None]) -> Character:
        """With attributes changed besides those before; None gives back what the model chose."""
        merged = {**dict(self.changes), **changes}
        kept = {name: value for name, value in merged.items() if value is not None}
        return replace(self, changes=tuple(sorted(kept.items())))

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values; what was not done is left out."""
        values: dict[str, Any] = {"seed": self.seed, "truncation": self.truncation}
        if self.steps:
            values["steps"] = [list(step) for step in self.steps]
        if self.details:
            values["details"] = self.details.to_dict()
        if self.changes:
            values["changes"] = dict(self.changes)
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any], depth: int = 0) -> Character:
        """Read :meth:`to_dict`'s values. Raises ValueError, TypeError or KeyError for others."""
        steps, changes = values.get("steps", ()), values.get("changes", {})
        if len(steps) > _MOST_STEPS or len(changes) > _MOST_CHANGES or depth > _DEEPEST:
            raise ValueError("a character with so many changes is damaged")
        details = values.get("details")
        return cls(
            seed=_seed(values["seed"]),
            truncation=_number(values.get("truncation", cls.truncation)),
            steps=tuple((_seed(seed), _share(share)) for seed, share in steps),
            details=None if details is None else cls.from_dict(details, depth + 1),
            changes=tuple(sorted((str(name), _value(value)) for name, value in changes.items())),
        )


def of_seeds(seeds: Iterable[int], truncation: float = 1.0) -> tuple[Character, ...]:
    """The characters of seeds."""
    return tuple(Character(seed, truncation) for seed in seeds)


def _seed(value: Any) -> int:
    if isinstance(value, bool) or int(value) != value or not 0 <= value <= LARGEST_SEED:
        raise ValueError(f"{value!r} is not a seed")
    return int(value)


def _number(value: Any) -> float:
    if isinstance(value, bool | str) or not math.isfinite(value):
        raise ValueError(f"{value!r} is not a number")
    return float(value)


def _share(value: Any) -> float:
    return min(max(_number(value), 0.0), 1.0)


def _value(value: Any) -> Value:
    return value if isinstance(value, bool | str) else _number(value)
