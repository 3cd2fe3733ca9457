"""The tempo of a network's voice: coarse frames stretched between Text2Mel and SSRN.

A frame belongs to the symbol that its attention points at, and the symbol says how many times as
long it is to last. What the networks after it see is a mel spectrogram like any other, so there
is no seam, and nothing waits for the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kirara_speech.networks.config import HOP, REDUCTION
from kirara_speech.networks.decoding import Frame
from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.reading.symbols import PAUSE, QUESTION
from kirara_speech.reading.utterances import Utterance
from kirara_speech.speaking.prosody import Prosody

COARSE = HOP * REDUCTION
"""Samples from one coarse frame to the next."""


@dataclass(frozen=True)
class Slot:
    """What a symbol belongs to: ``mora``, the number of a mora in the utterance, or ``pause``, that
    of the phrase before a pause, else −1 both. ``factor`` is how many times as long it is."""

    mora: int = -1
    pause: int = -1
    vowel: bool = False
    factor: float = 1.0


def slots_of(utterance: Utterance, prosody: Prosody) -> list[Slot]:
    """One slot for each symbol of an utterance."""
    tempo = 1 / prosody.speed
    if not utterance.phrases:
        return [Slot(factor=tempo)] * len(utterance.symbols)
    slots = [Slot(factor=tempo)]
    number = -1
    for index, phrase in enumerate(utterance.phrases):
        for mora in phrase.morae:
            number += 1
            factor = tempo * mora.length
            if mora.consonant:
                slots.append(Slot(number, factor=factor))
            slots.append(Slot(number, vowel=True, factor=factor))
        mark = utterance.symbols[len(slots)]
        inside = index + 1 < len(utterance.phrases)
        if inside and (mark == PAUSE or (mark == QUESTION and phrase.pause)):
            slots.append(Slot(pause=index, factor=tempo * pause_factor(phrase, prosody)))
        else:
            slots.append(Slot(factor=tempo))
    return slots


def pause_factor(phrase: AccentPhrase, prosody: Prosody) -> float:
    """How many times as long as the voice would make it the pause after a phrase is."""
    return phrase.pause_length * prosody.pauses


@dataclass(frozen=True)
class PacedFrame:
    """A frame as it is spoken, and the number of the symbol that it belongs to."""

    frame: Frame
    symbol: int


class Pacer:
    """Stretches the frames of one utterance, while more are still to come.

    Each frame stands for the middle of its time; between two middles frames are mixed. With
    factors of 1 the frames come out as they went in.
    """

    def __init__(self, factors: Sequence[float]) -> None:
        self._factors = factors
        self._symbol = 0
        self._before: PacedFrame | None = None
        self._middle = self._time = 0.0  # in frames: of the frame before, and its end
        self._given = 0

    def push(self, frame: Frame) -> Iterator[PacedFrame]:
        """Take the next frame; gives those that are known by now."""
        self._symbol = max(self._symbol, int(frame.attention.argmax()))
        factor = self._factors[self._symbol]
        now, start, middle = PacedFrame(frame, self._symbol), self._time, self._time + factor / 2
        while self._given + 0.5 < middle:
            yield self._between(now, start, middle)
            self._given += 1
        self._before, self._middle, self._time = now, middle, start + factor

    def finish(self) -> Iterator[PacedFrame]:
        """Gives what is left: at least one frame is given in all, if one was taken."""
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
    """Where each of so many symbols begins, and the last one ends, in an utterance of so many
    samples; ``frames`` has the symbol of each frame. What no frame pointed at takes no time."""
    begins = np.searchsorted(np.array(frames), np.arange(symbols)).tolist()
    return [_sample_of(begin, len(frames), samples) for begin in (*begins, len(frames))]


def _sample_of(frame: int, frames: int, samples: int) -> int:
    # A coarse frame is the last of four fine ones: its middle is three hops after its number.
    if frame <= 0:
        return 0
    return samples if frame >= frames else min(samples, frame * COARSE + HOP)
