"""The jobs of the panel and of the command line: pictures, one frame of a morph, whole films.

Every job is ``function(request, tools) -> result``. Requests and results are plain and can be
pickled; torch is imported only when a job runs. Pictures are (height, width, 3), uint8, RGB.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from kirara_characters.models import find_model, is_drawn
from kirara_characters.networks.config import GENERATOR
from kirara_characters.requests import (
    LARGEST_FILM,
    AddModelRequest,
    Attributes,
    AttributesRequest,
    Chunk,
    Drawn,
    Enlarged,
    EnlargeRequest,
    Frame,
    FrameRequest,
    Generated,
    GenerateRequest,
    Likeness,
    LikenessRequest,
    ModelUsed,
    Morphed,
    MorphRequest,
    Pixels,
    PortraitRequest,
    SaveRequest,
    check_characters,
    check_size,
)
from kirara_characters.saved_settings import morph_settings, picture_settings
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import free_path, is_folder
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.learning.schedule import CHECKPOINT
from kirara_studio.api.media.saving import check_film_path, save_film, save_picture
from kirara_studio.api.media.upscaling import NAME, upscaled
from kirara_studio.api.model_library import MODELS, stored_model
from kirara_studio.api.models import WEIGHTS_SUFFIX, ModelCard

if TYPE_CHECKING:
    from kirara_characters.drawing.renderer import DrawnCharacters
    from kirara_characters.networks.renderer import Renderer

MODEL_SUFFIXES = (WEIGHTS_SUFFIX, ".npz")
_BATCH = 8
_BATCH_PIXELS = 8 * 1024**2  # in all pictures of a batch
_STREAMED = 3  # pictures of a chunk: few, to show the first soon
_SHEET_GAP = 8  # pixels


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
    left = iter(zip(request.characters, paths, strict=True))

    def save(chunk: Chunk, model: ModelUsed) -> None:
        for picture, (character, path) in zip(chunk.pictures, left, strict=False):
            save_picture(path, picture, picture_settings(character, request.size, model))
            saved(path)

    return _draw(request, tools, _BATCH, save)


def _draw(
    request: GenerateRequest,
    tools: JobTools,
    at_once: int,
    take: Callable[[Chunk, ModelUsed], object],
) -> Drawn:
    check_size(request.size)
    check_characters(request.characters)
    renderer, model = _renderer(request.model, request.data_folder, tools)
    side = request.size or model.resolution
    at_once = max(1, min(at_once, _BATCH_PIXELS // side**2))
    count, done, seconds = len(request.characters), 0, 0.0
    while done < count:
        tools.progress(done, count, f"{done} / {count}")
        part = request.characters[done : done + tools.batch_size(at_once)]
        start = time.perf_counter()
        points = [renderer.space.point(character) for character in part]
        pictures = renderer.pictures(points, request.size)
        seconds += time.perf_counter() - start
        take(Chunk(part, pictures), model)
        done += len(pictures)
    tools.progress(count, count, f"{count} / {count}")
    return Drawn(1000 * seconds / count, model)


def frame_job(request: FrameRequest, tools: JobTools) -> Frame:
    """Draw one frame. Raises :class:`UserError` as :func:`generate_job` does."""
    check_size(request.size)
    renderer, model = _renderer(request.model, request.data_folder, tools)
    picture, seconds = _frame(request, request.time, renderer)
    return Frame(picture, 1000 * seconds, model)


def _frame(
    request: FrameRequest | MorphRequest, moment: float, renderer: Renderer | DrawnCharacters
) -> tuple[Pixels, float]:
    """The picture at a moment, and the seconds that it took."""
    start = time.perf_counter()
    picture = renderer.pictures([request.path.at(moment, renderer.space)], request.size)[0]
    return picture, time.perf_counter() - start


def morph_job(request: MorphRequest, tools: JobTools) -> Morphed:
    """Draw all frames and save the film. A Stop leaves nothing behind.

    Raises :class:`UserError` as :func:`generate_job` does, for a film of no or too many frames,
    and if the film cannot be saved.
    """
    check_size(request.size)
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


def attributes_job(request: AttributesRequest, tools: JobTools) -> Attributes:
    """Find the attributes of a character. Raises :class:`UserError` as :func:`generate_job`."""
    check_characters((request.character,))
    renderer, model = _renderer(request.model, request.data_folder, tools)
    values = renderer.space.values(renderer.space.point(request.character).latent)
    return Attributes(renderer.space.attributes, values, model)


def enlarge_job(request: EnlargeRequest, tools: JobTools) -> Enlarged:
    """Draw and enlarge a picture. Raises :class:`UserError` without the extra for it."""
    check_characters((request.character,))
    renderer, model = _renderer(request.model, request.data_folder, tools)
    own = renderer.pictures([renderer.space.point(request.character)])[0]

    def progress(done: int, total: int) -> None:
        tools.progress(done, total, f"{done} / {total}")

    large = upscaled(own, request.factor, progress=progress)
    side = len(large)
    kind = Image.Resampling.LANCZOS
    plainly = np.asarray(Image.fromarray(own).resize((side, side), kind))
    settings = picture_settings(request.character, side, model)
    return Enlarged(large, plainly, {**settings, "enlarged_by": f"{NAME}-x{request.factor}"})


def likeness_job(request: LikenessRequest, tools: JobTools) -> Likeness:
    """Find the character most like the one in a picture, and give closer ones on the way.

    Raises :class:`UserError` for a picture that cannot be read.
    """
    from kirara_characters.likeness.find import likenesses

    tools.progress(0, 1, request.path.name)
    renderer, _ = _renderer(request.model, request.data_folder, tools)
    found = None
    for found in likenesses(request.path, renderer, tools, request.data_folder):
        tools.give(found)
    assert found is not None, "there is a first one"
    return found


def portrait_job(request: PortraitRequest, tools: JobTools) -> Pixels:
    """Cut a portrait out of its picture: (side, side, 3). For the pool of disk work.

    Raises :class:`UserError` if the picture is gone.
    """
    from kirara_characters.likeness.find import cut_portrait

    tools.progress(0, 1, request.portrait.path)
    return cut_portrait(request.portrait, request.side)


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

        renderer = stored_model(
            tools, "generator", model.path, lambda device: Renderer(model.path, device)
        )
    return renderer, ModelUsed(renderer.name, renderer.fingerprint, renderer.resolution)
