"""Colour fields, made by chance: soft rectangles on a ground, bands, veils, stripes and zips."""

from __future__ import annotations

import colorsys
from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

from kirara_paintings.answers import Pixels

Generator = np.random.Generator
Canvas = npt.NDArray[np.float32]


def colour_field(random: Generator, height: int, width: int) -> Pixels:
    """One picture (height, width, 3)."""
    kinds: tuple[Callable[[Generator, int, int], Canvas], ...] = (
        _soft_rectangles, _soft_rectangles, _soft_rectangles, _bands, _zips, _veils, _shapes,
    )  # fmt: skip
    picture = kinds[random.integers(len(kinds))](random, height, width)
    if random.random() < 0.5:  # the grain of canvas and brush, as a near print shows it
        grain = random.normal(0, random.uniform(1, 9), picture.shape[:2]).astype(np.float32)
        soft = random.uniform(0.5, 1.5)
        picture += 2 * soft * cv2.GaussianBlur(grain, (0, 0), soft)[:, :, None]
    return picture.clip(0, 255).astype(np.uint8)


def _colours(random: Generator, count: int) -> list[Canvas]:
    """Colours that sing together: neighbours in hue, or one against the others."""
    hue, chance = random.random(), random.random()
    values = (0.08, 0.5) if chance < 0.25 else (0.3, 1.0) if chance < 0.7 else (0.15, 1.1)
    colours = []
    for _ in range(count):
        own = hue + random.normal(0, 0.06) if random.random() < 0.7 else random.random()
        saturation = random.beta(3, 1.6) if random.random() < 0.75 else random.uniform(0, 0.25)
        value = min(1.0, random.uniform(*values))
        red, green, blue = colorsys.hsv_to_rgb(own % 1, saturation, value)
        colours.append(np.array([red, green, blue], np.float32) * 255)
    return colours


def _noise(random: Generator, height: int, width: int, cells: float) -> Canvas:
    """Soft noise (height, width), about -1…1, with ``cells`` hills across."""
    down, across = (max(2, int(cells * side / max(height, width)) + 2) for side in (height, width))
    small = random.normal(0, 1, (down, across)).astype(np.float32)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)


def _stained(random: Generator, height: int, width: int, colour: Canvas, much: float) -> Canvas:
    """A field that was brushed or soaked: its shade drifts, and shows how it was laid on."""
    cloud = _noise(random, height, width, random.uniform(2, 6)) * 0.6
    cloud += _noise(random, height, width, random.uniform(12, 40)) * 0.3
    streaks = cv2.resize(_noise(random, height, max(2, width // 8), 30), (width, height))
    cloud += 0.3 * streaks
    tint = random.normal(0, 0.35, 3).astype(np.float32) + 1
    return colour + much * cloud[:, :, None] * tint


def _soft_rectangles(random: Generator, height: int, width: int) -> Canvas:
    """Two to four soft-edged rectangles stacked on a ground."""
    count = int(random.integers(2, 5))
    ground, *colours = _colours(random, count + 1)
    much = random.uniform(2, 14) if random.random() < 0.7 else random.uniform(14, 26)
    picture = _stained(random, height, width, ground, much)
    margin = random.uniform(0.0, 0.1) * min(height, width)
    gap = random.uniform(0.0, 0.05) * height
    cuts = np.sort(random.dirichlet(np.full(count, random.uniform(1.5, 5))))
    cuts = random.permutation(cuts) * (height - 2 * margin - gap * (count - 1))
    soft = random.uniform(0.002, 0.03) * min(height, width)
    top = margin
    rough = soft * random.uniform(0.3, 1.5)
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    for colour, tall in zip(colours, cuts, strict=True):
        wobble = _noise(random, height, width, random.uniform(6, 30)) * rough
        left, right = margin * random.uniform(0.6, 1.4), width - margin * random.uniform(0.6, 1.4)
        inside = np.minimum.reduce([across - left, right - across, down - top, top + tall - down])
        cover = _sigmoid((inside + wobble) / max(0.5, soft)) * random.uniform(0.75, 1.0)
        field = _stained(random, height, width, colour, much)
        picture += (field - picture) * cover[:, :, None]
        top += tall + gap
    return picture


def _bands(random: Generator, height: int, width: int) -> Canvas:
    """Stripes of one direction, hard or soft, few or many."""
    count = int(random.choice((2, 3, 4, 6, 9, 16)))
    colours = _colours(random, min(count, int(random.integers(2, 8))))
    upright = random.random() < 0.5
    long = width if upright else height
    shares = random.dirichlet(np.full(count, random.choice((2.0, 30.0))))
    edges = np.concatenate([[0], np.cumsum(shares)]) * long
    soft = random.choice((0.6, 0.6, random.uniform(1, 0.04 * long + 1)))
    places = np.arange(long, dtype=np.float32)
    strip = np.tile(colours[0], (long, 1)).astype(np.float32)
    for number in range(1, count):
        cover = _sigmoid((places - edges[number]) / soft)[:, None]
        strip += (colours[number % len(colours)] - strip) * cover
    whole = np.broadcast_to(strip[None] if upright else strip[:, None], (height, width, 3))
    return whole + _stained(random, height, width, np.zeros(3, np.float32), random.uniform(1, 8))


def _zips(random: Generator, height: int, width: int) -> Canvas:
    """One field, with thin upright lines through it."""
    ground, *colours = _colours(random, 4)
    picture = _stained(random, height, width, ground, random.uniform(0.5, 7))
    for _ in range(int(random.integers(1, 5))):
        place = int(random.uniform(0.02, 0.98) * width)
        wide = max(1, int(width * random.choice((0.006, 0.015, 0.04, 0.12))))
        colour = colours[random.integers(3)]
        picture[:, place : place + wide] += (colour - picture[:, place : place + wide]) * 0.9
    blur = random.choice((0.4, 0.4, 1.2))
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), blur), np.float32)


