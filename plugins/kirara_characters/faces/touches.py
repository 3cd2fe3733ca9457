"""Changes of style: of a figure before it stands in a scene, and of the whole picture."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
Points = npt.NDArray[np.float32]
Random = np.random.Generator


def restyled(figure: Pixels, outline: Points, random: Random) -> tuple[Pixels, Points]:
    """A figure (side, side, 4) in other colours and proportions, with its outline moved alike."""
    kind = random.random()
    if kind < 0.7:
        figure, outline = _bent(figure, outline, random)
    colours: npt.NDArray[Any] = figure[..., :3]
    kind = random.random()
    if kind < 0.3:
        turned = cv2.cvtColor(colours, cv2.COLOR_RGB2HSV).astype(np.float32)
        turned[..., 0] = (turned[..., 0] + random.normal(0, 8)) % 180
        turned[..., 1] *= random.uniform(0.3, 1.7)
        turned[..., 2] *= random.uniform(0.7, 1.15)
        colours = cv2.cvtColor(np.clip(turned, 0, 255).astype(np.uint8), cv2.COLOR_HSV2RGB)
    elif kind < 0.42:
        colours = _grey(colours)
    elif kind < 0.5:  # like ink on paper
        grey = _grey(colours)
        step = cv2.adaptiveThreshold(
            grey[..., 0], 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY,
            2 * int(random.integers(2, 6)) + 1, float(random.uniform(3, 9)),
        )  # fmt: skip
        share = random.uniform(0.0, 0.6)
        colours = (share * grey + (1 - share) * step[..., None]).astype(np.uint8)
    elif kind < 0.58:  # few tones
        tone = int(random.integers(24, 64))
        colours = np.clip((colours // tone) * float(tone) + tone / 2, 0, 255).astype(np.uint8)
    elif kind < 0.7:  # soft light from one side
        light = np.linspace(random.uniform(0.5, 1.0), random.uniform(0.9, 1.3), len(colours))
        light = light[:, None] if random.random() < 0.5 else light[None, :]
        colours = np.clip(colours * light[..., None], 0, 255).astype(np.uint8)
    return np.dstack([colours, figure[..., 3]]), outline


def _bent(figure: Pixels, outline: Points, random: Random) -> tuple[Pixels, Points]:
    """The figure in other proportions: each part is moved by up to some hundredths."""
    side = len(figure)
    cells = int(random.integers(3, 7))
    coarse = random.normal(0.0, 0.028, (cells, cells, 2)).astype(np.float32) * side
    moves = cv2.resize(coarse, (side, side), interpolation=cv2.INTER_CUBIC)
    rows, columns = np.mgrid[:side, :side].astype(np.float32)
    bent = cv2.remap(figure, columns + moves[..., 0], rows + moves[..., 1], cv2.INTER_LINEAR)
    if np.isnan(outline).any():
        return np.asarray(bent, np.uint8), outline
    places = np.clip(outline.round().astype(int), 0, side - 1)
    return np.asarray(bent, np.uint8), outline - moves[places[:, 1], places[:, 0]]


def developed(picture: Pixels, random: Random) -> Pixels:
    """The picture (side, side, 3) as it comes out of other programs: light, blur, noise, JPEG."""
    side = len(picture)
    result: npt.NDArray[Any] = picture
    if random.random() < 0.5:
        gain, offset = random.uniform(0.7, 1.3), random.uniform(-25, 25)
        tint = random.normal(1.0, 0.05, 3)
        result = np.clip(result * (gain * tint) + offset, 0, 255).astype(np.uint8)
    if random.random() < 0.15:
        result = _grey(result)
    kind = random.random()
    if kind < 0.12:
        result = cv2.GaussianBlur(result, (0, 0), float(random.uniform(0.4, 1.3)))
    elif kind < 0.24:
        small = int(side * random.uniform(0.5, 0.9))
        smaller = cv2.resize(result, (small, small), interpolation=cv2.INTER_AREA)
        result = cv2.resize(smaller, (side, side), interpolation=cv2.INTER_LINEAR)
    elif kind < 0.32:
        result = cv2.addWeighted(result, 1.6, cv2.GaussianBlur(result, (0, 0), 1.0), -0.6, 0)
    if random.random() < 0.12:
        noise = random.normal(0, random.uniform(2, 14), result.shape)
        result = np.clip(result + noise, 0, 255).astype(np.uint8)
    if random.random() < 0.4:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(20, 95))]
        _, data = cv2.imencode(".jpg", np.ascontiguousarray(result), quality)
        result = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
    return np.ascontiguousarray(result, np.uint8)


def _grey(colours: Pixels) -> Pixels:
    return np.dstack([cv2.cvtColor(np.ascontiguousarray(colours), cv2.COLOR_RGB2GRAY)] * 3)
