"""The request to a voice, and its chunks of sound. No torch, so the window can import it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.speaking.prosody import Prosody
from kirara_speech.speaking.voices import Voice

Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class SpokenMora:
    """A mora as it was spoken, or with ``mora`` −1 the pause after its phrase.

    ``start`` and ``end`` are samples of the line, ``pitch`` is in Hz, 0 for voiceless, and
    ``consonant`` is how many of the samples belong to its consonant.
    """

    phrase: int
    mora: int
    start: int
    end: int
    pitch: float = 0.0
    consonant: int = 0


@dataclass(frozen=True)
class Chunk:
    """A chunk of sound: ``sound`` (samples,), −1…1, at 22,050 Hz.

    ``utterance`` is the number of its utterance; ``mel`` (mels, frames) and ``attention`` (symbols,
    frames) are what it was made of, empty if the voice has none. The last chunk of an utterance has
    its ``symbols`` and ``morae``.
    """

    utterance: int
    sound: Array
    mel: Array = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    attention: Array = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    symbols: tuple[str, ...] = ()
    morae: tuple[SpokenMora, ...] = ()


class MeasuredMora(NamedTuple):
    """A mora as an engine measured it: seconds (``consonant`` is None without one), and ln Hz."""

    consonant: float | None
    vowel: float
    pitch: float


class MeasuredPhrase(NamedTuple):
    """The morae of a phrase, and the seconds of the pause after it; None without a pause."""

    morae: tuple[MeasuredMora, ...]
    pause: float | None


@dataclass(frozen=True)
class SpeakRequest:
    """``text`` by the voice ``voice``.

    ``phrases`` is how it is read (:func:`kirara_speech.reading.japanese.read_line`), with the
    user's edits; None reads the text. ``dictionary`` is the plugin's folder for data, whose user
    dictionary is used (:mod:`kirara_speech.reading.compiled_dictionary`); None keeps the last one.
    ``measured`` is what an engine's voice takes instead of its own lengths and pitches, for each
    phrase; None for those that it measures itself.
    """

    text: str
    voice: Voice
    phrases: tuple[AccentPhrase, ...] | None = None
    prosody: Prosody = field(default_factory=Prosody)
    dictionary: Path | None = None
    measured: tuple[MeasuredPhrase | None, ...] = ()
