"""How each kind of edit is done with a voice: not all ways sound equally well. No torch."""

from __future__ import annotations

from collections.abc import Mapping

from kirara_speech.networks.config import Text2MelConfig
from kirara_speech.speaking.voices import Voice, config_in

OWN_INPUT = "own input"
"""The voice has an input for it."""
FRAMES = "frames"
"""The frames of the mel spectrogram are stretched before they become sound."""
WORLD = "WORLD"
"""The finished sound is analysed and resynthesised by WORLD."""
SOUND = "sound"
"""Samples are scaled, or silence is inserted or removed."""
NOT = "not"
"""The voice does not support it."""

_COMMON = {"volume": SOUND, "before": SOUND, "after": SOUND, "intonation": WORLD}

_OPEN_JTALK: Mapping[str, str] = {
    **_COMMON,
    **dict.fromkeys(("reading", "devoicing", "accent", "pause", "speed", "pitch"), OWN_INPUT),
    **dict.fromkeys(("question", "mora length", "mora pitch"), WORLD),
    **dict.fromkeys(("pause length", "pauses"), SOUND),
}

_PHONEMES: Mapping[str, str] = {
    **_COMMON,
    **dict.fromkeys(("reading", "devoicing", "question", "pause"), OWN_INPUT),
    **dict.fromkeys(("pause length", "mora length", "speed", "pauses"), FRAMES),
    **dict.fromkeys(("accent", "mora pitch", "pitch"), WORLD),
}

_PHRASES = (
    *("reading", "devoicing", "accent", "question", "pause", "pause length"),
    *("mora length", "mora pitch"),
)
_LETTERS: Mapping[str, str] = {**_PHONEMES, **dict.fromkeys(_PHRASES, NOT), "pauses": SOUND}


def capabilities_of(voice: Voice) -> Mapping[str, str]:
    """How ``voice`` does each kind of edit. Raises UserError if its card cannot be read."""
    if voice.is_open_jtalk:
        return _OPEN_JTALK
    if voice.remote is not None:  # all of it is in the engine's query
        return dict.fromkeys(_PHONEMES, OWN_INPUT)
    if voice.text2mel is None:  # it cannot read at all
        return dict.fromkeys(_PHONEMES, NOT)
    config = config_in(voice.text2mel)
    japanese = isinstance(config, Text2MelConfig) and config.front_end == "japanese"
    return _PHONEMES if japanese else _LETTERS
