"""Finds drawn faces with a cascade file of the user's, such as nagadomi's ``lbpcascade_animeface``.

The studio ships none.
"""

from __future__ import annotations

from pathlib import Path

from kirara_characters.faces.face import Face, Picture, pixels_of, suppress, within
from kirara_studio.api.media.cascade import NEIGHBOURS, Cascade

# Where our box lies in the square of nagadomi's cascade, and its size: medians of 108 drawings.
_LEFT, _TOP, _WIDTH, _HEIGHT = 0.128, 0.144, 0.756, 0.655


class CascadeFinder:
    """Finds faces by a cascade of local binary patterns in ``path``, OpenCV's XML.

    Raises :class:`UserError` if ``path`` holds none.
    """

    def __init__(self, path: Path) -> None:
        self._cascade = Cascade(path)

    def find(self, picture: Picture) -> tuple[Face, ...]:
        """The faces in a picture, as :class:`~kirara_characters.faces.finder.FaceFinder` does.

        The cascade's squares, which show hair too, are made smaller. Scores grow with the number of
        places where a face was found.
        """
        pixels = pixels_of(picture)
        height, width = pixels.shape[:2]
        found = []
        for one in self._cascade.find(pixels):
            corner = one.left + _LEFT * one.width, one.top + _TOP * one.height
            score = one.count / (one.count + NEIGHBOURS)
            face = Face(*corner, _WIDTH * one.width, _HEIGHT * one.height, score)
            if (inside := within(face, width, height)) is not None:
                found.append(inside)
        return suppress(found)
