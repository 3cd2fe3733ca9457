"""Pictures of no other class, for training: paintings, texts, diagrams, icons, objects."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainterPath, QPen

from tools.illustrations.painting import (
    LEFT,
    Board,
    Kinds,
    Pixels,
    Random,
    colour,
    faded,
    family,
    gradient,
    pick,
)
from tools.illustrations.photographs import photograph
from tools.illustrations.words import MENUS, NAMES, SENTENCES, SLOGANS


class Others:
    """Makes them of ``paintings``, ``photographs`` and ``wallpapers``, and of RGBA things.

    These are ``objects`` and ``icons``.
    """

    def __init__(
        self,
        paintings: Sequence[Pixels],
        photographs: Sequence[Pixels],
        objects: Sequence[Pixels],
        icons: Sequence[Pixels],
        wallpapers: Sequence[Pixels],
    ) -> None:
        self._paintings, self._photographs = paintings, photographs
        self._objects, self._icons = objects, icons
        self._wallpapers = wallpapers

    @property
    def kinds(self) -> Kinds:
        """The kinds of other pictures."""
        return {
            "paintings": (0.17, self._painting),
            "texts": (0.22, self._slogan),
            "diagrams": (0.18, _diagram),
            "icons": (0.13, self._icon),
            "objects": (0.15, self._object),
            "patterns": (0.09, _pattern),
            "wallpapers": (0.06, self._wallpaper),
        }

    def _painting(self, random: Random) -> Pixels:
        """The middle of a piece of a puzzle, or most of a whole painting."""
        whole = self._paintings[int(random.integers(len(self._paintings)))]
        height, width = whole.shape[:2]
        cut_out = bool((whole[:, [0, -1]].min(axis=2) > 250).any())
        share = 0.6 if cut_out else random.uniform(0.7, 1.0)
        high, wide = int(height * share), int(width * share)
        top, left = (height - high) // 2, (width - wide) // 2
        return whole[top : top + high, left : left + wide]

    def _wallpaper(self, random: Random) -> Pixels:
        """Most of a picture for desktops, of no thing."""
        whole = self._wallpapers[int(random.integers(len(self._wallpapers)))]
        height, width = whole.shape[:2]
        high, wide = (int(side * random.uniform(0.5, 1.0)) for side in (height, width))
        top, left = int(random.integers(height - high + 1)), int(random.integers(width - wide + 1))
        return whole[top : top + high, left : left + wide]

    def _slogan(self, random: Random) -> Pixels:
        """Words on a plain colour, or over a photograph."""
        board = Board(*((800, 800), (900, 600), (700, 900))[int(random.integers(3))])
        over = random.random() < 0.4
        if over:
            board.cover(photograph(self._photographs, random), board.rect)
        else:
            board.box(board.rect, gradient(board.rect, colour(random), colour(random)))
        lines = int(random.integers(1, 5))
        for number in range(lines):
            y = board.height * ((number + 0.5) / lines - 0.15)
            place = QRectF(20, y, board.width - 40, board.height * 0.3)
            board.text(
                place, pick(random, SLOGANS), board.height * random.uniform(0.04, 0.11),
                "#ffffff" if over else colour(random, value=(0.0, 1.0)), bold=random.random() < 0.7,
                family=family(random), outline="#000000" if over else None, wrap=True,
            )  # fmt: skip
        return board.pixels()

    def _icon(self, random: Random) -> Pixels:
        paper = "#ffffff" if random.random() < 0.6 else colour(random)
        board = Board(700, int(random.choice((500, 700))), paper)
        across = int(random.choice((1, 1, 2, 4)))
        side = board.width / across
        for number in range(across * max(1, int(board.height // side))):
            icon = self._icons[int(random.integers(len(self._icons)))]
            x, y = (number % across) * side, (number // across) * side
            board.put(icon, _fitted(icon, QRectF(x, y, side, side).adjusted(*_margins(side))))
            if across > 1 and random.random() < 0.5:
                board.text(QRectF(x, y + side * 0.84, side, side * 0.14), pick(random, MENUS),
                           side * 0.09, "#333333")  # fmt: skip
        return board.pixels()

    def _object(self, random: Random) -> Pixels:
        """A thing that is for sale."""
        board = Board(800, int(random.choice((600, 800))))
        tone = colour(random, value=(0.8, 1.0), most=0.2)
        board.box(board.rect, gradient(board.rect, "#ffffff", tone))
        thing = self._objects[int(random.integers(len(self._objects)))]
        board.put(thing, _fitted(thing, board.rect.adjusted(*_margins(600))))
        if random.random() < 0.5:
            place = QRectF(30, board.height - 120, 300, 90)
            board.text(place, f"{pick(random, NAMES)}\n¥{int(random.integers(1, 99)) * 100:,}", 34,
                       "#222222", align=LEFT)  # fmt: skip
        return board.pixels()


def _margins(side: float) -> tuple[float, float, float, float]:
    edge = 0.12 * side
    return edge, edge, -edge, -edge


def _fitted(picture: Pixels, place: QRectF) -> QRectF:
    """The largest rectangle of the picture's shape in the middle of a place."""
    height, width = picture.shape[:2]
    scale = min(place.width() / width, place.height() / height)
    result = QRectF(0, 0, width * scale, height * scale)
    result.moveCenter(place.center())
    return result