def _veils(random: Generator, height: int, width: int) -> Canvas:
    """Thin paint poured in wide veils over raw canvas."""
    canvas = np.array([235, 228, 212], np.float32) + random.normal(0, 6, 3).astype(np.float32)
    picture = _stained(random, height, width, canvas, random.uniform(1, 4))
    colours = _colours(random, 5)
    across = np.arange(width, dtype=np.float32)
    down = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    for _ in range(int(random.integers(3, 10))):
        centre, broad = random.uniform(0, width), width * random.uniform(0.05, 0.35)
        lean = random.normal(0, 0.15) * width
        edge = _noise(random, height, width, random.uniform(2, 7)) * 0.15 * broad
        inside = broad - np.abs(across - centre - lean * down) + edge
        ends = _sigmoid((random.uniform(0.5, 1.3) - down) * random.uniform(8, 40))
        cover = _sigmoid(inside / random.uniform(1, 0.03 * width + 1)) * random.uniform(0.35, 0.85)
        colour = colours[random.integers(5)]
        picture += (colour - picture) * (cover * ends)[:, :, None]
    return picture


def _shapes(random: Generator, height: int, width: int) -> Canvas:
    """A ring, a chevron or a wide shape on a field."""
    ground, *colours = _colours(random, 6)
    picture = _stained(random, height, width, ground, random.uniform(0.5, 8))
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    centre = random.uniform(0.35, 0.65, 2) * (height, width)
    distance = np.hypot(down - centre[0], across - centre[1])
    if random.random() < 0.5:
        slope = random.uniform(0.5, 1.6)
        distance = np.abs(across - centre[1]) * slope + (down - centre[0]) * random.choice((-1, 1))
    radius = min(height, width) * random.uniform(0.3, 0.5)
    distance += _noise(random, height, width, 8) * radius * random.uniform(0, 0.06)
    for number, colour in enumerate(colours[: int(random.integers(1, 5))]):
        edge = radius * (1 - number * random.uniform(0.18, 0.28))
        cover = _sigmoid((edge - distance) / random.uniform(0.6, 0.03 * radius + 0.7))
        picture += (colour - picture) * cover[:, :, None]
    return picture


def _sigmoid(values: npt.NDArray[np.floating]) -> Canvas:
    return (1 / (1 + np.exp(-np.clip(values, -30, 30)))).astype(np.float32)
