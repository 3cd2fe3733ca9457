"""The sound of a line, as far as it was computed, with its pictures and morae. No Qt, no torch."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import log2

import numpy as np

from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.speaking.chunks import Array, Chunk, SpeakRequest, SpokenMora

KEPT = 600 * SAMPLE_RATE
"""Samples that are cached."""


@dataclass(frozen=True)
class Part:
    """An utterance, from sample ``start`` to ``end``; ``mel`` and ``attention`` may be empty."""

    start: int
    end: int
    mel: Array
    attention: Array
    symbols: tuple[str, ...]


class Spoken:
    """Grows by the chunks of one request until it is ``complete``."""

    def __init__(self, request: SpeakRequest) -> None:
        self.request = request
        self.complete = False
        self.chunks: list[Chunk] = []
        self.samples = 0
        self._joined = np.zeros(0, np.float32)
        self._joined_of = 0

    def add(self, chunk: Chunk) -> None:
        self.chunks.append(chunk)
        self.samples += len(chunk.sound)

    @property
    def sound(self) -> Array:
        """All chunks so far (samples,)."""
        if self._joined_of < len(self.chunks):
            new = [chunk.sound for chunk in self.chunks[self._joined_of :]]
            self._joined = np.concatenate([self._joined, *new])
            self._joined_of = len(self.chunks)
        return self._joined

    @property
    def seconds(self) -> float:
        return self.samples / SAMPLE_RATE

    @property
    def morae(self) -> tuple[SpokenMora, ...]:
        """The morae of the complete utterances."""
        return tuple(mora for chunk in self.chunks for mora in chunk.morae)

    @property
    def parts(self) -> list[Part]:
        """The utterances, without the silence around them."""
        numbers: dict[int, list[tuple[int, Chunk]]] = {}
        at = 0
        for chunk in self.chunks:
            numbers.setdefault(chunk.utterance, []).append((at, chunk))
            at += len(chunk.sound)
        return [_part(group) for group in numbers.values()]

    def mora_at(self, sample: int) -> tuple[SpokenMora, float] | None:
        """The mora at a sample, and the share of it before that sample."""
        for mora in self.morae:
            if mora.start <= sample < mora.end:
                return mora, (sample - mora.start) / (mora.end - mora.start)
        return None


def _part(group: list[tuple[int, Chunk]]) -> Part:
    made = [(at, chunk) for at, chunk in group if chunk.mel.size] or group
    morae = [mora for _, chunk in group for mora in chunk.morae]
    start, end = made[0][0], made[-1][0] + len(made[-1][1].sound)
    if not any(chunk.mel.size for _, chunk in made) and morae:
        start, end = morae[0].start, morae[-1].end
    empty = np.zeros((0, 0), np.float32)
    mels = [chunk.mel for _, chunk in made if chunk.mel.size]
    attentions = [chunk.attention for _, chunk in made if chunk.attention.size]
    return Part(
        start,
        end,
        np.concatenate(mels, axis=1) if mels else empty,
        np.concatenate(attentions, axis=1) if attentions else empty,
        next((chunk.symbols for _, chunk in reversed(group) if chunk.symbols), ()),
    )


@dataclass(frozen=True)
class PitchContour:
    """The pitch of spoken morae: semitones around the median, by (phrase, mora)."""

    spoken: tuple[SpokenMora, ...]
    phrases: tuple[AccentPhrase, ...]

    @cached_property
    def measured(self) -> Mapping[tuple[int, int], float]:
        """The measured pitch; morae without one are left out."""
        voiced = [mora for mora in self.spoken if mora.pitch > 0 and mora.mora >= 0]
        if not voiced:
            return {}
        median = float(np.median([mora.pitch for mora in voiced]))
        return {(m.phrase, m.mora): 12 * log2(m.pitch / median) for m in voiced}

    def unmodified(self, phrases: tuple[AccentPhrase, ...]) -> dict[tuple[int, int], float]:
        """Without the user's edits of single morae, for the ``phrases`` with the same accent."""
        found = {}
        for (number, place), value in self.measured.items():
            if number >= min(len(phrases), len(self.phrases)):
                continue
            now, then = phrases[number], self.phrases[number]
            if now.accent == then.accent and now.kana == then.kana:
                found[number, place] = value - then.morae[place].pitch
        return found

    def unchanged(self, phrases: tuple[AccentPhrase, ...]) -> dict[tuple[int, int], float]:
        """The measured pitch of the ``phrases`` that have not changed."""
        same = {i for i, (a, b) in enumerate(zip(phrases, self.phrases, strict=False)) if a == b}
        return {place: value for place, value in self.measured.items() if place[0] in same}


def key_of(request: SpeakRequest) -> Hashable:
    """The same for requests that sound the same."""
    voice = request.voice
    networks = (voice.name, str(voice.text2mel), str(voice.ssrn), voice.remote)
    return request.text, networks, request.phrases, request.prosody, request.measured


class SpokenStore:
    """A cache of sounds by their requests, up to :data:`KEPT` samples."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._spoken: OrderedDict[Hashable, Spoken] = OrderedDict()

    def get(self, request: SpeakRequest) -> Spoken | None:
        """The sound of a request, complete or growing, or None."""
        key = key_of(request)
        if key in self._spoken:
            self._spoken.move_to_end(key)
        return self._spoken.get(key)

    def begin(self, request: SpeakRequest) -> Spoken:
        """Add an empty sound; the oldest are dropped if there are too many."""
        total = sum(spoken.samples for spoken in self._spoken.values())
        while total > self._kept and self._spoken:
            total -= self._spoken.popitem(last=False)[1].samples
        spoken = self._spoken[key_of(request)] = Spoken(request)
        return spoken

    def drop(self, spoken: Spoken) -> None:
        """Remove a sound that will not be completed."""
        key = key_of(spoken.request)
        if self._spoken.get(key) is spoken:
            del self._spoken[key]

    def clear(self) -> None:
        self._spoken.clear()
