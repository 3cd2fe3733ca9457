"""Drawn characters at full size: the project's own, and those of packages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from kirara_characters.drawing.character import draw_character, paint_figure
from kirara_characters.drawing.choices import CHOICES
from kirara_characters.drawing.lighting import in_scene
from kirara_characters.faces.drawings import varied
from kirara_characters.faces.touches import restyled
from tools.illustrations.painting import Pixels, Random, application

_SIDE = 560
_COUNT = 300


class Figures:
    """Gives figures on nothing: characters of the seeds from ``first`` on, and ``others`` (RGBA).

    A ``share`` of them, 0…1, are others. Each of so many characters is drawn once and kept.
    """

    def __init__(
        self, first: int, others: Sequence[Pixels] = (), share: float = 0.0, count: int = _COUNT
    ) -> None:
        self._first, self._others, self._share = first, others, share if others else 0.0
        self._count = count
        self._figures: dict[int, Pixels] = {}
        self._portraits: dict[int, Pixels] = {}

    def figure(self, random: Random) -> Pixels:
        """A figure, RGBA; its lower edge is where it is cut off."""
        if random.random() < self._share:
            return self._others[int(random.integers(len(self._others)))]
        number = int(random.integers(self._count))
        if number not in self._figures:
            self._figures[number] = _drawn(self._first + number)
        return self._figures[number]

    def portrait(self, random: Random) -> Pixels:
        """A character with the background that belongs to it, RGB."""
        number = int(random.integers(self._count))
        if number not in self._portraits:
            attributes = varied(self._first + self._count + number)
            own = np.random.default_rng(self._first + number)
            background = str(own.choice(list(CHOICES["background"])))
            application()
            drawn = draw_character(replace(attributes, background=background), _SIDE)
            self._portraits[number] = drawn
        return self._portraits[number]


def _drawn(seed: int) -> Pixels:
    application()
    random = np.random.default_rng(seed)
    image = QImage(_SIDE, _SIDE, QImage.Format.Format_RGBA8888_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    weight = float(np.exp(random.normal(0.0, 0.4)))
    paint_figure(painter, in_scene(varied(seed)), QRectF(0, 0, _SIDE, _SIDE), weight=weight)
    painter.end()
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(_SIDE, _SIDE, 4).copy()
    if random.random() < 0.5:
        pixels = restyled(pixels, np.zeros((3, 2), np.float32), random)[0]
    return pixels
