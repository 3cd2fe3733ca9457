"""Made pictures of many kinds, bare and in frames, for comparisons of one way with another."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from kirara_paintings.answers import Pixels


def made_pictures() -> Iterator[tuple[str, Pixels]]:
    """Names and pictures, always the same."""
    for kind in (grid, strands, fields, leaves, flat):
        for height, width in ((300, 400), (390, 260)):
            bare = kind(np.random.default_rng(height), height, width)
            yield f"{kind.__name__} {width}", bare
            yield f"{kind.__name__} {width} framed", _framed(bare)
            yield f"{kind.__name__} {width} on a wall", _on_a_wall(bare)


def grid(random: np.random.Generator, height: int, width: int) -> Pixels:
    """Black lines and planes of red, yellow and blue."""
    picture = np.full((height, width, 3), 236, np.uint8)
    for colour in ((200, 30, 30), (235, 205, 40), (30, 60, 150)):
        top, left = random.integers(0, height - 90), random.integers(0, width - 90)
        picture[top : top + 80, left : left + 90] = colour
    for at in random.integers(20, min(height, width) - 20, 4).tolist():
        picture[at : at + 8], picture[:, at : at + 8] = 20, 20
    return picture


def strands(random: np.random.Generator, height: int, width: int) -> Pixels:
    """Thin curves all over."""
    picture = np.full((height, width, 3), (190, 180, 160), np.uint8)
    for _ in range(160):
        points = np.cumsum(random.normal(0, 14, (12, 2)), 0) + random.uniform(0, 1, 2) * (
            width,
            height,
        )
        level = random.integers(0, 256, 3).tolist()
        cv2.polylines(picture, [points.astype(np.int32)], False, level, 2, cv2.LINE_AA)
    return picture


def fields(random: np.random.Generator, height: int, width: int) -> Pixels:
    """Soft rectangles above each other."""
    picture = np.full((height, width, 3), (150, 40, 30), np.float32)
    third = height // 3
    picture[20:third, 20:-20] = (230, 150, 40)
    picture[third + 10 : -20, 20:-20] = (40, 30, 60)
    soft = cv2.GaussianBlur(picture, (0, 0), 7) + random.normal(0, 2, (height, width, 1))
    return np.clip(soft, 0, 255).astype(np.uint8)


def leaves(random: np.random.Generator, height: int, width: int) -> Pixels:
    """Short strokes below a bright sky."""
    picture = np.full((height, width, 3), (170, 200, 230), np.uint8)
    for _ in range(2500):
        x, y = int(random.uniform(0, width)), int(random.uniform(height // 3, height))
        colour = np.clip(random.normal((90, 120, 50), 45, 3), 0, 255).tolist()
        cv2.line(picture, (x, y), (x + int(random.integers(3, 12)), y - 3), colour, 3)
    return picture


def flat(random: np.random.Generator, height: int, width: int) -> Pixels:
    """One colour."""
    return np.full((height, width, 3), random.integers(0, 256, 3), np.uint8)


def _framed(picture: Pixels) -> Pixels:
    mat = cv2.copyMakeBorder(picture, *[26] * 4, cv2.BORDER_CONSTANT, value=(238, 234, 225))
    return np.asarray(
        cv2.copyMakeBorder(mat, *[18] * 4, cv2.BORDER_CONSTANT, value=(90, 60, 35)), np.uint8
    )


def _on_a_wall(picture: Pixels) -> Pixels:
    """Askew, on a wall that is lit from the left."""
    wide = cv2.copyMakeBorder(picture, *[60] * 4, cv2.BORDER_CONSTANT, value=(205, 205, 195))
    rows, columns = wide.shape[:2]
    turn = cv2.getRotationMatrix2D((columns / 2, rows / 2), 1.5, 1.0)
    askew = cv2.warpAffine(wide, turn, (columns, rows), borderMode=cv2.BORDER_REPLICATE)
    light = np.linspace(1.05, 0.9, columns)[None, :, None]
    return np.clip(askew * light, 0, 255).astype(np.uint8)
