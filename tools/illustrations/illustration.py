"""Illustrations for training: figures, comics, painted scenes, sketches, drawings of packages."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from PIL import Image
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen, QRadialGradient

from tools.illustrations.figures import Figures
from tools.illustrations.painting import (
    Board,
    Kinds,
    Pixels,
    Random,
    colour,
    faded,
    family,
    gradient,
    pick,
    star_path,
)
from tools.illustrations.words import CRIES, SENTENCES, SIGNATURES

_SHAPES = ((640, 900), (700, 700), (900, 640), (600, 1000), (960, 540), (720, 860))


class Illustrations:
    """Makes illustrations of ``figures``, of drawn things on white, ``cartoons``, and of places.

    ``scenes`` are painted pictures, which are used whole or as places to stand in; ``photographs``
    are made into such places.
    """

    def __init__(
        self,
        figures: Figures,
        cartoons: Sequence[Pixels],
        scenes: Sequence[Pixels],
        photographs: Sequence[Pixels],
    ) -> None:
        self._figures, self._cartoons = figures, cartoons
        self._scenes, self._photographs = scenes, photographs

    @property
    def kinds(self) -> Kinds:
        """The kinds of illustrations."""
        return {
            "busts": (0.11, self._bust),
            "pages": (0.15, self._page),
            "studies": (0.05, self._sheet),
            "comics": (0.14, self._comic),
            "cartoons": (0.06, self._cartoon),
            "scenes": (0.21, self._scene),
            "painted": (0.12, self._painted),
            "sketches": (0.05, self._sketch),
            "pixels": (0.05, self._pixels),
            "traced": (0.06, self._traced),
        }

    def _bust(self, random: Random) -> Pixels:
        """A head or the upper half of a figure."""
        if random.random() < 0.5:
            whole = self._figures.portrait(random)
            side = len(whole)
            wide = int(side * random.uniform(0.7, 1.0))
            left = (side - wide) // 2
            return _signed(whole[:, left : left + wide], random)
        board = Board(*_shape(random))
        background(board, random)
        self._stand(board, random, random.uniform(0.35, 0.65), random.uniform(0.75, 1.25))
        return _signed(board.pixels(), random)

    def _page(self, random: Random) -> Pixels:
        """Several figures in a place."""
        board = Board(*_shape(random))
        background(board, random)
        count = int(random.integers(1, 6))
        places = np.sort(random.uniform(0.1, 0.9, count))
        for place in random.permutation(places):
            self._stand(board, random, float(place), float(random.uniform(0.35, 0.95)))
        _sparkles(board, random)
        if random.random() < 0.2:
            title = QRectF(
                0, board.height * random.uniform(0.02, 0.8), board.width, board.height / 8
            )
            board.text(
                title, pick(random, SENTENCES), board.height / 16, colour(random), bold=True,
                family=family(random), outline="#ffffff",
            )  # fmt: skip
        return _signed(board.pixels(), random)

    def _sheet(self, random: Random) -> Pixels:
        """Studies of heads on paper."""
        board = Board(*_shape(random), colour(random, value=(0.85, 1.0), most=0.2))
        columns, rows = int(random.integers(2, 4)), int(random.integers(2, 4))
        side = min(board.width / columns, board.height / rows)
        for row in range(rows):
            for column in range(columns):
                place = QRectF(
                    column * board.width / columns, row * board.height / rows, side, side
                )
                board.put(self._figures.figure(random), place, mirrored=random.random() < 0.5)
                if random.random() < 0.3:
                    label = QRectF(place.left(), place.bottom() - side / 9, side, side / 9)
                    board.text(label, pick(random, SENTENCES), side / 14, "#555555")
        return _signed(board.pixels(), random)

    def _comic(self, random: Random) -> Pixels:
        """A page of panels, mostly in black and white."""
        board = Board(*((640, 900) if random.random() < 0.8 else (900, 640)))
        for panel in _panels(board.rect.adjusted(14, 14, -14, -14), random):
            inner = Board(max(8, int(panel.width())), max(8, int(panel.height())))
            if random.random() < 0.7:
                background(inner, random)
            for _ in range(int(random.choice(3, p=(0.15, 0.6, 0.25)))):
                self._stand(inner, random, random.uniform(0.2, 0.8), random.uniform(0.6, 1.7))
            if random.random() < 0.25:
                _effect_lines(inner, random)
            for _ in range(int(random.choice(3, p=(0.3, 0.5, 0.2)))):
                _balloon(inner, random)
            if random.random() < 0.3:
                cry = QRectF(0, 0, inner.width, inner.height / 3).translated(
                    0, inner.height * random.uniform(0, 0.6)
                )
                board_size = inner.height / 5
                inner.text(cry, pick(random, CRIES), board_size, "#111111", bold=True,
                           outline="#ffffff")  # fmt: skip
            board.put(inner.pixels(), panel)
            board.box(panel, faded("#ffffff", 0.0), edge="#111111", width=3)
        picture = board.pixels()
        return _signed(_screened(picture, random) if random.random() < 0.75 else picture, random)

    def _cartoon(self, random: Random) -> Pixels:
        board = Board(*_shape(random), colour(random, value=(0.9, 1.0), most=0.25))
        if random.random() < 0.4:
            background(board, random)
        count = int(random.choice((1, 1, 2, 3)))
        for number in range(count):
            drawn = self._cartoons[int(random.integers(len(self._cartoons)))]
            white = (drawn.min(axis=2) > 246).astype(np.uint8)
            outside = _outside(white)
            side = board.width / count * random.uniform(0.7, 1.0)
            high = side * drawn.shape[0] / drawn.shape[1]
            place = QRectF(
                number * board.width / count,
                random.uniform(0, max(1, board.height - high)), side, high,
            )  # fmt: skip
            board.put(np.dstack([drawn, 255 * (1 - outside)]).astype(np.uint8), place)
        return _signed(board.pixels(), random)

    def _scene(self, random: Random) -> Pixels:
        """Part of a painted picture, in other colours, or with a figure before it."""
        whole = self._scenes[int(random.integers(len(self._scenes)))]
        height, width = whole.shape[:2]
        high, wide = (int(side * random.uniform(0.45, 1.0)) for side in (height, width))
        top, left = int(random.integers(height - high + 1)), int(random.integers(width - wide + 1))
        part = whole[top : top + high, left : left + wide]
        part = part[:, ::-1] if random.random() < 0.5 else part
        tones = part * random.uniform(0.75, 1.25) * random.normal(1.0, 0.08, 3)
        part = np.clip(tones, 0, 255).astype(np.uint8)
        if random.random() < 0.35:
            board = Board(*_shape(random))
            board.cover(part, board.rect)
            self._stand(board, random, random.uniform(0.25, 0.75), random.uniform(0.5, 1.1))
            part = board.pixels()
        return _signed(part, random)

    def _traced(self, random: Random) -> Pixels:
        """Figures before a photograph that was blurred, painted over, or drawn in few colours."""
        board = Board(*_shape(random))
        photograph = self._photographs[int(random.integers(len(self._photographs)))]
        kind = int(random.integers(4))
        if kind == 0:
            place = cv2.GaussianBlur(photograph, (0, 0), random.uniform(2, 9))
        elif kind == 1:
            place = _brushed(photograph, random)
        elif kind == 2:
            place = np.asarray(Image.fromarray(photograph).quantize(24).convert("RGB"))
        else:
            place = photograph
        board.cover(np.asarray(place, np.uint8), board.rect)
        for _ in range(int(random.choice((1, 1, 2)))):
            self._stand(board, random, random.uniform(0.2, 0.8), random.uniform(0.55, 1.3))
        return _signed(board.pixels(), random)

    def _painted(self, random: Random) -> Pixels:
        """As if with broad brushes or an airbrush: a place with figures, or without."""
        board = Board(*_shape(random))
        (_landscape if random.random() < 0.7 else _room)(board, random)
        for _ in range(int(random.choice((0, 0, 1, 2)))):
            self._stand(board, random, random.uniform(0.15, 0.85), random.uniform(0.3, 1.0))
        paint = _brushed if random.random() < 0.5 else _airbrushed
        return _signed(paint(board.pixels(), random), random)

    def _sketch(self, random: Random) -> Pixels:
        """Lines of a pencil or a pen, with some of the colours or none."""
        picture = (self._bust if random.random() < 0.6 else self._page)(random)
        grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
        light = cv2.GaussianBlur(255 - grey, (0, 0), random.uniform(2.0, 6.0))
        lines = np.clip(grey * 255 / np.maximum(256 - light, 1), 0, 255)
        lines = 255 - (255 - lines) * random.uniform(0.8, 1.6)
        paper = np.array(
            [random.uniform(225, 255), random.uniform(220, 255), random.uniform(205, 255)]
        )
        ink = random.uniform(0, 110, 3)
        share = np.clip(lines, 0, 255)[..., None] / 255
        drawn = ink + (paper - ink) * share
        if random.random() < 0.4:
            drawn = drawn * (1 - 0.35) + 0.35 * np.minimum(picture, drawn)
        drawn += random.normal(0, random.uniform(0, 7), drawn.shape)
        return np.clip(drawn, 0, 255).astype(np.uint8)

    def _pixels(self, random: Random) -> Pixels:
        """Few large pixels, of few colours."""
        picture = (self._bust if random.random() < 0.5 else self._page)(random)
        wide = int(random.choice((48, 64, 96, 128, 160)))
        high = max(1, round(picture.shape[0] * wide / picture.shape[1]))
        small = np.asarray(
            cv2.resize(picture, (wide, high), interpolation=cv2.INTER_AREA), np.uint8
        )
        few = Image.fromarray(small).quantize(int(random.choice((8, 16, 32, 64)))).convert("RGB")
        scale = max(2, 700 // max(wide, high))
        size = wide * scale, high * scale
        return np.asarray(few.resize(size, Image.Resampling.NEAREST))

    def _stand(self, board: Board, random: Random, across: float, height: float) -> None:
        """A figure on the lower edge; ``across`` and ``height`` are shares of the picture."""
        figure = self._figures.figure(random)
        high = height * board.height
        wide = high * figure.shape[1] / figure.shape[0]
        top = board.height - high * (1.0 if random.random() < 0.7 else random.uniform(0.9, 1.2))
        place = QRectF(across * board.width - wide / 2, top, wide, high)
        board.put(figure, place, mirrored=random.random() < 0.5)
        below = board.height - place.bottom()
        if below > 0:  # the rest of a body
            rest = np.repeat(figure[-1:], max(1, int(below)), axis=0)
            board.put(rest, QRectF(place.left(), place.bottom(), wide, below))


def background(board: Board, random: Random) -> None:
    """Plain, a gradient, a pattern, or a landscape or room of drawn shapes."""
    kind = random.random()
    rect = board.rect
    if kind < 0.15:
        board.box(rect, colour(random, value=(0.7, 1.0), most=0.5))
    elif kind < 0.35:
        board.box(rect, gradient(rect, colour(random), colour(random), colour(random)))
    elif kind < 0.5:
        _pattern(board, random)
    elif kind < 0.85:
        _landscape(board, random)
    else:
        _room(board, random)


def _landscape(board: Board, random: Random) -> None:
    rect, wide, high = board.rect, board.width, board.height
    sky = colour(random, value=(0.5, 1.0), most=0.8)
    board.box(rect, gradient(rect, sky, sky.lighter(140), "#ffffff"))
    if random.random() < 0.6:
        sun = QRadialGradient(QPointF(*(random.uniform(0.1, 0.9, 2) * (wide, high / 2))), high / 3)
        sun.setColorAt(0, faded("#fffbe0", 0.95))
        sun.setColorAt(1, faded("#fffbe0", 0.0))
        board.painter.fillRect(rect, sun)
    for _ in range(int(random.integers(0, 6))):
        x, y = random.uniform(0, wide), random.uniform(0, high * 0.5)
        for _ in range(5):
            size = random.uniform(0.03, 0.09) * wide
            path = QPainterPath()
            path.addEllipse(QPointF(x, y), size * 1.4, size)
            board.shape(path, faded("#ffffff", 0.75))
            x += size
    tone = colour(random, value=(0.3, 0.8))
    for layer in range(int(random.integers(1, 5))):
        line = high * (0.45 + 0.13 * layer)
        path = QPainterPath(QPointF(0, high))
        steps = int(random.integers(3, 14))
        points = line + random.normal(0, 0.06, steps + 1) * high
        path.lineTo(0, points[0])
        for step in range(1, steps + 1):
            x = wide * step / steps
            if layer % 2:
                path.lineTo(x, points[step])
            else:
                path.quadTo(x - wide / steps / 2, points[step] - high * 0.05, x, points[step])
        path.lineTo(wide, high)
        board.shape(path, tone.darker(100 + 25 * layer))
    if random.random() < 0.4:  # houses
        for _ in range(int(random.integers(2, 9))):
            x, top = random.uniform(0, wide), high * random.uniform(0.3, 0.7)
            block = QRectF(x, top, wide * random.uniform(0.06, 0.2), high - top)
            board.box(block, colour(random, value=(0.3, 0.9), most=0.5), edge="#443344")
            for row in range(4):
                pane = QRectF(x + 6, top + 10 + row * 28, block.width() / 3, 16)
                board.box(pane, "#fff0b0")


def _room(board: Board, random: Random) -> None:
    wall = colour(random, value=(0.6, 0.95), most=0.4)
    board.box(board.rect, gradient(board.rect, wall, wall.darker(130)))
    floor = QRectF(0, board.height * 0.75, board.width, board.height * 0.25)
    board.box(floor, wall.darker(160))
    for _ in range(int(random.integers(1, 6))):
        x, y = random.uniform(0, 0.8, 2) * (board.width, board.height)
        thing = QRectF(x, y, *(random.uniform(0.1, 0.35, 2) * (board.width, board.height)))
        board.box(thing, colour(random, most=0.6), edge=wall.darker(220), width=3,
                  radius=float(random.choice((0, 12))))  # fmt: skip


def _pattern(board: Board, random: Random) -> None:
    board.box(board.rect, colour(random, value=(0.7, 1.0), most=0.5))
    step, spot = random.uniform(24, 120), colour(random, value=(0.7, 1.0), most=0.6)
    kind = int(random.integers(4))
    for row in range(int(board.height / step) + 2):
        for column in range(int(board.width / step) + 2):
            x, y = (column + (row % 2) / 2) * step, row * step
            path = QPainterPath()
            if kind == 0:
                path.addEllipse(QPointF(x, y), step / 4, step / 4)
            elif kind == 1:
                path = star_path(x, y, step / 3)
            elif kind == 2:
                path.addRect(x, 0, step / 3, board.height)
            else:
                path.addRect(column * step, y, step / 2, step / 2)
            board.shape(path, faded(spot, 0.8))


def _sparkles(board: Board, random: Random) -> None:
    for _ in range(int(random.choice((0, 0, 10, 30)))):
        x, y = random.random(2) * (board.width, board.height)
        path = star_path(x, y, random.uniform(4, 18), 4, 0.25)
        board.shape(path, faded("#fffbe8", random.uniform(0.4, 1.0)))


def _panels(rect: QRectF, random: Random) -> list[QRectF]:
    """The rectangle cut into two to six panels."""
    panels, gap = [rect], 12.0
    for _ in range(int(random.integers(1, 6))):
        panel = panels.pop(int(np.argmax([one.width() * one.height() for one in panels])))
        share = random.uniform(0.35, 0.65)
        if panel.height() > panel.width() * 0.8:
            cut = panel.height() * share
            panels += [
                QRectF(panel.left(), panel.top(), panel.width(), cut - gap / 2),
                QRectF(panel.left(), panel.top() + cut + gap / 2, panel.width(),
                       panel.height() - cut - gap / 2),
            ]  # fmt: skip
        else:
            cut = panel.width() * share
            panels += [
                QRectF(panel.left(), panel.top(), cut - gap / 2, panel.height()),
                QRectF(panel.left() + cut + gap / 2, panel.top(), panel.width() - cut - gap / 2,
                       panel.height()),
            ]  # fmt: skip
    return panels


def _balloon(board: Board, random: Random) -> None:
    wide, high = (random.uniform(0.25, 0.5, 2) * (board.width, board.height)).tolist()
    x, y = random.uniform(0, 1, 2) * (board.width - wide, (board.height - high) * 0.7)
    place = QRectF(x, y, wide, high)
    path = QPainterPath()
    path.addEllipse(place) if random.random() < 0.75 else path.addRoundedRect(place, 14, 14)
    tail = QPainterPath(place.center())
    tail.lineTo(place.center().x() + 0.3 * wide, place.center().y())
    tail.lineTo(place.center().x() + random.uniform(-0.3, 0.6) * wide, place.bottom() + 0.4 * high)
    tail.closeSubpath()
    shape = path.united(tail)
    board.shape(shape, "#ffffff")
    board.painter.setBrush(Qt.BrushStyle.NoBrush)
    board.painter.setPen(QPen(QColor("#111111"), 2))
    board.painter.drawPath(shape)
    words = pick(random, SENTENCES)
    if random.random() < 0.5 and not words.isascii():  # upright, as in Japanese
        words = "\n".join(words[:7])
    inner = place.adjusted(wide * 0.14, high * 0.12, -wide * 0.14, -high * 0.12)
    board.text(inner, words, min(18, high / 8), wrap=True)


def _effect_lines(board: Board, random: Random) -> None:
    middle = QPointF(board.width / 2, board.height / 2)
    board.painter.setPen(QPen(QColor("#111111"), 1.5))
    for angle in random.uniform(0, 2 * np.pi, 60):
        far = QPointF(np.cos(angle), np.sin(angle)) * float(board.width + board.height)
        board.painter.drawLine(middle + far * random.uniform(0.22, 0.4), middle + far)


def _screened(picture: Pixels, random: Random) -> Pixels:
    """In black and white, with the dots of a printer's screen in grey parts."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32) / 255
    if random.random() < 0.4:
        return np.asarray(np.dstack([grey * 255] * 3), np.uint8)
    rows, columns = np.mgrid[: grey.shape[0], : grey.shape[1]]
    step = random.uniform(3.5, 7.0)
    screen = 0.5 + 0.25 * (
        np.sin((rows + columns) * np.pi / step) + np.sin((rows - columns) * np.pi / step)
    )
    dots = np.where((grey > 0.25) & (grey < 0.85), 255.0 * (grey > screen), 255.0 * (grey > 0.5))
    smooth = cv2.GaussianBlur(dots, (0, 0), 0.6)
    return np.asarray(np.dstack([smooth] * 3), np.uint8)


