"""Random action painting: paint that is dripped, poured, flung and swept, all over."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from kirara_paintings.answers import Pixels

Generator = np.random.Generator

_PALETTES = (
    ((25, 22, 20), (235, 230, 220), (120, 110, 100), (150, 90, 50)),
    ((20, 20, 22), (240, 235, 225), (200, 170, 60), (170, 60, 40), (70, 90, 110)),
    ((40, 35, 30), (215, 205, 185), (90, 120, 110), (160, 130, 90), (60, 60, 70)),
    ((15, 15, 15), (245, 245, 240), (190, 190, 185)),
    ((30, 60, 110), (235, 225, 200), (220, 180, 40), (190, 50, 40), (20, 20, 20)),
    ((70, 90, 60), (220, 215, 190), (30, 30, 25), (180, 120, 60), (130, 140, 130)),
    ((120, 40, 30), (235, 200, 160), (25, 20, 20), (210, 130, 60), (240, 235, 230)),
)
_GROUNDS = (
    (205, 190, 160), (235, 228, 212), (150, 130, 105), (60, 55, 50), (110, 105, 95), (30, 28, 28),
)  # fmt: skip


def action_painting(random: Generator, height: int, width: int) -> Pixels:
    """One picture (height, width, 3)."""
    ground = np.array(_GROUNDS[random.integers(len(_GROUNDS))]) + random.integers(-15, 16, 3)
    picture = np.full((height, width, 3), ground.clip(0, 255), np.uint8)
    palette = [
        tuple(int(value) for value in (np.array(colour) + random.integers(-18, 19, 3)).clip(0, 255))
        for colour in _PALETTES[random.integers(len(_PALETTES))]
    ]
    if random.random() < 0.18:
        _sweeps(random, picture, palette)
    side = min(height, width)
    fine = random.uniform(0.002, 0.009) * side
    layers = int(random.integers(3, 11))
    density = random.uniform(1.0, 3.5)
    for _ in range(layers):
        colour = palette[random.integers(len(palette))]
        thick = fine * random.choice((0.5, 1.0, 1.0, 2.0, 3.5))
        pours = int(density * random.uniform(8, 60) / max(1.0, thick / fine))
        for _ in range(pours):
            _pour(random, picture, colour, thick)
        _splashes(random, picture, colour, thick, int(density * random.uniform(20, 220)))
    return picture


def _pour(random: Generator, picture: Pixels, colour: tuple[int, ...], thick: float) -> None:
    """A line of paint from a swinging hand, of varying direction and width, with blots."""
    height, width = picture.shape[:2]
    steps = int(random.integers(20, 160))
    speed = min(height, width) * random.uniform(0.006, 0.03)
    turning = random.normal(0, 0.08, steps) + random.normal(0, 0.05)
    turning += random.uniform(0, 0.25) * np.sin(np.arange(steps) * random.uniform(0.05, 0.5))
    heading = random.uniform(0, 2 * np.pi) + np.cumsum(turning)
    start = random.uniform(-0.1, 1.1, 2) * (width, height)
    points = start + np.cumsum(np.stack([np.cos(heading), np.sin(heading)], 1) * speed, 0)
    breath = np.abs(np.sin(np.linspace(0, random.uniform(2, 14), steps) + random.uniform(0, 6)))
    widths = thick * (0.35 + 1.1 * breath * random.uniform(0.6, 1.4))
    marks = np.round(points * 8).astype(np.int32)
    for one, two, wide in zip(marks[:-1], marks[1:], widths, strict=False):
        cv2.line(picture, _pair(one), _pair(two), colour, max(1, round(wide)), cv2.LINE_AA, 3)
    for place in random.integers(0, steps, int(random.integers(0, 5))):
        radius = max(1, int(8 * thick * random.uniform(0.6, 1.8)))
        cv2.circle(picture, _pair(marks[place]), radius, colour, -1, cv2.LINE_AA, 3)


def _splashes(
    random: Generator, picture: Pixels, colour: tuple[int, ...], thick: float, count: int
) -> None:
    """Drops, most of them small, in clouds."""
    height, width = picture.shape[:2]
    centre, spread = random.uniform(0, 1, 2) * (width, height), random.uniform(0.1, 0.7)
    places = centre + random.normal(0, spread * min(height, width), (count, 2))
    radii = thick * random.lognormal(-0.9, 0.7, count)
    for place, radius in zip(places, radii, strict=True):
        mark = np.round(place * 8).astype(int)
        axes = (max(1, int(8 * radius)), max(1, int(8 * radius * random.uniform(0.5, 1))))
        turn = float(random.uniform(0, 180))
        cv2.ellipse(picture, _pair(mark), axes, turn, 0, 360, colour, -1, cv2.LINE_AA, 3)


def _sweeps(random: Generator, picture: Pixels, palette: list[tuple[int, ...]]) -> None:
    """Wide strokes of a brush or a knife, under what is dripped."""
    height, width = picture.shape[:2]
    for _ in range(int(random.integers(10, 60))):
        colour = palette[random.integers(len(palette))]
        start = random.uniform(0, 1, 2) * (width, height)
        heading = random.uniform(0, 2 * np.pi)
        long = min(height, width) * random.uniform(0.1, 0.6)
        broad = min(height, width) * random.uniform(0.015, 0.07)
        across = np.array([-np.sin(heading), np.cos(heading)])
        along = np.array([np.cos(heading), np.sin(heading)])
        for bristle in np.linspace(-0.5, 0.5, max(3, int(broad))):
            if random.random() < 0.3:
                continue  # bristles without paint
            one = start + across * broad * bristle
            two = one + along * long * random.uniform(0.7, 1.0)
            shade = (np.array(colour) + random.integers(-14, 15)).clip(0, 255).tolist()
            cv2.line(picture, _pair(one), _pair(two), shade, 2, cv2.LINE_AA)


def _pair(point: npt.NDArray[np.generic]) -> tuple[int, int]:
    return int(point[0]), int(point[1])
