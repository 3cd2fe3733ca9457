"""Impressionist landscapes: free photographs painted over with strokes of a brush.

Layers of strokes from broad to fine, each where the layer below is still unlike the photograph
(Hertzmann, "Painterly Rendering with Curved Brush Strokes of Multiple Sizes", SIGGRAPH 1998), along
what the photograph shows and not across it (Litwinowicz, "Processing Images and Video for an
Impressionist Effect", SIGGRAPH 1997), of colours that vary from stroke to stroke.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from kirara_paintings.answers import Pixels

Generator = np.random.Generator

Field = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Brush:
    """A way of painting.

    ``broad`` is the widest brush as a share of the picture's shorter side; there are ``layers`` of
    brushes, each ``finer`` than the last. ``jitter`` is the spread of a stroke's colour (8-bit
    levels), ``hues`` the share of hue in it (0…1), ``long`` a stroke's length in widths, ``astray``
    the spread of its direction (radians), ``relief`` the thickness of the paint, and ``care`` the
    difference to the photograph (8-bit levels) that is left.
    """

    broad: float
    finer: float
    layers: int
    jitter: float
    hues: float
    long: float
    astray: float
    relief: float
    care: float

    @staticmethod
    def by_chance(random: Generator) -> Brush:
        """A random one."""
        return Brush(
            float(random.choice((0.007, 0.02, 0.02, 0.04)) * random.uniform(0.7, 2.2)),
            random.uniform(0.45, 0.65),
            int(random.integers(3, 6)),
            random.uniform(3, 22) if random.random() < 0.6 else random.uniform(22, 40),
            float(random.choice((random.uniform(0, 0.4), random.uniform(0.4, 1)))),
            random.uniform(0.4, 5.0),
            random.uniform(0.1, 0.3) if random.random() < 0.5 else random.uniform(0.3, 1.5),
            random.uniform(0.1, 1.8),
            random.uniform(6, 34),
        )


def impressionist(random: Generator, photograph: Pixels) -> Pixels:
    """The photograph as a painting of the same shape (height, width, 3)."""
    brush = Brush.by_chance(random)
    wanted = _palette(random, cv2.bilateralFilter(photograph, 5, 40, 3).astype(np.float32))
    height, width = wanted.shape[:2]
    ground = np.array([150, 125, 95]) * random.uniform(0.5, 1.5) + random.normal(0, 12, 3)
    canvas = np.tile(ground.clip(0, 255).astype(np.float32), (height, width, 1))
    relief = np.full((height, width), 128, np.float32)
    radius = brush.broad * min(height, width)
    directions = _directions(random, wanted, radius)
    for layer in range(brush.layers):
        if radius < 0.5:
            break
        seen = np.asarray(cv2.GaussianBlur(wanted, (0, 0), max(0.6, radius * 0.6)), np.float32)
        unlike = np.abs(canvas - seen).mean(2) if layer else np.full((height, width), 255.0)
        _strokes(random, brush, radius, seen, unlike, directions, canvas, relief)
        radius *= brush.finer
    lit = cv2.Sobel(relief, cv2.CV_32F, 1, 0) + cv2.Sobel(relief, cv2.CV_32F, 0, 1)
    shine = cv2.GaussianBlur(lit, (0, 0), 0.7) * brush.relief * 0.05
    return (canvas + shine[:, :, None]).clip(0, 255).astype(np.uint8)


def _palette(random: Generator, picture: Field) -> Field:
    """The colours of a palette: earthen and dark as in the woods of Barbizon, or light."""
    grey = picture.mean(2, keepdims=True)
    chance = random.random()
    if chance < 0.45:  # olive, umber and ochre, under varnish
        picture = grey + (picture - grey) * random.uniform(0.3, 0.9)
        warm = np.array([1.0, random.uniform(0.88, 0.97), random.uniform(0.55, 0.85)])
        picture = picture * warm * random.uniform(0.5, 1.05)
        if random.random() < 0.5:  # the green of a wood, with hardly any other hue
            green = np.array([0.95, 1.0, random.uniform(0.5, 0.75)]) * random.uniform(0.7, 0.95)
            share = random.uniform(0.3, 0.85)
            picture = picture * (1 - share) + picture.mean(2, keepdims=True) * green * share
    elif chance < 0.8:  # light, with coloured shadows
        picture = grey + (picture - grey) * random.uniform(0.8, 1.5)
        shadows = random.uniform((35, 40, 60), (75, 70, 115))
        share = (1 - grey / 255) ** 1.5 * random.uniform(0.2, 0.6)
        picture = picture * (1 - share) + (picture * 0.5 + shadows) * share
    gamma = random.uniform(0.7, 1.5)
    return (255 * (picture.clip(0, 255) / 255) ** gamma).astype(np.float32)


def _directions(random: Generator, picture: Field, radius: float) -> Field:
    """The angle of strokes (height, width), radians: along edges, or else along a slow current."""
    grey = picture.mean(2)
    across, down = cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    current = random.uniform(0, np.pi)
    small = random.normal(current, 0.5, (4, 4)).astype(np.float32)
    hills = cv2.resize(small, grey.shape[::-1], interpolation=cv2.INTER_CUBIC)
    weak = random.uniform(30, 400)
    spread = max(1.0, radius)
    xx = cv2.GaussianBlur(across * across, (0, 0), spread) + weak * np.sin(hills) ** 2
    yy = cv2.GaussianBlur(down * down, (0, 0), spread) + weak * np.cos(hills) ** 2
    xy = cv2.GaussianBlur(across * down, (0, 0), spread) - weak * np.sin(hills) * np.cos(hills)
    return (0.5 * np.arctan2(2 * xy, xx - yy) + np.pi / 2).astype(np.float32)


def _strokes(
    random: Generator,
    brush: Brush,
    radius: float,
    seen: Field,
    unlike: Field,
    directions: Field,
    canvas: Field,
    relief: Field,
) -> None:
    """One layer: a stroke wherever it is needed, in random order."""
    height, width = unlike.shape
    step = max(1.5, radius * 1.1)
    rows, columns = np.mgrid[0:height:step, 0:width:step]
    rows = (rows + random.uniform(-step, step, rows.shape)).ravel().clip(0, height - 1)
    columns = (columns + random.uniform(-step, step, columns.shape)).ravel().clip(0, width - 1)
    order = random.permutation(rows.size)[:9000]
    rows, columns = rows[order], columns[order]
    at = rows.astype(int), columns.astype(int)
    needed = unlike[at] > brush.care
    rows, columns, at = rows[needed], columns[needed], tuple(part[needed] for part in at)
    count = rows.size
    colours = seen[at] + random.normal(0, brush.jitter, (count, 1)) * 0.7
    colours += random.normal(0, brush.jitter * brush.hues, (count, 3)) * 0.7
    if random.random() < brush.hues - 0.4:  # complementary colours side by side (Chevreul, 1839)
        opposite = 2 * colours.mean(1, keepdims=True) - colours
        share = random.uniform(0.2, 0.7) * (random.random((count, 1)) < 0.12)
        colours += (opposite - colours) * share
    angles = directions[at] + random.normal(0, brush.astray, count)
    bend = random.normal(0, 0.25, count)
    half = radius * brush.long * random.uniform(0.4, 1.1, count)
    widths = np.maximum(1, np.round(2 * radius * random.uniform(0.6, 1.1, count))).astype(int)
    centres = np.stack([columns, rows], 1)
    ahead = np.stack([np.cos(angles + bend), np.sin(angles + bend)], 1) * half[:, None]
    back = np.stack([np.cos(angles - bend), np.sin(angles - bend)], 1) * half[:, None]
    lines = np.round(np.stack([centres - back, centres, centres + ahead], 1) * 8).astype(np.int32)
    heights = random.uniform(60, 200, count)
    painted = np.ascontiguousarray(canvas.clip(0, 255).astype(np.uint8))
    raised = np.ascontiguousarray(relief.clip(0, 255).astype(np.uint8))
    for line, colour, wide, high in zip(
        lines, colours.clip(0, 255).tolist(), widths.tolist(), heights.tolist(), strict=True
    ):
        cv2.polylines(painted, [line], False, colour, wide, cv2.LINE_AA, 3)
        cv2.polylines(raised, [line], False, high, wide, cv2.LINE_AA, 3)
    canvas[:], relief[:] = painted, raised
