"""What the Characters panel shows, as plain data: candidates, pins, and the film between them.

A scene is frozen; every edit makes a new one, and undo restores an old one. Imports
neither Qt nor torch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from kirara_characters.networks.character import LARGEST_TRUNCATION, Character, Value
from kirara_characters.networks.latents import EASINGS, LatentPath

DEFAULT_SEED = 2017
LARGEST_SEED = 2**31 - 1  # short enough to be typed; the engine takes larger ones
DEFAULT_TRUNCATION = 0.7
LARGEST_COUNT = 100
SHORTEST, LONGEST = 0.2, 5.0  # seconds of a segment


@dataclass(frozen=True)
class Pin:
    """A character of the film, and the ``seconds`` until the next with their ``easing``."""

    character: Character
    seconds: float = 1.2
    easing: str = "smooth"


@dataclass(frozen=True)
class Scene:
    """Candidates are the seeds ``seed``, ``seed + 1``, …; ``model`` is a file's path as text.

    ``truncation`` (0…2) and ``changes``, the attributes that the user fixed, are those of the
    candidates; a pin keeps those it was pinned with. With ``near`` the candidates are neighbours of
    that character, each a ``distance`` (0…1) of the way to another. ``selected`` is the pin that
    the controls change, or -1.
    """

    model: str = ""
    seed: int = DEFAULT_SEED
    truncation: float = DEFAULT_TRUNCATION
    count: int = 18
    changes: tuple[tuple[str, Value], ...] = ()
    near: Character | None = None
    distance: float = 0.35
    selected: int = -1
    pins: tuple[Pin, ...] = field(default_factory=tuple)
    closed: bool = True

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seeds of the candidates."""
        return tuple((self.seed + i) % (LARGEST_SEED + 1) for i in range(self.count))

    @cached_property
    def candidates(self) -> tuple[Character, ...]:
        """The candidates; the first neighbour of a character is that character itself."""
        fixed = dict(self.changes)
        if self.near is None:
            return tuple(Character(s, self.truncation).changed(fixed) for s in self.seeds)
        near = self.near.changed(fixed)
        return near, *(near.stepped(seed, self.distance) for seed in self.seeds[1:])

    @property
    def selection(self) -> Pin | None:
        """The selected pin."""
        return self.pins[self.selected] if 0 <= self.selected < len(self.pins) else None

    # The film

    @property
    def segments(self) -> tuple[float, ...]:
        """The seconds of each segment; of an open film the last pin has none."""
        if len(self.pins) < 2:
            return ()
        seconds = tuple(pin.seconds for pin in self.pins)
        return seconds if self.closed else seconds[:-1]

    @property
    def duration(self) -> float:
        """The film's seconds; 0 with fewer than two pins."""
        return sum(self.segments)

    @property
    def path(self) -> LatentPath:
        """The film's way through the latents. It needs two pins."""
        count = len(self.segments)
        return LatentPath(
            characters=tuple(pin.character for pin in self.pins),
            seconds=self.segments,
            loop=self.closed,
            easing=tuple(pin.easing for pin in self.pins[:count]),
        )

    def place(self, seconds: float) -> float:
        """The place in the strip at a moment: 1.25 is a quarter of the way from pin 1 to 2."""
        left = max(seconds, 0.0)
        for index, length in enumerate(self.segments):
            if left < length:
                return index + left / length
            left -= length
        return float(len(self.segments))

    def moment(self, index: int) -> float:
        """The second at which pin ``index`` is shown."""
        return sum(self.segments[:index])

    # Edits

    def pinned(self, pin: Pin, place: int | None = None) -> Scene:
        """With ``pin`` at ``place``, by default at the end."""
        at = len(self.pins) if place is None else place
        selected = self.selected + (self.selected >= at)
        return replace(self, pins=(*self.pins[:at], pin, *self.pins[at:]), selected=selected)

    def without(self, index: int) -> Scene:
        """Without pin ``index``."""
        selected = -1 if index == self.selected else self.selected - (self.selected > index)
        pins = self.pins[:index] + self.pins[index + 1 :]
        return replace(self, pins=pins, selected=selected)

    def moved(self, index: int, target: int) -> Scene:
        """With pin ``index`` as number ``target``."""
        order = list(range(len(self.pins)))
        order.insert(target, order.pop(index))
        selected = order.index(self.selected) if self.selection else -1
        return replace(self, pins=tuple(self.pins[i] for i in order), selected=selected)

    def with_pin(self, index: int, **changes: Any) -> Scene:
        """With pin ``index`` changed."""
        changed = replace(self.pins[index], **changes)
        return replace(self, pins=(*self.pins[:index], changed, *self.pins[index + 1 :]))

    def places_of(self, character: Character) -> list[int]:
        """The places of the film where a character is pinned, perhaps changed."""
        return [i for i, pin in enumerate(self.pins) if pin.character.resembles(character)]

    # Plain values

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values; what is as usual is left out if earlier versions did not know it."""
        values: dict[str, Any] = {
            "model": self.model,
            "seed": self.seed,
            "truncation": self.truncation,
            "count": self.count,
            "pins": [
                {**pin.character.to_dict(), "seconds": pin.seconds, "easing": pin.easing}
                for pin in self.pins
            ],
            "closed": self.closed,
        }
        if self.changes:
            values["changes"] = dict(self.changes)
        if self.near is not None:
            values |= {"near": self.near.to_dict(), "distance": self.distance}
        if self.selection:
            values["selected"] = self.selected
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Scene:
        """Read :meth:`to_dict`'s values; what is missing or makes no sense keeps its default."""
        pins = values.get("pins", ())
        pins = tuple(_read_pins(pins)) if isinstance(pins, list | tuple) else ()
        candidates = read_character({"seed": 0, "changes": values.get("changes", {})})
        truncation = _number(values.get("truncation"), cls.truncation, 0, LARGEST_TRUNCATION)
        return cls(
            model=str(values.get("model", "")),
            seed=_whole(values.get("seed"), cls.seed, 0, LARGEST_SEED),
            truncation=round(truncation, 4),
            count=_whole(values.get("count"), cls.count, 1, LARGEST_COUNT),
            changes=candidates.changes if candidates else (),
            near=read_character(values.get("near")),
            distance=round(_number(values.get("distance"), cls.distance, 0, 1), 4),
            selected=_whole(values.get("selected"), -1, -1, len(pins) - 1),
            pins=pins,
            closed=bool(values.get("closed", True)),
        )


def _read_pins(values: Sequence[Any]) -> Iterator[Pin]:
    for value in values:
        if (character := read_character(value)) is not None:
            seconds = _number(value.get("seconds"), Pin.seconds, SHORTEST, LONGEST)
            easing = value["easing"] if value.get("easing") in EASINGS else Pin.easing
            yield Pin(character, round(seconds, 2), easing)


def read_character(value: Any) -> Character | None:
    """The character of saved values, or None; seed and truncation are made to fit."""
    if not isinstance(value, Mapping) or not isinstance(value.get("seed"), int):
        return None
    seed = _whole(value["seed"], 0, 0, LARGEST_SEED)
    truncation = _number(value.get("truncation"), DEFAULT_TRUNCATION, 0, LARGEST_TRUNCATION)
    plain = Character(seed, round(truncation, 4))
    with suppress(ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return Character.from_dict({**value, **plain.to_dict()})
    return plain


def _number(value: Any, fallback: float, smallest: float, largest: float) -> float:
    usable = isinstance(value, int | float) and not isinstance(value, bool) and value == value
    return min(max(float(value), smallest), largest) if usable else fallback


def _whole(value: Any, fallback: int, smallest: int, largest: int) -> int:
    return int(_number(value, fallback, smallest, largest))
