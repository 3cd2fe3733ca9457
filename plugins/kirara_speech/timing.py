"""When each mora is spoken, within an utterance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from kirara_speech.config import SAMPLE_RATE
from kirara_speech.pieces import SpokenMora
from kirara_speech.world import FRAME, Array, Curve, pitch_of

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

    def moved(self, samples: int) -> TimedMora:
        """The same, so many samples later."""
        return replace(
            self,
            start=self.start + samples,
            vowel=self.vowel + samples,
            end=self.end + samples,
        )


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
        )
        for one in timed
    )


def _median(pitch: Curve, mora: TimedMora) -> float:
    """The pitch of a mora's vowel, 0 where it is whispered."""
    period = FRAME * SAMPLE_RATE
    vowel = pitch[round(mora.vowel / period) : max(1, round(mora.end / period))]
    voiced = vowel[vowel > 0]
    return float(np.median(voiced)) if len(voiced) > _VOICED * len(vowel) else 0.0
