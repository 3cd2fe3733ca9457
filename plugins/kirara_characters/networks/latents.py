"""Latents: from a character to z, from one z to another, and along a path of several.

A latent z is what a generator draws a picture from; its numbers lie in a :class:`LatentSpace`,
mostly that of N(0, 1). Everything here is plain numpy in float64, with float32 results.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

import numpy as np
import numpy.typing as npt

from kirara_characters.networks.character import (
    LARGEST_SEED,
    LARGEST_TRUNCATION,
    Character,
    Value,
)

Latents = npt.NDArray[np.float32]
T = TypeVar("T")

_EASINGS: dict[str, Callable[[float], float]] = {
    "smooth": lambda t: t * t * (3.0 - 2.0 * t),
    "linear": lambda t: t,
    "in": lambda t: t * t,
    "out": lambda t: t * (2.0 - t),
}
EASINGS = tuple(_EASINGS)
FARTHEST = 4.0
"""Standard deviations that a slider of a direction reaches."""


@dataclass(frozen=True)
class Point:
    """What a picture is drawn from: a latent (length,) and the truncation (0…2) there.

    ``fine`` is the latent that the fine levels of a network follow, mostly the same.
    """

    latent: Latents
    fine: Latents
    truncation: float = 1.0


@dataclass(frozen=True)
class Attribute:
    """Something of a character that can be set by name.

    A number lies between ``low`` and ``high``, and a choice is one of ``choices``; a colour that is
    ``optional`` may be absent.
    """

    name: str
    kind: Literal["number", "choice", "flag", "colour"]
    low: float = 0.0
    high: float = 1.0
    choices: tuple[str, ...] = ()
    optional: bool = False


class LatentSpace(ABC):
    """What the numbers of a generator's latents mean; a latent has ``length`` of them."""

    length: int

    @abstractmethod
    def of_seed(self, seed: int) -> Latents:
        """The latent of a seed, (length,), float32: the same on every platform."""

    @abstractmethod
    def between(self, start: Latents, end: Latents, t: float) -> Latents:
        """The latent between two: ``start`` at t = 0, ``end`` at t = 1."""

    @property
    @abstractmethod
    def attributes(self) -> tuple[Attribute, ...]:
        """What can be set by name."""

    @abstractmethod
    def values(self, latent: Latents) -> dict[str, Value]:
        """The values of :attr:`attributes` at a latent."""

    @abstractmethod
    def changed(self, latent: Latents, values: Mapping[str, Value]) -> Latents:
        """The latent with attributes set; names and values that do not exist are ignored."""

    @abstractmethod
    def point(self, character: Character) -> Point:
        """What a character is drawn from."""

    def stepped(self, latent: Latents, seed: int, share: float) -> Latents:
        """The latent after a share (0…1) of the way to that of ``seed``."""
        return self.between(latent, self.of_seed(seed), share)

    def of_seeds(self, seeds: Sequence[int]) -> Latents:
        """The latents of several seeds, (len(seeds), length)."""
        rows = [self.of_seed(seed) for seed in seeds]
        return np.stack(rows) if rows else np.empty((0, self.length), np.float32)

    def point_between(self, start: Point, end: Point, t: float) -> Point:
        """The point between two."""
        latent = self.between(start.latent, end.latent, t)
        fine = latent
        if start.fine is not start.latent or end.fine is not end.latent:
            fine = self.between(start.fine, end.fine, t)
        return Point(latent, fine, (1.0 - t) * start.truncation + t * end.truncation)

    def _walked(self, character: Character) -> Latents:
        """The latent after the character's steps."""
        latent = self.of_seed(character.seed)
        if len(character.latent) == self.length:
            latent = np.array(character.latent, np.float32)
        for seed, share in character.steps:
            latent = self.stepped(latent, seed, share)
        return latent


