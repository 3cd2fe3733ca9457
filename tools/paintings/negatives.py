"""Random drawings of things that are not paintings of the four styles, such as documents and plots.

Many of them have straight lines, flat colours or thin strokes all over too.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from kirara_paintings.answers import Pixels

Generator = np.random.Generator

_LETTERS = "abcdefghijklmnopqrstuvwxyz     ABCDEFGHIJ0123456789.,:;()"


def negative_drawing(random: Generator, height: int, width: int) -> Pixels:
    """One drawing (height, width, 3)."""
    kinds: tuple[Callable[[Generator, Pixels], None], ...] = (
        _page, _page, _table, _table, _plot, _diagram, _window, _window, _board, _icons, _pattern,
        _gradient, _sketch, _map, _map, _flag, _mural, _mural, _heap, _heap, _boughs, _circuit,
    )  # fmt: skip
    paper = int(random.choice((255, 255, 250, 240, 30)))
    picture = np.full((height, width, 3), paper, np.uint8)
    kinds[random.integers(len(kinds))](random, picture)
    return picture


def _ink(random: Generator, picture: Pixels) -> tuple[int, int, int]:
    dark = int(random.integers(0, 70))
    return (dark,) * 3 if picture[0, 0, 0] > 128 else (255 - dark,) * 3


def _any_colour(random: Generator) -> tuple[int, int, int]:
    red, green, blue = random.integers(0, 256, 3)
    return int(red), int(green), int(blue)


def _words(random: Generator, count: int) -> str:
    return "".join(_LETTERS[index] for index in random.integers(len(_LETTERS), size=max(1, count)))


def _write(
    random: Generator, picture: Pixels, letters: int, place: tuple[int, int], size: float,
    thick: int = 1, line: int = cv2.LINE_8,
) -> None:  # fmt: skip
    words = _words(random, letters)
    cv2.putText(picture, words, place, 0, size, _ink(random, picture), thick, line)


def _lines_of_text(
    random: Generator, picture: Pixels, left: int, top: int, right: int, bottom: int, size: float
) -> None:
    """Lines of nonsense in a box, ragged at the right."""
    ink, letter, leading = _ink(random, picture), 18 * size, int(34 * size) + 2
    font = int(random.choice((cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_COMPLEX)))
    for row in range(top + leading, bottom, leading):
        if random.random() < 0.12:
            continue
        count = int((right - left) / letter * random.uniform(0.4, 1.0))
        thick = 1 if size < 0.7 or random.random() < 0.8 else 2
        words = _words(random, count)
        cv2.putText(picture, words, (left, row), font, size, ink, thick, cv2.LINE_AA)


def _disc(picture: Pixels, centre: Any, reach: float, colour: tuple[int, int, int]) -> None:
    cv2.circle(picture, centre.astype(int).tolist(), int(reach), colour, -1, cv2.LINE_AA)


def _page(random: Generator, picture: Pixels) -> None:
    height, width = picture.shape[:2]
    size = random.uniform(0.25, 0.6)
    margin = int(min(height, width) * random.uniform(0.05, 0.15))
    columns = int(random.integers(1, 3))
    broad = (width - margin) // columns
    for column in range(columns):
        left, right = margin + column * broad, (column + 1) * broad
        _lines_of_text(random, picture, left, margin, right, height - margin, size)
    if random.random() < 0.4:
        _write(random, picture, 14, (margin, margin), size * 2, 2)
    if random.random() < 0.4:  # a figure in the text
        corner = (int(width * random.uniform(0.2, 0.5)), int(height * random.uniform(0.2, 0.6)))
        end = (corner[0] + width // 3, corner[1] + height // 4)
        cv2.rectangle(picture, corner, end, _any_colour(random), -1)


def _table(random: Generator, picture: Pixels) -> None:
    height, width = picture.shape[:2]
    rows, columns = int(random.integers(4, 24)), int(random.integers(2, 10))
    edges = np.concatenate([[0], np.cumsum(random.dirichlet(np.full(columns, 6)))]) * width
    line = (int(random.integers(100, 225)),) * 3 if random.random() < 0.7 else _ink(random, picture)
    size = max(0.2, min(0.55, height / rows / 60))
    fills = [_any_colour(random) for _ in range(3)]
    for row in range(rows):
        top, bottom = row * height // rows, (row + 1) * height // rows
        for column in range(columns):
            left, right = int(edges[column]), int(edges[column + 1])
            if row == 0 or random.random() < 0.06:
                cv2.rectangle(picture, (left, top), (right, bottom), fills[row > 0], -1)
            cv2.rectangle(picture, (left, top), (right, bottom), line, 1)
            letters = int((right - left) / (20 * size) * random.uniform(0.2, 0.9))
            _write(random, picture, letters, (left + 3, bottom - 4), size, 1, cv2.LINE_AA)


def _plot(random: Generator, picture: Pixels) -> None:
    height, width = picture.shape[:2]
    left, bottom, ink = int(0.1 * width), int(0.88 * height), _ink(random, picture)
    inner_width, inner_height = int(0.84 * width), int(0.78 * height)
    if random.random() < 0.5:
        for step in range(1, 8):
            row = bottom - step * inner_height // 8
            cv2.line(picture, (left, row), (left + inner_width, row), (200,) * 3, 1)
    if random.random() < 0.4:  # bars
        count, colour = int(random.integers(3, 16)), _any_colour(random)
        for bar in range(count):
            start = left + (bar * inner_width) // count
            tall = int(random.uniform(0.05, 0.95) * inner_height)
            end = start + max(2, int(0.7 * inner_width / count))
            cv2.rectangle(picture, (start, bottom - tall), (end, bottom), colour, -1)
    else:
        for _ in range(int(random.integers(1, 5))):
            count = int(random.integers(8, 200))
            values = np.cumsum(random.normal(0, 1, count))
            values = (values - values.min()) / (np.ptp(values) + 1e-6)
            points = np.stack(
                [np.linspace(left, left + inner_width, count), bottom - values * inner_height], 1
            )
            colour = _any_colour(random)
            if random.random() < 0.3:
                for point in points.astype(int).tolist():
                    cv2.circle(picture, point, 3, colour, -1, cv2.LINE_AA)
            else:
                cv2.polylines(picture, [points.astype(np.int32)], False, colour, 2, cv2.LINE_AA)
    cv2.rectangle(picture, (left, bottom - inner_height), (left + inner_width, bottom), ink, 1)
    for step in range(8):
        place = (left + step * inner_width // 8, min(height - 3, bottom + 18))
        cv2.putText(picture, str(step * 5), place, 0, 0.4, ink, 1, cv2.LINE_AA)
    cv2.putText(picture, _words(random, 20), (left, int(0.07 * height) + 5), 0, 0.5, ink, 1)


def _diagram(random: Generator, picture: Pixels) -> None:
    height, width = picture.shape[:2]
    places = random.uniform(0.08, 0.8, (int(random.integers(4, 14)), 2)) * (width, height)
    ink, size = _ink(random, picture), min(height, width)
    for one, two in pairwise(places):
        start, end = (tuple((place + size * 0.06).astype(int).tolist()) for place in (one, two))
        cv2.arrowedLine(picture, start, end, ink, 1, cv2.LINE_AA, tipLength=0.06)
    for place in places:
        left, top = place.astype(int).tolist()
        corner = (left + int(size * random.uniform(0.1, 0.22)), top + int(size * 0.1))
        fill = _any_colour(random) if random.random() < 0.6 else (255, 255, 255)
        cv2.rectangle(picture, (left, top), corner, fill, -1)
        cv2.rectangle(picture, (left, top), corner, ink, 1)
        cv2.putText(picture, _words(random, 8), (left + 4, top + int(size * 0.06)), 0, 0.4, ink, 1)


def _window(random: Generator, picture: Pixels) -> None:
    """The window of a program: bars, a list, buttons, words."""
    height, width = picture.shape[:2]
    base = int(random.choice((240, 225, 250, 45, 30)))
    picture[:] = base
    accent, shade = _any_colour(random), (int(base * 0.88) if base > 128 else base + 25,) * 3
    bar = max(12, int(height * random.uniform(0.04, 0.09)))
    side = int(width * random.uniform(0.12, 0.32))
    cv2.rectangle(picture, (0, 0), (width, bar), shade, -1)
    panel = shade if random.random() < 0.5 else (base,) * 3
    cv2.rectangle(picture, (0, bar), (side, height), panel, -1)
    cv2.line(picture, (side, bar), (side, height), (150,) * 3, 1)
    _write(random, picture, 16, (8, bar - 4), 0.4, 1, cv2.LINE_AA)
    _lines_of_text(random, picture, 8, bar + 4, side - 4, height - 20, random.uniform(0.25, 0.45))
    row = int(random.uniform(0.15, 0.8) * height)
    cv2.rectangle(picture, (0, row), (side, row + 16), accent, -1)
    for _ in range(int(random.integers(2, 12))):
        left = int(random.uniform(side + 5, max(side + 6, width - 60)))
        top = int(random.uniform(bar + 5, height - 20))
        corner = (left + int(random.uniform(30, 160)), top + int(random.uniform(14, 60)))
        cv2.rectangle(picture, (left, top), corner, shade if random.random() < 0.7 else accent, -1)
        cv2.rectangle(picture, (left, top), corner, (150,) * 3, 1)
        _write(random, picture, 9, (left + 3, top + 12), 0.35)


def _board(random: Generator, picture: Pixels) -> None:
    """A chessboard, a code of squares, or a game's field."""
    height, width = picture.shape[:2]
    count = int(random.choice((6, 8, 10, 21, 33)))
    cells = (np.add.outer(np.arange(count), np.arange(count)) % 2).astype(np.uint8)
    if count > 10:
        cells = random.integers(0, 2, (count, count)).astype(np.uint8)
    plain = random.random() < 0.6
    pair = ((0,) * 3, (255,) * 3) if plain else [_any_colour(random) for _ in range(2)]
    colours = np.array(pair, np.uint8)[cells]
    side = min(height, width)
    drawn = cv2.resize(colours, (side, side), interpolation=cv2.INTER_NEAREST)
    top, left = (height - side) // 2, (width - side) // 2
    picture[top : top + side, left : left + side] = drawn
    for _ in range(int(random.integers(0, 20)) if count <= 10 else 0):
        centre = np.array([left, top]) + (random.integers(count, size=2) + 0.5) * side / count
        _disc(picture, centre, side / count * 0.38, _any_colour(random))


