"""What a clip is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from kirara_studio.api.errors import UserError

Pixels = npt.NDArray[np.uint8]

LARGEST_FRAME = 8192 * 8192
"""Pixels: 8K video has half as many."""


class Clip(Protocol):
    """Frames in a row, of one size, which need not all be in memory."""

    @property
    def count(self) -> int:
        """How many frames there are; of a video that was cut off, how many its header promises."""
        ...

    @property
    def size(self) -> tuple[int, int]:
        """Height and width in pixels."""
        ...

    @property
    def fps(self) -> float:
        """Frames a second; of a clip of uneven times, the mean."""
        ...

    def frames(self, first: int, count: int) -> Iterator[Pixels]:
        """Frames (height, width, 3), RGB, from number ``first`` on; fewer where the clip ends, or
        cannot be read any further."""
        ...

    def close(self) -> None:
        """Give back the file."""
        ...


def unreadable(path: Path, reason: str) -> UserError:
    """The error for something that is no clip."""
    return UserError(
        "“{file}” cannot be read as a clip: {reason}.",
        advice="Choose a video, an animated GIF or WebP, or a folder of pictures.",
        file=path.name,
        reason=reason,
    )


def checked_size(path: Path, height: int, width: int) -> tuple[int, int]:
    """Raise UserError for frames that are larger than any video's."""
    if not 0 < height * width <= LARGEST_FRAME:
        raise unreadable(path, f"its frames have {width}×{height} pixels")
    return height, width
