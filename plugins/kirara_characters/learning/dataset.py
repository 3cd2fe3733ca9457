"""Pictures of any size as training data: square, one resolution, read at random.

The pictures are decoded once into a memory-mapped array of bytes beside the run. The cache
remembers which files it was made from, and is made again when they change.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_folder, whole_file, write_atomically
from kirara_studio.api.media.finding import picture_files
from kirara_studio.api.media.pictures import load_picture, opened_picture, upright_size
from kirara_studio.api.media.squares import cut, share_outside
from kirara_studio.api.media.training_pictures import Square, TrainingPictures
from kirara_studio.api.reading import read_json, reading

Pixels = npt.NDArray[np.uint8]
Progress = Callable[[int, int], object]


@dataclass(frozen=True)
class PictureSet:
    """Pictures ready for training.

    ``pictures`` is (count, resolution, resolution, 3), bytes, usually memory-mapped;
    ``problems`` the files that were skipped, each with the reason.
    """

    pictures: Pixels
    problems: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.pictures)

    @property
    def resolution(self) -> int:
        """Width and height of the pictures, in pixels."""
        return int(self.pictures.shape[1])

    def batch(
        self, indices: npt.NDArray[np.int64], mirrored: npt.NDArray[np.bool_], resolution: int
    ) -> Tensor:
        """The pictures at ``indices``, those marked in ``mirrored`` flipped left to right.

        Returns (batch, 3, resolution, resolution), fp32, −1…1, in channels-last memory, each
        pixel the mean of those it stands for. ``resolution`` must divide the set's own.
        """
        pictures = np.asarray(self.pictures[indices])
        pictures[mirrored] = pictures[mirrored, :, ::-1]
        batch = torch.from_numpy(pictures).permute(0, 3, 1, 2).float()
        factor = self.resolution // resolution
        if factor > 1:
            batch = functional.avg_pool2d(batch, factor)
        return batch.div_(127.5).sub_(1)


def read_picture(path: Path, resolution: int, square: Square | None = None) -> Pixels:
    """Read any picture as (resolution, resolution, 3) bytes: ``square``, or the one in its middle.

    Raises :class:`UserError` if that is impossible.
    """
    with reading(path):
        if square is not None:
            return _read_square(path, resolution, square)
        picture = load_picture(path, least=2 * resolution)
        side = min(picture.size)
        left, top = (picture.width - side) // 2, (picture.height - side) // 2
        return _scaled(picture, Square(left, top, side), resolution)


def _read_square(path: Path, resolution: int, square: Square) -> Pixels:
    with opened_picture(path) as header:
        width, height = upright_size(header)
    needed = 2 * resolution * min(width, height) / square.side
    picture = load_picture(path, least=max(1, math.ceil(needed)))
    scale = picture.width / width  # a large JPEG is decoded at a fraction of its size
    side = max(1, round(square.side * scale))
    place = Square(round(square.left * scale), round(square.top * scale), side)
    outside = share_outside(place, *picture.size)
    if outside == 1:
        raise ValueError("it is smaller than it was when it was chosen")
    if outside == 0:
        return _scaled(picture, place, resolution)
    cutting = Image.fromarray(cut(np.asarray(picture), place))
    return _scaled(cutting, Square(0, 0, side), resolution)


def _scaled(picture: Image.Image, square: Square, resolution: int) -> Pixels:
    left, top, side = square
    # Averaging down to some three times the size first makes huge pictures cheap, and cutting in
    # the same go copies nothing large.
    factor = max(1, side // (3 * resolution))
    part = picture.reduce(factor, (left, top, left + side, top + side))
    whole = (0, 0, side / factor, side / factor)  # the last block may be only part of one
    size = (resolution, resolution)
    return np.asarray(part.resize(size, Image.Resampling.LANCZOS, whole))


class _Item(NamedTuple):
    """A picture to read, with the name that problems give it."""

    path: Path
    name: str
    square: Square | None = None


def open_folder(
    folder: Path,
    cache_folder: Path,
    resolution: int,
    progress: Progress = lambda _done, _total: None,
) -> PictureSet:
    """Read ``folder`` at ``resolution``, from the cache if it is still valid.

    Of each picture it is the square in the middle. ``progress(done, total)`` is called for every
    file read, and may raise to stop. Raises :class:`UserError` if there is no folder, or no usable
    picture in it.
    """
    folder = Path(folder)
    if not is_folder(folder):
        raise UserError(
            "There is no folder “{folder}”.",
            advice="Choose a folder that holds pictures.",
            folder=folder,
        )
    items = [_Item(path, str(path.relative_to(folder))) for path in picture_files(folder)]
    cached = _opened(items, Path(cache_folder), resolution, progress)
    if not cached:
        problems = cached.problems
        raise UserError(
            "“{folder}” does not contain a readable picture ({problem})."
            if problems
            else "“{folder}” does not contain a readable picture.",
            advice="Choose a folder with PNG, JPEG or WebP pictures.",
            folder=folder,
            problem=problems[0] if problems else "",
        )
    return cached


def open_chosen(
    chosen: TrainingPictures,
    cache_folder: Path,
    resolution: int,
    progress: Progress = lambda _done, _total: None,
) -> PictureSet:
    """Read the chosen crops at ``resolution``, from the cache if it is still valid.

    ``progress`` is that of :func:`open_folder`. Raises :class:`UserError` if no crop is used, or
    none can be read any more.
    """
    items = [_Item(Path(crop.path), Path(crop.path).name, crop.square) for crop in chosen.used]
    pictures = _opened(items, Path(cache_folder), resolution, progress)
    if not pictures:
        raise UserError(
            "None of the {count} chosen pictures can be read ({problem})."
            if items
            else "No picture was chosen.",
            advice="Choose pictures that are still where they were.",
            count=len(items),
            problem=pictures.problems[0] if pictures.problems else "",
        )
    return pictures


def _opened(
    items: Sequence[_Item], cache_folder: Path, resolution: int, progress: Progress
) -> PictureSet:
    fingerprint = _fingerprint(items, resolution)
    cached = _open_cache(cache_folder, fingerprint)
    if cached is None:
        _write_cache(items, resolution, cache_folder, fingerprint, progress)
        cached = _open_cache(cache_folder, fingerprint)
    return (
        cached
        if cached is not None
        else PictureSet(np.zeros((0, resolution, resolution, 3), np.uint8))
    )


def _fingerprint(items: Sequence[_Item], resolution: int) -> str:
    digest = hashlib.sha256(str(resolution).encode())
    for path, name, square in items:
        state = None
        with suppress(OSError):  # it vanished, or may not be read: reported when it is
            status = path.stat()
            state = status.st_size, status.st_mtime_ns
        known = (name, state) if square is None else (str(path), state, tuple(square))
        digest.update(repr(known).encode())
    return digest.hexdigest()


def _write_cache(
    items: Sequence[_Item],
    resolution: int,
    cache_folder: Path,
    fingerprint: str,
    progress: Progress,
) -> None:
    """Write ``pictures.bin``, then ``pictures.json``, which describes the former."""
    problems: list[dict[str, str]] = []
    count = 0
    with whole_file(cache_folder / "pictures.bin") as temporary, temporary.open("wb") as output:
        for done, (path, name, square) in enumerate(items):
            progress(done, len(items))
            try:
                output.write(read_picture(path, resolution, square).tobytes())
                count += 1
            except UserError as error:
                problems.append({"name": name, "reason": error.message.rstrip(".")})
    description = {
        "fingerprint": fingerprint, "count": count, "resolution": resolution, "problems": problems
    }  # fmt: skip
    write_atomically(cache_folder / "pictures.json", json.dumps(description, indent=1))


def _open_cache(cache_folder: Path, fingerprint: str) -> PictureSet | None:
    """The cache, or None if it is missing, damaged, or made from other files."""
    with suppress(UserError), reading(cache_folder):
        description = read_json(cache_folder / "pictures.json")
        if description["fingerprint"] != fingerprint:
            return None
        side, count = description["resolution"], description["count"]
        problems = tuple(f"{one['name']}: {one['reason']}" for one in description["problems"])
        shape = (count, side, side, 3)
        if count == 0:
            return PictureSet(np.zeros(shape, np.uint8), problems)
        path = cache_folder / "pictures.bin"
        if path.stat().st_size != count * side * side * 3:
            return None
        return PictureSet(np.memmap(path, np.uint8, "r", shape=shape), problems)
    return None
