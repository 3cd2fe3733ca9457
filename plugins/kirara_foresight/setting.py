"""The document of the panel: a clip, the moment where its future begins, and how to forecast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

MOST_SEEN, MOST_FRAMES = 50, 50
LEAST_SIDE, MOST_SIDE = 32, 512


@dataclass(frozen=True)
class Setting:
    """A moment in a clip, and how to forecast what follows.

    ``start`` is the first frame of the future, from 0. The forecasts see ``seen`` frames before it
    and predict ``frames``, at most ``longest`` pixels wide and high. ``model`` is a file's path;
    empty for the one that fits the clip. ``radar`` is whether a folder holds weather radar, None if
    its files decide it.
    """

    clip: str = ""
    start: int = 1
    seen: int = 10
    frames: int = 10
    longest: int = 256
    model: str = ""
    radar: bool | None = None

    def within(self, count: int) -> Setting:
        """Move the moment into a clip of ``count`` frames."""
        return replace(self, start=min(max(self.start, 1), count))

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Setting:
        """Read the values of :meth:`to_dict`, of any version; wrong ones are ignored."""
        numbers = {
            name: min(max(value, least), most)
            for name, least, most in (
                ("start", 1, 2**31 - 1),
                ("seen", 1, MOST_SEEN),
                ("frames", 1, MOST_FRAMES),
                ("longest", LEAST_SIDE, MOST_SIDE),
            )
            if isinstance(value := values.get(name), int) and not isinstance(value, bool)
        }
        texts = {
            name: value for name in ("clip", "model") if isinstance(value := values.get(name), str)
        }
        radar = values.get("radar")
        radar = radar if isinstance(radar, bool) else None
        return cls(**numbers, **texts, radar=radar)  # type: ignore[arg-type]
