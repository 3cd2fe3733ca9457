"""Neo-plasticism, made by chance: lines and planes that meet at right angles.

After what the painters did between 1917 and 1944: planes afloat on white, chequered grids without
lines, grids of many small planes between grey or black lines, few lines around large planes, double
lines, coloured lines, lines of little squares, and lozenges, whose lines run askew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from kirara_paintings.answers import Pixels

Generator = np.random.Generator

Colour = tuple[int, int, int]
Plane = tuple[int, int, int, int]  # left, top, right, bottom

_REDS = ((215, 30, 25), (200, 45, 35), (180, 50, 40), (225, 70, 50), (205, 90, 70))
_BLUES = ((20, 60, 150), (25, 40, 110), (60, 100, 170), (40, 130, 190), (10, 20, 70))
_YELLOWS = ((245, 210, 30), (235, 225, 60), (215, 185, 70), (240, 170, 20), (200, 150, 50))


def neoplasticism(random: Generator, height: int, width: int) -> Pixels:
    """One picture (height, width, 3)."""
    kinds: tuple[Callable[[Generator, int, int], Pixels], ...] = (
        _planes_between_lines, _planes_between_lines, _planes_between_lines, _lines_across,
        _lines_across, _grid, _chequered, _afloat, _squares_in_a_row, _few_lines, _few_lines,
    )  # fmt: skip
    kind = kinds[random.integers(len(kinds))]

    def picture(random: Generator, height: int, width: int) -> Pixels:
        return _aged(random, kind(random, height, width))

    if random.random() < 0.12:  # a lozenge, or a canvas hung on its corner
        side = int(np.hypot(height, width)) + 2
        turned = picture(random, side, side)
        matrix = cv2.getRotationMatrix2D((side / 2, side / 2), 45 * random.choice((-1, 1)), 1.0)
        whole = cv2.warpAffine(turned, matrix, (side, side), flags=cv2.INTER_AREA)
        if random.random() < 0.5:  # its corners seen, on what hangs behind it
            wall = (int(random.choice((255, 240, 225, 200, 150))),) * 3
            down, across = np.mgrid[0:side, 0:side] - side / 2
            whole[np.abs(down) + np.abs(across) > min(height, width) / 2] = wall
        top, left = (side - height) // 2, (side - width) // 2
        return np.ascontiguousarray(whole[top : top + height, left : left + width])
    return picture(random, height, width)


def _aged(random: Generator, picture: Pixels) -> Pixels:
    """Half of them as they come down to us: faded, yellowed, painted unevenly by hand."""
    if random.random() < 0.5:
        return picture
    seen = picture.astype(np.float32)
    grey = seen.mean(2, keepdims=True)
    seen = grey + (seen - grey) * random.uniform(0.45, 1.0)
    seen = seen * random.uniform(0.75, 1.0) + random.uniform(0, 35)
    seen *= np.array([1.0, random.uniform(0.93, 1.0), random.uniform(0.8, 1.0)], np.float32)
    height, width = seen.shape[:2]
    coarse = random.normal(0, random.uniform(0, 7), (12, 12)).astype(np.float32)
    fine = random.normal(0, random.uniform(0, 5), (height // 3 + 1, width // 3 + 1))
    for cloud in (coarse, fine.astype(np.float32)):
        seen += cv2.resize(cloud, (width, height), interpolation=cv2.INTER_CUBIC)[:, :, None]
    return seen.clip(0, 255).astype(np.uint8)


def _white(random: Generator) -> Colour:
    """White as it was mixed, and as it has aged: bluish, grey, cream."""
    base = random.integers(205, 254)
    warm = random.integers(-8, 26)
    return int(base), int(base - max(0, int(warm)) // 4), min(255, int(base - warm))


def _grey(random: Generator) -> Colour:
    base = int(random.integers(130, 215))
    green, blue = (min(255, base + int(random.integers(most))) for most in (8, 16))
    return base, green, blue


def _black(random: Generator) -> Colour:
    base = int(random.integers(8, 48))
    return base, base, base + int(random.integers(0, 6))


def _primary(random: Generator, pale: float = 0.0) -> Colour:
    family = (_REDS, _BLUES, _YELLOWS)[random.integers(3)]
    colour = np.array(family[random.integers(len(family))]) + random.integers(-12, 13, 3)
    mixed = colour * (1 - pale) + np.array([215, 215, 215]) * pale
    return _colour(mixed)


def _colour(values: npt.NDArray[Any]) -> Colour:
    red, green, blue = (int(value) for value in values.clip(0, 255))
    return red, green, blue


def _plane_colour(random: Generator, white: Colour, coloured: float, pale: float = 0.0) -> Colour:
    """Mostly whites and greys, some primaries, a little black."""
    chance = random.random()
    if chance < coloured:
        return _primary(random, pale)
    if chance < coloured + 0.05:
        return _black(random)
    if chance < coloured + 0.25:
        return _grey(random)
    return _colour(np.array(white) + random.integers(-7, 8, 3))


def _split(
    random: Generator, plane: Plane, depth: int, least: int, planes: list[Plane]
) -> list[Plane]:
    """Cut a plane in two, again and again."""
    left, top, right, bottom = plane
    wide = right - left > (bottom - top) * random.uniform(0.6, 1.6)
    long = right - left if wide else bottom - top
    if depth == 0 or long < 2 * least or (len(planes) and random.random() < 0.12):
        planes.append(plane)
        return planes
    share = random.choice((random.uniform(0.12, 0.88), random.uniform(0.3, 0.7)))
    cut = int(long * share)
    if wide:
        parts = ((left, top, left + cut, bottom), (left + cut, top, right, bottom))
    else:
        parts = ((left, top, right, top + cut), (left, top + cut, right, bottom))
    for part in parts:
        _split(random, part, depth - 1, least, planes)
    return planes


def _planes_between_lines(random: Generator, height: int, width: int) -> Pixels:
    """The best-known kind: few or many planes, with black lines between them."""
    white, black = _white(random), _black(random)
    picture = np.full((height, width, 3), white, np.uint8)
    side = min(height, width)
    depth = int(random.integers(2, 7))
    planes = _split(random, (0, 0, width, height), depth, max(6, side // 14), [])
    coloured = random.choice((0.08, 0.2, 0.35, 0.55, 0.75))
    pale = random.choice((0.0, 0.0, 0.25, 0.45))
    for left, top, right, bottom in planes:
        picture[top:bottom, left:right] = _plane_colour(random, white, coloured, pale)
    if random.random() < 0.08:
        return picture  # planes that touch
    thick = max(1, int(side * random.uniform(0.008, 0.035)))
    for left, top, right, bottom in planes:
        own = max(1, int(thick * random.choice((0.6, 1.0, 1.0, 1.5))))
        if right < width:
            picture[top:bottom, max(0, right - own) : right + own // 2] = black
        if bottom < height:
            picture[max(0, bottom - own) : bottom + own // 2, left:right] = black
    return picture


def _positions(random: Generator, length: int, count: int) -> list[int]:
    """Where lines run: some close together, some far apart."""
    places = [int(place) for place in random.uniform(0.02, 0.98, count) * length]
    for place in list(places):
        if random.random() < 0.35:  # a double line
            places.append(min(length - 1, place + int(length * random.uniform(0.02, 0.06))))
    return sorted(places)


def _lines_across(random: Generator, height: int, width: int) -> Pixels:
    """Lines from edge to edge, a few planes in their gaps; sometimes the lines are coloured."""
    white, black = _white(random), _black(random)
    picture = np.full((height, width, 3), white, np.uint8)
    columns = [0, *_positions(random, width, int(random.integers(1, 8))), width]
    rows = [0, *_positions(random, height, int(random.integers(1, 8))), height]
    thick = max(1, int(min(height, width) * random.uniform(0.006, 0.03)))
    bright = random.random() < 0.2
    for _ in range(int(random.integers(0, 7))):
        column, row = int(random.integers(len(columns) - 1)), int(random.integers(len(rows) - 1))
        span = int(random.integers(1, 3))
        right = columns[min(column + span, len(columns) - 1)]
        bottom = rows[min(row + int(random.integers(1, 3)), len(rows) - 1)]
        part = np.s_[rows[row] : bottom, columns[column] : right]
        picture[part] = _primary(random, random.choice((0.0, 0.3))) if not bright else white
    strokes = [(place, True) for place in columns[1:-1]] + [(place, False) for place in rows[1:-1]]
    random.shuffle(strokes)
    for place, upright in strokes:
        colour = _primary(random) if bright and random.random() < 0.9 else black
        own = max(1, int(thick * random.choice((0.7, 1.0, 1.0, 1.6))))
        length = height if upright else width
        start, end = 0, length
        if random.random() < 0.25:  # a line that ends before the edge, often at another line
            others = rows if upright else columns
            start, end = sorted(random.choice(others, 2, replace=False))
        _stroke(picture, slice(start, end), slice(place, place + own), upright, colour)
    return picture


def _stroke(picture: Pixels, along: slice, wide: slice, upright: bool, colour: Colour) -> None:
    picture[(along, wide) if upright else (wide, along)] = colour


def _few_lines(random: Generator, height: int, width: int) -> Pixels:
    """Some black lines on white and a plane or two at the border, as around 1930."""
    picture = np.full((height, width, 3), _white(random), np.uint8)
    side, black = min(height, width), _black(random)
    columns = _positions(random, width, int(random.integers(1, 4)))
    rows = _positions(random, height, int(random.integers(1, 4)))
    for _ in range(int(random.integers(0, 4))):
        column, row = columns[random.integers(len(columns))], rows[random.integers(len(rows))]
        across = slice(column, width) if random.random() < 0.5 else slice(0, column)
        down = slice(row, height) if random.random() < 0.5 else slice(0, row)
        if random.random() < 0.3:
            across = slice(column, column + int(side * random.uniform(0.05, 0.3)))
        picture[down, across] = _plane_colour(random, _white(random), 0.7)
    short = random.random() < 0.35
    for places, length, upright in ((columns, height, True), (rows, width, False)):
        for place in places:
            thick = max(1, int(side * random.choice((0.006, 0.012, 0.02, 0.035, 0.05))))
            start, end = 0, length
            if short:
                start = int(length * random.uniform(0, 0.06))
                end = int(length * random.uniform(0.9, 1))
            _stroke(picture, slice(start, end), slice(place, place + thick), upright, black)
    return picture


def _grid(random: Generator, height: int, width: int) -> Pixels:
    """Many small planes of muted colours between lines, as around 1919."""
    white = _white(random)
    picture = np.full((height, width, 3), white, np.uint8)
    side = min(height, width)
    cell = max(6, int(side * random.uniform(0.05, 0.16)))
    pale, coloured = random.uniform(0.0, 0.6), random.uniform(0.3, 0.9)
    line = _black(random) if random.random() < 0.6 else _grey(random)
    thick = max(1, int(cell * random.uniform(0.04, 0.25)))
    for top in range(0, height, cell):
        left = 0
        while left < width:
            span = cell * int(random.choice((1, 1, 1, 2, 3)))
            tall = cell * int(random.choice((1, 1, 1, 2)))
            colour = _plane_colour(random, white, coloured, pale)
            cv2.rectangle(picture, (left, top), (left + span, top + tall), colour, -1)
            cv2.rectangle(picture, (left, top), (left + span, top + tall), line, thick)
            left += span
    return picture


def _chequered(random: Generator, height: int, width: int) -> Pixels:
    """Equal planes of few colours, with hardly a line between them."""
    down, across = int(random.integers(6, 20)), int(random.integers(6, 20))
    count = random.integers(2, 6)
    colours = [_primary(random, random.choice((0.0, 0.2, 0.5))) for _ in range(count)]
    if random.random() < 0.5:
        colours += [_white(random), _grey(random)]
    chosen = np.array(colours, np.uint8)[random.integers(len(colours), size=(down, across))]
    whole = cv2.resize(chosen, (width, height), interpolation=cv2.INTER_NEAREST)
    picture = np.asarray(whole, np.uint8)
    line = [int(value) for value in picture.reshape(-1, 3).mean(0) * random.uniform(0.3, 0.9)]
    for row in range(1, down):
        cv2.line(picture, (0, row * height // down), (width, row * height // down), line, 1)
    for left in (column * width // across for column in range(1, across)):
        cv2.line(picture, (left, 0), (left, height), line, 1)
    return picture


def _afloat(random: Generator, height: int, width: int) -> Pixels:
    """Planes of colour that float on white, with or without little black bars."""
    picture = np.full((height, width, 3), _white(random), np.uint8)
    side = min(height, width)
    colours = [_primary(random, random.choice((0.0, 0.3))) for _ in range(random.integers(2, 5))]
    size = side * random.uniform(0.06, 0.16)
    for _ in range(int(random.integers(10, 45))):
        wide, tall = (int(size * random.uniform(0.6, 1.6)) for _ in range(2))
        left = int(random.uniform(-0.5 * wide, width))
        top = int(random.uniform(-0.5 * tall, height))
        colour = colours[random.integers(len(colours))]
        cv2.rectangle(picture, (left, top), (left + wide, top + tall), colour, -1)
    for _ in range(int(random.choice((0, 15, 30)))):
        wide, tall = random.permutation([size * random.uniform(0.2, 0.7), size * 0.18])
        left, top = int(random.uniform(0, width)), int(random.uniform(0, height))
        corner = (left + int(wide), top + int(tall))
        cv2.rectangle(picture, (left, top), corner, _black(random), -1)
    return picture


def _squares_in_a_row(random: Generator, height: int, width: int) -> Pixels:
    """Yellow lines that little squares of red, blue and grey beat time on, as in New York."""
    white = _white(random)
    picture = np.full((height, width, 3), white, np.uint8)
    thick = max(3, int(min(height, width) * random.uniform(0.018, 0.035)))
    ground = _YELLOWS[random.integers(3)]
    beats = [_primary(random) for _ in range(3)] + [_grey(random), white]
    for upright, length in ((True, width), (False, height)):
        for place in _positions(random, length, int(random.integers(3, 9))):
            other = height if upright else width
            for start in range(0, other, thick):
                colour = ground if random.random() < 0.6 else beats[random.integers(len(beats))]
                part = slice(start, start + thick)
                _stroke(picture, part, slice(place, place + thick), upright, colour)
    for _ in range(int(random.integers(0, 10))):
        wide, tall = (int(thick * random.uniform(1.5, 5)) for _ in range(2))
        left, top = int(random.uniform(0, width)), int(random.uniform(0, height))
        cv2.rectangle(picture, (left, top), (left + wide, top + tall), _primary(random), -1)
        inner = (left + wide // 3, top + tall // 3)
        end = (left + wide * 2 // 3, top + tall * 2 // 3)
        cv2.rectangle(picture, inner, end, beats[random.integers(len(beats))], -1)
    return picture
