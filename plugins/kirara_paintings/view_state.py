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

_KEPT: Mapping[str, tuple[str, ...]] = {
    "method": METHODS, "sort": SORTS, "only": FILTERS, "crop": (), "model": (),
}  # fmt: skip
"""The fields that are kept between sessions, with their values; () for any of the type."""

ENOUGH = 5
"""Pictures a class should have."""


@dataclass(frozen=True)
class OwnClass:
    """A class of the user's own, and its pictures."""

    name: str
    pictures: tuple[Path, ...] = ()


@dataclass(frozen=True)
class ViewState:
    """How the gallery is shown, and the user's marks in it; every edit makes a new one.

    ``method`` is the classifier whose answers group it, ``model`` the file of own classes that is
    used instead of the studio's two classifiers, or empty. ``crop`` is True if paintings are
    cropped out of frames and walls, ``turned`` are the pictures with the opposite. ``labels`` are
    the user's styles since the panel was opened, empty if a stored one was taken back; ``removed``
    are not shown. Pictures are numbers of the :class:`~kirara_paintings.collection.Collection`.
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
        return {name: getattr(self, name) for name in _KEPT}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> ViewState:
        """Read values of :meth:`to_dict`; invalid ones become the default."""
        usual = cls()
        kept = {name: values[name] for name in _KEPT if name in values}
        return cls(
            **{
                name: value
                for name, value in kept.items()
                if isinstance(value, type(getattr(usual, name)))
                and value in (_KEPT[name] or (value,))
            }
        )
