"""Films of the truth and the forecasts side by side, with the errors below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from kirara_foresight.forecasting import Frames, Moment, ScoredForecast
from kirara_foresight.radar_colours import in_colours

Pixels = npt.NDArray[np.uint8]
_Part = tuple[str, Pixels, Pixels | None]  # a name, a frame, and its error

_TILE = 192  # pixels: smaller frames are enlarged by a whole number up to about that
_GAP, _HEAD = 6, 22
_PAPER, _INK, _FAINT = (24, 26, 31), (235, 235, 235), (150, 152, 158)
_HOT = np.array([255, 120, 40], np.float32)  # an error of 1


def film(
    moment: Moment,
    forecasts: Mapping[str, ScoredForecast],
    *,
    radar: bool,
    minutes: float | None = None,
    credit: str = "",
) -> Iterator[Pixels]:
    """Yield the frames before the moment, then those of the future: (height, width, 3).

    Radar pictures have the colours of their dBZ, and their lead time if the ``minutes`` between two
    are known. ``credit`` is written below.
    """
    columns = ["truth", *forecasts]
    for number, frame in enumerate(moment.before):
        picture = shown(frame, radar=radar)
        label = f"seen {number + 1} of {len(moment.before)}"
        yield _composed([(name, picture, None) for name in columns], label, credit)
    blank = shown(np.full_like(moment.before[0], 0.1), radar=False)
    count = max(len(one.frames) for one in forecasts.values())
    for number in range(count):
        came = moment.truth[number] if number < len(moment.truth) else None
        truth = blank if came is None else shown(came, radar=radar)
        parts: list[_Part] = [("truth", truth, None)]
        for name, one in forecasts.items():
            error = None if came is None else heat(one.frames[number], came)
            parts.append((name, shown(one.frames[number], radar=radar), error))
        label = f"future {number + 1} of {count}"
        if minutes is not None:
            label += f", {minutes * (number + 1):+g} minutes"
        yield _composed(parts, label, credit)


def shown(frame: Frames, *, radar: bool) -> Pixels:
    """Turn frames (…, 3), 0…1, into pixels; radar pictures get the colours of their dBZ."""
    pixels = (np.clip(frame, 0, 1) * 255).round().astype(np.uint8)
    return in_colours(pixels[..., 0]) if radar else pixels


def heat(forecast: Frames, truth: Frames) -> Pixels:
    """A picture of the error of a forecast (…, 3): brightness is its square root."""
    error = np.abs(forecast - truth).mean(-1, keepdims=True)
    return (np.sqrt(error) * _HOT).clip(0, 255).astype(np.uint8)


def _composed(parts: Sequence[_Part], label: str, credit: str) -> Pixels:
    height, width = parts[0][1].shape[:2]
    factor = max(1, _TILE // max(height, width))
    height, width = height * factor, width * factor
    tile = max(width, 110)
    foot = 2 * _HEAD + 2 * height + 2 * _GAP
    size = (_GAP + len(parts) * (tile + _GAP), foot + (_HEAD if credit else 0))
    sheet = Image.new("RGB", size, _PAPER)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(13)
    draw.text((_GAP, 3), label, _INK, font)
    if credit:
        draw.text((_GAP, foot), credit, _FAINT, ImageFont.load_default(11))
    for column, (name, pixels, error) in enumerate(parts):
        left = _GAP + column * (tile + _GAP)
        draw.text((left, _HEAD + 2), name, _FAINT, font)
        sheet.paste(_enlarged(pixels, factor), (left, 2 * _HEAD))
        if error is not None:
            sheet.paste(_enlarged(error, factor), (left, 2 * _HEAD + height + _GAP))
    return np.asarray(sheet)


def _enlarged(pixels: Pixels, factor: int) -> Image.Image:
    return Image.fromarray(pixels.repeat(factor, 0).repeat(factor, 1))
