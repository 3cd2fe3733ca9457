"""A folder of radar pictures as a clip."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from kirara_foresight.clips.clip import Pixels, checked_size
from kirara_foresight.radar import as_brightness, is_radar_folder, read_radar_folder

_FPS = 5.0


class RadarFolder:
    """Radar pictures, grey: black is 0 dBZ, white 60. All are kept, a byte a pixel."""

    def __init__(self, folder: Path) -> None:
        radar = read_radar_folder(folder)
        self._greys = as_brightness(radar.dbz)
        self.minutes = radar.minutes
        self._size = checked_size(folder, *self._greys.shape[1:])

    @staticmethod
    def is_one(folder: Path) -> bool:
        """True where the folder holds pictures as radars write them."""
        return is_radar_folder(folder)

    @property
    def count(self) -> int:
        return len(self._greys)

    @property
    def size(self) -> tuple[int, int]:
        return self._size

    @property
    def fps(self) -> float:
        return _FPS

    def frames(self, first: int, count: int) -> Iterator[Pixels]:
        for grey in self._greys[first : first + count]:
            yield np.repeat(grey[..., None], 3, 2)

    def close(self) -> None:
        """There is nothing to give back."""