def _diagram(random: Random) -> Pixels:
    """Bars, lines, a pie, boxes with arrows, or notes."""
    board = Board(900, 640, "#ffffff" if random.random() < 0.8 else "#22252c")
    ink = "#333333"
    board.text(QRectF(0, 10, 900, 50), pick(random, SLOGANS), 30, "#666688", bold=True)
    kind = int(random.integers(5))
    board.painter.setPen(QPen(QColor(ink), 2))
    if kind < 2:
        board.painter.drawLine(90, 560, 860, 560)
        board.painter.drawLine(90, 80, 90, 560)
        count = int(random.integers(4, 14))
        for number in range(count):
            x, high = 110 + number * 740 / count, random.uniform(20, 440)
            if kind == 0:
                board.box(QRectF(x, 560 - high, 500 / count, high), colour(random))
            board.text(QRectF(x, 566, 700 / count, 26), pick(random, MENUS), 13, "#777777")
        for _ in range(int(random.integers(1, 4)) if kind == 1 else 0):
            path = QPainterPath(QPointF(90, random.uniform(100, 540)))
            for number in range(1, count + 1):
                path.lineTo(90 + number * 760 / count, random.uniform(100, 540))
            board.painter.strokePath(path, QPen(colour(random), 3))
    elif kind == 2:
        start = 0.0
        for share in random.dirichlet(np.full(5, 2.0)):
            path = QPainterPath(QPointF(420, 340))
            path.arcTo(QRectF(200, 120, 440, 440), start, 360 * share)
            path.closeSubpath()
            board.shape(path, colour(random, value=(0.5, 1.0)))
            start += 360 * float(share)
    elif kind == 3:
        places = [
            QRectF(60 + 290 * (n % 3), 110 + 180 * (n // 3), 200, 90)
            for n in range(int(random.integers(3, 9)))
        ]
        for first, second in pairwise(places):
            board.painter.setPen(QPen(QColor("#888888"), 3))
            board.painter.drawLine(first.center(), second.center())
        for place in places:
            board.box(
                place, colour(random, value=(0.85, 1.0), most=0.4), radius=10, edge=ink, width=2
            )
            board.text(place, pick(random, MENUS), 22, ink)
    else:
        board.box(board.rect, "#fdfbf2")
        for number in range(12):
            place = QRectF(50, 70 + 44 * number, 800, 40)
            board.text(
                place, pick(random, SENTENCES), 24, "#223366", align=LEFT, family=family(random)
            )
    return board.pixels()


def _pattern(random: Random) -> Pixels:
    """A texture or an abstract picture."""
    if random.random() < 0.5:
        cells = int(random.choice((3, 6, 24, 120)))
        coarse = random.normal(128, 60, (cells, cells, 3)).astype(np.float32)
        if random.random() < 0.5:
            coarse = coarse.mean(axis=2, keepdims=True) * random.uniform(0.5, 1.3, 3).astype(
                np.float32
            )
        smooth = cv2.resize(coarse, (640, 640), interpolation=cv2.INTER_CUBIC)
        smooth += random.normal(0, random.choice((0.0, 8.0, 25.0)), smooth.shape)
        return np.clip(smooth, 0, 255).astype(np.uint8)
    board = Board(800, 600)
    board.box(board.rect, gradient(board.rect, colour(random), colour(random)))
    for _ in range(int(random.integers(3, 30))):
        path = QPainterPath(QPointF(*(random.random(2) * (800, 600))))
        for _ in range(3):
            path.cubicTo(*(random.random(6) * np.tile((1000, 700), 3)).tolist())
        board.shape(path, faded(colour(random), random.uniform(0.2, 0.9)))
    return board.pixels()
