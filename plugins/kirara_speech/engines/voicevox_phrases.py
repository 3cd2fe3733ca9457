"""Phrases as VOICEVOX writes them: "accent phrases" of "moras", with seconds and ln Hz.

What is flat has the accent on its last mora there. A pause is a mora after the phrase; the sign in
it is "、", and "。" if the studio knows that the sentence ends; VOICEVOX accepts both.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import Any

from kirara_speech.reading.morae import Mora, kana_of
from kirara_speech.reading.phrases import AccentPhrase

Json = dict[str, Any]

SEMITONE = log(2) / 12
"""Of the logarithm of a frequency."""

PAUSE_SIGN, END_SIGN = "、", "。"


def to_voicevox(phrases: Sequence[AccentPhrase]) -> list[Json]:
    """The phrases, of a length and a pitch that are not known yet (0). Edits are not in them.

    The last one has no pause.
    """
    found = [
        {
            "moras": [_mora(mora) for mora in phrase.morae],
            "accent": phrase.accent or len(phrase.morae),
            "pause_mora": pause_mora(END_SIGN if phrase.end else PAUSE_SIGN)
            if phrase.pause
            else None,
            "is_interrogative": phrase.question,
        }
        for phrase in phrases
    ]
    if found:
        found[-1]["pause_mora"] = None
    return found


def text_of(mora: Mora) -> str:
    """How VOICEVOX writes a mora: a long vowel as the vowel once more."""
    return kana_of("", mora.vowel) if mora.kana == "ー" else mora.kana


def _mora(mora: Mora) -> Json:
    return {
        "text": text_of(mora),
        "consonant": mora.consonant or None,
        "consonant_length": 0.0 if mora.consonant else None,
        "vowel": mora.vowel,
        "vowel_length": 0.0,
        "pitch": 0.0,
    }


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
    """How long a mora of VOICEVOX is."""
    return float(mora.get("consonant_length") or 0.0) + float(mora["vowel_length"])


def with_edits(
    measured: Sequence[Json], phrases: Sequence[AccentPhrase], semitones: float, pauses: float
) -> None:
    """Apply what the user changed of ``phrases`` to what the engine says of them, in place.

    All of it is spoken ``semitones`` higher, and ``pauses`` is a factor of every pause. Raises
    KeyError, TypeError, ValueError or IndexError if the engine's answer is not of the same
    phrases.
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
