"""The voice that is always there: Open JTalk's "mei" (pyopenjtalk-plus; CC BY 3.0).

Readings, accents, pauses, devoiced vowels, tempo and pitch go in as its own inputs. What it has no
input for is done to its sound: the length of single morae, their pitch, the intonation, and the
rise of a question, which this voice does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.reading.japanese import open_jtalk
from kirara_speech.reading.utterances import Utterance
from kirara_speech.sound.alignment import aligned
from kirara_speech.sound.resampling import resample
from kirara_speech.sound.world import Curve, resynthesise, soft_clip
from kirara_speech.speaking.chunks import Chunk
from kirara_speech.speaking.contours import (
    curve_of,
    mora_pitches,
    moved,
    question_curve,
    whispered,
    whispers,
)
from kirara_speech.speaking.jtalk_labels import Label, labels_of
from kirara_speech.speaking.pacing import pause_factor
from kirara_speech.speaking.prosody import Prosody
from kirara_speech.speaking.timing import TimedMora, timed_morae

Array = npt.NDArray[np.float32]

LONGEST = 400
"""Phonemes that are spoken in one go: nearly every sentence."""

LEVEL = 0.6
"""Of the level at which the voice speaks. There it reaches 1.6 times the full scale, in 10 of 40
sentences more than that scale, and is cut off."""

_FADE = 110  # samples: 5 ms
_LEAST_SILENCE = 880  # samples around a sentence: 40 ms, in which it begins and dies away
_CONSONANT = 1.25
"""How many times as long a consonant gets at most in a mora that is lengthened: the rest goes to
the vowel, as in speech."""
_BLOCK = 110  # samples: 5 ms
_QUIET = 10 ** (-45 / 20)  # of the loudest block
_BEFORE, _AFTER = 441, 882  # samples: 20 and 40 ms, in which a consonant begins and a vowel dies


Edges = npt.NDArray[np.int64]
"""Samples (labels + 1,): where each label's sound begins, and where the last one ends."""


class OpenJTalkVoice:
    """Speaks with Open JTalk's voice."""

    front_end, longest = "japanese", LONGEST

    def speak(
        self, utterance: Utterance, prosody: Prosody, *, first: bool, last: bool
    ) -> OpenJTalkSpeech:
        """Speak an utterance, without the voice's own silence at the ends of the line."""
        sound, timing = utter(utterance, prosody)
        start, end = trim_silence(sound)
        cut = start if first else 0
        return OpenJTalkSpeech(sound[cut : end if last else len(sound)], cut, timing)


@dataclass(frozen=True)
class OpenJTalkSpeech:
    """An utterance, as one chunk; ``cut`` samples of its beginning were left out."""

    sound: Array
    cut: int
    whole_timing: Callable[[], list[TimedMora]]

    def __iter__(self) -> Iterator[Chunk]:
        yield Chunk(0, self.sound)

    def timing(self) -> list[TimedMora]:
        """When its morae are spoken."""

        def now(at: int) -> int:
            return min(max(at - self.cut, 0), len(self.sound))

        return [
            replace(one, start=now(one.start), vowel=now(one.vowel), end=now(one.end))
            for one in self.whole_timing()
        ]