def _signed(picture: Pixels, random: Random) -> Pixels:
    """The picture without its colours, with a signature or an edge, sometimes."""
    if random.random() < 0.12:
        grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)[..., None]
        tint = random.uniform(0.85, 1.0, 3) if random.random() < 0.5 else np.ones(3)
        picture = np.asarray(grey * tint, np.uint8)
    if random.random() < 0.55:
        return picture
    height, width = picture.shape[:2]
    board = Board(width, height)
    board.put(picture, board.rect)
    words, size = pick(random, SIGNATURES), min(height, width) * random.uniform(0.025, 0.06)
    x, y = random.choice((0.0, 0.5)), random.choice((0.0, 0.92))
    place = QRectF(x * width, y * height, width / 2, height * 0.08)
    board.text(place, words, size, faded(random.choice(("#ffffff", "#222222")), 0.7),
               family=family(random))  # fmt: skip
    if random.random() < 0.15:
        board.box(board.rect, faded("#000000", 0.0), edge="#ffffff", width=0.06 * width)
    return board.pixels()


def _brushed(picture: Pixels, random: Random) -> Pixels:
    """A picture in strokes: its colours pulled in random directions, with the tooth of canvas."""
    scale = min(1.0, 640 / max(picture.shape[:2]))
    size = round(picture.shape[1] * scale), round(picture.shape[0] * scale)
    small = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
    small = np.asarray(cv2.medianBlur(small, int(random.choice((5, 7, 9)))), np.uint8)
    height, width = small.shape[:2]
    cells = random.normal(0, 1, (2, max(2, height // 12), max(2, width // 12))).astype(np.float32)
    reach = random.uniform(1.5, 5)
    shift = [
        reach * cv2.resize(one, (width, height), interpolation=cv2.INTER_CUBIC) for one in cells
    ]
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    moved = cv2.remap(small, columns + shift[0], rows + shift[1], cv2.INTER_LINEAR,
                      borderMode=cv2.BORDER_REFLECT)  # fmt: skip
    strokes = np.repeat(random.normal(0, 1, (height, max(1, width // 9))), 9, axis=1)[:, :width]
    strokes = np.pad(strokes, ((0, 0), (0, width - strokes.shape[1])), mode="edge")
    tooth = cv2.GaussianBlur(strokes.astype(np.float32), (0, 0), 1.0)
    values = moved.astype(np.float32) + random.uniform(4, 22) * tooth[..., None]
    levels = float(random.choice((16, 24, 40)))
    return np.clip(np.round(values / levels) * levels * 0.6 + values * 0.4, 0, 255).astype(np.uint8)


def _airbrushed(picture: Pixels, random: Random) -> Pixels:
    """A picture in soft light: edges that melt, mist, a glow, and the corners dark."""
    scale = min(1.0, 640 / max(picture.shape[:2]))
    size = round(picture.shape[1] * scale), round(picture.shape[0] * scale)
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    height, width = small.shape[:2]
    soft = cv2.GaussianBlur(small, (0, 0), random.uniform(3, 9))
    mist = cv2.resize(
        random.random((5, 7)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
    )[..., None]
    values = small * (1 - 0.8 * mist) + soft * 0.8 * mist
    texture = random.normal(0, 1, (height // 3 + 1, width // 3 + 1, 1)).astype(np.float32)
    grain = cv2.resize(cv2.GaussianBlur(texture, (0, 0), 2), (width, height))[..., None]
    values *= 1 + random.uniform(0.1, 0.5) * grain
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    x, y = random.uniform(0.1, 0.9, 2) * (width, height)
    far = np.hypot(columns - x, rows - y)[..., None] / max(height, width)
    light = random.uniform(120, 255, 3)
    values += light * random.uniform(0.1, 0.6) * np.exp(-((far / random.uniform(0.15, 0.4)) ** 2))
    values *= 1 - random.uniform(0.2, 0.7) * far**1.5
    tone = random.uniform(0.7, 1.15, 3)
    return np.clip(values * tone, 0, 255).astype(np.uint8)


def _outside(white: Pixels) -> Pixels:
    """Where white (0 or 1) reaches the edge of a picture."""
    _, parts = cv2.connectedComponents(white)
    edge = np.unique(np.concatenate([parts[0], parts[-1], parts[:, 0], parts[:, -1]]))
    return (np.isin(parts, edge) & (white > 0)).astype(np.uint8)


def _shape(random: Random) -> tuple[int, int]:
    return _SHAPES[int(random.integers(len(_SHAPES)))]
