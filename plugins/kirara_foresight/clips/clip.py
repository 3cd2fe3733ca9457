"""What a clip is, and how one is opened."""

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


def open_clip(path: Path) -> Clip:
    """Open a video, an animated picture, or a folder of pictures in the order of their names.

    Raises :class:`UserError` where there is nothing at ``path`` that can be read, or only one
    frame.
    """
    from kirara_foresight.clips.animation import AnimatedPicture
    from kirara_foresight.clips.folder import PictureFolder
    from kirara_foresight.clips.radar_folder import RadarFolder
    from kirara_foresight.clips.video import Video

    path = Path(path)
    if path.is_dir():
        clip: Clip = RadarFolder(path) if RadarFolder.is_one(path) else PictureFolder(path)
    elif not path.exists():
        raise UserError("There is no file “{path}”.", advice="Check the name.", path=path)
    elif AnimatedPicture.is_one(path):
        clip = AnimatedPicture(path)
    else:
        clip = Video(path)
    if clip.count < 2:
        clip.close()
        raise UserError(
            "“{file}” holds a single frame, so nothing moves in it.",
            advice="Choose a video, an animated GIF or WebP, or a folder of pictures.",
            file=path.name,
        )
    return clip


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
