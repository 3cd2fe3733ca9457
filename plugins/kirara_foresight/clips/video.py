"""Videos, through OpenCV's FFmpeg."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np

from kirara_foresight.clips.clip import Clip, Pixels, checked_size, resized, unreadable

FAR = 250
"""Frames: to go further ahead, the decoder jumps to a key frame instead of decoding all between."""
_EXAMINED = 100  # frames by which a constant frame rate is recognised
_USUAL_FPS = 25.0


class Video(Clip):
    """A video file, decoded as its frames are needed; none are kept."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._next = 0
        self._decoder = self._open()
        height, width = cv2.CAP_PROP_FRAME_HEIGHT, cv2.CAP_PROP_FRAME_WIDTH
        self.size = checked_size(path, *(int(self._decoder.get(one)) for one in (height, width)))
        fps = self._decoder.get(cv2.CAP_PROP_FPS)
        self.fps = fps if 0.01 <= fps <= 1000 else _USUAL_FPS
        self.count = int(self._decoder.get(cv2.CAP_PROP_FRAME_COUNT))
        if self.count <= 0:  # the header does not say it
            self.count = 0
            while self._decoder.grab():
                self.count += 1
            self._next = -1

    def frames(self, first: int, count: int) -> Iterator[Pixels]:
        self._go_to(first)
        for _ in range(count):
            there, picture = self._decoder.read()
            if not there:
                self._next = -1  # the decoder is of no use after the end
                return
            self._next += 1
            # Some videos change their size on the way.
            rgb = cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)
            yield resized(np.asarray(rgb, np.uint8), self.size)

    def close(self) -> None:
        self._decoder.release()

    def _open(self) -> cv2.VideoCapture:
        decoder = cv2.VideoCapture(str(self._path), cv2.CAP_FFMPEG)
        if not decoder.isOpened():
            raise unreadable(self._path, "it is not a known kind of video, or is damaged")
        return decoder

    def _go_to(self, number: int) -> None:
        if self._next < 0 or number < self._next:
            self._decoder.release()
            self._decoder = self._open()
            self._next = 0
        far = number - self._next > FAR
        if far and self._is_steady and self._decoder.set(cv2.CAP_PROP_POS_FRAMES, number):
            self._next = number
        while self._next < number and self._decoder.grab():
            self._next += 1

    @cached_property
    def _is_steady(self) -> bool:
        # Decoders jump to a time, which is the wrong frame in a video of a variable rate.
        decoder = self._open()
        times: list[float] = []
        while len(times) < _EXAMINED and decoder.grab():
            times.append(decoder.get(cv2.CAP_PROP_POS_MSEC))
        decoder.release()
        steps = np.diff(times)
        return bool(steps.size and np.ptp(steps) < 0.5 * np.median(steps))
