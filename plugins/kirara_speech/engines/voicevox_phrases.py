"""Phrases as VOICEVOX writes them: "accent phrases" of "moras", with seconds and ln Hz.

A flat phrase has its accent on the last mora. A pause is a mora after the phrase with the text
"、", or "。" at the end of a sentence; VOICEVOX accepts both.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import Any

from kirara_speech.reading.morae import Mora, kana_of
from kirara_speech.reading.phrases import AccentPhrase

Json = dict[str, Any]

SEMITONE = log(2) / 12
"""In the logarithm of a frequency."""

PAUSE_SIGN, END_SIGN = "、", "。"


def to_voicevox(phrases: Sequence[AccentPhrase]) -> list[Json]:
    """The phrases, with lengths and pitches of 0 and without edits. The last one has no pause."""
    found = []
    for phrase in phrases:
        sign = END_SIGN if phrase.end else PAUSE_SIGN
        found.append(
            {
                "moras": [_mora(mora) for mora in phrase.morae],
                "accent": phrase.accent or len(phrase.morae),
                "pause_mora": pause_mora(sign) if phrase.pause else None,
                "is_interrogative": phrase.question,
            }
        )
    if found:
        found[-1]["pause_mora"] = None
    return found


def text_of(mora: Mora) -> str:
    """VOICEVOX's text of a mora: a long vowel is the vowel again."""
    return kana_of("", mora.vowel) if mora.kana == "ー" else mora.kana


def _mora(mora: Mora) -> Json:
    consonant = mora.consonant or None
    length = None if consonant is None else 0.0
    own = {"consonant": consonant, "consonant_length": length, "vowel": mora.vowel}
    return pause_mora(text_of(mora)) | own


def pause_mora(sign: str = PAUSE_SIGN, length: float = 0.0) -> Json:
    """A pause of ``length`` seconds."""
    return {
        "text": sign,
        "consonant": None,
        "consonant_length": None,
        "vowel": "pau",
        "vowel_length": length,
        "pitch": 0.0,
    }


def seconds_of(mora: Json) -> float:
    """The length of VOICEVOX's mora."""
    return float(mora.get("consonant_length") or 0.0) + float(mora["vowel_length"])


def prosody_of_pitch(scale: float, pitches: Sequence[float]) -> tuple[float, float]:
    """VOICEVOX's ``pitchScale`` as semitones, and a factor of the intonation.

    It is a factor of the logarithm of f0, of which ``pitches`` are the values: it moves their mean,
    and scales the deviations from it.
    """
    factor = 2 ** min(max(scale, -1.0), 1.0)
    mean = sum(pitches) / len(pitches) if pitches else 0.0
    return (factor - 1) * mean / SEMITONE, factor


def with_edits(
    measured: Sequence[Json], phrases: Sequence[AccentPhrase], semitones: float, pauses: float
) -> None:
    """Apply the user's edits of ``phrases`` to the engine's measures of them, in place.

    Everything becomes ``semitones`` higher, and ``pauses`` is a factor of every pause. Raises
    KeyError, TypeError, ValueError or IndexError if the engine's answer has other phrases.
    """
    for given, phrase in zip(measured, phrases, strict=True):
        for values, mora in zip(given["moras"], phrase.morae, strict=True):
            if float(values["pitch"]) > 0:
                values["pitch"] += (semitones + mora.pitch) * SEMITONE
            values["vowel_length"] = float(values["vowel_length"]) * mora.length
            if values.get("consonant_length") is not None:
                values["consonant_length"] = float(values["consonant_length"]) * mora.length
        if given.get("pause_mora") is not None:
            given["pause_mora"]["vowel_length"] *= phrase.pause_length * pauses
