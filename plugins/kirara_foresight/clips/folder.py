"""A folder of pictures, in the order of their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from kirara_foresight.clips.clip import Pixels, checked_size, unreadable
from kirara_studio.api.media.pictures import PICTURE_NAME, load_picture

_FPS = 10.0


class PictureFolder:
    """The pictures in a folder; those of another size than the first are scaled to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            names = [one for one in folder.iterdir() if PICTURE_NAME.fullmatch(one.name)]
        except OSError as error:
            raise unreadable(folder, error.strerror or str(error)) from error
        self._paths = sorted(names, key=_as_people_count)
        if not self._paths:
            raise unreadable(folder, "it holds no pictures")
        try:
            first = load_picture(self._paths[0])
        except ValueError as error:
            raise unreadable(self._paths[0], str(error)) from error
        self._size = checked_size(folder, first.height, first.width)

    @property
    def count(self) -> int:
        return len(self._paths)

    @property
    def size(self) -> tuple[int, int]:
        return self._size

    @property
    def fps(self) -> float:
        return _FPS

    def frames(self, first: int, count: int) -> Iterator[Pixels]:
        for path in self._paths[first : first + count]:
            try:
                picture = load_picture(path)
            except ValueError as error:
                raise unreadable(path, str(error)) from error
            if (picture.height, picture.width) != self._size:
                picture = picture.resize(self._size[::-1], Image.Resampling.LANCZOS)
            yield np.asarray(picture, np.uint8)

    def close(self) -> None:
        """There is nothing to give back."""


def _as_people_count(path: Path) -> list[tuple[int, int | str]]:
    """Frame 2 comes before frame 10."""
    parts = re.split(r"(\d+)", path.name.lower())
    return [(0, int(part)) if part.isdigit() else (1, part) for part in parts]
