"""The jobs of the panel and of the command line: pictures, one frame of a morph, whole films.

Every job is ``function(request, tools) -> result``. Requests and results are plain and can be
pickled; torch is imported only when a job runs. Pictures are (height, width, 3), uint8, RGB.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from kirara_characters.models import find_model, is_drawn
from kirara_characters.networks.config import GENERATOR
from kirara_characters.networks.latents import LARGEST_SEED, LARGEST_TRUNCATION, LatentPath
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import free_path, is_folder
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.learning.schedule import CHECKPOINT
from kirara_studio.api.media.saving import check_film_path, save_film, save_picture
from kirara_studio.api.model_library import MODELS
from kirara_studio.api.models import WEIGHTS_SUFFIX, ModelCard

if TYPE_CHECKING:
    from kirara_characters.drawing.renderer import DrawnCharacters
    from kirara_characters.networks.renderer import Renderer

Pixels = npt.NDArray[np.uint8]

MODEL_SUFFIXES = (WEIGHTS_SUFFIX, ".npz")
LARGEST_SIZE = 4096
LARGEST_FILM = 20_000  # frames
_BATCH = 8
_BATCH_PIXELS = 8 * 1024**2  # in all pictures of a batch
_STREAMED = 3  # pictures of a chunk: few, to show the first soon
_SHEET_GAP = 8  # pixels


@dataclass(frozen=True)
class ModelUsed:
    """What drew a picture: ``fingerprint`` is the beginning of the file's SHA-256.

    ``resolution`` is the width that the model draws by itself, in pixels.
    """

    name: str
    fingerprint: str
    resolution: int


@dataclass(frozen=True)
class GenerateRequest:
    """One picture for each of ``seeds`` (each 0 … 2^63 - 1).

    ``truncation`` is 0…2: 1 is what the model learnt, 0 its average character, see
    :class:`kirara_characters.networks.renderer.Renderer`. ``size`` is the width and height in
    pixels, up to 4,096; 0 is what the model draws by itself. ``model`` is a path or a name, as in
    :func:`kirara_characters.models.find_model`.
    """

    seeds: tuple[int, ...]
    truncation: float = 1.0
    size: int = 0
    model: str = ""
    data_folder: Path | None = None


@dataclass(frozen=True)
class Generated:
    """Pictures (count, height, width, 3) in the order of the seeds.

    ``milliseconds`` is the time for each of them at that size, without loading the model.
    """

    pictures: Pixels = field(repr=False)
    milliseconds: float
    model: ModelUsed


@dataclass(frozen=True)
class Chunk:
    """The pictures (count, height, width, 3) of some of a request's seeds."""

    seeds: tuple[int, ...]
    pictures: Pixels = field(repr=False)


@dataclass(frozen=True)
class Drawn:
    """The figures of :class:`Generated` without its pictures."""

    milliseconds: float
    model: ModelUsed


@dataclass(frozen=True)
class FrameRequest:
    """The picture after ``time`` seconds along ``path``; the rest as in `GenerateRequest`."""

    path: LatentPath
    time: float
    size: int = 0
    model: str = ""
    data_folder: Path | None = None


@dataclass(frozen=True)
class Frame:
    """A picture (height, width, 3) of a morph."""

    picture: Pixels = field(repr=False)
    milliseconds: float
    model: ModelUsed


@dataclass(frozen=True)
class MorphRequest:
    """A film along ``path``, saved to ``output``.

    That is a ``.gif``, ``.webp`` or ``.mp4``, or without suffix a folder of PNG frames. ``fps`` is
    frames a second, above 0 and up to 100; the film has ``path.duration * fps`` frames, rounded.
    ``more_settings``, plain JSON values, are saved with the film besides its own. The rest is as
    in :class:`GenerateRequest`.
    """

    path: LatentPath
    output: Path
    fps: float = 25.0
    size: int = 0
    model: str = ""
    data_folder: Path | None = None
    more_settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def frames(self) -> int:
        """How many frames the film has."""
        return max(1, round(self.path.duration * self.fps))


