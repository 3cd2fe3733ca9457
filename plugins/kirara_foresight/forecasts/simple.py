"""Forecasts without a network, which every network has to beat."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import cv2
import numpy as np
import numpy.typing as npt

from kirara_foresight.forecasts import FLOW, STILL

Frames = npt.NDArray[np.float32]
Motion = npt.NDArray[np.float32]
Forecast = Callable[[Frames, int], Frames]
"""(time, height, width) and how many frames more → (count, height, width); 0…1."""

LEAST_SIDE = 16
"""Pixels: below that, the search for motion has nothing to look at."""


def nothing_moves(frames: Frames, count: int) -> Frames:
    """The last of ``frames`` (time, height, width), ``count`` times: (count, height, width).

    Both forecasts take frames in colour, (time, height, width, 3), as well.
    """
    return np.repeat(frames[-1:], count, 0)


def moved_on(frames: Frames, count: int) -> Frames:
    """All goes on moving as it moved between the last two frames.

    ``frames`` is (time, height, width), 0…1, returns (count, height, width). Dense optical flow,
    carried on along its own lines (semi-Lagrangian: Germann and Zawadzki, "Scale-Dependence of the
    Predictability of Precipitation from Continental Radar Images", 2002): each pixel looks back
    along the motion, step by step, to where in the last frame it came from. What comes in from
    outside is what was at the border.
    """
    last = np.ascontiguousarray(frames[-1])
    if len(frames) < 2 or min(last.shape[:2]) < LEAST_SIDE:
        return nothing_moves(frames, count)
    motion = motion_of(grey_of(frames[-2]), grey_of(last))
    down, across = np.mgrid[: last.shape[0], : last.shape[1]].astype(np.float32)
    back_x, back_y = across.copy(), down.copy()
    moved = np.empty((count, *last.shape), np.float32)
    for number in range(count):
        here = cv2.remap(motion, back_x, back_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        back_x, back_y = back_x - here[..., 0], back_y - here[..., 1]
        moved[number] = cv2.remap(
            last, back_x, back_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
    return moved


def grey_of(frames: Frames) -> Frames:
    """Frames in colour (…, height, width, 3) as luma (ITU-R BT.601); others as they are."""
    if frames.shape[-1] != 3 or frames.ndim < 3:
        return frames
    return np.asarray(frames @ np.array([0.299, 0.587, 0.114], np.float32), np.float32)


def motion_of(before: Frames, now: Frames) -> Motion:
    """How far what is ``now`` at each pixel has come since ``before``: (height, width, 2), pixels
    to the right and down. Dense inverse search (Kroeger et al., "Fast Optical Flow using Dense
    Inverse Search", 2016)."""
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    now_bytes, before_bytes = _bytes(now), _bytes(before)
    return -np.asarray(search.calc(now_bytes, before_bytes, None), np.float32)  # type: ignore[call-overload]


def _bytes(frame: Frames) -> npt.NDArray[np.uint8]:
    return np.ascontiguousarray(np.rint(np.clip(frame, 0, 1) * 255).astype(np.uint8))


SIMPLE: Mapping[str, Forecast] = {STILL: nothing_moves, FLOW: moved_on}
"""Both, by name."""
