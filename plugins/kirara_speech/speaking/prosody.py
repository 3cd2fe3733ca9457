"""How a line is spoken as a whole: tempo, pitch, loudness, pauses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

RANGES: Mapping[str, tuple[float, float]] = {
    "speed": (0.5, 2.0),
    "pitch": (-12.0, 12.0),
    "intonation": (0.0, 2.0),
    "volume": (0.0, 2.0),
    "pauses": (0.0, 3.0),
    "before": (0.0, 2.0),
    "after": (0.0, 2.0),
}
"""The lowest and highest value of each."""


@dataclass(frozen=True)
class Prosody:
    """How a line is spoken. ``Prosody()`` is the voice as it is.

    ``speed`` is a factor, ``pitch`` in semitones, ``intonation`` how far the pitch moves around its
    mean (a factor), ``volume`` a factor of the amplitude, ``pauses`` a factor of every pause's
    length, ``before`` and ``after`` seconds of silence around the line.
    """

    speed: float = 1.0
    pitch: float = 0.0
    intonation: float = 1.0
    volume: float = 1.0
    pauses: float = 1.0
    before: float = 0.0
    after: float = 0.25

    def __post_init__(self) -> None:
        for name, (lowest, highest) in RANGES.items():
            value = getattr(self, name)
            if not lowest <= value <= highest:
                raise ValueError(f"{name} is from {lowest:g} to {highest:g}, not {value:g}")

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Prosody:
        """Read :meth:`to_dict`'s values; any may be left out. Raises ValueError or TypeError."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: float(value) for name, value in values.items() if name in known})
