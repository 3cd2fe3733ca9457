"""What the Characters panel shows, as plain data: candidates, pins, and the film between them.

A scene is frozen; every edit makes a new one, and undo restores an old one. Imports
neither Qt nor torch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from kirara_characters.networks.latents import EASINGS, LARGEST_TRUNCATION, LatentPath

DEFAULT_SEED = 2017
LARGEST_SEED = 2**31 - 1  # short enough to be typed; the engine takes larger ones
LARGEST_COUNT = 100
SHORTEST, LONGEST = 0.2, 5.0  # seconds of a segment


@dataclass(frozen=True)
class Pin:
    """A picture of the film, and the ``seconds`` until the next with their ``easing``."""

    seed: int
    truncation: float = 0.7
    seconds: float = 1.2
    easing: str = "smooth"


@dataclass(frozen=True)
class Scene:
    """Candidates are the seeds ``seed``, ``seed + 1``, …; ``model`` is a file's path as text.

    ``truncation`` (0…2) is that of the candidates; a pin keeps the one it was pinned with.
    """

    model: str = ""
    seed: int = DEFAULT_SEED
    truncation: float = 0.7
    count: int = 18
    pins: tuple[Pin, ...] = field(default_factory=tuple)
    closed: bool = True

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seeds of the candidates."""
        return tuple((self.seed + i) % (LARGEST_SEED + 1) for i in range(self.count))

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
            seeds=tuple(pin.seed for pin in self.pins),
            seconds=self.segments,
            loop=self.closed,
            easing=tuple(pin.easing for pin in self.pins[:count]),
            truncation=tuple(pin.truncation for pin in self.pins),
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
        return replace(self, pins=(*self.pins[:at], pin, *self.pins[at:]))

    def without(self, index: int) -> Scene:
        """Without pin ``index``."""
        return replace(self, pins=self.pins[:index] + self.pins[index + 1 :])

    def moved(self, index: int, target: int) -> Scene:
        """With pin ``index`` as number ``target``."""
        pins = list(self.pins)
        pins.insert(target, pins.pop(index))
        return replace(self, pins=tuple(pins))

    def with_pin(self, index: int, **changes: Any) -> Scene:
        """With pin ``index`` changed."""
        changed = replace(self.pins[index], **changes)
        return replace(self, pins=(*self.pins[:index], changed, *self.pins[index + 1 :]))

    def places_of(self, seed: int) -> list[int]:
        """The places of the film where a character is pinned."""
        return [i for i, pin in enumerate(self.pins) if pin.seed == seed]

    # Plain values

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Scene:
        """Read :meth:`to_dict`'s values; what is missing or makes no sense keeps its default."""
        pins = values.get("pins", ())
        truncation = _number(values.get("truncation"), cls.truncation, 0, LARGEST_TRUNCATION)
        return cls(
            model=str(values.get("model", "")),
            seed=_whole(values.get("seed"), cls.seed, 0, LARGEST_SEED),
            truncation=round(truncation, 4),
            count=_whole(values.get("count"), cls.count, 1, LARGEST_COUNT),
            pins=tuple(_read_pins(pins)) if isinstance(pins, list | tuple) else (),
            closed=bool(values.get("closed", True)),
        )


def _read_pins(values: Sequence[Any]) -> Iterator[Pin]:
    for value in values:
        if isinstance(value, Mapping) and isinstance(value.get("seed"), int):
            truncation = _number(value.get("truncation"), Pin.truncation, 0, LARGEST_TRUNCATION)
            seconds = _number(value.get("seconds"), Pin.seconds, SHORTEST, LONGEST)
            easing = value["easing"] if value.get("easing") in EASINGS else Pin.easing
            seed = _whole(value["seed"], 0, 0, LARGEST_SEED)
            yield Pin(seed, round(truncation, 4), round(seconds, 2), easing)


def _number(value: Any, fallback: float, smallest: float, largest: float) -> float:
    usable = isinstance(value, int | float) and not isinstance(value, bool) and value == value
    return min(max(float(value), smallest), largest) if usable else fallback


def _whole(value: Any, fallback: int, smallest: int, largest: int) -> int:
    return int(_number(value, fallback, smallest, largest))
