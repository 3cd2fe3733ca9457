"""Folders as clips: of pictures, and of radar pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from kirara_foresight.clips.clip import Clip, Pixels, Seen, checked_size, unreadable
from kirara_foresight.radar import as_brightness, read_radar
from kirara_studio.api.media.pictures import PICTURE_NAME, load_picture


class PictureFolder(Clip):
    """Pictures in the order of their names, scaled to the size of the first."""

    fps = 10.0

    def __init__(self, folder: Path) -> None:
        try:
            names = [one for one in folder.iterdir() if PICTURE_NAME.fullmatch(one.name)]
        except OSError as error:
            raise unreadable(folder, error.strerror or str(error)) from error
        self._paths = sorted(names, key=_natural_order)
        if not self._paths:
            raise unreadable(folder, "it holds no pictures")
        first = load_picture(self._paths[0])
        self.count, self.size = len(names), checked_size(folder, first.height, first.width)

    def frames(self, first: int, count: int) -> Iterator[Pixels]:
        for path in self._paths[first : first + count]:
            picture = load_picture(path)
            if (picture.height, picture.width) != self.size:
                picture = picture.resize(self.size[::-1], Image.Resampling.LANCZOS)
            yield np.asarray(picture, np.uint8)


class RadarFolder(Clip):
    """Radar pictures, grey: black is 0 dBZ, white 60. All are in memory, two bytes a pixel."""

    fps = 5.0
    radar = True

    def __init__(self, folder: Path) -> None:
        radar = read_radar(folder)
        self._greys, self.minutes = as_brightness(radar.dbz), radar.minutes
        self._seen, self.missing = ~np.isnan(radar.dbz), radar.missing
        self.count = len(self._greys)
        self.size = checked_size(folder, *self._greys.shape[1:])

    def frames(self, first: int, count: int) -> Iterator[Pixels]:
        for grey in self._greys[first : first + count]:
            yield np.repeat(grey[..., None], 3, 2)

    def seen(self, first: int, count: int) -> Seen | None:
        return self._seen[first : first + count]


def _natural_order(path: Path) -> list[tuple[int, int | str]]:
    """A sort key by which frame 2 comes before frame 10."""
    parts = re.split(r"(\d+)", path.name.lower())
    return [(0, int(part)) if part.isdigit() else (1, part) for part in parts]
