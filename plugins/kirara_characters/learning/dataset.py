"""A folder of pictures of any size as training data: square, one resolution, read at random.

The pictures are decoded once into a memory-mapped array of bytes beside the run. The cache
remembers which files it was made from, and is made again when they change.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_folder, whole_file, write_atomically
from kirara_studio.api.media.finding import picture_files
from kirara_studio.api.media.pictures import load_picture
from kirara_studio.api.reading import read_json, reading

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class PictureSet:
    """Pictures ready for training.

    ``pictures`` is (count, resolution, resolution, 3), bytes, usually memory-mapped;
    ``problems`` the files of the folder that were skipped, each with the reason.
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


def read_picture(path: Path, resolution: int) -> Pixels:
    """Read any picture as (resolution, resolution, 3) bytes: the largest square in its middle.

    Raises :class:`UserError` if that is impossible.
    """
    with reading(path):
        picture = load_picture(path, least=2 * resolution)
        side = min(picture.size)
        left, top = (picture.width - side) // 2, (picture.height - side) // 2
        # Averaging down to some three times the size first makes huge pictures cheap, and cutting
        # in the same go copies nothing large.
        factor = max(1, side // (3 * resolution))
        square = picture.reduce(factor, (left, top, left + side, top + side))
        whole = (0, 0, side / factor, side / factor)  # the last block may be only part of one
        size = (resolution, resolution)
        return np.asarray(square.resize(size, Image.Resampling.LANCZOS, whole))


def open_folder(
    folder: Path,
    cache_folder: Path,
    resolution: int,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> PictureSet:
    """Read ``folder`` at ``resolution``, from the cache if it is still valid.

    ``progress(done, total)`` is called for every file read, and may raise to stop. Raises
    :class:`UserError` if there is no folder, or no usable picture in it.
    """
    folder, cache_folder = Path(folder), Path(cache_folder)
    if not is_folder(folder):
        raise UserError(
            "There is no folder “{folder}”.",
            advice="Choose a folder that holds pictures.",
            folder=folder,
        )
    files = picture_files(folder)
    fingerprint = _fingerprint(folder, files, resolution)
    cached = _open_cache(cache_folder, fingerprint)
    if cached is None:
        _write_cache(folder, files, resolution, cache_folder, fingerprint, progress)
        cached = _open_cache(cache_folder, fingerprint)
    if not cached:
        problems = () if cached is None else cached.problems
        raise UserError(
            "“{folder}” does not contain a readable picture ({problem})."
            if problems
            else "“{folder}” does not contain a readable picture.",
            advice="Choose a folder with PNG, JPEG or WebP pictures.",
            folder=folder,
            problem=problems[0] if problems else "",
        )
    return cached


def _fingerprint(folder: Path, files: list[Path], resolution: int) -> str:
    digest = hashlib.sha256(str(resolution).encode())
    for path in files:
        name, state = str(path.relative_to(folder)), None
        with suppress(OSError):  # it vanished, or may not be read: reported when it is
            status = path.stat()
            state = status.st_size, status.st_mtime_ns
        digest.update(repr((name, state)).encode())
    return digest.hexdigest()


def _write_cache(
    folder: Path,
    files: list[Path],
    resolution: int,
    cache_folder: Path,
    fingerprint: str,
    progress: Callable[[int, int], None],
) -> None:
    """Write ``pictures.bin``, then ``pictures.json``, which describes the former."""
    problems: list[dict[str, str]] = []
    count = 0
    with whole_file(cache_folder / "pictures.bin") as temporary, temporary.open("wb") as output:
        for done, path in enumerate(files):
            progress(done, len(files))
            try:
                output.write(read_picture(path, resolution).tobytes())
                count += 1
            except UserError as error:
                name = str(path.relative_to(folder))
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
