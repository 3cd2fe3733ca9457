"""The jobs of the panel: open a clip, forecast it, and save a film of that.

Every job is ``function(request, tools) -> result``. Requests and results are plain and can be
pickled; torch and OpenCV are imported only when a job runs. Pictures are (height, width, 3) and
films (time, height, width, 3), uint8, RGB.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from kirara_foresight.forecasts import NETWORK
from kirara_foresight.radar_colours import in_colours
from kirara_foresight.samples import credit_of
from kirara_foresight.scores import Scored
from kirara_foresight.setting import Setting
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_folder, write_atomically
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.media.saving import check_film_path, recall, save_film
from kirara_studio.api.model_library import stored_model

if TYPE_CHECKING:
    from kirara_foresight.clips.clip import Clip
    from kirara_foresight.forecasting import Moment, ScoredForecast
    from kirara_foresight.forecasts.simple import Forecast

Pixels = npt.NDArray[np.uint8]

KIND = "forecast"
"""Under “kind” in the settings of a saved film."""
SLOWEST, FASTEST = 1.0, 60.0
"""Frames a second of a film that is saved."""
_THUMBNAILS, _HEIGHT = 40, 96  # at most so many, so many pixels high


@dataclass(frozen=True)
class Opened:
    """A clip: its number of frames, their ``size`` (height, width), and how many a second.

    ``thumbnails`` are pairs of a frame's number and a small picture of it. ``promised`` is the
    number of frames in the file's header, of which only ``count`` can be read. The greys of a
    ``radar`` clip are reflectivities, ``minutes`` apart, and pictures at the times ``missing`` are
    not there; ``asked`` is whether it was opened as one (:attr:`Setting.radar`). ``credit`` names
    whose it is.
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
    missing: tuple[datetime, ...] = ()
    asked: bool | None = None

    @property
    def key(self) -> tuple[str, bool | None]:
        """What a setting names to open it: the path, and as what."""
        return str(self.path), self.asked


@dataclass(frozen=True)
class OpenRequest:
    """Open what is at ``path``; ``radar`` as in a :class:`Setting`."""

    path: Path
    radar: bool | None = None


@dataclass(frozen=True)
class Recalled:
    """A film that the panel saved, with the settings in it."""

    path: Path
    settings: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class ShownForecast(Scored):
    """A forecast as a film, and the heat map of its errors, as long as the truth."""

    name: str
    frames: Pixels = field(repr=False)
    heat: Pixels = field(repr=False)


@dataclass(frozen=True)
class ForecastResult:
    """Films of the frames before the moment, of the truth, and of the forecasts.

    The ``request`` is a setting with the path of the network that was used, "" for none.
    ``scale`` is the films' size relative to the clip, at most 1.
    """

    request: Setting
    before: Pixels = field(repr=False)
    truth: Pixels = field(repr=False)
    forecasts: tuple[ShownForecast, ...]
    scale: float


@dataclass(frozen=True)
class FilmRequest:
    """Save the forecasts as a film of ``fps`` frames a second.

    The film keeps ``settings``, plain JSON values from which it can be made again.
    """

    what: Setting
    output: Path
    fps: float = 5.0
    settings: Mapping[str, Any] = field(default_factory=dict)


def open_job(request: OpenRequest, tools: JobTools) -> Opened | Recalled:
    """Describe the clip at a path. Raises UserError if there is none."""
    from kirara_foresight.clips.opening import open_clip

    path = request.path
    if (settings := _settings_in(path)) is not None:
        return Recalled(path, settings)
    with closing(open_clip(path, request.radar)) as clip:
        thumbnails, count = _thumbnails(clip, path, tools)
        return Opened(
            path, count, max(clip.promised, clip.count), clip.size, clip.fps, thumbnails,
            clip.radar, clip.minutes, credit_of(path), clip.missing, request.radar,
        )  # fmt: skip


def forecast_job(request: Setting, tools: JobTools) -> ForecastResult:
    """Forecast.

    Raises UserError if the clip cannot be read or has no such moment, or if the model file is not a
    network.
    """
    from kirara_foresight.side_by_side import heat, shown

    clip, moment, results = _forecasts_of(request, tools)
    forecasts = tuple(
        ShownForecast(
            name=name, frames=shown(one.frames, radar=clip.radar),
            heat=heat(one.frames[: len(moment.truth)], moment.truth),
            mse=one.mse, mae=one.mae, ssim=one.ssim, csi=one.csi,
        )
        for name, one in results.items()
    )  # fmt: skip
    before, truth = (shown(frames, radar=clip.radar) for frames in (moment.before, moment.truth))
    return ForecastResult(request, before, truth, forecasts, moment.scale)


