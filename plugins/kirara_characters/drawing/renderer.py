"""The drawing program in the place of a generator. Imports no torch."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from kirara_characters.drawing.character import draw_character
from kirara_characters.models import resolution_of
from kirara_characters.networks.attribute_space import AttributeSpace, all_columns
from kirara_characters.networks.latents import Latents, Point
from kirara_studio.api.model_library import ModelFile
from kirara_studio.api.models import fingerprint

Pixels = npt.NDArray[np.uint8]

_UNMIXED = 0.3
"""Up to this share of a second character a picture shows the first one alone."""


class DrawnCharacters:
    """Draws characters from vectors of attributes, as a ``Renderer`` does from latents.

    Numbers and colours of a mixture of two characters lie between theirs. What has no between,
    such as hair styles, is drawn of one and then of the other, with a short dissolve in the middle.
    """

    def __init__(self, model: ModelFile) -> None:
        self.name = model.name
        self.fingerprint = fingerprint(model.path)
        self.path = model.path
        self.resolution = resolution_of(model)
        self.space = _space()

    def pictures(self, points: Sequence[Point], size: int = 0) -> Pixels:
        """Draw (count, size, size, 3), RGB. A ``size`` of 0 is the model's own."""
        return np.stack([self._picture(p.latent, size or self.resolution) for p in points])

    def _picture(self, vector: Latents, side: int) -> Pixels:
        first = draw_character(self.space.decode(vector), side)
        share = _dissolve(self.space.mixture(vector))
        if not share:
            return first
        second = draw_character(self.space.decode(vector, second=True), side)
        mixed = first * np.float32(1 - share) + second * np.float32(share)
        return np.asarray(mixed.round(), np.uint8)


@cache
def _space() -> AttributeSpace:
    """One for all jobs: the means that truncation needs take longer than a drawing."""
    return AttributeSpace(all_columns())


def _dissolve(mixture: float) -> float:
    """How much of the second character shows, 0…½: none for most of the way, half in the middle."""
    t = max(0.0, (mixture - _UNMIXED) / (0.5 - _UNMIXED))
    return 0.5 * t * t * (3 - 2 * t)
