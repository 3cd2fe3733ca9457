"""Frames, walls, photographs and compression, the same for all labels."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from kirara_paintings.answers import Box, Pixels

Generator = np.random.Generator

Edges = tuple[int, int, int, int]
"""left, top, right, bottom, in pixels."""


def opened(pixels: npt.NDArray[Any] | None) -> Pixels:
    """What OpenCV read, as RGB. Raises ValueError if it could not read anything."""
    if pixels is None:
        raise ValueError("this is not a picture")
    return np.ascontiguousarray(pixels[:, :, ::-1], np.uint8)


def framed(random: Generator, picture: Pixels) -> tuple[Pixels, Box]:
    """The picture with something around it, and where in that it is."""
    kind = random.integers(5)
    height, width = picture.shape[:2]
    side = min(height, width)
    box = (0, 0, width, height)
    if kind == 0:  # the plain border of a scan or a page
        picture, box = _bordered(picture, box, _margins(random, side, 0.02, 0.3), _plain(random))
        return picture, _shares(box, picture)
    if kind == 1:  # a shadow below, on plain ground
        return _shadowed(random, picture, _margins(random, side, 0.06, 0.3))
    if random.random() < 0.5:  # a mat
        mat = [int(side * random.uniform(0.05, 0.2))] * 4
        picture, box = _bordered(picture, box, mat, _paper(random))
    picture, box = _in_wood(random, picture, box)
    if kind == 2:
        return picture, _shares(box, picture)
    return _on_wall(random, picture, box, askew=kind == 4)


def photographed(random: Generator, picture: Pixels) -> Pixels:
    """The same picture with light, focus, grain and compression of a photograph or a scan."""
    seen = picture.astype(np.float32)
    height, width = seen.shape[:2]
    if random.random() < 0.5:  # light from one side
        across, down = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
        light = 1 + random.normal(0, 0.06) * across + random.normal(0, 0.06) * down
        seen *= light[:, :, None].astype(np.float32)
    if random.random() < 0.4:  # the weave of a canvas
        weave = np.sin(np.arange(width) * random.uniform(1.6, 2.8))[None, :]
        weave = weave + np.sin(np.arange(height) * random.uniform(1.6, 2.8))[:, None]
        seen += (random.uniform(0.3, 3.0) * weave)[:, :, None].astype(np.float32)
    if random.random() < 0.5:  # the light's colour
        seen *= random.normal(1, 0.03, 3).astype(np.float32)
    if random.random() < 0.4:
        seen = np.asarray(cv2.GaussianBlur(seen, (0, 0), random.uniform(0.3, 1.2)), np.float32)
    if random.random() < 0.5:
        seen += random.normal(0, random.uniform(0.5, 5), seen.shape).astype(np.float32)
    flat = seen.clip(0, 255).astype(np.uint8)
    if random.random() < 0.85:
        flat = _packed(flat, int(random.integers(35, 97)))
    return flat


def _plain(random: Generator) -> tuple[int, int, int]:
    base = int(random.choice((255, 255, 255, 250, 240, 0, 8, 30, 128, 200)))
    if random.random() < 0.2:
        red, green, blue = random.integers(0, 256, 3)
        return int(red), int(green), int(blue)
    return base, base, base


def _paper(random: Generator) -> tuple[int, int, int]:
    base = int(random.integers(200, 254))
    return base, base - int(random.integers(0, 6)), base - int(random.integers(0, 18))


def _margins(random: Generator, side: int, least: float, most: float) -> list[int]:
    """Top, bottom, left, right: alike, or each its own."""
    if random.random() < 0.6:
        return [int(side * random.uniform(least, most))] * 4
    return [int(share * side) for share in random.uniform(least, most, 4)]


def _bordered(
    picture: Pixels, box: Edges, margins: list[int], colour: tuple[int, ...]
) -> tuple[Pixels, Edges]:
    top, bottom, left, right = margins
    wide = cv2.copyMakeBorder(picture, top, bottom, left, right, cv2.BORDER_CONSTANT, value=colour)
    return np.asarray(wide, np.uint8), (box[0] + left, box[1] + top, box[2] + left, box[3] + top)


def _shadowed(random: Generator, picture: Pixels, margins: list[int]) -> tuple[Pixels, Box]:
    height, width = picture.shape[:2]
    ground = np.full_like(picture, int(random.integers(200, 256)))
    wide, box = _bordered(ground, (0, 0, width, height), margins, tuple(ground[0, 0].tolist()))
    dark: npt.NDArray[np.float32] = np.zeros(wide.shape[:2], np.float32)
    shift = int(min(margins) * random.uniform(0.05, 0.4))
    dark[box[1] + shift : box[3] + shift, box[0] + shift : box[2] + shift] = 1
    blur = 1 + min(margins) * random.uniform(0.05, 0.25)
    dark = np.asarray(cv2.GaussianBlur(dark, (0, 0), blur), np.float32)
    shaded = wide * (1 - random.uniform(0.2, 0.6) * dark[:, :, None])
    shaded[box[1] : box[3], box[0] : box[2]] = picture
    return shaded.astype(np.uint8), _shares(box, shaded)


def _in_wood(random: Generator, picture: Pixels, box: Edges) -> tuple[Pixels, Edges]:
    """A frame with a profile, lit from above left, of wood, gilt, black or white."""
    height, width = picture.shape[:2]
    broad = max(3, int(min(height, width) * random.uniform(0.02, 0.14)))
    colours = (
        (92, 60, 34), (130, 92, 52), (180, 140, 70), (205, 170, 95), (30, 28, 26), (235, 232, 226),
    )  # fmt: skip
    colour = np.array(colours[random.integers(len(colours))]) * random.uniform(0.8, 1.1)
    wide, inner = _bordered(picture, box, [broad] * 4, (0, 0, 0))
    canvas = wide.astype(np.float32)
    profile = 1 + random.uniform(0.05, 0.35) * np.sin(
        np.linspace(0, np.pi * random.integers(1, 5), broad) + random.uniform(0, 3)
    )
    tall, long = canvas.shape[:2]
    grain = random.normal(0, random.uniform(1, 9), (tall, long)).astype(np.float32)
    grain = np.asarray(cv2.blur(grain, (1, 9)), np.float32) * 2
    for depth in range(broad):
        across, down = np.s_[depth : long - depth], np.s_[depth : tall - depth]
        sides: tuple[Any, ...] = (
            (depth, across),
            (-1 - depth, across),
            (down, depth),
            (down, -1 - depth),
        )
        for side, light in zip(sides, (1.12, 0.82, 1.05, 0.9), strict=True):
            canvas[side] = (colour * profile[depth] * light).astype(np.float32)
    canvas += grain[:, :, None]
    canvas[broad:-broad, broad:-broad] = picture
    if random.random() < 0.6:  # the frame's shadow on what it holds
        deep = max(1, broad // 5)
        canvas[broad : broad + deep, broad:-broad] *= 0.8
        canvas[broad:-broad, broad : broad + deep] *= 0.88
    return canvas.clip(0, 255).astype(np.uint8), inner


def _on_wall(random: Generator, picture: Pixels, box: Edges, askew: bool) -> tuple[Pixels, Box]:
    """Hung on a wall with uneven light; ``askew`` by a camera that was not held straight."""
    height, width = picture.shape[:2]
    margins = [int(share * min(height, width)) for share in random.uniform(0.08, 0.45, 4)]
    top, bottom, left, right = margins
    tall, wide = height + top + bottom, width + left + right
    base = random.choice((235, 220, 190, 150, 90)) + random.normal(0, 9, 3)
    across, down = np.meshgrid(np.linspace(-1, 1, wide), np.linspace(-1, 1, tall))
    light = 1 + random.normal(0, 0.08) * across + random.normal(0, 0.1) * down
    wall = base * light[:, :, None] + random.normal(0, random.uniform(0.3, 2.5), (tall, wide, 1))
    shade = np.zeros((tall, wide), np.float32)
    shift = max(1, int(min(height, width) * random.uniform(0.005, 0.03)))
    shade[top + shift : top + height + shift, left : left + width] = random.uniform(0.1, 0.5)
    wall *= 1 - cv2.GaussianBlur(shade, (0, 0), shift)[:, :, None]
    canvas = wall.clip(0, 255).astype(np.uint8)
    canvas[top : top + height, left : left + width] = picture
    corners = np.array([[box[0], box[1]], [box[2], box[1]], [box[2], box[3]], [box[0], box[3]]])
    corners = (corners + np.array([left, top])).astype(np.float32)
    if askew:
        outer = np.array([[0, 0], [wide, 0], [wide, tall], [0, tall]], np.float32)
        moved = outer + random.normal(0, 0.02 * min(tall, wide), outer.shape).astype(np.float32)
        matrix = cv2.getPerspectiveTransform(outer, moved)
        canvas = cv2.warpPerspective(canvas, matrix, (wide, tall), borderMode=cv2.BORDER_REPLICATE)
        corners = cv2.perspectiveTransform(corners[None], matrix)[0]
    left, top, right, bottom = map(int, (*corners.min(0), *corners.max(0)))
    return canvas, _shares((left, top, right, bottom), canvas)


def _shares(box: Edges, picture: Pixels) -> Box:
    height, width = picture.shape[:2]
    left, top, right, bottom = box
    start = max(0.0, left / width), max(0.0, top / height)
    return Box(*start, min(1.0, right / width), min(1.0, bottom / height))


def reproduced(random: Generator, picture: Pixels) -> Pixels:
    """Another reproduction of the picture: of other saturation, contrast, white and size."""
    if random.random() < 0.3:
        picture = _small_copy(random, picture)
    if random.random() < 0.25:
        return picture
    seen = picture.astype(np.float32) / 255
    grey = seen.mean(2, keepdims=True)
    seen = (grey + (seen - grey) * random.uniform(0.6, 1.7)).clip(0, 1)
    seen = seen ** random.uniform(0.75, 1.35)
    seen = 0.5 + (seen - 0.5) * random.uniform(0.8, 1.25) + random.normal(0, 0.02)
    seen *= random.normal(1, 0.02, 3)
    return (255 * seen.clip(0, 1)).astype(np.uint8)


def _small_copy(random: Generator, picture: Pixels) -> Pixels:
    """A copy of 110 to 300 pixels, packed as tightly as small copies are."""
    scale = min(1.0, random.uniform(110, 300) / max(picture.shape[:2]))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return _packed(np.asarray(small, np.uint8), int(random.integers(45, 95)))


def _packed(picture: Pixels, quality: int) -> Pixels:
    """The picture as JPEG shows it."""
    settings = [cv2.IMWRITE_JPEG_QUALITY, quality]
    data = cv2.imencode(".jpg", np.ascontiguousarray(picture[:, :, ::-1]), settings)[1]
    return opened(cv2.imdecode(data, cv2.IMREAD_COLOR))