def film_job(request: FilmRequest, tools: JobTools) -> Path:
    """Forecast, and save it as a film. A Stop leaves no file behind."""
    from kirara_foresight.side_by_side import film

    check_film_path(request.output)
    clip, moment, results = _forecasts_of(request.what, tools)
    total = len(moment.before) + request.what.frames
    credit = credit_of(Path(request.what.clip))
    pictures = film(moment, results, radar=clip.radar, minutes=clip.minutes, credit=credit)

    def frames() -> Iterator[Pixels]:
        for number, picture in enumerate(pictures):
            tools.progress(number, total, f"{number} / {total}")
            yield picture

    fps = min(max(request.fps, SLOWEST), FASTEST)
    save_film(request.output, frames(), fps, {"kind": KIND, **request.settings}, loop=True)
    return request.output


def save_text_job(request: tuple[Path, str], _tools: JobTools) -> Path:
    """Write a text to a path, which is returned. For the pool of disk work."""
    write_atomically(*request)
    return request[0]


# Looking into a clip


def _settings_in(path: Path) -> Mapping[str, Any] | None:
    """The settings in a film that the panel saved; None for anything else."""
    if is_folder(path) and not any(path.glob("frame-*.png")):
        return None
    try:
        settings = recall(path)
    except UserError:
        return None
    return settings if settings.get("kind") == KIND and "setting" in settings else None


def _thumbnails(
    clip: Clip, path: Path, tools: JobTools
) -> tuple[tuple[tuple[int, Pixels], ...], int]:
    """Small pictures from all over the clip, and the number of frames that can be read."""
    from kirara_foresight.clips.clip import resized

    wanted = np.unique(np.linspace(0, clip.count - 1, _THUMBNAILS).astype(int)).tolist()
    height, width = clip.size
    scale = min(1.0, _HEIGHT / height)
    size = max(1, round(height * scale)), max(1, round(width * scale))
    found: list[tuple[int, Pixels]] = []
    count = clip.count
    for done, number in enumerate(wanted):
        tools.progress(done, len(wanted), f"{done} / {len(wanted)}")
        picture = next(iter(clip.frames(number, 1)), None)
        if picture is None:  # the last readable frame is between this one and the one before
            good = found[-1][0] if found else 0
            count = good + sum(1 for _ in clip.frames(good, number - good))
            break
        small = resized(picture, size)
        found.append((number, in_colours(small[..., 0]) if clip.radar else small))
    if count < 2:
        raise UserError(
            "“{file}” breaks off before its second frame.",
            advice="Fetch the file again, or choose another one.",
            file=path.name,
        )
    return tuple(found), count


# Forecasts


def _forecasts_of(
    request: Setting, tools: JobTools
) -> tuple[Clip, Moment, dict[str, ScoredForecast]]:
    """The clip, closed, and its forecasts."""
    from kirara_foresight.clips.opening import open_clip
    from kirara_foresight.forecasting import make_forecasts, moment_of

    path = Path(request.clip)
    tools.progress(0, 1, path.name)
    with closing(open_clip(path, request.radar)) as clip:
        moment = moment_of(
            clip, request.start, request.frames, seen=request.seen, longest=request.longest
        )
    networks: dict[str, Forecast] = {}
    if request.model:
        networks[NETWORK] = _network(Path(request.model), tools)
    results = make_forecasts(
        moment, request.frames, networks, lambda: tools.progress(0, 1, "…"), radar=clip.radar
    )
    return clip, moment, results


def _network(path: Path, tools: JobTools) -> Forecast:
    """The forecast of the network at ``path``, with progress."""
    from kirara_foresight.forecasts.network import forecast_frames
    from kirara_foresight.networks.model_files import load_forecaster

    network = stored_model(
        tools, "forecaster", path, lambda device: load_forecaster(path).to(device.kind)
    )

    def report(done: float) -> None:
        tools.progress(round(100 * done), 100, f"{done:.0%}")

    return lambda frames, count: forecast_frames(network, frames, count, report)
