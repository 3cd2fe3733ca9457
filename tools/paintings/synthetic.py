"""Synthetic training pictures: the same seed and the same free pictures give the same picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from kirara_paintings.answers import WHOLE, Box, Pixels
from kirara_paintings.styles import (
    ACTION_PAINTING,
    COLOUR_FIELD,
    IMPRESSIONISM,
    NEO_PLASTICISM,
    NONE,
)
from tools.paintings.action import action_painting
from tools.paintings.brush import impressionist
from tools.paintings.collect import CACHE
from tools.paintings.colour_field import colour_field
from tools.paintings.negatives import draw_boughs, negative_drawing
from tools.paintings.neoplasticism import neoplasticism
from tools.paintings.photographing import framed, opened, photographed

Generator = np.random.Generator

LABELS = (NEO_PLASTICISM, IMPRESSIONISM, ACTION_PAINTING, COLOUR_FIELD, NONE)
_SHARES = (0.17, 0.17, 0.12, 0.14, 0.40)
_FRAMED = 0.4
_REAL = 0.2
"""The share of impressionist landscapes that are parts of real paintings in the public domain."""
_PAINTED = 512


@dataclass(frozen=True)
class Synthetic:
    """A picture with its label; ``box`` is the painting within its frame and wall."""

    pixels: Pixels
    label: str
    box: Box

    @property
    def is_framed(self) -> bool:
        """Whether anything surrounds it."""
        return self.box != WHOLE


class FreePictures:
    """The free pictures that training may use (:mod:`tools.paintings.collect`)."""

    def __init__(self, folder: Path = CACHE / "training") -> None:
        self._paths = sorted(folder.glob("*.png"))
        if not self._paths:
            raise SystemExit("No free pictures: run “python -m tools.paintings.collect” first.")
        self._read: dict[Path, Pixels] = {}

    def of(self, kinds: Sequence[str]) -> list[Path]:
        """The pictures of some kinds (:class:`~.sources.Source`), in a fixed order."""
        return [path for path in self._paths if path.name.partition("-")[0] in kinds]

    def pixels(self, path: Path) -> Pixels:
        """One of them, (height, width, 3)."""
        if path not in self._read:
            self._read[path] = opened(cv2.imread(str(path)))
        return self._read[path]


def make(seed: int, free: FreePictures) -> Synthetic:
    """The picture of a seed."""
    random = np.random.default_rng((2013, seed))
    label = LABELS[random.choice(len(LABELS), p=_SHARES)]
    picture, box = _plain(random, label, free), WHOLE
    if random.random() < _FRAMED:
        picture, box = framed(random, picture)
    return Synthetic(photographed(random, picture), label, box)


def _plain(random: Generator, label: str, free: FreePictures) -> Pixels:
    """A picture of a label, without anything around it."""
    longest = int(random.uniform(200, 800))
    ratio = float(np.exp(random.normal(0, 0.3)))
    width, height = (longest, longest / ratio) if ratio > 1 else (longest * ratio, longest)
    height, width = max(120, int(height)), max(120, int(width))
    if label == NEO_PLASTICISM:
        return neoplasticism(random, height, width)
    if label == ACTION_PAINTING:
        return action_painting(random, height, width)
    if label == COLOUR_FIELD:
        return colour_field(random, height, width)
    if label == IMPRESSIONISM:
        # Strokes take their time, and more pixels than these are not kept.
        shrink = min(1.0, _PAINTED / longest)
        height, width = max(120, int(height * shrink)), max(120, int(width * shrink))
        paintings = free.of(["painting"])
        if paintings and random.random() < _REAL:
            return _part(random, free.pixels(_one(random, paintings)), height, width)
        # The greenest of a few: these painters went into woods and gardens more than elsewhere.
        few = (_one(random, free.of(["landscape"])) for _ in range(random.integers(1, 5)))
        photograph = max(map(free.pixels, few), key=_green)
        landscape = _part(random, photograph, height, width)
        if random.random() < 0.35:  # trees before it, in every third
            draw_boughs(random, landscape, random.uniform(-1.0, 1.0))
        return impressionist(random, landscape)
    chance = random.random()
    if chance < 0.28:
        return negative_drawing(random, height, width)
    kinds = ["landscape"] if chance < 0.48 else ["other"]
    picture = free.pixels(_one(random, free.of(kinds)))
    if random.random() < 0.4:
        return _part(random, picture, height, width)
    scale = longest / max(picture.shape[:2])
    size = (max(64, int(picture.shape[1] * scale)), max(64, int(picture.shape[0] * scale)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _one(random: Generator, paths: Sequence[Path]) -> Path:
    return paths[int(random.integers(len(paths)))]


def _green(picture: Pixels) -> float:
    red, green, blue = picture[::8, ::8].reshape(-1, 3).mean(0)
    return float(green - max(red, blue))


def _part(random: Generator, picture: Pixels, height: int, width: int) -> Pixels:
    """A part of a picture, at least half as long, scaled to a size, at times mirrored."""
    tall, wide = picture.shape[:2]
    reach = min(tall / height, wide / width) * random.uniform(0.55, 1.0)
    rows, columns = int(height * reach), int(width * reach)
    top, left = int(random.integers(tall - rows + 1)), int(random.integers(wide - columns + 1))
    part = picture[top : top + rows, left : left + columns]
    if random.random() < 0.5:
        part = part[:, ::-1]
    how = cv2.INTER_AREA if reach > 1 else cv2.INTER_CUBIC
    part = np.ascontiguousarray(part)
    return np.asarray(cv2.resize(part, (width, height), interpolation=how), np.uint8)
