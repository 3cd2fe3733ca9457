"""Forecasts without a network, for comparison."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

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
_MOST_SEEN = 13  # frames
_PAIRS = 4  # of frames, in whose motion is the mean
_FADINGS = (1.0, 0.9, 0.75, 0.5)
_UNTESTED = 0.5  # the fading where there are too few frames to test one
_ORIGINS = 4  # seen frames from which the later ones are forecast
_ENOUGH = 128  # pixels
_ENOUGH_PAIRS = 5
_LATER = 0.5


def nothing_moves(frames: Frames, count: int) -> Frames:
    """Repeat the last of ``frames`` (time, height, width), or (…, 3) in colour."""
    return np.repeat(frames[-1:], count, 0)


def moved_on(frames: Frames, count: int) -> Frames:
    """Continue the motion in ``frames`` (time, height, width) or (…, 3), 0…1.

    Dense optical flow is extrapolated along its own lines (semi-Lagrangian: Germann and Zawadzki,
    "Scale-Dependence of the Predictability of Precipitation from Continental Radar Images", 2002).
    Which motion is continued, that of the last two frames or the mean of several, and how fast it
    fades, is what would have been best for the newest of the frames; motion that would have helped
    nothing is none (:func:`nothing_moves`). Pixels at the border are repeated.
    """
    last = np.ascontiguousarray(frames[-1])
    if len(frames) < 2 or min(last.shape[:2]) < LEAST_SIDE:
        return nothing_moves(frames, count)
    greys = np.stack([grey_of(frame) for frame in frames[-_MOST_SEEN:]])
    motions = [motion_of(*pair) for pair in pairwise(greys)]
    tested = min(count, len(motions) - 1)
    several, fading = _best(greys, motions, tested) if tested else (False, _UNTESTED)
    if not fading:
        return nothing_moves(frames, count)
    return _carried(last, _motion(motions, several), count, fading, tested)


def _best(greys: Frames, motions: Sequence[Motion], most: int) -> tuple[bool, float]:
    """Mean or newest motion, and its fading, that forecast the seen frames best.

    They are forecast from several of them, up to ``most`` frames ahead. Without motion the fading
    is 0.
    """
    greys, motions = _small(greys, motions)
    origins = np.unique(np.linspace(1, len(motions) - 1, _ORIGINS).round().astype(int))
    # Too few frames cannot tell a sway from a steady motion.
    fadings = _FADINGS if len(motions) >= _ENOUGH_PAIRS else (_UNTESTED,)
    choices = [(several, fading) for several in (False, True) for fading in fadings]
    errors, still = np.zeros(len(choices)), 0.0
    for origin in origins:
        truth = greys[origin + 1 : origin + 1 + most]
        still += float(np.square(greys[origin] - truth).mean())
        for number, (several, fading) in enumerate(choices):
            motion = _motion(motions[:origin], several)
            forecast = _carried(greys[origin], motion, len(truth), fading, most)
            errors[number] += float(np.square(forecast - truth).mean())
    best = int(errors.argmin())
    # The fewer frames were seen, the more a motion must have improved on them.
    worth = 1 - 1 / len(motions)
    return choices[best] if errors[best] < worth * still else (False, 0.0)


def _small(greys: Frames, motions: Sequence[Motion]) -> tuple[Frames, Sequence[Motion]]:
    """The same at most 128 pixels wide and high, which is enough to choose by."""
    height, width = greys.shape[1:]
    scale = _ENOUGH / max(height, width)
    if scale >= 1:
        return greys, motions
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = [cv2.resize(grey, size, interpolation=cv2.INTER_AREA) for grey in greys]
    slow = [cv2.resize(motion, size, interpolation=cv2.INTER_AREA) * scale for motion in motions]
    return np.stack(small), slow


def _motion(motions: Sequence[Motion], several: bool) -> Motion:
    return np.mean(motions[-_PAIRS:], 0) if several else motions[-1]


def _carried(last: Frames, motion: Motion, count: int, fading: float, tested: int) -> Frames:
    """``last`` along the motion, of which a share of ``fading`` is left from frame to frame.

    Past the frames by which it was ``tested``, motion fades in any case.
    """
    down, across = np.mgrid[: last.shape[0], : last.shape[1]].astype(np.float32)
    back_x, back_y = across.copy(), down.copy()
    moved = np.empty((count, *last.shape), np.float32)
    left = 1.0
    for number in range(count):
        here = cv2.remap(motion, back_x, back_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        back_x, back_y = back_x - left * here[..., 0], back_y - left * here[..., 1]
        left *= fading if number < tested else min(fading, _LATER)
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