def _icons(random: Generator, picture: Pixels) -> None:
    """Flat shapes on plain ground: an icon, or many."""
    height, width = picture.shape[:2]
    if random.random() < 0.5:
        picture[:] = _any_colour(random)
    count = int(random.choice((1, 1, 4, 12)))
    for _ in range(count):
        size = min(height, width) * random.uniform(0.2, 0.45) / np.sqrt(count)
        centre = random.uniform(*((0.3, 0.7) if count == 1 else (0.1, 0.9)), 2) * (width, height)
        corners = int(random.integers(3, 12))
        turns = np.sort(random.uniform(0, 2 * np.pi, corners))
        reach = size * random.uniform(0.5, 1.1, corners)[:, None]
        points = centre + np.stack([np.cos(turns), np.sin(turns)], 1) * reach
        _disc(picture, centre, size, _any_colour(random))
        cv2.fillPoly(picture, [points.astype(np.int32)], _any_colour(random), cv2.LINE_AA)
        if random.random() < 0.5:
            cv2.polylines(picture, [points.astype(np.int32)], True, (0, 0, 0), 3, cv2.LINE_AA)


def _pattern(random: Generator, picture: Pixels) -> None:
    """Dots, waves or noise of one scale, as on paper, cloth and stone."""
    height, width = picture.shape[:2]
    one, two = (np.array(_any_colour(random), np.float32) for _ in range(2))
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    scale = min(height, width) / random.uniform(4, 40)
    chance = random.random()
    if chance < 0.35:
        mix = 0.5 + 0.5 * np.sin(across / scale + random.normal(0, 2) * np.sin(down / scale))
    elif chance < 0.6:
        reach = np.hypot(across % scale - scale / 2, down % scale - scale / 2)
        mix = (reach < scale / 3).astype(float)
    else:
        noise = random.normal(0, 1, (height, width)).astype(np.float32)
        noise = np.asarray(cv2.GaussianBlur(noise, (0, 0), max(0.5, scale / 12)), np.float32)
        mix = 0.5 + noise / (4 * noise.std())
    mix = np.clip(mix, 0, 1)[:, :, None]
    picture[:] = (one * mix + two * (1 - mix)).astype(np.uint8)