def trim_silence(sound: Array) -> tuple[int, int]:
    """From which sample to which a sound (samples,) is heard; all of it if it is silent.

    What is 45 dB below the loudest 5 ms is silence.
    """
    blocks = sound[: len(sound) // _BLOCK * _BLOCK].reshape(-1, _BLOCK)
    levels = np.sqrt(np.square(blocks).mean(axis=1, dtype=np.float64))
    loud = np.flatnonzero(levels > _QUIET * levels.max(initial=0))
    if not len(loud):
        return 0, len(sound)
    start, end = int(loud[0]) * _BLOCK - _BEFORE, int(loud[-1] + 1) * _BLOCK + _AFTER
    return max(start, 0), min(end, len(sound))


def utter(utterance: Utterance, prosody: Prosody) -> tuple[Array, Callable[[], list[TimedMora]]]:
    """Speak an utterance: its sound (samples,), −1…1, at 22,050 Hz, and a function that finds when
    each mora and pause is spoken in it, which costs about as much again."""
    labels = labels_of(utterance)
    texts = [label.text for label in labels]
    sound = _said(texts, prosody.speed, prosody.pitch)

    def edges_of() -> Edges:
        return _edges(texts, sound, prosody)

    factors = _pause_factors(utterance, prosody, labels)
    if not factors and not _speaks_again(utterance, prosody):
        return sound, lambda: timed_morae(labels, edges_of().tolist(), utterance.places)
    changed, edges = _with_pauses(sound, factors, edges_of())
    if _speaks_again(utterance, prosody):
        changed, edges = _spoken_again(changed, utterance, prosody, labels, edges)
    return changed, lambda: timed_morae(labels, edges.tolist(), utterance.places)


def _speaks_again(utterance: Utterance, prosody: Prosody) -> bool:
    """True if the voice has no input for what is wanted."""
    if prosody.intonation != 1 or whispers(utterance.phrases).any():
        return True
    return any(
        phrase.question or any(mora.pitch != 0 or mora.length != 1 for mora in phrase.morae)
        for phrase in utterance.phrases
    )


def _edges(texts: Sequence[str], sound: Array, prosody: Prosody) -> Edges:
    """Where the labels are in the sound.

    The voice decides on the length of each by itself, so it is asked for each alone. At another
    tempo it stretches some more than others, the sounds that vary most; then the labels are found
    by comparing with the sound at its own tempo.
    """
    edges = np.cumsum([0, *map(_samples_of, texts)])
    if prosody.speed == 1:
        return np.round(edges * (len(sound) / max(1, edges[-1]))).astype(np.int64)
    own = _said(texts, 1, prosody.pitch)
    return aligned(own, sound, np.round(edges * (len(own) / max(1, edges[-1]))).astype(np.int64))


@lru_cache(maxsize=10_000)
def _samples_of(text: str) -> int:
    """How long a label is, at the voice's own rate. While a user edits, most stay as they are."""
    return len(open_jtalk().synthesize([text])[0])


def _said(texts: Sequence[str], speed: float, semitones: float) -> Array:
    spoken, rate = open_jtalk().synthesize(texts, speed, semitones)
    sound = resample((LEVEL / 32_768 * spoken).astype(np.float32), rate, SAMPLE_RATE)
    return soft_clip(sound) if np.abs(sound).max(initial=0) > 1 else sound


def _pause_factors(
    utterance: Utterance, prosody: Prosody, labels: Sequence[Label]
) -> dict[int, float]:
    """How many times as long those labels will be that are pauses and do not stay as they are.

    The silence around a sentence is a part of the pause between two, and is only ever shortened.
    """
    factors = {
        place: pause_factor(utterance.phrases[label.pause], prosody)
        for place, label in enumerate(labels)
        if label.pause >= 0
    }
    factors[0] = min(1.0, prosody.pauses)
    factors[len(labels) - 1] = min(1.0, prosody.pauses * utterance.pause)
    return {place: factor for place, factor in factors.items() if factor != 1}


def _with_pauses(sound: Array, factors: Mapping[int, float], edges: Edges) -> tuple[Array, Edges]:
    """The sound with each pause as long as it will be."""
    parts = [sound[start:end] for start, end in pairwise(edges)]
    for place, factor in factors.items():
        least = 0 if 0 < place < len(parts) - 1 else _LEAST_SILENCE
        length = len(parts[place])
        parts[place] = _resized(parts[place], max(round(factor * length), min(least, length)))
    return np.concatenate(parts), np.cumsum([0, *map(len, parts)])


def _resized(pause: Array, samples: int) -> Array:
    """A pause of another length: its middle is left out, or silence put in there."""
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


def _spoken_again(
    sound: Array, utterance: Utterance, prosody: Prosody, labels: Sequence[Label], edges: Edges
) -> tuple[Array, Edges]:
    """The sound with the length and pitch of morae, the intonation and the questions."""
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
    """How long each label will be, in samples."""
    factors = [mora.length for phrase in utterance.phrases for mora in phrase.morae]
    wanted = [int(length) for length in lengths]
    for place, label in enumerate(labels):
        if label.vowel:
            factor = factors[label.mora]
            consonant = labels[place - 1].mora == label.mora
            total = lengths[place] + (lengths[place - 1] if consonant else 0)
            if consonant:
                wanted[place - 1] = round(lengths[place - 1] * min(factor, _CONSONANT))
                total = total * factor - wanted[place - 1]
                wanted[place] = round(total)
            else:
                wanted[place] = round(total * factor)
    return wanted
