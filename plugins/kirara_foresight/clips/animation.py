"""Animated GIF, WebP, PNG and AVIF, through Pillow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
from PIL import Image

from kirara_foresight.clips.clip import Clip, Pixels, checked_size, reading_clip, resized
from kirara_studio.api.errors import UserError
from kirara_studio.api.media.pictures import FORMATS, opaque_of
from kirara_studio.api.reading import reading

_USUAL_MILLISECONDS = 100.0
_HEIF = {b"avif", b"avis", b"heic", b"heix", b"hevc", b"hevx", b"mif1", b"msf1"}
_BRANDS = 64  # bytes at the beginning of a file that hold its brands (ISO/IEC 23008-12)


class AnimatedPicture(Clip):
    """A picture with several frames."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with reading_clip(path):
            self._image = Image.open(path, formats=FORMATS)
            self.count = _frames_in(path)
        self.size = checked_size(path, self._image.height, self._image.width)
        self.fps = 1000 / float(self._image.info.get("duration") or _USUAL_MILLISECONDS)

    def frames(self, first: int, count: int) -> Iterator[Pixels]:
        for number in range(first, min(first + count, self.count)):
            with suppress(UserError), reading_clip(self._path):
                if number < self._image.tell():  # an APNG cannot go back
                    self._image.close()
                    self._image = Image.open(self._path, formats=FORMATS)
                self._image.seek(number)
                checked_size(self._path, self._image.height, self._image.width)
                picture = np.asarray(opaque_of(self._image.copy()), np.uint8)
                yield resized(picture, self.size)  # the screen of a GIF may grow on the way
                continue
            return  # cut off

    def close(self) -> None:
        self._image.close()


def is_picture(path: Path) -> bool:
    """True if Pillow knows the file, animated or not, or if it calls itself AVIF or HEIF.

    FFmpeg's own reader of those crashes on some that are damaged.
    """
    with suppress(UserError), reading(path):
        with path.open("rb") as file:
            start = file.read(_BRANDS)
        if start[4:8] == b"ftyp" and _HEIF & {start[at : at + 4] for at in range(8, _BRANDS, 4)}:
            return True
        with Image.open(path, formats=FORMATS):
            return True
    return False


def _frames_in(path: Path) -> int:
    """The number of frames; of a file that is cut off, of those that can be found."""
    with Image.open(path, formats=FORMATS) as image:
        with suppress(UserError), reading(path):
            return int(getattr(image, "n_frames", 1))
        return image.tell() + 1
