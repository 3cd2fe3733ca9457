"""When each mora is spoken, within an utterance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

import numpy as np

from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.sound.world import FRAME, Array, Curve, pitch_of
from kirara_speech.speaking.chunks import SpokenMora

_VOICED = 0.3  # of a vowel's frames: with fewer it is whispered


@dataclass(frozen=True)
class TimedMora:
    """A mora, or with ``mora`` −1 the pause after its phrase, both numbered in the line, and the
    samples from where to where, and where its vowel begins, counted in the utterance."""

    phrase: int
    mora: int
    start: int
    vowel: int
    end: int


class Part(Protocol):
    """A symbol or label of an utterance: the number of the mora it is of, or of the phrase before
    the pause that it is, else −1 both, and whether it is the mora's vowel."""

    @property
    def mora(self) -> int:
        """See above."""
        ...

    @property
    def pause(self) -> int:
        """See above."""
        ...

    @property
    def vowel(self) -> bool:
        """See above."""
        ...


def timed_morae(
    parts: Sequence[Part], edges: Sequence[int], places: Sequence[tuple[int, int]]
) -> list[TimedMora]:
    """When each mora and pause is spoken, from where its parts begin and the last one ends.

    ``places`` says of each mora its phrase in the line and its own number there.
    """
    timed: list[TimedMora] = []
    last = -1
    for part, (start, end) in zip(parts, pairwise(edges), strict=True):
        if part.pause >= 0:
            timed.append(TimedMora(places[last][0], -1, start, start, end))
        elif part.mora == last >= 0:  # the vowel after its consonant
            vowel = start if start < end else timed[-1].vowel
            timed[-1] = replace(timed[-1], vowel=vowel, end=end)
        elif part.mora >= 0:
            last = part.mora
            timed.append(TimedMora(*places[last], start, start, end))
    return timed


def spoken_morae(sound: Array, timed: Sequence[TimedMora], begin: int) -> tuple[SpokenMora, ...]:
    """What an utterance that begins at sample ``begin`` of the line says when, and how high."""
    pitch = pitch_of(sound) if timed else np.zeros(0)
    return tuple(
        SpokenMora(
            one.phrase,
            one.mora,
            begin + one.start,
            begin + one.end,
            0.0 if one.mora < 0 else _median(pitch, one),
            one.vowel - one.start,
        )
        for one in timed
    )


def _median(pitch: Curve, mora: TimedMora) -> float:
    """The pitch of a mora's vowel, 0 if it is whispered."""
    period = FRAME * SAMPLE_RATE
    vowel = pitch[round(mora.vowel / period) : max(1, round(mora.end / period))]
    voiced = vowel[vowel > 0]
    return float(np.median(voiced)) if len(voiced) > _VOICED * len(vowel) else 0.0
