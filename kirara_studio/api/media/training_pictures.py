"""The pictures of a training: where they come from, and what became of each file.

Plain values that can be pickled and kept as JSON, so that a run can be repeated.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

NOT_A_PICTURE = "not a picture"
UNREADABLE = "unreadable"
NO_FACE = "no face"
SMALL = "small"
BLANK = "blank"
OUTSIDE = "outside"
DUPLICATE = "duplicate"
YOU = "you"
"""Why a picture is left out, in the order in which the reasons are shown: it is no picture; it is
damaged or may not be read; no face was found in it; its crop has too few pixels, shows nothing but
one colour, or lies mostly outside the picture; it is nearly the same as another one; the user left
it out."""

REASONS = (YOU, DUPLICATE, NO_FACE, SMALL, OUTSIDE, BLANK, UNREADABLE, NOT_A_PICTURE)

USE, LEAVE_OUT = "use", "leave out"
"""What the user decided about a picture; "" is no decision."""


class Square(NamedTuple):
    """A square in pixels of the upright picture. It may reach beyond the picture's edges."""

    left: int
    top: int
    side: int


class FileState(NamedTuple):
    """A file as it was read: its size in bytes, and when it was changed (nanoseconds)."""

    bytes: int
    changed: int


UNKNOWN = FileState(0, 0)


@dataclass(frozen=True)
class Crop:
    """A square of a file's picture, and what became of it.

    ``square`` is None if the file cannot be read. ``reason`` is why it would be left out, one of
    :data:`REASONS` or "", and ``detail`` more about it: the error, the least side in pixels, or the
    file that it nearly equals. ``decision`` is the user's, and comes first.
    """

    path: str
    square: Square | None = None
    state: FileState = UNKNOWN
    reason: str = ""
    detail: str = ""
    decision: str = ""

    @property
    def used(self) -> bool:
        """True if the training reads it."""
        decided = self.decision == USE or (not self.reason and self.decision != LEAVE_OUT)
        return decided and self.square is not None

    @property
    def why(self) -> str:
        """Why it is left out, one of :data:`REASONS`, or "" if it is used."""
        if self.used:
            return ""
        return self.reason or YOU

    @property
    def key(self) -> tuple[str, Square | None]:
        """What tells it from others: several crops may come from one file."""
        return self.path, self.square

    def decided(self, used: bool) -> Crop:
        """The same, used or left out because the user says so."""
        if used == self.used or self.square is None:
            return self
        freely = used == (not self.reason)
        return replace(self, decision="" if freely else USE if used else LEAVE_OUT)


@dataclass(frozen=True)
class TrainingPictures:
    """Files and folders in the order in which they were chosen, and the crops of their pictures."""

    sources: tuple[str, ...] = ()
    crops: tuple[Crop, ...] = ()

    @cached_property
    def used(self) -> tuple[Crop, ...]:
        """The crops that the training reads."""
        return tuple(crop for crop in self.crops if crop.used)

    @property
    def left_out(self) -> int:
        """How many crops are left out."""
        return len(self.crops) - len(self.used)

    @cached_property
    def reasons(self) -> dict[str, int]:
        """How many crops are left out for each reason, in the order of :data:`REASONS`."""
        counts = dict.fromkeys(REASONS, 0)
        for crop in self.crops:
            if crop.why:
                counts[crop.why] += 1
        return {reason: count for reason, count in counts.items() if count}

    def decided(self, numbers: Iterable[int], used: bool) -> TrainingPictures:
        """The same with the crops of these numbers used, or left out."""
        crops = list(self.crops)
        for number in numbers:
            crops[number] = crops[number].decided(used)
        return replace(self, crops=tuple(crops))

    def with_decisions_of(self, earlier: TrainingPictures) -> TrainingPictures:
        """The same with the decisions that the user made about the same crops before."""
        known = {crop.key: crop.decision for crop in earlier.crops if crop.decision}
        if not known:
            return self
        crops = (
            replace(crop, decision=known[crop.key]) if crop.key in known else crop
            for crop in self.crops
        )
        return replace(self, crops=tuple(crops))

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for JSON. Paths are kept relative to the folder that all have in common."""
        root = _common_folder([*self.sources, *(crop.path for crop in self.crops)])
        cut = len(root)
        crops = [
            [crop.path[cut:], crop.square, crop.state, crop.reason, crop.detail, crop.decision]
            for crop in self.crops
        ]
        sources = [source[cut:] for source in self.sources]
        return {"root": root, "sources": sources, "crops": crops}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> TrainingPictures:
        """Read :meth:`to_dict`'s values. Raises ValueError or TypeError if they do not fit."""
        if not isinstance(values, Mapping) or not isinstance(values.get("root"), str):
            raise ValueError("the pictures of a training need a root")
        root = values["root"]
        sources = tuple(root + _text(source) for source in values["sources"])
        return cls(sources, tuple(_crop_of(root, row) for row in values["crops"]))


def _common_folder(paths: list[str]) -> str:
    """The folder that all absolute paths lie in, with its separator; "" without one."""
    try:
        folder = os.path.commonpath([str(Path(path).parent) for path in paths])
    except ValueError:  # none, or on several drives
        return ""
    return str(Path(folder, "_"))[:-1]


def _crop_of(root: str, row: Any) -> Crop:
    path, square, state, reason, detail, decision = row
    if reason not in ("", *REASONS) or decision not in ("", USE, LEAVE_OUT):
        raise ValueError(f"unknown reason “{reason}” or decision “{decision}”")
    place = None if square is None else Square(*map(_number, square))
    if place is not None and place.side < 1:
        raise ValueError("a square needs at least a pixel")
    stamp = FileState(*map(_number, state))
    return Crop(root + _text(path), place, stamp, reason, _text(detail), decision)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{value!r} is not a whole number")
    return value
