"""A character as plain values: where it lies among all that a model can draw. No numpy, no torch.

The same character is another face with another model.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

Value = float | str | bool
"""Of an attribute: a number, a choice or a colour ("#rrggbb", "" for none), or yes and no."""

LARGEST_SEED = 2**63 - 1
LARGEST_TRUNCATION = 2.0
_MOST_STEPS, _MOST_CHANGES, _LONGEST, _DEEPEST = 1000, 500, 65_536, 20  # more is damage


@dataclass(frozen=True)
class Portrait:
    """A square of a picture file, in pixels of the upright picture."""

    path: str
    left: int
    top: int
    side: int


@dataclass(frozen=True)
class Character:
    """The character of ``seed``, and what was done to it, in this order.

    With ``latent`` it begins there instead, if the model's latents are as long. ``truncation``
    (0…2) is how much sets it apart from the average: 1 is what the model learnt. ``steps`` lead
    away from it: each goes a share (0…1) of the way to the character of another seed. ``details``
    lends it everything fine, such as colours. ``changes`` are attributes that the user chose, by
    name; those that a model does not know do nothing. ``portrait`` is the picture that it was made
    to resemble.
    """

    seed: int
    truncation: float = 1.0
    steps: tuple[tuple[int, float], ...] = ()
    details: Character | None = None
    changes: tuple[tuple[str, Value], ...] = ()
    latent: tuple[float, ...] = ()
    portrait: Portrait | None = None

    @property
    def plain(self) -> bool:
        """True if nothing was done to it."""
        return self == Character(self.seed, self.truncation)

    def resembles(self, other: Character) -> bool:
        """True if the two differ at most in truncation and in what the user changed."""
        return self._origin == other._origin

    @property
    def _origin(self) -> tuple[object, ...]:
        return self.seed, self.latent, self.portrait, self.steps, self.details

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
        if self.latent:
            values["latent"] = list(self.latent)
        if self.portrait:
            values["portrait"] = asdict(self.portrait)
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any], depth: int = 0) -> Character:
        """Read :meth:`to_dict`'s values. Raises ValueError, TypeError or KeyError for others."""
        steps, changes = values.get("steps", ()), values.get("changes", {})
        latent = values.get("latent", ())
        much = len(steps) > _MOST_STEPS or len(changes) > _MOST_CHANGES or depth > _DEEPEST
        if much or len(latent) > _LONGEST:
            raise ValueError("a character with so many changes is damaged")
        details, portrait = values.get("details"), values.get("portrait")
        return cls(
            seed=_seed(values["seed"]),
            truncation=_number(values.get("truncation", cls.truncation)),
            steps=tuple((_seed(seed), _share(share)) for seed, share in steps),
            details=None if details is None else cls.from_dict(details, depth + 1),
            changes=tuple(sorted((str(name), _value(value)) for name, value in changes.items())),
            latent=tuple(_number(number) for number in latent),
            portrait=None if portrait is None else _portrait(portrait),
        )


def of_seeds(seeds: Iterable[int], truncation: float = 1.0) -> tuple[Character, ...]:
    """The characters of seeds."""
    return tuple(Character(seed, truncation) for seed in seeds)


def _portrait(values: Mapping[str, Any]) -> Portrait:
    numbers = [int(_number(values[name])) for name in ("left", "top", "side")]
    if numbers[2] < 1:
        raise ValueError("a square has a side")
    return Portrait(str(values["path"]), *numbers)


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