@dataclass(frozen=True)
class GaussianSpace(LatentSpace):
    """Latents of ``length`` numbers from N(0, 1), interpolated on a sphere.

    ``directions`` (length,), each of length 1, are its attributes: how far a latent lies along
    them, of which the standard deviation is 1.
    """

    length: int
    directions: Mapping[str, Latents] = field(default_factory=dict, compare=False)

    def of_seed(self, seed: int) -> Latents:
        """The latent of a seed, 0 … 2^63 - 1; raises ValueError for others.

        It depends on the seed alone, neither on what else is in the batch, nor on the platform or
        the release of numpy: numpy promises to keep the raw stream of Philox (Salmon et al. 2011),
        and the numbers come from it by the transformation of Box and Muller (1958).
        """
        _check_seed(seed)
        pairs = (self.length + 1) // 2
        raw = np.random.Philox(key=int(seed)).random_raw(2 * pairs).reshape(pairs, 2)
        # 53 bits are what a float64 holds. The first is in (0, 1], so its logarithm is finite.
        radius_bits, angle_bits = (raw >> np.uint64(11)).astype(np.float64).T
        radius = np.sqrt(-2.0 * np.log((radius_bits + 1.0) * 2.0**-53))
        angle = 2.0 * math.pi * (angle_bits * 2.0**-53)
        both = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
        return both.reshape(-1)[: self.length].astype(np.float32)

    def between(self, start: Latents, end: Latents, t: float) -> Latents:
        return slerp(start, end, t)

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        return tuple(Attribute(name, "number", -FARTHEST, FARTHEST) for name in self.directions)

    def values(self, latent: Latents) -> dict[str, Value]:
        return {name: float(latent @ way) for name, way in self.directions.items()}

    def changed(self, latent: Latents, values: Mapping[str, Value]) -> Latents:
        for name, value in values.items():
            way = self.directions.get(name)
            if way is not None and isinstance(value, int | float):
                latent = latent + np.float32(value - float(latent @ way)) * way
        return latent

    def point(self, character: Character) -> Point:
        changes = dict(character.changes)
        latent = self.changed(self._walked(character), changes)
        fine = latent
        if character.details is not None:
            fine = self.changed(self.point(character.details).fine, changes)
        return Point(latent, fine, character.truncation)


def _check_seed(seed: int) -> None:
    if not 0 <= seed <= LARGEST_SEED:
        raise ValueError(f"the seed {seed} is not between 0 and {LARGEST_SEED}")


def slerp(start: npt.ArrayLike, end: npt.ArrayLike, t: float) -> Latents:
    """Spherical interpolation (Shoemake 1985, §3.3): ``start`` at t = 0, ``end`` at t = 1.

    The direction moves along the great circle at constant speed and the length goes linearly,
    so every latent on the way is about as long as those that the generator was trained on; in
    linear interpolation of high-dimensional z the middle would be too short by √2. Directions
    that are (nearly) the same are interpolated linearly. Between opposite directions every
    great circle is as short as any other: the one through the axis that is farthest from them
    is taken. If one of the two is zero, it has no direction, and the way is straight.
    """
    a, b = np.asarray(start, np.float64), np.asarray(end, np.float64)
    length_a, length_b = float(np.linalg.norm(a)), float(np.linalg.norm(b))
    if length_a == 0.0 or length_b == 0.0:
        return ((1.0 - t) * a + t * b).astype(np.float32)
    unit_a, unit_b = a / length_a, b / length_b
    # The formula with arccos loses half the digits near 0 and π; this one (Kahan) loses none.
    angle = 2.0 * math.atan2(
        float(np.linalg.norm(unit_a - unit_b)), float(np.linalg.norm(unit_a + unit_b))
    )
    if angle < 1e-6:
        direction = (1.0 - t) * unit_a + t * unit_b
    elif math.pi - angle < 1e-6 and len(a) > 1:
        side = _perpendicular(unit_a)
        direction = math.cos(t * math.pi) * unit_a + math.sin(t * math.pi) * side
    else:
        weight_a, weight_b = math.sin((1.0 - t) * angle), math.sin(t * angle)
        direction = (weight_a * unit_a + weight_b * unit_b) / math.sin(angle)
    return (direction * ((1.0 - t) * length_a + t * length_b)).astype(np.float32)


