"""A small classifier that is real: it goes by a picture's mean colour."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kirara_paintings.answers import WHOLE, Answer, Explanation, Pixels, Reason
from kirara_paintings.styles import NONE, STYLES

COLOURS = {
    STYLES[0]: (220, 30, 30),
    STYLES[1]: (30, 200, 60),
    STYLES[2]: (30, 30, 30),
    STYLES[3]: (240, 200, 40),
    NONE: (250, 250, 250),
}
"""The mean colour of each class."""


class MeanColour:
    """The nearer a picture's mean colour to that of a class, the more probable that is."""

    method = "features"
    classes = tuple(COLOURS)

    def classify(self, pictures: Sequence[Pixels]) -> list[Answer]:
        return [self._answer(picture) for picture in pictures]

    def explain(self, picture: Pixels, style: str) -> Explanation:
        red = float(picture[..., 0].mean())
        return Explanation(style, [Reason("mean red", red, 1.0, (0.0, 255.0), [WHOLE])])

    def _answer(self, picture: Pixels) -> Answer:
        mean = picture.reshape(-1, 3).mean(0)
        near = {name: -np.linalg.norm(mean - colour) / 20 for name, colour in COLOURS.items()}
        odds = {name: float(np.exp(value - max(near.values()))) for name, value in near.items()}
        total = sum(odds.values())
        return Answer(self.method, {name: value / total for name, value in odds.items()})
