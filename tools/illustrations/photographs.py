"""Photographs as they are posted: parts of them, in other colours, framed, side by side."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF

from tools.illustrations.painting import Board, Pixels, Random, faded, pick
from tools.illustrations.words import SENTENCES


def photograph(originals: Sequence[Pixels], random: Random) -> Pixels:
    """A photograph, (height, width, 3)."""
    picture = _part(originals, random)
    if random.random() < 0.08:
        board = Board(900, 900, "#ffffff")
        for number in range(4):
            x, y = 450 * (number % 2), 450 * (number // 2)
            board.cover(_part(originals, random), QRectF(x + 3, y + 3, 444, 444))
        return board.pixels()
    picture = _filtered(picture, random)
    if random.random() < 0.2:
        height, width = picture.shape[:2]
        board = Board(width, height)
        board.put(picture, board.rect)
        if random.random() < 0.5:
            edge = 0.05 * min(width, height)
            board.box(board.rect, faded("#000000", 0), edge="#ffffff", width=2 * edge)
        words = pick(random, ("2026.11.28", "IMG_2041", "© photo", pick(random, SENTENCES)))
        place = QRectF(0.5 * width, 0.9 * height, 0.48 * width, 0.08 * height)
        board.text(place, words, 0.035 * height, faded("#ffe9a0", 0.9))
        picture = board.pixels()
    return picture


def _part(originals: Sequence[Pixels], random: Random) -> Pixels:
    whole = originals[int(random.integers(len(originals)))]
    height, width = whole.shape[:2]
    share = random.uniform(0.45, 1.0, 2) if random.random() < 0.7 else np.ones(2)
    high, wide = max(64, int(height * share[0])), max(64, int(width * share[1]))
    top, left = (
        random.integers(max(1, height - high + 1)),
        random.integers(max(1, width - wide + 1)),
    )
    part = whole[top : top + high, left : left + wide]
    return part[:, ::-1] if random.random() < 0.5 else part


def _filtered(picture: Pixels, random: Random) -> Pixels:
    kind = random.random()
    values: npt.NDArray[np.floating] = picture.astype(np.float32)
    if kind < 0.25:
        values = values * random.uniform(0.75, 1.3) * random.normal(1.0, 0.06, 3)
    elif kind < 0.35:
        grey = 127 + random.uniform(0.8, 1.8) * (values.mean(axis=2, keepdims=True) - 127)
        values = np.repeat(grey, 3, axis=2)
    elif kind < 0.45:  # faded, as old films
        values = 40 + values * random.uniform(0.6, 0.8, 3)
    elif kind < 0.52:
        values = np.asarray(cv2.GaussianBlur(values, (0, 0), random.uniform(0.8, 2.5)), np.float32)
    elif kind < 0.68:
        values = _in_coloured_light(values, random)
    elif kind < 0.76:  # at night, or against the light
        values = 255 * (values / 255) ** random.uniform(1.6, 3.5)
    if random.random() < 0.2:
        values = values + random.normal(0, random.uniform(3, 12), values.shape)
    return np.clip(values, 0, 255).astype(np.uint8)


def _in_coloured_light(
    values: npt.NDArray[np.floating], random: Random
) -> npt.NDArray[np.floating]:
    """As on a stage: what is bright has the colour of one of two lamps, left and right of it."""
    height, width = values.shape[:2]
    brightness = values.mean(axis=2, keepdims=True) / 255
    brightness = brightness ** random.uniform(0.8, 2.2)
    lamps = 255 * random.dirichlet((0.7, 0.7, 0.7), 2) ** 0.4
    angle = random.uniform(0, 2 * np.pi)
    across, down = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    share = np.clip(0.5 + np.cos(angle) * across + np.sin(angle) * down, 0, 1)[..., None]
    light = share * lamps[0] + (1 - share) * lamps[1]
    smooth = np.asarray(cv2.GaussianBlur(values, (0, 0), random.uniform(0.1, 4.0)), np.float32)
    keep = random.uniform(0.0, 0.5)
    mixed = light * (brightness * random.uniform(0.8, 1.4) + random.uniform(0.0, 0.25))
    return np.asarray(keep * smooth + (1 - keep) * mixed, np.float32)
