"""The jobs of the panel: open a clip, forecast it, and save a film of that.

Every job is ``function(request, tools) -> result``. Requests and results are plain and can be
pickled; torch and OpenCV are imported only when a job runs. Pictures are (height, width, 3) and
films (time, height, width, 3), uint8, RGB. A job keeps no more of a clip than what it gives back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from kirara_foresight.forecasts import NETWORK
from kirara_foresight.radar_colours import in_colours
from kirara_foresight.samples import sample_of
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import write_atomically
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.media.saving import check_film_path, recall, save_film

if TYPE_CHECKING:
    from kirara_foresight.clips.clip import Clip
    from kirara_foresight.forecasting import Moment, ScoredForecast
    from kirara_foresight.forecasts.simple import Forecast

Pixels = npt.NDArray[np.uint8]
Scores = npt.NDArray[np.float64]
Frames = npt.NDArray[np.float32]

KIND = "forecast"
"""What the settings in a saved film say that it is."""
SLOWEST, FASTEST = 1.0, 60.0
"""Frames a second of a film that is saved."""


@dataclass(frozen=True)
class OpenRequest:
    """Look into the clip at ``path``; ``thumbnails`` of it, ``height`` pixels high, are wanted."""

    path: Path
    thumbnails: int = 40
    height: int = 96


@dataclass(frozen=True)
class Opened:
    """What a clip is: how many frames of which ``size`` (height, width), and how many a second.

    ``thumbnails`` are pairs of a frame's number and a small picture of it. ``promised`` is how
    many frames the file says it has, of which only ``count`` can be read. ``radar`` says that its
    greys are dBZ, and ``minutes`` how many lie between two pictures. ``credit`` names whose it is.
    """

    path: Path
    count: int
    promised: int
    size: tuple[int, int]
    fps: float
    thumbnails: tuple[tuple[int, Pixels], ...] = field(repr=False)
    radar: bool = False
    minutes: float | None = None
    credit: str = ""


@dataclass(frozen=True)
class Recalled:
    """The file is a film that the panel saved, with these ``settings``."""

    path: Path
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class ForecastRequest:
    """Forecast ``frames`` frames from number ``start`` on, given the ``seen`` frames before.

    Larger frames are scaled to ``longest`` pixels. Without ``model`` no network is asked.
    """

    path: Path
    start: int
    seen: int = 10
    frames: int = 10
    longest: int = 256
    model: Path | None = None


@dataclass(frozen=True)
class ShownForecast:
    """One forecast and the heat map of its errors: films as long as the forecast, and as the
    truth. Scores are those of :mod:`kirara_foresight.metrics`, for each frame of truth."""

    name: str
    frames: Pixels = field(repr=False)
    heat: Pixels = field(repr=False)
    mse: Scores = field(repr=False)
    mae: Scores = field(repr=False)
    ssim: Scores = field(repr=False)
    csi: Scores | None = field(default=None, repr=False)


@dataclass(frozen=True)
class ForecastResult:
    """Films of what was seen, of the truth, and of the forecasts. ``scale`` is their size relative
    to the clip, at most 1."""

    request: ForecastRequest
    before: Pixels = field(repr=False)
    truth: Pixels = field(repr=False)
    forecasts: tuple[ShownForecast, ...]
    scale: float


@dataclass(frozen=True)
class FilmRequest:
    """Save the forecasts as a film to ``output``, ``fps`` frames a second, with ``settings``
    (plain JSON values) that say how to make it again."""

    what: ForecastRequest
    output: Path
    fps: float = 5.0
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SaveTextRequest:
    """Save ``text`` to ``output``."""

    text: str = field(repr=False)
    output: Path


def open_job(request: OpenRequest, tools: JobTools) -> Opened | Recalled:
    """Say what is at ``path``. Raises :class:`UserError` where that is no clip."""
    from kirara_foresight.clips.opening import open_clip

    settings = _settings_in(request.path)
    if settings is not None:
        return Recalled(request.path, settings)
    clip = open_clip(request.path)
    try:
        thumbnails, count = _thumbnails(clip, request, tools)
        radar, minutes = _radar_of(clip)
        return Opened(
            request.path, count, clip.count, clip.size, clip.fps, thumbnails, radar, minutes,
            _credit_of(request.path),
        )  # fmt: skip
    finally:
        clip.close()


def forecast_job(request: ForecastRequest, tools: JobTools) -> ForecastResult:
    """Forecast. Raises :class:`UserError` if the clip cannot be read or has no such moment, or if
    the model file is not a network."""
    from kirara_foresight.side_by_side import heat, shown

    moment, results, radar, _ = _forecasts_of(request, tools)
    forecasts = []
    for name, one in results.items():
        heats = heat(one.frames[: len(moment.truth)], moment.truth)
        film = shown(one.frames, radar=radar)
        forecasts.append(ShownForecast(name, film, heats, one.mse, one.mae, one.ssim, one.csi))
    before, truth = (shown(frames, radar=radar) for frames in (moment.before, moment.truth))
    return ForecastResult(request, before, truth, tuple(forecasts), moment.scale)


def film_job(request: FilmRequest, tools: JobTools) -> Path:
    """Forecast, and save it as a film. A Stop leaves no file behind."""
    from kirara_foresight.side_by_side import film

    check_film_path(request.output)
    moment, results, radar, minutes = _forecasts_of(request.what, tools)
    total = len(moment.before) + request.what.frames
    pictures = film(
        moment, results, radar=radar, minutes=minutes, credit=_credit_of(request.what.path)
    )

    def frames() -> Iterator[Pixels]:
        for number, picture in enumerate(pictures):
            tools.progress(number, total, f"{number} / {total}")
            yield picture

    fps = min(max(request.fps, SLOWEST), FASTEST)
    save_film(request.output, frames(), fps, {"kind": KIND, **request.settings}, loop=True)
    return request.output


def save_text_job(request: SaveTextRequest, tools: JobTools) -> Path:
    """Save a text; returns where. For the pool of disk work."""
    write_atomically(request.output, request.text)
    return request.output


# Looking into a clip


def _settings_in(path: Path) -> Mapping[str, Any] | None:
    """How the panel made the film at ``path``; None where it did not."""
    if path.is_dir() and not any(path.glob("frame-*.png")):
        return None
    try:
        settings = recall(path)
    except UserError:
        return None
    return settings if settings.get("kind") == KIND and "setting" in settings else None


def _thumbnails(
    clip: Clip, request: OpenRequest, tools: JobTools
) -> tuple[tuple[tuple[int, Pixels], ...], int]:
    """Small pictures from all over the clip, and how many frames can be read."""
    wanted = np.unique(np.linspace(0, clip.count - 1, request.thumbnails).astype(int)).tolist()
    found: list[tuple[int, Pixels]] = []
    for done, number in enumerate(wanted):
        tools.progress(done, len(wanted), f"{done} / {len(wanted)}")
        picture = next(iter(clip.frames(number, 1)), None)
        if picture is None:
            count = _readable(clip, found[-1][0] if found else 0, number)
            break
        small = _small(picture, request.height)
        found.append((number, in_colours(small[..., 0]) if _radar_of(clip)[0] else small))
    else:
        count = clip.count
    if count < 2:
        raise UserError(
            "“{file}” breaks off before its second frame.",
            advice="Fetch the file again, or choose another one.",
            file=request.path.name,
        )
    return tuple(found), count


def _readable(clip: Clip, good: int, bad: int) -> int:
    """How many frames can be read of a clip in which frame ``good`` can, and ``bad`` cannot."""
    return good + sum(1 for _ in clip.frames(good, bad - good))


def _small(picture: Pixels, height: int) -> Pixels:
    import cv2

    rows, columns = picture.shape[:2]
    if rows <= height:
        return picture
    size = (max(1, round(columns * height / rows)), height)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _radar_of(clip: Clip) -> tuple[bool, float | None]:
    from kirara_foresight.clips.radar_folder import RadarFolder

    return (True, clip.minutes) if isinstance(clip, RadarFolder) else (False, None)


def _credit_of(path: Path) -> str:
    sample = sample_of(path)
    return sample.credit if sample is not None else ""


# Forecasts


def _forecasts_of(
    request: ForecastRequest, tools: JobTools
) -> tuple[Moment, dict[str, ScoredForecast], bool, float | None]:
    from kirara_foresight.clips.opening import open_clip
    from kirara_foresight.forecasting import make_forecasts, moment_of

    tools.progress(0, 1, request.path.name)
    clip = open_clip(request.path)
    try:
        radar, minutes = _radar_of(clip)
        moment = moment_of(
            clip, request.start, request.frames, seen=request.seen, longest=request.longest
        )
    finally:
        clip.close()
    networks: dict[str, Forecast] = {}
    if request.model is not None:
        networks[NETWORK] = _network(request.model, tools)
    results = make_forecasts(
        moment, request.frames, networks, lambda: tools.progress(0, 1, "…"), radar=radar
    )
    return moment, results, radar, minutes


def _network(path: Path, tools: JobTools) -> Forecast:
    """The forecast of the network at ``path``, with progress."""
    from kirara_foresight.forecasts.network import forecast_frames
    from kirara_foresight.networks.model_files import load_forecaster

    changed = path.stat().st_mtime_ns if path.exists() else 0  # a replaced file is loaded again
    network = tools.model(
        f"forecaster {path} {changed}", lambda device: load_forecaster(path).to(device.kind)
    )

    def forecast(frames: Frames, count: int) -> Frames:
        def report(done: float) -> None:
            tools.progress(round(100 * done), 100, f"{done:.0%}")

        return forecast_frames(network, frames, count, report)

    return forecast
