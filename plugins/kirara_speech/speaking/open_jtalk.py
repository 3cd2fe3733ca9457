"""The voice that is always there: Open JTalk's "mei" (pyopenjtalk-plus; CC BY 3.0).

Readings, accents, pauses, devoiced vowels, tempo and pitch are its own inputs. The rest is done to
its sound: the length and pitch of single morae, the intonation, and the rise of a question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.reading.japanese import open_jtalk
from kirara_speech.reading.phrases import morae_in
from kirara_speech.reading.utterances import Utterance
from kirara_speech.sound.alignment import aligned
from kirara_speech.sound.resampling import resample
from kirara_speech.sound.world import Curve, resynthesise, soft_clip
from kirara_speech.speaking.chunks import Array, Chunk
from kirara_speech.speaking.contours import (
    curve_of,
    mora_pitches,
    moved,
    question_curve,
    whispered,
    whispers,
)
from kirara_speech.speaking.jtalk_labels import Label, labels_of
from kirara_speech.speaking.prosody import Prosody
from kirara_speech.speaking.timing import Speech, TimedMora, timed_morae

LONGEST = 400
"""Phonemes of an utterance: nearly every sentence fits."""

LEVEL = 0.6
"""Factor for the voice's level: it reaches 1.6 times full scale, and 10 of 40 sentences clip."""

_FADE = 110  # samples: 5 ms
_LEAST_SILENCE = 880  # samples around a sentence: 40 ms, in which it begins and dies away
_CONSONANT = 1.25
"""The most by which a consonant is lengthened; the rest goes to the vowel, as in speech."""
_BLOCK = 110  # samples: 5 ms
_QUIET = 10 ** (-45 / 20)  # of the loudest block
_BEFORE, _AFTER = 441, 882  # samples: 20 and 40 ms, in which a consonant begins and a vowel dies


Edges = npt.NDArray[np.int64]
"""Samples (labels + 1,): where each label's sound begins, and where the last one ends."""


class OpenJTalkVoice:
    """Speaks with Open JTalk's voice."""

    front_end, longest = "japanese", LONGEST

    def speak(self, utterance: Utterance, prosody: Prosody, *, first: bool, last: bool) -> Speech:
        """Speak an utterance, without the voice's own silence at the ends of the line."""
        whole, whole_timing = utter(utterance, prosody)
        start, end = trim_silence(whole)
        cut = start if first else 0
        sound = whole[cut : end if last else len(whole)]

        def now(at: int) -> int:
            return min(max(at - cut, 0), len(sound))

        def timing() -> list[TimedMora]:
            return [
                replace(one, start=now(one.start), vowel=now(one.vowel), end=now(one.end))
                for one in whole_timing()
            ]

        return Speech(iter([Chunk(0, sound)]), timing)


