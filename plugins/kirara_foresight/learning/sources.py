"""Sequences to train on and to judge with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import numpy as np
import numpy.typing as npt

from kirara_foresight.learning import digits
from kirara_studio.api.errors import UserError

Frames = npt.NDArray[np.float32]
Clip = npt.NDArray[np.uint8]
_Part = tuple[Clip, "npt.NDArray[np.bool_] | None"]  # a clip, and what is unseen of it

_HELD_OUT = 4
"""The last of so many equal parts of a clip is held out."""


class DigitsSource:
    """Moving digits, 0…1, each sequence drawn from a seed.

    ``learnt`` gives (size, frames, height, width) to train on, ``judged`` the same of held-out
    data.
    """

    def __init__(self, all_digits: digits.Digits) -> None:
        self._learnt, self._judged = digits.split(all_digits)
        if not len(self._judged):
            raise UserError(
                "{count} digits are too few to hold some out for judging.",
                advice="Use a file with more digits.",
                count=len(all_digits),
            )

    def learnt(self, size: int, frames: int, seed: tuple[int, ...]) -> Frames:
        return digits.batch(self._learnt, size, frames, seed)

    def judged(self, size: int, frames: int, seed: tuple[int, ...]) -> Frames:
        return digits.batch(self._judged, size, frames, seed)


@dataclass(frozen=True)
class ClipsSource:
    """Squares cut out of clips, each (time, height, width), 0…255, as of :class:`DigitsSource`.

    The last quarter of each clip is held out, or the last ``forecast`` frames if they are more; all
    of it is predicted when judging. With ``turned``, squares are turned and mirrored at random: for
    weather, which moves in any direction. Of ``busy`` random squares the brightest is taken. What
    is ``unseen`` of a clip, a mask of its shape, is NaN when judging.
    """

    clips: Sequence[Clip]
    side: int
    forecast: int
    turned: bool = False
    busy: int = 1
    unseen: Sequence[npt.NDArray[np.bool_]] = ()

    def learnt(self, size: int, frames: int, seed: tuple[int, ...]) -> Frames:
        before = [(clip[: len(clip) - self._held_out(clip)], None) for clip in self.clips]
        return self._batch(before, size, frames, seed, self.turned)

    def judged(self, size: int, frames: int, seed: tuple[int, ...]) -> Frames:
        seen = frames - self.forecast
        after = [
            (clip[first:], None if mask is None else mask[first:])
            for clip, mask in self._with_masks()
            for first in [max(0, len(clip) - self._held_out(clip) - seen)]
        ]
        return self._batch(after, size, frames, seed, False)

    def whole(self, size: int, frames: int, seed: tuple[int, ...]) -> Frames:
        """The same of whole clips: for clips that no training uses."""
        return self._batch(self._with_masks(), size, frames, seed, False)

    def _with_masks(self) -> list[_Part]:
        return list(zip_longest(self.clips, self.unseen))

    def _held_out(self, clip: Clip) -> int:
        return max(self.forecast, len(clip) // _HELD_OUT)

    def _batch(
        self,
        parts: Sequence[_Part],
        size: int,
        frames: int,
        seed: tuple[int, ...],
        turned: bool,
    ) -> Frames:
        long_enough = [part for part in parts if len(part[0]) >= frames]
        if not long_enough:
            longest = max((len(clip) for clip, _ in parts), default=0)
            raise UserError(
                "A sequence needs {frames} frames, and the longest part of a clip for this use has "
                "only {longest}.",
                advice="Use longer clips, or see and predict fewer frames.",
                frames=frames,
                longest=longest,
            )
        random = np.random.default_rng(seed)
        weights = np.array([len(clip) for clip, _ in long_enough], float)
        weights /= weights.sum()
        sequences = []
        for _ in range(size):
            clip, unseen = long_enough[int(random.choice(len(long_enough), p=weights))]
            places = [self._place(clip, frames, random) for _ in range(self.busy)]
            place = max(places, key=lambda one: int(clip[one].sum(dtype=np.int64)))
            square = self._filled(clip[place])
            if turned:
                square = _turned(square, random)
            values = square.astype(np.float32) / np.float32(255)
            if unseen is not None:
                values[self._filled(unseen[place])] = np.nan
            sequences.append(values)
        return np.stack(sequences)

    def _place(
        self, clip: Clip, frames: int, random: np.random.Generator
    ) -> tuple[slice, slice, slice]:
        """A random square."""
        first = int(random.integers(len(clip) - frames + 1))
        height, width = (max(self.side, side) for side in clip.shape[1:])
        top = int(random.integers(height - self.side + 1))
        left = int(random.integers(width - self.side + 1))
        return (
            slice(first, first + frames),
            slice(top, top + self.side),
            slice(left, left + self.side),
        )

    def _filled(self, square: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """The square at its whole size, its edges repeated where the clip is smaller."""
        missing = [(0, 0), *((0, self.side - side) for side in square.shape[1:])]
        return np.pad(square, missing, "edge") if any(after for _, after in missing) else square


def _turned(square: Clip, random: np.random.Generator) -> Clip:
    square = np.rot90(square, int(random.integers(4)), (1, 2))
    return square[:, :, ::-1] if random.random() < 0.5 else square


Source = DigitsSource | ClipsSource
