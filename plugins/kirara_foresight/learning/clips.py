"""Clips to learn from, grey and small, so that memory stays small too."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from kirara_foresight.clips.clip import Clip
from kirara_foresight.clips.opening import open_clip
from kirara_foresight.forecasting import LONGEST
from kirara_studio.api.errors import UserError
from kirara_studio.api.media.pictures import PICTURE_NAME

Grey = npt.NDArray[np.uint8]

LARGEST = 256 * 2**20
"""Bytes of all clips together; what goes beyond is left out."""
_ANIMATED = (".gif", ".webp", ".apng")
_MOST = 1_000  # clips


def read_clips(path: Path, until: int = 0) -> list[Grey]:
    """The clip at ``path``, or those in it: each (time, height, width), 0…255.

    Larger frames are scaled to 256 pixels on their longer side, as they are for a forecast.
    Of each clip only what comes before frame ``until`` is read; 0 means all of it. All have the
    same share of the memory that there is for them, and of a clip that needs more, its end is
    read. Raises UserError where there is no clip.
    """
    paths = _paths(Path(path))
    clips = []
    for one in paths:
        try:
            clips.append(_read(one, until, LARGEST // len(paths)))
        except UserError:
            if len(paths) == 1:
                raise  # in a folder, what is no clip is passed over
    if not clips:
        raise UserError(
            "“{folder}” holds no clips.",
            advice="Choose a folder with videos or animations, or one with the pictures of a clip.",
            folder=path,
        )
    return clips


def _paths(path: Path) -> list[Path]:
    """The path itself; of a folder that holds no still pictures, what is in it."""
    if not path.is_dir():
        return [path]
    inside = sorted(one for one in path.iterdir() if not one.name.startswith("."))
    if any(_is_still(one) for one in inside):
        return [path]
    return inside[:_MOST]


def _is_still(path: Path) -> bool:
    name = path.name.removesuffix(".gz")
    return bool(PICTURE_NAME.fullmatch(name)) and not name.lower().endswith(_ANIMATED)


def _read(path: Path, until: int, room: int) -> Grey:
    clip = open_clip(path)
    try:
        height, width = clip.size
        scale = min(1.0, LONGEST / max(height, width))
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        last = min(until, clip.count) if until else clip.count
        most = max(2, room // (size[0] * size[1]))
        return _greys(clip, max(0, last - most), min(last, most), size)
    finally:
        clip.close()


def _greys(clip: Clip, first: int, count: int, size: tuple[int, int]) -> Grey:
    frames = []
    for frame in clip.frames(first, count):
        grey = cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY)
        if size != grey.shape[::-1]:
            grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
        frames.append(np.asarray(grey, np.uint8))
    if not frames:
        raise UserError(
            "The clip cannot be read from frame {first} on.",
            advice="Let the future begin earlier.",
            first=first,
        )
    return np.stack(frames)