@dataclass(frozen=True)
class Morphed:
    """A film was saved to ``output``; ``milliseconds`` is what a frame took to draw."""

    output: Path
    frames: int
    milliseconds: float
    model: ModelUsed


@dataclass(frozen=True)
class SaveRequest:
    """Pictures (count, height, width, 3) to save with their settings.

    A ``side`` of 0 saves the only one; else all of them side by side, each as wide in pixels.
    """

    pictures: Pixels = field(repr=False)
    path: Path
    settings: Mapping[str, Any]
    side: int = 0


@dataclass(frozen=True)
class AddModelRequest:
    """Make a model of the user's of ``source``: a file of a generator, or a run's folder."""

    source: Path
    data_folder: Path


def generate_job(request: GenerateRequest, tools: JobTools) -> Generated:
    """Draw the pictures. Raises :class:`UserError` for values out of range or without a model."""
    pictures: list[Pixels] = []
    drawn = _draw(request, tools, _BATCH, lambda chunk, _: pictures.append(chunk.pictures))
    return Generated(np.concatenate(pictures), drawn.milliseconds, drawn.model)


def stream_job(request: GenerateRequest, tools: JobTools) -> Drawn:
    """Give the pictures as chunks, each as soon as it is drawn. Raises as :func:`generate_job`."""
    return _draw(request, tools, _STREAMED, lambda chunk, _: tools.give(chunk))


def generate_files(
    request: GenerateRequest,
    paths: Sequence[Path],
    tools: JobTools,
    saved: Callable[[Path], object] = lambda _: None,
) -> Drawn:
    """Draw the pictures and save each to its path before the next ones are drawn.

    So they take no more memory however many there are, and a Stop keeps what is there. ``saved`` is
    called for each file. Raises as :func:`generate_job`, and if a file cannot be written.
    """
    path_of = dict(zip(request.seeds, paths, strict=True))

    def save(chunk: Chunk, model: ModelUsed) -> None:
        for seed, picture in zip(chunk.seeds, chunk.pictures, strict=True):
            save_picture(path_of[seed], picture, picture_settings(request, seed, model))
            saved(path_of[seed])

    return _draw(request, tools, _BATCH, save)


