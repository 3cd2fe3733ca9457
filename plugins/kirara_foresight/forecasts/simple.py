"""Forecasts without a network, for comparison."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import cv2
import numpy as np
import numpy.typing as npt

from kirara_foresight.forecasts import FLOW, STILL

Frames = npt.NDArray[np.float32]
Motion = npt.NDArray[np.float32]
Forecast = Callable[[Frames, int], Frames]
"""Maps frames (time, height, width), 0…1, and a count to (count, height, width)."""

LEAST_SIDE = 16
"""Pixels: the least side for optical flow."""


def nothing_moves(frames: Frames, count: int) -> Frames:
    """Repeat the last of ``frames`` (time, height, width), or (…, 3) in colour."""
    return np.repeat(frames[-1:], count, 0)


def moved_on(frames: Frames, count: int) -> Frames:
    """Continue the motion between the last two of ``frames`` (time, height, width) or (…, 3), 0…1.

    Dense optical flow is extrapolated along its own lines (semi-Lagrangian: Germann and Zawadzki,
    "Scale-Dependence of the Predictability of Precipitation from Continental Radar Images", 2002).
    Pixels at the border are repeated.
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
    """The luma (ITU-R BT.601) of frames in colour (…, height, width, 3); others unchanged."""
    if frames.shape[-1] != 3 or frames.ndim < 3:
        return frames
    return np.asarray(frames @ np.array([0.299, 0.587, 0.114], np.float32), np.float32)


def motion_of(before: Frames, now: Frames) -> Motion:
    """The motion of each pixel, (height, width, 2), in pixels to the right and down.

    Dense inverse search (Kroeger et al., "Fast Optical Flow using Dense Inverse Search", 2016).
    """
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    bytes_ = (np.rint(np.clip(frame, 0, 1) * 255).astype(np.uint8) for frame in (now, before))
    return -np.asarray(search.calc(*map(np.ascontiguousarray, bytes_), None), np.float32)  # type: ignore[call-overload]


SIMPLE: Mapping[str, Forecast] = {STILL: nothing_moves, FLOW: moved_on}
"""By name."""
