"""The view state of the panel: what the user set and marked. Plain values without Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kirara_paintings.answers import METHODS, NETWORK, WHOLE, Box

BY_CONFIDENCE, BY_NAME = "confidence", "name"
SORTS = (BY_CONFIDENCE, BY_NAME)

ALL, DISAGREE, CORRECTED = "all", "disagree", "corrected"
FILTERS = (ALL, DISAGREE, CORRECTED)

ENOUGH = 5
"""Pictures a class should have."""


@dataclass(frozen=True)
class OwnClass:
    """A class of the user's own, and its pictures."""

    name: str
    pictures: tuple[Path, ...] = ()


@dataclass(frozen=True)
class ViewState:
    """How the gallery is shown, and what was marked in it; every edit makes a new one.

    ``method`` is by whose answers it is grouped, ``model`` the file of own classes that is used in
    place of the studio's two classifiers, or empty. ``crop`` is True if paintings are cropped out
    of frames and walls, ``turned`` for which pictures it is the other way round. ``labels`` are
    styles that the user gave since the panel was opened, an empty one where the one that was
    remembered was taken back; ``removed`` is what was taken out of the gallery. Pictures are
    named by their numbers in the :class:`~kirara_paintings.collection.Collection`.
    """

    method: str = NETWORK
    sort: str = BY_CONFIDENCE
    only: str = ALL
    crop: bool = True
    model: str = ""
    turned: frozenset[int] = frozenset()
    labels: Mapping[int, str] = field(default_factory=dict)
    removed: frozenset[int] = frozenset()
    classes: tuple[OwnClass, ...] = ()

    def crops(self, number: int) -> bool:
        """True if the painting is cropped out of a picture."""
        return self.crop != (number in self.turned)

    def box_of(self, number: int) -> Box | None:
        """The part of a picture to classify, or None to find it."""
        return None if self.crops(number) else WHOLE

    def to_dict(self) -> dict[str, Any]:
        """The part that is kept between sessions, as plain JSON values."""
        return {
            "method": self.method,
            "sort": self.sort,
            "only": self.only,
            "crop": self.crop,
            "model": self.model,
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> ViewState:
        """Read values of :meth:`to_dict`; invalid ones become the default."""
        usual = cls()

        def one_of(name: str, known: tuple[str, ...]) -> str:
            value = values.get(name)
            return value if value in known else getattr(usual, name)

        crop, model = values.get("crop"), values.get("model")
        return cls(
            one_of("method", METHODS),
            one_of("sort", SORTS),
            one_of("only", FILTERS),
            crop if isinstance(crop, bool) else usual.crop,
            model if isinstance(model, str) else usual.model,
        )
