"""The job that looks at all pictures for a training: reads them, finds crops, folds duplicates."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

import numpy as np
from PIL import Image

from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.media.crop_cache import CropCache, Look
from kirara_studio.api.media.finding import find_pictures
from kirara_studio.api.media.near_duplicates import SIZE, fingerprint, fold
from kirara_studio.api.media.pictures import (
    NotAPicture,
    load_picture,
    opened_picture,
    upright_size,
)
from kirara_studio.api.media.squares import (
    MOST_OUTSIDE,
    Box,
    Frame,
    Pixels,
    cut,
    plain_square,
    share_outside,
)
from kirara_studio.api.media.training_pictures import (
    BLANK,
    DUPLICATE,
    NO_FACE,
    NOT_A_PICTURE,
    OUTSIDE,
    SMALL,
    UNREADABLE,
    Crop,
    FileState,
    Square,
    TrainingPictures,
)
from kirara_studio.api.reading import reading

FindFaces: TypeAlias = Callable[[Pixels], Sequence[Box]]
"""Finds the faces in a picture (height, width, 3), RGB, as boxes in its pixels, best first."""

SMALLEST = 64
"""Pixels: the least side of a crop, unless the request says otherwise."""
THUMBNAIL = 160
"""Pixels: the side of the small pictures that are kept."""
_SEEN = 720  # pixels of the shorter side at which a large picture is looked at
_PLAIN = 3.0  # standard deviation of a crop that shows one colour
_TOGETHER = 256  # crops given at once, at most
_SECONDS = 0.25  # between two parts
_KNOWN = 100  # files that are known from one report to the next


@dataclass(frozen=True)
class CheckRequest:
    """Look at the pictures in ``sources``, files and folders, for a training.

    A file means itself, whatever it is called; a folder all pictures in it. ``cache`` is the file
    of a :class:`CropCache`. Crops of fewer pixels a side than ``smallest`` are left out. ``finder``
    makes the function that finds faces, and ``frame`` is where a face lies in its square; without
    them, every picture gives one square. ``recipe`` names both: what a file was found to contain
    by another recipe is looked for again.
    """

    sources: tuple[str, ...]
    cache: Path
    smallest: int = SMALLEST
    finder: Callable[[JobTools], FindFaces] | None = None
    frame: Frame | None = None
    recipe: str = "squares-1"


def check_pictures(request: CheckRequest, tools: JobTools) -> TrainingPictures:
    """Look at all pictures, and return what became of each.

    Gives tuples of :class:`Crop` while it reads, in their order; only near-duplicates are found at
    the end. What was read stays in the cache if it is stopped.
    """
    paths, others = _found(request, tools)
    cache = CropCache(request.cache)
    crops: list[Crop] = []
    prints: list[bytes] = []
    part: list[Crop] = []
    given = time.monotonic()
    try:
        for crop, print_ in _looked_at(request, paths, cache, tools):
            part.append(crop)
            prints.append(print_)
            if len(part) == _TOGETHER or time.monotonic() - given > _SECONDS:
                cache.save()
                tools.give(tuple(part))
                crops, part, given = crops + part, [], time.monotonic()
        crops += part
    finally:
        cache.close(tidy=True)
    crops = _folded(crops, prints)
    crops += [Crop(str(path), reason=NOT_A_PICTURE, state=_state_of(path)) for path in others]
    return TrainingPictures(request.sources, tuple(crops))


def thumbnails(cache: Path, keys: Sequence[tuple[str, Square]], tools: JobTools) -> None:
    """Give pairs of a crop's path and square, and its small picture or None, from the cache."""
    crops = CropCache(cache)
    try:
        for path, square in keys:
            tools.give(((path, square), small_picture(crops, path, square)))
    finally:
        crops.close()


def small_picture(cache: CropCache, path: str, square: Square | None) -> Pixels | None:
    """The small picture of a crop (height, width, 3), None if the cache has none."""
    if square is None:
        return None
    with suppress(UserError), reading(path):  # a damaged one is made again by the next check
        data = cache.thumbnail(path, square)
        return np.asarray(Image.open(io.BytesIO(data), formats=("JPEG",)), np.uint8)
    return None


