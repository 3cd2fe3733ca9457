"""Animated GIF, WebP, PNG and AVIF, through Pillow."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

from kirara_foresight.clips.clip import Pixels, checked_size, unreadable
from kirara_studio.api.media.pictures import FORMATS, opaque_of

_DAMAGE = (
    OSError, SyntaxError, EOFError, ValueError, IndexError, struct.error, MemoryError,
    OverflowError,
)  # fmt: skip
_USUAL_MILLISECONDS = 100.0


class AnimatedPicture:
    """A picture with several frames."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._image = Image.open(path, formats=FORMATS)
            self._count = _frames_in(path)
        except _DAMAGE as error:
            raise unreadable(path, str(error)) from error
        self._size = checked_size(path, self._image.height, self._image.width)
        self._fps = 1000 / float(self._image.info.get("duration") or _USUAL_MILLISECONDS)

    @staticmethod
    def is_one(path: Path) -> bool:
        """True where Pillow knows the file, animated or not."""
        try:
            with Image.open(path, formats=FORMATS):
                return True
        except (UnidentifiedImageError, Image.DecompressionBombError, *_DAMAGE):
            return False

    @property
    def count(self) -> int:
        return self._count

    @property
    def size(self) -> tuple[int, int]:
        return self._size

    @property
    def fps(self) -> float:
        return self._fps

    def frames(self, first: int, count: int) -> Iterator[Pixels]:
        for number in range(first, min(first + count, self._count)):
            try:
                self._image.seek(number)
                frame = opaque_of(self._image.copy())
            except _DAMAGE:
                return  # cut off
            yield np.asarray(frame, np.uint8)

    def close(self) -> None:
        self._image.close()


def _frames_in(path: Path) -> int:
    """How many frames there are; of a file that was cut off, how many can still be found."""
    with Image.open(path, formats=FORMATS) as image:
        try:
            return int(getattr(image, "n_frames", 1))
        except _DAMAGE:
            return image.tell() + 1
