"""An utterance as a voice speaks it, and when each of its morae is spoken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.sound.world import FRAME, Array, Curve, pitch_of
from kirara_speech.speaking.chunks import Chunk, SpokenMora

_VOICED = 0.3  # of a vowel's frames: with fewer it is whispered


@dataclass(frozen=True)
class TimedMora:
    """A mora, or with ``mora`` −1 the pause after its phrase, both numbered in the line.

    ``start``, ``vowel`` (where its vowel begins) and ``end`` are samples of the utterance.
    """

    phrase: int
    mora: int
    start: int
    vowel: int
    end: int


@dataclass(frozen=True)
class Slot:
    """What a symbol or label of an utterance belongs to: a mora, or a pause after a phrase.

    ``mora`` is the number of the mora in the utterance, ``pause`` that of the phrase, else −1 both.
    ``vowel``: it is the vowel of the mora.
    """

    mora: int = -1
    pause: int = -1
    vowel: bool = False


@dataclass(frozen=True)
class Speech:
    """The sound of an utterance, and a function that times its morae after the last chunk."""

    chunks: Iterator[Chunk]
    timing: Callable[[], list[TimedMora]]


def timed_morae(
    slots: Sequence[Slot], edges: Sequence[int], places: Sequence[tuple[int, int]]
) -> list[TimedMora]:
    """When each mora and pause is spoken: ``edges`` are where the slots begin and the last ends.

    ``places`` has, for each mora, the number of its phrase in the line and its own number there.
    """
    timed: list[TimedMora] = []
    last = -1
    for part, (start, end) in zip(slots, pairwise(edges), strict=True):
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
    """The morae of an utterance that begins at sample ``begin`` of the line, with their pitch."""
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
    period = FRAME * SAMPLE_RATE
    vowel = pitch[round(mora.vowel / period) : max(1, round(mora.end / period))]
    voiced = vowel[vowel > 0]
    return float(np.median(voiced)) if len(voiced) > _VOICED * len(vowel) else 0.0
