"""What is asked of a voice, and the chunks it gives. No torch, so the window has them too."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.speaking.prosody import Prosody
from kirara_speech.speaking.voices import Voice

Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class SpokenMora:
    """A mora as it was spoken: the number of its phrase in the line, its own in the phrase (or -1:
    the pause after the phrase), the samples from where to where, counted from the first sample of
    the whole line, its pitch in Hz, 0 if it has none, and how many of the samples are those of
    its consonant."""

    phrase: int
    mora: int
    start: int
    end: int
    pitch: float = 0.0
    consonant: int = 0


@dataclass(frozen=True)
class Chunk:
    """A chunk of sound: ``sound`` (samples,), −1…1, at 22,050 Hz.

    ``utterance`` is the number of what it is a chunk of; ``mel`` (mels, frames) and ``attention``
    (symbols, frames) are what it was made of, empty if the voice has none. The last chunk of an
    utterance has ``morae``, as they were spoken in it.
    """

    utterance: int
    sound: Array
    mel: Array = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    attention: Array = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    symbols: tuple[str, ...] = ()
    morae: tuple[SpokenMora, ...] = ()


@dataclass(frozen=True)
class SpeakRequest:
    """``text`` by the voice ``voice``.

    ``phrases`` is how it is read (:func:`kirara_speech.reading.japanese.read_line`), with what the
    user changed; None reads the text. Voices that read letters have no phrases. ``prosody`` is how
    the whole is spoken. ``dictionary`` is the plugin's folder for data, whose words will be known
    (:mod:`kirara_speech.reading.compiled_dictionary`); None leaves it as it is.
    """

    text: str
    voice: Voice
    phrases: tuple[AccentPhrase, ...] | None = None
    prosody: Prosody = field(default_factory=Prosody)
    dictionary: Path | None = None
