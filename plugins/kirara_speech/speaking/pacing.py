"""The tempo of a network's voice: coarse frames stretched between Text2Mel and SSRN.

A frame belongs to the symbol that its attention points at, and lasts as many times as long as that
symbol needs. The networks after it see an ordinary mel spectrogram: there is no seam and no delay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kirara_speech.networks.config import HOP, REDUCTION
from kirara_speech.networks.decoding import Frame
from kirara_speech.reading.symbols import PAUSE, QUESTION
from kirara_speech.reading.utterances import Utterance
from kirara_speech.speaking.prosody import Prosody
from kirara_speech.speaking.timing import Slot

COARSE = HOP * REDUCTION
"""Samples from one coarse frame to the next."""


@dataclass(frozen=True)
class PacedSlot(Slot):
    """A symbol's slot; ``factor`` is how many times as long as usual it lasts."""

    factor: float = 1.0


def slots_of(utterance: Utterance, prosody: Prosody) -> list[PacedSlot]:
    """One slot for each symbol of an utterance."""
    tempo = 1 / prosody.speed
    if not utterance.phrases:
        return [PacedSlot(factor=tempo)] * len(utterance.symbols)
    slots = [PacedSlot(factor=tempo)]
    number = -1
    for index, phrase in enumerate(utterance.phrases):
        for mora in phrase.morae:
            number += 1
            factor = tempo * mora.length
            if mora.consonant:
                slots.append(PacedSlot(number, factor=factor))
            slots.append(PacedSlot(number, vowel=True, factor=factor))
        mark = utterance.symbols[len(slots)]
        inside = index + 1 < len(utterance.phrases)
        if inside and (mark == PAUSE or (mark == QUESTION and phrase.pause)):
            factor = tempo * phrase.pause_length * prosody.pauses
            slots.append(PacedSlot(pause=index, factor=factor))
        else:
            slots.append(PacedSlot(factor=tempo))
    return slots


@dataclass(frozen=True)
class PacedFrame:
    """A frame, and the number of the symbol that it belongs to."""

    frame: Frame
    symbol: int


class Pacer:
    """Stretches the frames of one utterance as they come.

    Each frame stands for the middle of its time; frames between two middles are interpolated. With
    factors of 1 the frames do not change.
    """

    def __init__(self, factors: Sequence[float]) -> None:
        self._factors = factors
        self._symbol = 0
        self._before: PacedFrame | None = None
        self._middle = self._time = 0.0  # in frames: of the frame before, and its end
        self._given = 0

    def push(self, frame: Frame) -> Iterator[PacedFrame]:
        """Take the next frame; yields the frames that are complete."""
        self._symbol = max(self._symbol, int(frame.attention.argmax()))
        factor = self._factors[self._symbol]
        now, start, middle = PacedFrame(frame, self._symbol), self._time, self._time + factor / 2
        while self._given + 0.5 < middle:
            yield self._between(now, start, middle)
            self._given += 1
        self._before, self._middle, self._time = now, middle, start + factor

    def finish(self) -> Iterator[PacedFrame]:
        """Yield the rest: at least one frame in all, if one was taken."""
        while self._before is not None and (self._given + 0.5 < self._time or not self._given):
            yield self._before
            self._given += 1

    def _between(self, now: PacedFrame, start: float, middle: float) -> PacedFrame:
        moment, before = self._given + 0.5, self._before
        if before is None:
            return now
        share = (moment - self._middle) / (middle - self._middle)
        old, new = before.frame, now.frame
        mixed = Frame(
            old.mel + share * (new.mel - old.mel),
            old.attention + share * (new.attention - old.attention),
        )
        return PacedFrame(mixed, now.symbol if moment >= start else before.symbol)


def edges_of(symbols: int, frames: Sequence[int], samples: int) -> list[int]:
    """The samples at which each symbol begins and the last one ends.

    ``frames`` has the symbol of each frame; a symbol without frames takes no time.
    """
    begins = np.searchsorted(np.array(frames), np.arange(symbols)).tolist()
    return [_sample_of(begin, len(frames), samples) for begin in (*begins, len(frames))]


def _sample_of(frame: int, frames: int, samples: int) -> int:
    # A coarse frame is the last of four fine ones: its middle is three hops after its number.
    if frame <= 0:
        return 0
    return samples if frame >= frames else min(samples, frame * COARSE + HOP)
