"""A text to sound by any voice, in chunks: the first are heard while others are computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from kirara_speech.engines.voicevox_speaking import stream_engine_chunks
from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.reading.compiled_dictionary import use_dictionary
from kirara_speech.reading.utterances import Utterance, utterances
from kirara_speech.sound.world import soft_clip
from kirara_speech.speaking.chunks import Array, Chunk, SpeakRequest
from kirara_speech.speaking.open_jtalk import OpenJTalkVoice
from kirara_speech.speaking.prosody import Prosody
from kirara_speech.speaking.timing import spoken_morae
from kirara_speech.speaking.voices import Voice
from kirara_studio.api.jobs import JobTools

if TYPE_CHECKING:
    from kirara_speech.speaking.network_voice import NetworkVoice

PAUSE = 0.25
"""Seconds between sentences."""

Synthesizer: TypeAlias = "NetworkVoice | OpenJTalkVoice"
"""A voice of the studio itself, loaded."""


def stream_chunks(request: SpeakRequest, tools: JobTools) -> Iterator[Chunk]:
    """The sound of a line with the silence around it; nothing if the text has nothing to say.

    Raises :class:`UserError` if the voice cannot speak it.
    """
    if request.dictionary is not None:
        use_dictionary(request.dictionary)
    if request.voice.kind == "engine":
        return stream_engine_chunks(request, tools)
    voice = _synthesizer(request.voice, tools)
    parts = utterances(request.text, voice.front_end, request.phrases, voice.longest)
    return speak_utterances(voice, parts, request.prosody)


def _synthesizer(voice: Voice, tools: JobTools) -> Synthesizer:
    if voice.is_open_jtalk:
        return OpenJTalkVoice()
    # It imports torch, which takes two seconds, and which the other voices do without.
    from kirara_speech.speaking.network_voice import NetworkVoice, load_networks

    key = f"voice {voice.text2mel} {voice.ssrn}"
    return NetworkVoice(tools.model(key, lambda _device: load_networks(voice)))


def speak_utterances(
    voice: Synthesizer, parts: Iterator[Utterance], prosody: Prosody
) -> Iterator[Chunk]:
    """Speak one utterance after the other, each followed by a chunk of silence with its morae."""
    begin = 0  # of the utterance, in samples of the line
    ahead: Iterator[Utterance | None] = chain(parts, [None])
    for number, (utterance, following) in enumerate(pairwise(ahead)):
        assert utterance is not None
        first, last = number == 0, following is None
        if first and prosody.before:
            before = silence(prosody.before)
            yield Chunk(number, before)
            begin = len(before)
        speech = voice.speak(utterance, prosody, first=first, last=last)
        sounds = []
        for chunk in speech.chunks:
            sounds.append(chunk.sound)
            yield replace(chunk, utterance=number, sound=gain(chunk.sound, prosody.volume))
        # The times are measured once the listener has all of the sound.
        sound = np.concatenate(sounds)
        morae = spoken_morae(sound, speech.timing(), begin)
        pause = PAUSE * prosody.pauses / prosody.speed * utterance.pause
        after = silence(prosody.after if last else pause)
        yield Chunk(number, after, symbols=utterance.symbols, morae=morae)
        begin += len(sound) + len(after)


def gain(sound: Array, volume: float) -> Array:
    """``sound`` times ``volume``, softly clipped at 1; the same chunk by chunk."""
    return np.clip(sound, -1, 1) if volume == 1 else soft_clip(sound * np.float32(volume))


def silence(seconds: float) -> Array:
    """Silence (samples,)."""
    return np.zeros(round(seconds * SAMPLE_RATE), np.float32)