def _draw(
    request: GenerateRequest,
    tools: JobTools,
    at_once: int,
    take: Callable[[Chunk, ModelUsed], object],
) -> Drawn:
    _check_size(request.size)
    _check_pictures(request.seeds, request.truncation)
    renderer, model = _renderer(request.model, request.data_folder, tools)
    side = request.size or model.resolution
    at_once = max(1, min(at_once, _BATCH_PIXELS // side**2))
    count, done, seconds = len(request.seeds), 0, 0.0
    z = renderer.space.of_seeds(request.seeds)
    while done < count:
        tools.progress(done, count, f"{done} / {count}")
        part = slice(done, done + tools.batch_size(at_once))
        start = time.perf_counter()
        pictures = renderer.pictures(z[part], request.truncation, request.size)
        seconds += time.perf_counter() - start
        take(Chunk(request.seeds[part], pictures), model)
        done += len(pictures)
    tools.progress(count, count, f"{count} / {count}")
    return Drawn(1000 * seconds / count, model)


def frame_job(request: FrameRequest, tools: JobTools) -> Frame:
    """Draw one frame. Raises :class:`UserError` as :func:`generate_job` does."""
    _check_size(request.size)
    renderer, model = _renderer(request.model, request.data_folder, tools)
    picture, seconds = _frame(request, request.time, renderer)
    return Frame(picture, 1000 * seconds, model)


def _frame(
    request: FrameRequest | MorphRequest, moment: float, renderer: Renderer | DrawnCharacters
) -> tuple[Pixels, float]:
    """The picture at a moment, and the seconds that it took."""
    start = time.perf_counter()
    z, truncation = request.path.at(moment, renderer.space)
    picture = renderer.pictures(z[None], truncation, request.size)[0]
    return picture, time.perf_counter() - start


def morph_job(request: MorphRequest, tools: JobTools) -> Morphed:
    """Draw all frames and save the film. A Stop leaves nothing behind.

    Raises :class:`UserError` as :func:`generate_job` does, for a film of no or too many frames,
    and if the film cannot be saved.
    """
    _check_size(request.size)
    if not 0 < request.fps <= 100:
        raise UserError(
            "A film cannot have {fps:g} frames a second.",
            advice="Choose more than 0 and up to 100.",
            fps=request.fps,
        )
    if request.frames > LARGEST_FILM:
        raise UserError(
            "A film of {frames:,} frames is too long.",
            advice="Make it shorter: up to {largest:,} frames.",
            frames=request.frames,
            largest=LARGEST_FILM,
        )
    check_film_path(request.output)
    renderer, model = _renderer(request.model, request.data_folder, tools)
    seconds = 0.0

    def frames() -> Iterator[Pixels]:
        nonlocal seconds
        for number, moment in enumerate(request.path.times(request.frames)):
            tools.progress(number, request.frames, f"{number} / {request.frames}")
            picture, taken = _frame(request, moment, renderer)
            seconds += taken
            yield picture
        tools.progress(request.frames, request.frames, "…")

    settings = morph_settings(request, model)
    save_film(request.output, frames(), request.fps, settings, loop=request.path.loop)
    return Morphed(request.output, request.frames, 1000 * seconds / request.frames, model)


def save_job(request: SaveRequest, tools: JobTools) -> Path:
    """Save a picture, or several as a sheet, about square, on white; returns the path.

    For the pool of disk work.
    """
    tools.progress(0, 1, request.path.name)
    pixels = request.pictures[0]
    if request.side:
        side, step = request.side, request.side + _SHEET_GAP
        columns = max(1, round(len(request.pictures) ** 0.5))
        rows = -(-len(request.pictures) // columns)
        sheet = Image.new("RGB", (columns * step + _SHEET_GAP, rows * step + _SHEET_GAP), "white")
        for index, picture in enumerate(request.pictures):
            row, column = divmod(index, columns)
            image = Image.fromarray(picture).resize((side, side), Image.Resampling.LANCZOS)
            sheet.paste(image, (_SHEET_GAP + column * step, _SHEET_GAP + row * step))
        pixels = np.asarray(sheet)
    save_picture(request.path, pixels, request.settings)
    return request.path


def add_model_job(request: AddModelRequest, tools: JobTools) -> Path:
    """Copy a generator, or export a run's averaged one, to the user's models; returns the path.

    Raises :class:`UserError` for a damaged file, one of something else, or a run that cannot be
    exported yet.
    """
    from kirara_characters.networks.author_format import NETWORKS
    from kirara_characters.networks.model_files import KINDS, export_generator
    from kirara_studio.api.learning.foreign import import_model

    source = request.source
    tools.progress(0, 1, source.name)
    if not is_folder(source):
        kinds, foreign = [KINDS[GENERATOR]], list(NETWORKS.values())
        return import_model(source, request.data_folder, kinds, foreign)
    target = free_path(request.data_folder / MODELS, source.name, WEIGHTS_SUFFIX)
    export_generator(source / CHECKPOINT, target, ModelCard(GENERATOR, source.name))
    return target


# Settings: what is saved with a picture, and back


def picture_settings(request: GenerateRequest, seed: int, model: ModelUsed) -> dict[str, Any]:
    """What to save with the picture of ``seed``."""
    return {
        "kind": "picture",
        "seed": seed,
        "truncation": request.truncation,
        **_common_settings(request, model),
    }


def morph_settings(request: MorphRequest, model: ModelUsed) -> dict[str, Any]:
    """What to save with a film."""
    path = request.path
    return {
        "kind": "morph",
        "seeds": list(path.seeds),
        "seconds": list(path.parts),
        "loop": path.loop,
        "easing": list(path.easings),
        "truncation": list(path.truncations),
        "fps": request.fps,
        **_common_settings(request, model),
        **request.more_settings,
    }


def request_of_settings(
    settings: Mapping[str, Any],
) -> GenerateRequest | MorphRequest | FrameRequest:
    """The request that a saved picture, film, or moment of a film was made by.

    A film's request is without its ``output``.

    ``model`` is the model's name; compare ``settings["model_fingerprint"]`` with the model that
    is found under it. Raises :class:`UserError` for settings of something else, such as a
    drawing, and for values that make no sense.
    """
    try:
        size, model = int(settings["size"]), str(settings["model"])
        _check_size(size)
        if settings["kind"] == "picture":
            seeds, truncation = (int(settings["seed"]),), float(settings["truncation"])
            _check_pictures(seeds, truncation)
            return GenerateRequest(seeds, truncation, size, model)
        if settings["kind"] == "morph":
            path = LatentPath(
                tuple(int(seed) for seed in settings["seeds"]),
                tuple(float(part) for part in settings["seconds"]),
                bool(settings["loop"]),
                tuple(str(easing) for easing in settings["easing"]),
                tuple(float(truncation) for truncation in settings["truncation"]),
            )
            film = MorphRequest(path, Path(), float(settings["fps"]), size, model)
            time = _time_of(settings, film)
            return film if time is None else FrameRequest(path, time, size, model)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise UserError(
            "The saved settings are incomplete or invalid.",
            advice="Choose a file that was saved in the studio and not changed elsewhere.",
        ) from error
    raise UserError(
        "This file was not generated, but is a “{kind}”.",
        advice="Choose a picture or a film that was generated.",
        kind=settings["kind"],
    )


def _time_of(settings: Mapping[str, Any], film: MorphRequest) -> float | None:
    """The second that a picture shows of its film, or None for a whole film.

    A picture of one moment holds its ``time``; in a folder of frames, each holds its number.
    """
    if "time" in settings:
        time = float(settings["time"])
    elif int(settings.get("frame", 0)) > 0:
        times = film.path.times(min(film.frames, LARGEST_FILM))
        time = times[min(int(settings["frame"]), len(times) - 1)]
    else:
        return None
    if not math.isfinite(time):
        raise ValueError("the time is not a number")
    return min(max(time, 0.0), film.path.duration)


def _common_settings(request: GenerateRequest | MorphRequest, model: ModelUsed) -> dict[str, Any]:
    return {
        "size": request.size or model.resolution,
        "model": model.name,
        "model_fingerprint": model.fingerprint,
    }


# Checks, and the model


def _check_size(size: int) -> None:
    if not 0 <= size <= LARGEST_SIZE:
        raise UserError(
            "The size {size} is out of range.",
            advice="Choose up to {largest} pixels, or 0 for the model's own size.",
            size=size,
            largest=LARGEST_SIZE,
        )


def _check_pictures(seeds: Sequence[int], truncation: float) -> None:
    if not seeds:
        raise UserError("No seed is given.", advice="Give at least one seed.")
    for seed in seeds:
        if not 0 <= seed <= LARGEST_SEED:
            raise UserError(
                "The seed {seed} is out of range.",
                advice="Choose 0 to {largest}.",
                seed=seed,
                largest=LARGEST_SEED,
            )
    if not 0 <= truncation <= LARGEST_TRUNCATION:
        raise UserError(
            "The truncation {truncation:g} is out of range.",
            advice="Choose 0 to {largest:g}.",
            truncation=truncation,
            largest=LARGEST_TRUNCATION,
        )


def _renderer(
    name: str, data_folder: Path | None, tools: JobTools
) -> tuple[Renderer | DrawnCharacters, ModelUsed]:
    model = find_model(name, data_folder)
    renderer: Renderer | DrawnCharacters
    if is_drawn(model):
        from kirara_characters.drawing.renderer import DrawnCharacters

        renderer = DrawnCharacters(model)
    else:
        from kirara_characters.networks.renderer import Renderer

        changed = model.path.stat().st_mtime_ns  # a file that was replaced is loaded again
        renderer = tools.model(
            f"generator {model.path} {changed}", lambda device: Renderer(model.path, device)
        )
    return renderer, ModelUsed(renderer.name, renderer.fingerprint, renderer.resolution)
