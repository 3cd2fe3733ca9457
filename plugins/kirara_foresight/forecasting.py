"""The forecasts of a clip's future, as the panel and the command make them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kirara_foresight import metrics
from kirara_foresight.clips.clip import Clip
from kirara_foresight.forecasts.simple import SIMPLE, Forecast, grey_of
from kirara_foresight.radar_colours import STRONGEST
from kirara_studio.api.errors import UserError

Frames = npt.NDArray[np.float32]

SEEN = 10
"""Frames that a forecast sees, where there are as many."""
RAIN = 20.0
"""dBZ: what counts as rain, and is light rain."""
LONGEST = 256
"""Pixels: larger frames are scaled so that their longer side has as many."""


@dataclass(frozen=True)
class Moment:
    """The moment where the future begins: frames before it and those that really came, of one size.

    ``before`` (seen, height, width, 3) and ``truth`` (up to the number asked for), 0…1;
    ``scale`` is how much smaller they are than the clip, at most 1.
    """

    before: Frames
    truth: Frames
    scale: float


@dataclass(frozen=True)
class ScoredForecast:
    """A forecast, (count, height, width, 3), 0…1, and how far it was from the truth,
    frame by frame, as long as there is truth. ``csi`` is for radar pictures, at :data:`RAIN`."""

    frames: Frames
    mse: metrics.Scores
    mae: metrics.Scores
    ssim: metrics.Scores
    csi: metrics.Scores | None = None


def moment_of(
    clip: Clip, start: int, count: int, *, seen: int = SEEN, longest: int = LONGEST
) -> Moment:
    """Read what is needed around frame ``start``, the first of the future.

    Raises UserError where there is no frame before it, or none at all.
    """
    if start < 1:
        raise UserError(
            "The future cannot begin with the first frame: nothing would have been seen.",
            advice="Let it begin later; frames are counted from 0.",
        )
    first = max(0, start - seen)
    height, width = clip.size
    scale = min(1.0, longest / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    frames = []
    for pixels in clip.frames(first, start - first + count):
        if scale < 1:
            pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
        frames.append(pixels)
    before = frames[: start - first]
    if len(before) < start - first or not before:
        raise UserError(
            "The clip has no frame {start}, or cannot be read so far.",
            advice="Let the future begin earlier.",
            start=start,
        )
    truth = frames[start - first :]
    empty = np.zeros((0, size[1], size[0], 3), np.float32)
    return Moment(_as_floats(before), _as_floats(truth) if truth else empty, scale)


def in_colour(network: Forecast) -> Forecast:
    """Apply a forecast for grey frames to red, green and blue, one by one."""

    def forecast(frames: Frames, count: int) -> Frames:
        if (frames[..., :1] == frames).all():
            return np.repeat(network(frames[..., 0], count)[..., None], 3, -1)
        channels = [network(np.ascontiguousarray(frames[..., c]), count) for c in range(3)]
        return np.stack(channels, -1)

    return forecast


def make_forecasts(
    moment: Moment,
    count: int,
    networks: Mapping[str, Forecast],
    check: Callable[[], None],
    *,
    radar: bool = False,
) -> dict[str, ScoredForecast]:
    """Predict ``count`` frames by the networks (for grey frames), “nothing moves” and optical flow.

    Scores are of the frames' luma, of which 1 stands for 60 dBZ in ``radar`` pictures. ``check`` is
    called between the forecasts and may raise to stop.
    """
    forecasts: dict[str, Forecast] = {name: in_colour(one) for name, one in networks.items()}
    forecasts |= SIMPLE
    results = {}
    for name, forecast in forecasts.items():
        check()
        results[name] = _judged(forecast(moment.before, count), moment.truth, radar)
    return results


def _judged(frames: Frames, truth: Frames, radar: bool) -> ScoredForecast:
    predicted, observed = grey_of(frames[: len(truth)]), grey_of(truth)
    mse, mae, ssim = (one(predicted, observed) for one in (metrics.mse, metrics.mae, metrics.ssim))
    rain = metrics.csi(predicted, observed, RAIN / STRONGEST) if radar else None
    return ScoredForecast(frames, mse, mae, ssim, rain)


def _as_floats(frames: list[npt.NDArray[np.uint8]]) -> Frames:
    return np.stack(frames).astype(np.float32) / np.float32(255)
