"""A text to sound by any voice, as the user wants it spoken.

:func:`pieces_of` gives sound as soon as there is some, while the rest is being computed. Each kind
of voice has a function that speaks an utterance, :data:`Speaker`; what is the same for all of them
is done here: the pauses between utterances, the loudness, and when what was spoken in the line.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from kirara_speech.engines.voicevox_speaking import pieces_by_engine
from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.reading.sentences import LONGEST_UTTERANCE, sentences_of
from kirara_speech.reading.taught import use_dictionary
from kirara_speech.reading.utterances import Utterance, utterances
from kirara_speech.sound.loud_part import loud_part
from kirara_speech.sound.world import bent
from kirara_speech.speaking import open_jtalk
from kirara_speech.speaking.manner import Manner
from kirara_speech.speaking.network_voice import (
    Networks,
    load_networks,
    one_thread,
    speak_utterance,
)
from kirara_speech.speaking.pieces import Piece, SpeakRequest
from kirara_speech.speaking.repitching import moves_pitch, repitched
from kirara_speech.speaking.timing import TimedMora, spoken_morae
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Device, JobTools

Array = npt.NDArray[np.float32]

PAUSE = 0.25
"""Seconds between sentences."""

Speaking = Generator[Piece, None, Callable[[], list[TimedMora]]]
"""Pieces of an utterance; returns what tells when its morae are spoken."""


@dataclass(frozen=True)
class Speaker:
    """A voice, ready: how it speaks an utterance of a number, what it reads, and how much in one
    go. ``pads``: its sound comes as one piece, with silence around it that is no part of a line.
    """

    speak: Callable[[Utterance, int, Manner], Speaking]
    front_end: str
    longest: int = LONGEST_UTTERANCE
    while_speaking: Callable[[], AbstractContextManager[None]] = nullcontext
    pads: bool = False


def speak_job(request: SpeakRequest, tools: JobTools) -> Array:
    """Speak; returns the sound (samples,) at 22,050 Hz.

    Raises :class:`UserError` where there is nothing to say, or the voice cannot say it.
    """
    sounds = []
    total = max(1, len(sentences_of(request.text)))
    for piece in pieces_of(request, tools):
        tools.progress(min(piece.utterance, total), total, f"{piece.utterance + 1} / {total}")
        sounds.append(piece.sound)
    if not sounds:
        raise UserError(
            "There is nothing to say in this text.", advice="Write some words, in kana or kanji."
        )
    return np.concatenate(sounds)


def pieces_of(request: SpeakRequest, tools: JobTools) -> Iterator[Piece]:
    """The pieces of a line; none where there is nothing to say.

    All of them in a row are the line's sound, with the silence before and after it.
    """
    if request.dictionary is not None:
        use_dictionary(request.dictionary)
    if request.voice.kind == "engine":
        yield from pieces_by_engine(request, tools)
        return
    speaker = _speaker_for(request, tools)
    said = utterances(request.text, speaker.front_end, request.phrases, speaker.longest)
    with speaker.while_speaking():
        yield from spoken(speaker, said, request.manner)


def spoken(speaker: Speaker, said: Iterator[Utterance], manner: Manner) -> Iterator[Piece]:
    """Speak one utterance after the other."""
    begin = 0  # of the utterance, in samples of the line
    utterance = next(said, None)
    number = 0
    while utterance is not None:
        if not number and manner.before:
            before = silence(manner.before)
            yield Piece(number, before)
            begin = len(before)
        following = next(said, None)
        pause = PAUSE * manner.pauses / manner.speed * utterance.pause
        after = silence(manner.after if following is None else pause)
        ends = (not number, following is None)
        begin += yield from _spoken(speaker, utterance, number, manner, begin, after, ends)
        utterance = following
        number += 1


def _spoken(
    speaker: Speaker,
    utterance: Utterance,
    number: int,
    manner: Manner,
    begin: int,
    after: Array,
    ends: tuple[bool, bool],
) -> Generator[Piece, None, int]:
    """Speak one utterance, from sample ``begin`` of the line on; returns how many samples.

    ``ends``: whether the line begins with it, and ends.
    """
    sounds = []
    cut = 0  # samples of silence that are left out before it
    speaking = speaker.speak(utterance, number, manner)
    while True:
        try:
            piece = next(speaking)
        except StopIteration as over:
            timed = over.value()
            break
        sound = piece.sound
        if speaker.pads:
            start, end = loud_part(sound)
            cut = start if ends[0] else 0
            sound = sound[cut : end if ends[1] else len(sound)]
        sounds.append(sound)
        yield replace(piece, sound=louder(sound, manner.volume))
    # What was spoken when is measured once the listener has all of the sound.
    sound = np.concatenate(sounds)
    morae = spoken_morae(sound, [_earlier(one, cut, len(sound)) for one in timed], begin)
    yield Piece(number, after, symbols=utterance.symbols, morae=morae)
    return len(sound) + len(after)


def _earlier(mora: TimedMora, cut: int, samples: int) -> TimedMora:
    """A mora's times in what is left of a sound, of which ``cut`` samples are gone."""
    start, vowel, end = (
        min(max(at - cut, 0), samples) for at in (mora.start, mora.vowel, mora.end)
    )
    return replace(mora, start=start, vowel=vowel, end=end)


def _speaker_for(request: SpeakRequest, tools: JobTools) -> Speaker:
    """What the studio itself speaks with."""
    voice = request.voice
    if voice.is_open_jtalk:
        return open_jtalk_speaker()

    def load(device: Device) -> Networks:
        return load_networks(voice)

    return network_speaker(tools.model(f"voice {voice.text2mel} {voice.ssrn}", load))


def open_jtalk_speaker() -> Speaker:
    """The voice that is always there."""

    def speak(utterance: Utterance, number: int, manner: Manner) -> Speaking:
        sound, timed = open_jtalk.utter(utterance, manner)
        yield Piece(number, sound)
        return timed

    return Speaker(speak, "japanese", open_jtalk.LONGEST, pads=True)


def network_speaker(networks: Networks) -> Speaker:
    """A voice of networks."""

    def speak(utterance: Utterance, number: int, manner: Manner) -> Speaking:
        speaking = speak_utterance(networks, utterance, number, manner)
        if moves_pitch(utterance, manner):
            timed = yield from repitched(speaking, utterance, manner)
        else:
            timed = yield from speaking
        return lambda: timed

    return Speaker(speak, networks.steps.config.front_end, while_speaking=one_thread)


def louder(sound: Array, volume: float) -> Array:
    """``sound`` times ``volume``, never cut off at 1; piece by piece the same."""
    return np.clip(sound, -1, 1) if volume == 1 else bent(sound * np.float32(volume))


def silence(seconds: float) -> Array:
    """No sound."""
    return np.zeros(round(seconds * SAMPLE_RATE), np.float32)