def _perpendicular(unit: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    axis = np.zeros_like(unit)
    axis[np.argmin(np.abs(unit))] = 1.0
    side = axis - float(axis @ unit) * unit
    return side / np.linalg.norm(side)


def ease(t: float, easing: str) -> float:
    """Progress 0…1 as it is felt, from progress 0…1 in time.

    "linear"; "in" starts at rest (t²), "out" ends at rest, "smooth" does both (3t² - 2t³).
    Raises ValueError for other names.
    """
    if easing not in _EASINGS:
        raise ValueError(f"easing “{easing}” is not one of {', '.join(EASINGS)}")
    return _EASINGS[easing](t)


@dataclass(frozen=True)
class LatentPath:
    """A way through the latents of ``characters``, in their order.

    There is at least one. A ``loop`` leads back to the first and has ``len(characters)`` parts, any
    other path one less. ``seconds`` and ``easing`` (:func:`ease`) hold one value for all parts, or
    one for each. Truncation goes from one to the next as the latents do. Raises ValueError if
    these do not fit together.
    """

    characters: tuple[Character, ...]
    seconds: tuple[float, ...] | float = 1.0
    loop: bool = True
    easing: tuple[str, ...] | str = "smooth"

    def __post_init__(self) -> None:
        if not self.characters:
            raise ValueError("a path needs at least one character")
        for character in self.characters:
            _check_seed(character.seed)
            if not 0 <= character.truncation <= LARGEST_TRUNCATION:
                raise ValueError(
                    f"the truncation {character.truncation:g} is not 0 to {LARGEST_TRUNCATION:g}"
                )
        for values in (self.parts, self.easings):
            count = self._part_count
            if len(values) != count:
                raise ValueError(f"the path needs {count} values for its parts, not {len(values)}")
        if not all(math.isfinite(part) and part > 0 for part in self.parts):
            raise ValueError("every part of a path takes a number of seconds above zero")
        for easing in self.easings:
            ease(0.0, easing)

    @property
    def _part_count(self) -> int:
        count = len(self.characters)
        return count if self.loop else max(count - 1, 1)

    @property
    def parts(self) -> tuple[float, ...]:
        """The seconds of each part."""
        return _each(self.seconds, self._part_count)

    @property
    def easings(self) -> tuple[str, ...]:
        """The easing of each part."""
        return _each(self.easing, self._part_count)

    @property
    def duration(self) -> float:
        """Seconds from the first character to the end; in a loop, until it is reached again."""
        return math.fsum(self.parts)

    def at(self, time: float, space: LatentSpace) -> Point:
        """The point after ``time`` seconds.

        Loops repeat in both directions; other paths rest at their ends.
        """
        start, end, t = self._place(time)
        points = [space.point(self.characters[place]) for place in (start, end)]
        return space.point_between(points[0], points[1], t)

    def _place(self, time: float) -> tuple[int, int, float]:
        """Between which two characters, and how far from the first to the second."""
        time = time % self.duration if self.loop else min(max(time, 0.0), self.duration)
        part, parts = 0, self.parts
        while part < len(parts) - 1 and time >= parts[part]:
            time -= parts[part]
            part += 1
        t = ease(min(time / parts[part], 1.0), self.easings[part])
        return part, (part + 1) % len(self.characters), t

    def times(self, frames: int) -> tuple[float, ...]:
        """When the frames of a film show, in seconds.

        They are evenly spread. A loop leaves out its end, since that is its beginning; other
        paths show both ends. Raises ValueError for fewer than one frame.
        """
        if frames < 1:
            raise ValueError("a film needs at least one frame")
        steps = frames if self.loop else max(frames - 1, 1)
        return tuple(self.duration * frame / steps for frame in range(frames))


def _each(values: tuple[T, ...] | T, count: int) -> tuple[T, ...]:
    return values if isinstance(values, tuple) else (values,) * count
