"""Animated GIF, WebP, PNG and AVIF, through Pillow."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

from kirara_foresight.clips.clip import Clip, Pixels, checked_size, unreadable
from kirara_studio.api.media.pictures import FORMATS, opaque_of

_DAMAGE = (
    OSError, SyntaxError, EOFError, ValueError, IndexError, struct.error, MemoryError,
    OverflowError,
)  # fmt: skip
_USUAL_MILLISECONDS = 100.0


class AnimatedPicture(Clip):
    """A picture with several frames."""

    def __init__(self, path: Path) -> None:
        try:
            self._image = Image.open(path, formats=FORMATS)
            self.count = _frames_in(path)
        except _DAMAGE as error:
            raise unreadable(path, str(error)) from error
        self.size = checked_size(path, self._image.height, self._image.width)
        self.fps = 1000 / float(self._image.info.get("duration") or _USUAL_MILLISECONDS)

    def frames(self, first: int, count: int) -> Iterator[Pixels]:
        for number in range(first, min(first + count, self.count)):
            try:
                self._image.seek(number)
                frame = opaque_of(self._image.copy())
            except _DAMAGE:
                return  # cut off
            yield np.asarray(frame, np.uint8)

    def close(self) -> None:
        self._image.close()


def is_picture(path: Path) -> bool:
    """True if Pillow knows the file, animated or not."""
    try:
        with Image.open(path, formats=FORMATS):
            return True
    except (UnidentifiedImageError, Image.DecompressionBombError, *_DAMAGE):
        return False


def _frames_in(path: Path) -> int:
    """The number of frames; of a file that is cut off, of those that can be found."""
    with Image.open(path, formats=FORMATS) as image:
        try:
            return int(getattr(image, "n_frames", 1))
        except _DAMAGE:
            return image.tell() + 1
