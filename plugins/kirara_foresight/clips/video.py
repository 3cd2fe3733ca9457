"""Videos, through OpenCV's FFmpeg."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np

from kirara_foresight.clips.clip import Pixels, checked_size, unreadable

_FAR = 250
"""Frames: what lies further ahead is sought by its key frame, not by decoding all between."""
_LOOKED_AT = 100
"""Frames by which it is found out whether they follow each other at one rate."""
_USUAL_FPS = 25.0


class Video:
    """A video file. Frames are decoded as they are asked for; none are kept."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._next = 0
        self._decoder = self._open()
        width, height = (
            int(self._decoder.get(what))
            for what in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT)
        )
        self._size = checked_size(path, height, width)
        fps = self._decoder.get(cv2.CAP_PROP_FPS)
        self._fps = fps if 0.01 <= fps <= 1000 else _USUAL_FPS
        self._count = self._counted()

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
        self._go_to(first)
        for _ in range(count):
            there, picture = self._decoder.read()
            if not there:
                self._next = -1  # the decoder is of no use after the end
                return
            self._next += 1
            # Some videos change their size on the way.
            if picture.shape[:2] != self._size:
                picture = cv2.resize(picture, self._size[::-1], interpolation=cv2.INTER_AREA)
            yield np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8)

    def close(self) -> None:
        self._decoder.release()

    def _open(self) -> cv2.VideoCapture:
        decoder = cv2.VideoCapture(str(self.path), cv2.CAP_FFMPEG)
        if not decoder.isOpened():
            raise unreadable(self.path, "it is no video that is known here, or is damaged")
        return decoder

    def _counted(self) -> int:
        """What the header promises; where it promises nothing, all frames are counted."""
        promised = int(self._decoder.get(cv2.CAP_PROP_FRAME_COUNT))
        if promised > 0:
            return promised
        count = 0
        while self._decoder.grab():
            count += 1
        self._next = -1
        return count

    def _go_to(self, number: int) -> None:
        if self._next < 0 or number < self._next:
            self._decoder.release()
            self._decoder = self._open()
            self._next = 0
        far = number - self._next > _FAR
        if far and self._is_steady and self._decoder.set(cv2.CAP_PROP_POS_FRAMES, number):
            self._next = number
        while self._next < number and self._decoder.grab():
            self._next += 1

    @cached_property
    def _is_steady(self) -> bool:
        """True where the first frames follow each other at one rate. Decoders jump to a time, which
        in a video of a variable rate is another frame than the one that was meant."""
        decoder = self._open()
        times: list[float] = []
        while len(times) < _LOOKED_AT and decoder.grab():
            times.append(decoder.get(cv2.CAP_PROP_POS_MSEC))
        decoder.release()
        steps = np.diff(times)
        return bool(steps.size and np.ptp(steps) < 0.5 * np.median(steps))