def trim_silence(sound: Array) -> tuple[int, int]:
    """The first and last sample of a sound (samples,) without silence; all of it if it is silent.

    Silence is 45 dB below the loudest 5 ms.
    """
    blocks = sound[: len(sound) // _BLOCK * _BLOCK].reshape(-1, _BLOCK)
    levels = np.sqrt(np.square(blocks).mean(axis=1, dtype=np.float64))
    loud = np.flatnonzero(levels > _QUIET * levels.max(initial=0))
    if not len(loud):
        return 0, len(sound)
    start, end = int(loud[0]) * _BLOCK - _BEFORE, int(loud[-1] + 1) * _BLOCK + _AFTER
    return max(start, 0), min(end, len(sound))


def utter(utterance: Utterance, prosody: Prosody) -> tuple[Array, Callable[[], list[TimedMora]]]:
    """The sound of an utterance (samples,), −1…1, at 22,050 Hz, and a function that times it.

    The function, which finds each mora and pause, costs about as much again.
    """
    labels = labels_of(utterance)
    texts = [label.text for label in labels]
    sound = _synthesize(texts, prosody.speed, prosody.pitch)

    def edges_of() -> Edges:
        return _edges(texts, sound, prosody)

    factors = _pause_factors(utterance, prosody, labels)
    resynthesised = _needs_world(utterance, prosody)
    if not factors and not resynthesised:
        return sound, lambda: timed_morae(labels, edges_of().tolist(), utterance.places)
    changed, edges = _with_pauses(sound, factors, edges_of())
    if resynthesised:
        changed, edges = _resynthesised(changed, utterance, prosody, labels, edges)
    return changed, lambda: timed_morae(labels, edges.tolist(), utterance.places)


def _needs_world(utterance: Utterance, prosody: Prosody) -> bool:
    """True if the voice has no input for an edit."""
    if prosody.intonation != 1 or whispers(utterance.phrases).any():
        return True
    return any(phrase.question for phrase in utterance.phrases) or any(
        mora.pitch != 0 or mora.length != 1 for mora in morae_in(utterance.phrases)
    )


def _edges(texts: Sequence[str], sound: Array, prosody: Prosody) -> Edges:
    """Where the labels are in the sound.

    The length of a label does not depend on others, so each is synthesised alone. At another tempo
    some are stretched more than others; then the sound is aligned with that at the usual tempo.
    """
    edges = np.cumsum([0, *map(_samples_of, texts)])
    if prosody.speed == 1:
        return np.round(edges * (len(sound) / max(1, edges[-1]))).astype(np.int64)
    own = _synthesize(texts, 1, prosody.pitch)
    return aligned(own, sound, np.round(edges * (len(own) / max(1, edges[-1]))).astype(np.int64))


@lru_cache(maxsize=10_000)
def _samples_of(text: str) -> int:
    """The length of a label, at the voice's own rate. While a user edits, most stay the same."""
    return len(open_jtalk().synthesize([text])[0])


def _synthesize(texts: Sequence[str], speed: float, semitones: float) -> Array:
    return _synthesized(tuple(texts), speed, semitones).copy()


@lru_cache(maxsize=8)
def _synthesized(texts: tuple[str, ...], speed: float, semitones: float) -> Array:
    """Kept, since many edits of a line change what is done to its sound, not its labels."""
    spoken, rate = open_jtalk().synthesize(texts, speed, semitones)
    sound = resample((LEVEL / 32_768 * spoken).astype(np.float32), rate, SAMPLE_RATE)
    return soft_clip(sound) if np.abs(sound).max(initial=0) > 1 else sound


def _pause_factors(
    utterance: Utterance, prosody: Prosody, labels: Sequence[Label]
) -> dict[int, float]:
    """How many times as long each pause among the labels gets, unless it stays the same.

    The silence around a sentence is part of the pause between two, and is only ever shortened.
    """
    factors = {
        place: utterance.phrases[label.pause].pause_length * prosody.pauses
        for place, label in enumerate(labels)
        if label.pause >= 0
    }
    factors[0] = min(1.0, prosody.pauses)
    factors[len(labels) - 1] = min(1.0, prosody.pauses * utterance.pause)
    return {place: factor for place, factor in factors.items() if factor != 1}


def _with_pauses(sound: Array, factors: Mapping[int, float], edges: Edges) -> tuple[Array, Edges]:
    parts = [sound[start:end] for start, end in pairwise(edges)]
    for place, factor in factors.items():
        least = 0 if 0 < place < len(parts) - 1 else _LEAST_SILENCE
        length = len(parts[place])
        parts[place] = _resized(parts[place], max(round(factor * length), min(least, length)))
    return np.concatenate(parts), np.cumsum([0, *map(len, parts)])


def _resized(pause: Array, samples: int) -> Array:
    """A pause of another length: its middle is cut, or filled with silence."""
    if samples == len(pause):
        return pause
    half = min(samples, len(pause)) // 2
    fade = np.linspace(1, 0, min(_FADE, half), dtype=np.float32)
    resized = np.zeros(samples, np.float32)
    resized[:half] = pause[:half]
    resized[half - len(fade) : half] *= fade
    if half:
        resized[-half:] = pause[-half:]
        resized[samples - half : samples - half + len(fade)] *= fade[::-1]
    return resized


def _resynthesised(
    sound: Array, utterance: Utterance, prosody: Prosody, labels: Sequence[Label], edges: Edges
) -> tuple[Array, Edges]:
    pauseless = [
        one for one in timed_morae(labels, edges.tolist(), utterance.places) if one.mora >= 0
    ]

    def change(pitch: Curve) -> Curve:
        added = curve_of(mora_pitches(utterance.phrases), pauseless, len(pitch))
        added += question_curve(utterance.phrases, pauseless, len(pitch))
        own = replace(prosody, pitch=0)  # the voice itself speaks higher or lower
        new = moved(pitch, own, np.zeros(len(pitch)), added)
        return whispered(new, utterance.phrases, pauseless)

    new = np.cumsum([0, *_lengths(utterance, labels, np.diff(edges))])
    if (new == edges).all():
        return resynthesise(sound, change), edges
    return resynthesise(sound, change, (edges.astype(float), new.astype(float))), new


def _lengths(utterance: Utterance, labels: Sequence[Label], lengths: Edges) -> list[int]:
    """The new length of each label, in samples."""
    morae = morae_in(utterance.phrases)
    wanted = lengths.tolist()
    for place, label in enumerate(labels):
        if label.vowel:
            factor, total, consonant = morae[label.mora].length, lengths[place], 0
            if labels[place - 1].mora == label.mora:
                consonant = wanted[place - 1] = round(lengths[place - 1] * min(factor, _CONSONANT))
                total = total + lengths[place - 1]
            wanted[place] = round(total * factor - consonant)
    return wanted
