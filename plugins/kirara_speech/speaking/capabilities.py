"""Which way a change of the user's acts on a voice: not all ways sound equally well. No torch."""

from __future__ import annotations

from collections.abc import Mapping

from kirara_speech.networks.config import Text2MelConfig
from kirara_speech.speaking.voices import Voice, config_in

OWN_INPUT = "own input"
"""The voice itself speaks it that way."""
FRAMES = "frames"
"""The frames of the mel spectrogram are stretched before they become sound."""
WORLD = "WORLD"
"""The finished sound is taken apart by WORLD and put together again."""
SOUND = "sound"
"""Samples are scaled, or silence put in or left out."""
NOT = "not"
"""It has no such thing."""

_COMMON = {"volume": SOUND, "before": SOUND, "after": SOUND, "intonation": WORLD}

_OPEN_JTALK: Mapping[str, str] = {
    **_COMMON,
    "reading": OWN_INPUT,
    "devoicing": OWN_INPUT,
    "accent": OWN_INPUT,
    "question": WORLD,
    "pause": OWN_INPUT,
    "pause length": SOUND,
    "mora length": WORLD,
    "mora pitch": WORLD,
    "speed": OWN_INPUT,
    "pitch": OWN_INPUT,
    "pauses": SOUND,
}

_PHONEMES: Mapping[str, str] = {
    **_COMMON,
    "reading": OWN_INPUT,
    "devoicing": OWN_INPUT,
    "accent": WORLD,
    "question": OWN_INPUT,
    "pause": OWN_INPUT,
    "pause length": FRAMES,
    "mora length": FRAMES,
    "mora pitch": WORLD,
    "speed": FRAMES,
    "pitch": WORLD,
    "pauses": FRAMES,
}

_PHRASES = (
    *("reading", "devoicing", "accent", "question", "pause", "pause length"),
    *("mora length", "mora pitch"),
)
_LETTERS: Mapping[str, str] = {**_PHONEMES, **dict.fromkeys(_PHRASES, NOT), "pauses": SOUND}


def capabilities_of(voice: Voice) -> Mapping[str, str]:
    """For everything that can be changed of how ``voice`` speaks, the way it acts.

    Raises :class:`kirara_studio.api.errors.UserError` if the voice's card cannot be read.
    """
    if voice.is_open_jtalk:
        return _OPEN_JTALK
    if voice.remote is not None:  # the engine gets all of it with the query
        return dict.fromkeys(_PHONEMES, OWN_INPUT)
    if voice.text2mel is None:  # it cannot read at all
        return dict.fromkeys(_PHONEMES, NOT)
    config = config_in(voice.text2mel)
    japanese = isinstance(config, Text2MelConfig) and config.front_end == "japanese"
    return _PHONEMES if japanese else _LETTERS
