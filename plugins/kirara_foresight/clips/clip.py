"""The base of all clips."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from kirara_studio.api.errors import UserError
from kirara_studio.api.reading import reading

Pixels = npt.NDArray[np.uint8]
Seen = npt.NDArray[np.bool_]

LARGEST_FRAME = 8192 * 8192
"""Pixels: 8K video has half as many."""
LONGEST = 256
"""Pixels: frames whose longer side is longer are scaled down to this."""


class Clip(ABC):
    """Frames of one size, not all in memory.

    ``count`` is the number of frames; of an animation that is cut off, by its header. ``promised``
    is the number by the header of a video, of which only ``count`` can be read, or 0.
    ``size`` is height and width in pixels, ``fps`` the mean number of frames a second. The greys of
    a ``radar`` clip are reflectivities, ``minutes`` apart if that is known; ``missing`` are the
    times of pictures that should be there.
    """

    count: int
    promised = 0
    size: tuple[int, int]
    fps: float
    radar = False
    minutes: float | None = None
    missing: tuple[datetime, ...] = ()

    @abstractmethod
    def frames(self, first: int, count: int) -> Iterator[Pixels]:
        """Yield frames (height, width, 3), RGB, from number ``first`` on.

        There are fewer than ``count`` if the clip ends or cannot be read any further.
        """

    def seen(self, first: int, count: int) -> Seen | None:
        """Where each of those frames shows something (count, height, width); None: everywhere."""
        return None

    def close(self) -> None:  # noqa: B027  # most clips hold no file
        """Close the file."""


def reading_clip(path: Path) -> AbstractContextManager[None]:
    """The guard around a reader of clips (:func:`~kirara_studio.api.reading.reading`)."""
    return reading(
        path,
        "“{file}” cannot be read as a clip: {reason}.",
        advice="Choose a video, an animated GIF or WebP, or a folder of pictures.",
    )


def unreadable(path: Path, reason: str) -> UserError:
    """The error for something that is not a clip."""
    return UserError(
        "“{file}” cannot be read as a clip: {reason}.",
        advice="Choose a video, an animated GIF or WebP, or a folder of pictures.",
        file=path.name,
        reason=reason,
    )


def checked_size(path: Path, height: int, width: int) -> tuple[int, int]:
    """Return height and width. Raises UserError for frames that are larger than any video's."""
    if not 0 < height * width <= LARGEST_FRAME:
        raise unreadable(path, f"its frames have {width}×{height} pixels")
    return height, width


def reduction(size: tuple[int, ...], longest: int) -> tuple[float, tuple[int, int]]:
    """The scale, at most 1, that brings frames of ``size`` to ``longest``, and the new size."""
    scale = min(1.0, longest / max(size))
    return scale, (max(1, round(size[0] * scale)), max(1, round(size[1] * scale)))


def resized(frame: Pixels, size: tuple[int, int]) -> Pixels:
    """A frame at another height and width; smaller ones are means of the pixels."""
    if frame.shape[:2] == size:
        return frame
    return np.asarray(cv2.resize(frame, size[::-1], interpolation=cv2.INTER_AREA), np.uint8)
