"""Clips to train on, grey and small, so that memory stays small too."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from kirara_foresight.clips.clip import LONGEST, reduction, resized
from kirara_foresight.clips.opening import open_clip
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_folder
from kirara_studio.api.media.pictures import PICTURE_NAME

Grey = npt.NDArray[np.uint8]

LARGEST = 256 * 2**20
"""Bytes of all clips together."""
_ANIMATED = (".gif", ".webp", ".apng")
_MOST = 1_000  # clips


def read_clips(path: Path, until: int = 0, radar: bool | None = None) -> list[Grey]:
    """Read the clip at ``path``, or those in it: each (time, height, width), 0…255.

    Frames are scaled to at most :data:`LONGEST` pixels. Frames from number ``until`` on are left
    out; 0 keeps them. Each clip gets the same share of :data:`LARGEST`; of a clip that needs more,
    the end is read. ``radar`` is as for :func:`open_clip`. Raises UserError if there is no clip.
    """
    paths = _paths(path)
    clips = []
    for one in paths:
        try:
            clips.append(_read(one, until, LARGEST // len(paths), radar))
        except UserError:
            if len(paths) == 1:
                raise  # other files in a folder of clips are skipped
    if not clips:
        raise UserError(
            "“{folder}” holds no clips.",
            advice="Choose a folder with videos or animations, or one with the pictures of a clip.",
            folder=path,
        )
    return clips


def _paths(path: Path) -> list[Path]:
    """The path itself; of a folder that holds no still pictures, what is in it."""
    if not is_folder(path):
        return [path]
    inside = sorted(one for one in path.iterdir() if not one.name.startswith("."))
    return [path] if any(_is_still(one) for one in inside) else inside[:_MOST]


def _is_still(path: Path) -> bool:
    name = path.name.removesuffix(".gz")
    return bool(PICTURE_NAME.fullmatch(name)) and not name.lower().endswith(_ANIMATED)


def _read(path: Path, until: int, room: int, radar: bool | None) -> Grey:
    with closing(open_clip(path, radar)) as clip:
        _, size = reduction(clip.size, LONGEST)
        last = min(until, clip.count) if until else clip.count
        most = max(2, room // (size[0] * size[1]))
        first = max(0, last - most)
        frames = [
            resized(np.asarray(cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY), np.uint8), size)
            for frame in clip.frames(first, min(last, most))
        ]
    if not frames:
        raise UserError(
            "The clip cannot be read from frame {first} on.",
            advice="Let the future begin earlier.",
            first=first,
        )
    return np.stack(frames)
