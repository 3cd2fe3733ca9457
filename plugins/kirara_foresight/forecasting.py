"""The forecasts of a clip's future, for the panel and the command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from kirara_foresight import metrics
from kirara_foresight.clips.clip import LONGEST, Clip, reduction, resized
from kirara_foresight.forecasts.simple import SIMPLE, Forecast, grey_of
from kirara_foresight.radar_colours import STRONGEST
from kirara_foresight.scores import Scored
from kirara_studio.api.errors import UserError

Frames = npt.NDArray[np.float32]
Seen = npt.NDArray[np.bool_]

SEEN = 10
"""Frames before the moment that a forecast sees, if there are as many."""
RAIN = 20.0
"""dBZ of light rain, from which on a pixel counts as rain."""


@dataclass(frozen=True)
class Moment:
    """The moment where the future begins: the frames before it, and the true ones after it.

    ``before`` (seen, height, width, 3) and ``truth`` (up to the number asked for) are 0…1;
    ``scale`` is their size relative to the clip, at most 1. ``seen`` (truth, height, width) is
    where the truth is known, None for everywhere.
    """

    before: Frames
    truth: Frames
    scale: float
    seen: Seen | None = None


@dataclass(frozen=True, kw_only=True)
class ScoredForecast(Scored):
    """A forecast, (count, height, width, 3), 0…1, and its scores."""

    frames: Frames = field(repr=False)


def moment_of(
    clip: Clip, start: int, count: int, *, seen: int = SEEN, longest: int = LONGEST
) -> Moment:
    """Read what is needed around frame ``start``, the first of the future.

    Raises UserError if there is no frame before it, or the clip cannot be read so far.
    """
    if start < 1:
        raise UserError(
            "The future cannot begin with the first frame: nothing would have been seen.",
            advice="Let it begin later; frames are counted from 0.",
        )
    first = max(0, start - seen)
    scale, size = reduction(clip.size, longest)
    pixels = [resized(one, size) for one in clip.frames(first, start - first + count)]
    if len(pixels) < start - first:
        raise UserError(
            "The clip has no frame {start}, or cannot be read so far.",
            advice="Let the future begin earlier.",
            start=start,
        )
    frames = np.stack(pixels).astype(np.float32) / np.float32(255)
    truth = frames[start - first :]
    known = clip.seen(start, len(truth))
    if known is not None and len(known):
        # A pixel of a smaller frame is known if all that it is made of are.
        known = np.stack([resized(one.astype(np.uint8) * 255, size) == 255 for one in known])
    return Moment(frames[: start - first], truth, scale, known)


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

    In ``radar`` pictures 1 stands for 60 dBZ. What is not known of the truth is not scored.
    ``check`` is called between the forecasts and may raise to stop.
    """
    forecasts = {**{name: in_colour(one) for name, one in networks.items()}, **SIMPLE}
    results = {}
    for name, forecast in forecasts.items():
        check()
        frames = forecast(moment.before, count)
        pair = metrics.known(
            grey_of(frames[: len(moment.truth)]), grey_of(moment.truth), moment.seen
        )
        results[name] = ScoredForecast(
            frames=frames,
            mse=metrics.mse(*pair),
            mae=metrics.mae(*pair),
            ssim=metrics.ssim(*pair, moment.seen),
            csi=metrics.csi(*pair, RAIN / STRONGEST) if radar else None,
        )
    return results