def _found(request: CheckRequest, tools: JobTools) -> tuple[list[Path], list[Path]]:
    """The files of the sources, and those in folders that are not pictures."""
    others: list[Path] = []
    paths: list[Path] = []
    for path in find_pictures((Path(source) for source in request.sources), others):
        if len(paths) % 100 == 0:
            tools.progress(0, 1)
        paths.append(path)
    return paths, others


def _looked_at(
    request: CheckRequest, paths: Sequence[Path], cache: CropCache, tools: JobTools
) -> Iterator[tuple[Crop, bytes]]:
    """The crops of all files with their fingerprints, from the cache where it knows the file."""
    find: FindFaces | None = None
    for done, path in enumerate(paths):
        state = _state_of(path)
        looks = cache.looks(path, state, request.recipe)
        if looks is None or done % _KNOWN == 0:
            tools.progress(done, len(paths), path.name)
        if looks is None:
            if find is None and request.finder is not None:
                find = request.finder(tools)
            looks = look_at(path, find, request.frame)
            cache.keep(path, state, request.recipe, looks)
        for look in looks:
            crop = Crop(str(path), look.square, state, look.reason, look.detail)
            if look.square is not None and look.square.side < request.smallest:
                crop = replace(crop, reason=SMALL, detail=str(request.smallest))
            yield crop, look.fingerprint


def look_at(path: Path, find: FindFaces | None = None, frame: Frame | None = None) -> list[Look]:
    """The crops of a picture file: one for each face that ``find`` finds, else one."""
    try:
        with reading(path):
            return _looks_of(path, find, frame)
    except NotAPicture:
        return [Look(None, NOT_A_PICTURE)]
    except UserError as error:
        return [Look(None, UNREADABLE, error.message)]


def _looks_of(path: Path, find: FindFaces | None, frame: Frame | None) -> list[Look]:
    with opened_picture(path) as header:
        width, height = upright_size(header)
    image = load_picture(path, least=_SEEN)
    if (times := min(image.size) // _SEEN) > 1:
        image = image.reduce(times)
    pixels = np.asarray(image)
    scale = width / image.width
    faces = find(pixels) if find is not None else ()
    if not faces or frame is None:
        square = plain_square(pixels)
        side = max(1, min(round(square.side * scale), width, height))
        left = min(round(square.left * scale), width - side)
        top = min(round(square.top * scale), height - side)
        reason = NO_FACE if find is not None and not faces else ""
        return [_look(pixels, square, Square(left, top, side), reason)]
    looks = []
    for face in faces:
        square = frame.square(face)
        whole = Square(*(round(one * scale) for one in square))
        outside = share_outside(square, image.width, image.height)
        looks.append(_look(pixels, square, whole, OUTSIDE if outside > MOST_OUTSIDE else ""))
    return looks


def _look(pixels: Pixels, square: Square, whole: Square, reason: str) -> Look:
    """The look at ``whole``, which is ``square`` in ``pixels``, the picture at a smaller size."""
    small = Image.fromarray(cut(pixels, square))
    small.thumbnail((2 * THUMBNAIL, 2 * THUMBNAIL), Image.Resampling.BOX)
    if not reason and float(np.asarray(small).std(axis=(0, 1)).max()) < _PLAIN:
        reason = BLANK
    seen = fingerprint(small)
    small.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    small.save(file, "JPEG", quality=88)
    return Look(whole, reason, "", seen.tobytes(), file.getvalue())


def _folded(crops: list[Crop], prints: Sequence[bytes]) -> list[Crop]:
    """The crops, those left out that nearly equal another one of more pixels, or more bytes."""
    crops = list(crops)
    sides = [crop.square.side if crop.square is not None else 0 for crop in crops]
    numbers = [number for number, crop in enumerate(crops) if crop.used]
    numbers = [number for number in numbers if len(prints[number]) == SIZE]
    numbers.sort(key=lambda number: (-sides[number], -crops[number].state.bytes))
    same = fold([np.frombuffer(prints[number], np.uint8) for number in numbers])
    for number, kept in zip(numbers, same, strict=True):
        if kept >= 0:
            detail = crops[numbers[kept]].path
            crops[number] = replace(crops[number], reason=DUPLICATE, detail=detail)
    return crops


def _state_of(path: Path) -> FileState:
    try:
        status = path.stat()
    except OSError:  # it vanished, or may not be read: reported when it is
        return FileState(0, 0)
    return FileState(status.st_size, status.st_mtime_ns)