def _gradient(random: Generator, picture: Pixels) -> None:
    """A desktop's background: curved sheets of smooth colour, with gloss at their edges."""
    height, width = picture.shape[:2]
    down, across = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j].astype(np.float32)
    colour = np.array(_any_colour(random), np.float32)
    canvas = colour + (np.array(_any_colour(random), np.float32) - colour) * across[:, :, None]
    for _ in range(int(random.integers(2, 7))):
        slope, bend, rate = random.normal(0, 0.8), random.uniform(0.05, 0.3), random.uniform(2, 7)
        line = random.uniform(0, 1) + slope * (across - 0.5)
        line = line + bend * np.sin(rate * across + random.uniform(0, 6))
        inside = (down > line)[:, :, None]
        sheet = np.array(_any_colour(random), np.float32)
        sheet = sheet * (0.6 + 0.6 * np.clip(1 - 3 * (down - line), 0, 1))[:, :, None]
        share = random.uniform(0.3, 1.0)
        canvas = np.where(inside, canvas * (1 - share) + sheet * share, canvas)
    picture[:] = canvas.clip(0, 255)


def _map(random: Generator, picture: Pixels) -> None:
    """Countries in flat colours with their borders."""
    height, width = picture.shape[:2]
    count = int(random.integers(6, 60))
    seeds = random.uniform(0, 1, (count, 2)) * (height, width)
    down, across = np.mgrid[0:height:2, 0:width:2].astype(np.float32)
    for places, size in ((down, height), (across, width)):
        waves = random.normal(0, 0.02 * size, (9, 9)).astype(np.float32)
        places += cv2.resize(waves, places.shape[::-1], interpolation=cv2.INTER_CUBIC)
    distance = np.stack([(down - row) ** 2 + (across - column) ** 2 for row, column in seeds])
    nearest = cv2.resize(distance.argmin(0).astype(np.uint8), (width, height), interpolation=0)
    few = np.array([_any_colour(random) for _ in range(int(random.integers(2, 9)))], np.uint8)
    picture[:] = few[random.integers(len(few), size=count)][nearest]
    border = cv2.morphologyEx(nearest, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0
    picture[border] = _any_colour(random) if random.random() < 0.3 else (40,) * 3
    for row, column in seeds.astype(int)[: int(random.integers(0, count))].tolist():
        cv2.putText(picture, _words(random, 7), (column, row), 0, 0.35, (20,) * 3, 1, cv2.LINE_AA)


def _flag(random: Generator, picture: Pixels) -> None:
    """Stripes with an emblem, or a sign: flat colours with something round or pointed on them."""
    height, width = picture.shape[:2]
    count, upright = int(random.integers(1, 6)), random.random() < 0.4
    for stripe in range(count):
        length = width if upright else height
        part = slice(stripe * length // count, (stripe + 1) * length // count)
        picture[np.s_[:, part] if upright else np.s_[part]] = _any_colour(random)
    centre = (random.uniform(0.25, 0.75, 2) * (width, height)).astype(int)
    reach = min(height, width) * random.uniform(0.12, 0.35)
    if random.random() < 0.4:
        _disc(picture, centre, reach, _any_colour(random))
    points = int(random.choice((3, 5, 6, 8)))
    turns = np.arange(2 * points) * np.pi / points - np.pi / 2
    lengths = reach * np.where(np.arange(2 * points) % 2, random.uniform(0.35, 0.8), 1.0)
    star = centre + np.stack([np.cos(turns), np.sin(turns)], 1) * lengths[:, None]
    cv2.fillPoly(picture, [star.astype(np.int32)], _any_colour(random), cv2.LINE_AA)


def _sketch(random: Generator, picture: Pixels) -> None:
    """A drawing of outlines and hatching on paper."""
    height, width = picture.shape[:2]
    ink = _ink(random, picture)
    for _ in range(int(random.integers(3, 14))):
        centre = random.uniform(0.2, 0.8, 2) * (width, height)
        turns = np.linspace(0, 2 * np.pi * random.uniform(0.4, 1), 60)
        reach = min(height, width) * random.uniform(0.05, 0.3)
        waves = 1 + 0.25 * np.sin(turns * random.integers(1, 6) + random.uniform(0, 6))
        points = centre + np.stack([np.cos(turns), np.sin(turns)], 1) * (reach * waves)[:, None]
        thick = int(random.integers(1, 4))
        cv2.polylines(picture, [points.astype(np.int32)], False, ink, thick, cv2.LINE_AA)
        if random.random() < 0.4:
            for step in np.linspace(-0.6, 0.6, 14):
                ends = centre + reach * np.array([[step - 0.3, -0.4], [step + 0.3, 0.4]])
                start, end = ends.astype(int).tolist()
                cv2.line(picture, start, end, ink, 1, cv2.LINE_AA)


def _mural(random: Generator, picture: Pixels) -> None:
    """Graffiti: bent shapes of strong colours with thick outlines, over each other and all over."""
    height, width = picture.shape[:2]
    picture[:] = _any_colour(random)
    side = min(height, width)
    thick = max(1, int(side * random.uniform(0.004, 0.025)))
    colours = [_any_colour(random) for _ in range(random.integers(3, 8))]
    line = (0, 0, 0) if random.random() < 0.7 else (255, 255, 255)
    for _ in range(int(random.integers(25, 90))):
        points = _bent(random, random.uniform(0, 1, 2) * (width, height), side, 0.04, 0.3)
        cv2.fillPoly(picture, [points], colours[random.integers(len(colours))], cv2.LINE_AA)
        if random.random() < 0.8:
            cv2.polylines(picture, [points], True, line, thick, cv2.LINE_AA)


def _heap(random: Generator, picture: Pixels) -> None:
    """Things of one kind over each other, lit from one side: fruit, stones, coins, beads."""
    height, width = picture.shape[:2]
    side = min(height, width)
    picture[:] = random.integers(0, 256)
    size = side * random.uniform(0.03, 0.14)
    hues = [np.array(_any_colour(random), float) for _ in range(int(random.integers(1, 4)))]
    rings = int(random.integers(2, 7))
    for _ in range(int(min(1500, 4 * height * width / size**2))):
        centre = (random.uniform(0, 1, 2) * (width, height)).astype(int)
        reach = size * random.uniform(0.7, 1.2)
        axes = np.array([1.0, random.uniform(0.6, 1.0)])
        colour = hues[random.integers(len(hues))] * random.uniform(0.7, 1.15)
        turn = random.uniform(0, 180)
        for ring in range(rings):
            left = 1 - ring / rings
            shade = (colour * (0.45 + 0.65 * (1 - left))).clip(0, 255).tolist()
            place = centre - int(0.3 * reach * (1 - left))
            lengths = np.maximum(1, reach * left * axes).astype(int).tolist()
            cv2.ellipse(picture, place.tolist(), lengths, turn, 0, 360, shade, -1, cv2.LINE_AA)


def _boughs(random: Generator, picture: Pixels) -> None:
    """Boughs before the sky or in the dark, sharp and lit as a camera sees them."""
    sky = np.array(((150, 185, 230), (225, 230, 235), (25, 30, 25))[random.integers(3)], float)
    picture[:] = (sky + random.normal(0, 12, 3)).clip(0, 255)
    draw_boughs(random, picture, random.uniform(-1.2, 0.4))


def draw_boughs(random: Generator, picture: Pixels, bare: float) -> None:
    """Draw twigs and leaves over a picture: from ``bare`` -2 (almost everywhere) to 2 (few)."""
    height, width = picture.shape[:2]
    side = min(height, width)
    leaves = ((70, 110, 40), (120, 140, 50), (160, 90, 40), (60, 80, 60))
    leaf = np.array(leaves[random.integers(4)], float)
    size = side * random.uniform(0.012, 0.06)
    for _ in range(int(random.integers(4, 16))):
        points = random.uniform(-0.1, 1.1, (3, 2)) * (width, height)
        wide = max(1, int(side * random.uniform(0.004, 0.03)))
        bark = (np.array([70, 55, 45]) * random.uniform(0.5, 1.3)).tolist()
        cv2.polylines(picture, [points.astype(np.int32)], False, bark, wide, cv2.LINE_AA)
    thick = random.normal(0, 1, (6, 6)).astype(np.float32)  # where the leaves are
    dense = cv2.resize(thick, (width, height), interpolation=cv2.INTER_CUBIC)
    for _ in range(int(min(4000, 3 * height * width / size**2))):
        column, row = int(random.uniform(0, width)), int(random.uniform(0, height))
        if dense[row, column] < bare:
            continue
        light = random.choice((0.4, 0.7, 1.0, 1.5)) * random.uniform(0.8, 1.2)
        colour = (leaf * light + random.normal(0, 8, 3)).clip(0, 255).tolist()
        lengths = [max(1, int(size)), max(1, int(size * random.uniform(0.3, 0.6)))]
        turn = random.uniform(0, 180)
        cv2.ellipse(picture, (column, row), lengths, turn, 0, 360, colour, -1, cv2.LINE_AA)


def _circuit(random: Generator, picture: Pixels) -> None:
    """A board of traces and parts, or a plan of a city: short straight lines, many small boxes."""
    height, width = picture.shape[:2]
    side = min(height, width)
    ground = np.array(_any_colour(random), float) * random.uniform(0.3, 1.0)
    picture[:] = ground
    trace = (ground * random.uniform(1.2, 1.8)).clip(0, 255).tolist()
    for _ in range(int(random.integers(30, 150))):
        place = random.uniform(0, 1, 2) * (width, height)
        points = [place]
        for _ in range(int(random.integers(1, 5))):
            turn = random.integers(8) * np.pi / 4
            step = np.array([np.cos(turn), np.sin(turn)]) * side * random.uniform(0.03, 0.2)
            points.append(points[-1] + step)
        cv2.polylines(picture, [np.array(points, np.int32)], False, trace, 1, cv2.LINE_AA)
    for _ in range(int(random.integers(20, 120))):
        left, top = (random.uniform(0, 1, 2) * (width, height)).astype(int).tolist()
        wide, tall = (side * random.uniform(0.01, 0.1, 2)).astype(int).tolist()
        colour = _any_colour(random) if random.random() < 0.3 else (35, 35, 40)
        cv2.rectangle(picture, (left, top), (left + wide, top + tall), colour, -1)
        for pin in range(left, left + wide, max(2, side // 80)):
            cv2.line(picture, (pin, top - 2), (pin, top - 1), (200, 200, 200), 1)


def _bent(
    random: Generator, centre: npt.NDArray[np.float64], side: int, least: float, most: float
) -> npt.NDArray[np.int32]:
    """The outline (points, 2) of a bent shape around a centre (column, row)."""
    turns = np.linspace(0, 2 * np.pi, 50, endpoint=False)
    reach = side * random.uniform(least, most)
    waves: Any = sum(
        random.normal(0, 0.35 / order) * np.sin(order * turns + random.uniform(0, 6))
        for order in range(1, 5)
    )
    stretch = random.uniform(0.5, 1.6, 2)
    outline = np.stack([np.cos(turns), np.sin(turns)], 1) * (reach * (1 + waves))[:, None] * stretch
    return (centre + outline).astype(np.int32)
