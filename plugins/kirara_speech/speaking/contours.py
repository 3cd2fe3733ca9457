"""How the pitch of an utterance is moved: accents, morae, and the line as a whole, in semitones.

The order is that of VOICEVOX: an accent is part of the voice's intonation, which is then scaled
around its mean; the user's pitch of a mora is added last, so an intonation of 0 allows melodies.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.reading.phrases import AccentPhrase, morae_in
from kirara_speech.reading.symbols import DEVOICED, OFTEN_DEVOICED
from kirara_speech.sound.world import FRAME, Curve
from kirara_speech.speaking.prosody import Prosody
from kirara_speech.speaking.timing import TimedMora

LOW_BEGINNING = -5.0
"""The first mora, against the high ones after it, unless the accent is on it."""
ACCENTED = 1.0
"""The mora before the fall."""
FALL = (-2.5, -4.5)
"""The first mora after it, and all others. Measured on Open JTalk's voice, in phrases of five to
seven morae between others: −7, +1, −2.4 and −4.4; other voices begin less low."""
QUESTION = 8.0
"""How far a question rises in its last mora."""

_RISEN = 0.7  # of the last mora: then a question is as high as it gets
_VOICELESS = frozenset(
    ["k", "ky", "kw", "s", "sh", "t", "ty", "ts", "ch", "h", "hy", "f", "fy", "p", "py"]
)
_SMOOTH = 9  # frames: from one mora to the next in 45 ms


def accent_levels(morae: int, accent: int) -> Curve:
    """The levels (morae,) of a phrase in Tokyo's accent, without the declination of all phrases."""
    levels = np.zeros(morae)
    if accent != 1 and morae > 1:
        levels[0] = LOW_BEGINNING
    if accent:
        levels[accent - 1] += ACCENTED if accent > 1 or morae == 1 else 0
        levels[accent : accent + 1] = FALL[0]
        levels[accent + 1 :] = FALL[1]
    return levels


def accent_changes(phrases: Sequence[AccentPhrase]) -> Curve:
    """How far each mora (morae,) of an utterance moves if the accent is not the voice's."""
    moves = [
        accent_levels(len(phrase.morae), phrase.accent)
        - accent_levels(len(phrase.morae), phrase.accent_of_voice)
        for phrase in phrases
    ]
    return np.concatenate(moves) if moves else np.zeros(0)


def mora_pitches(phrases: Sequence[AccentPhrase]) -> Curve:
    """The user's pitch of each mora (morae,) of an utterance."""
    return np.array([mora.pitch for mora in morae_in(phrases)])


def curve_of(values: Curve, timed: Sequence[TimedMora], frames: int) -> Curve:
    """A smooth curve (frames,) through a value for each mora of ``timed``, without pauses."""
    if not len(values) or not frames:
        return np.zeros(frames)
    period = FRAME * SAMPLE_RATE
    borders = [(a.end + b.start) / 2 for a, b in pairwise(timed)]
    steps = values[np.searchsorted(np.array(borders), np.arange(frames) * period, side="right")]
    window = np.hanning(_SMOOTH + 2)[1:-1]
    padded = np.pad(steps, _SMOOTH // 2, mode="edge")
    return np.convolve(padded, window / window.sum(), mode="valid")


def question_curve(
    phrases: Sequence[AccentPhrase], timed: Sequence[TimedMora], frames: int
) -> Curve:
    """The rise (frames,) at the end of each question."""
    curve = np.zeros(frames)
    moments = np.arange(frames) * FRAME * SAMPLE_RATE
    last = -1
    for phrase in phrases:
        last += len(phrase.morae)
        if phrase.question:
            mora = timed[last]
            share = (moments - mora.start) / max(1, mora.end - mora.start)
            curve += QUESTION * np.clip(share / _RISEN, 0, 1) * (moments <= mora.end)
    return curve


def whispers(phrases: Sequence[AccentPhrase]) -> npt.NDArray[np.bool_]:
    """Which morae (morae,) are devoiced although no voice devoices them by itself."""
    vowels = [mora.vowel for mora in morae_in(phrases)]
    return np.array([vowel in DEVOICED and vowel not in OFTEN_DEVOICED for vowel in vowels])


def whispered(pitch: Curve, phrases: Sequence[AccentPhrase], timed: Sequence[TimedMora]) -> Curve:
    """The pitch, 0 in the vowels that are whispered."""
    moments = np.arange(len(pitch)) * FRAME * SAMPLE_RATE
    voiced = pitch.copy()
    for mora, time, whisper in zip(morae_in(phrases), timed, whispers(phrases), strict=True):
        if whisper:
            # After a voiceless consonant, it matters less where the vowel begins.
            start = time.start if mora.consonant in _VOICELESS else time.vowel
            voiced[(moments >= start) & (moments <= time.end)] = 0
    return voiced


def moved(pitch: Curve, prosody: Prosody, accents: Curve, added: Curve) -> Curve:
    """The new pitch, in Hz, 0 for voiceless; intonation scales ``accents``, but not ``added``."""
    voiced = pitch > 0
    if not voiced.any():
        return pitch
    semitones = 12 * np.log2(np.where(voiced, pitch, 1)) + accents
    mean = semitones[voiced].mean()
    new = mean + prosody.intonation * (semitones - mean) + added + prosody.pitch
    return np.where(voiced, np.exp2(new / 12), 0)
