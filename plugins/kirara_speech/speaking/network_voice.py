"""A network's voice: Text2Mel, SSRN and vocoder, each on what the one before has so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from kirara_speech.networks.decoding import decode, joined, text_of
from kirara_speech.networks.fine_frames import FineFrames, InverseFrames, SsrnFrames
from kirara_speech.networks.model_files import load_ssrn, load_text2mel
from kirara_speech.networks.ssrn import Ssrn
from kirara_speech.networks.stepping import Text2MelSteps
from kirara_speech.reading.sentences import LONGEST_UTTERANCE
from kirara_speech.reading.utterances import Utterance
from kirara_speech.sound.vocoder import Vocoder
from kirara_speech.sound.world import Curve, resynthesise
from kirara_speech.speaking.chunks import Chunk
from kirara_speech.speaking.contours import (
    accent_changes,
    curve_of,
    mora_pitches,
    moved,
    whispered,
    whispers,
)
from kirara_speech.speaking.pacing import PacedFrame, Pacer, edges_of, slots_of
from kirara_speech.speaking.prosody import Prosody
from kirara_speech.speaking.timing import Speech, TimedMora, timed_morae
from kirara_speech.speaking.voices import Voice
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import one_thread

FIRST_CHUNK = 12
"""Coarse frames (46 ms each) until the first sound of a sentence; each later chunk has twice as
many, up to eight times: larger chunks cost less, and the listener has a buffer by then."""


@dataclass(frozen=True)
class Networks:
    """A voice's networks, ready to speak."""

    steps: Text2MelSteps
    ssrn: Ssrn | None


def load_networks(voice: Voice) -> Networks:
    """Load the networks of a voice, on the CPU.

    Raises :class:`UserError` if it has no Text2Mel, a file is damaged, or the networks were trained
    on different features.
    """
    if voice.text2mel is None:
        raise UserError(
            "The voice “{voice}” has no Text2Mel, so it cannot read a text.",
            advice="Import or train one for it, or choose another voice.",
            voice=voice.name,
        )
    text2mel = load_text2mel(voice.text2mel)
    ssrn = None if voice.ssrn is None else load_ssrn(voice.ssrn)
    if ssrn is not None and ssrn.config.features != text2mel.config.features:
        raise UserError(
            "The networks of the voice “{voice}” do not belong together: one makes "
            "“{made}” features, the other reads “{read}”.",
            advice="Put networks in its folder that were trained on the same recordings.",
            voice=voice.name,
            made=text2mel.config.features,
            read=ssrn.config.features,
        )
    return Networks(Text2MelSteps(text2mel), ssrn)


class NetworkVoice:
    """Speaks with the networks of a voice."""

    longest = LONGEST_UTTERANCE

    def __init__(self, networks: Networks) -> None:
        self._networks = networks
        self.front_end = networks.steps.config.front_end

    def speak(
        self, utterance: Utterance, prosody: Prosody, *, first: bool = True, last: bool = True
    ) -> Speech:
        """Speak an utterance; its place in the line makes no difference to a network."""
        del first, last
        speech = _NetworkSpeech(self._networks, utterance, prosody)
        return Speech(speech.chunks(), speech.timing)


class _NetworkSpeech:
    """An utterance whose chunks come as soon as they are computed, unless its pitch changes."""

    def __init__(self, networks: Networks, utterance: Utterance, prosody: Prosody) -> None:
        self._networks, self._utterance, self._prosody = networks, utterance, prosody
        self._slots = slots_of(utterance, prosody)
        self._symbols: list[int] = []  # of each frame so far
        self._samples = 0

    def chunks(self) -> Iterator[Chunk]:
        with one_thread():
            if self._moves_pitch():
                yield from self._repitched(list(self._chunks()))
            else:
                yield from self._chunks()

    def timing(self) -> list[TimedMora]:
        edges = edges_of(len(self._slots), self._symbols, self._samples)
        return timed_morae(self._slots, edges, self._utterance.places)

    def _chunks(self) -> Iterator[Chunk]:
        networks = self._networks
        config = networks.steps.config
        fine: FineFrames = (
            InverseFrames(config.features) if networks.ssrn is None else SsrnFrames(networks.ssrn)
        )
        vocoder = Vocoder()

        def chunk(paced: list[PacedFrame], *, last: bool) -> Chunk:
            mel, attention = joined([one.frame for one in paced])
            sound = vocoder.push(fine.push(mel, last=last), last=last)
            self._samples += len(sound)
            self._symbols += [one.symbol for one in paced]
            return Chunk(0, np.clip(sound, -1, 1), mel, attention)

        size = FIRST_CHUNK
        paced: list[PacedFrame] = []
        for frame in self._frames():
            # One frame is always kept, so the last chunk has one.
            if len(paced) >= size:
                yield chunk(paced, last=False)
                paced = []
                size = min(2 * size, 8 * FIRST_CHUNK)
            paced.append(frame)
        yield chunk(paced, last=True)

    def _frames(self) -> Iterator[PacedFrame]:
        steps = self._networks.steps
        pacer = Pacer([slot.factor for slot in self._slots])
        for frame in decode(steps, text_of(steps.config, self._utterance.symbols)):
            yield from pacer.push(frame)
        yield from pacer.finish()

    # Another pitch, by WORLD on the whole utterance

    def _moves_pitch(self) -> bool:
        phrases = self._utterance.phrases
        return (
            self._prosody.pitch != 0
            or self._prosody.intonation != 1
            or bool(whispers(phrases).any())
            or bool(mora_pitches(phrases).any())
            or bool(accent_changes(phrases).any())
        )

    def _repitched(self, chunks: list[Chunk]) -> Iterator[Chunk]:
        phrases = self._utterance.phrases
        morae = [one for one in self.timing() if one.mora >= 0]

        def change(pitch: Curve) -> Curve:
            accents = curve_of(accent_changes(phrases), morae, len(pitch))
            added = curve_of(mora_pitches(phrases), morae, len(pitch))
            return whispered(moved(pitch, self._prosody, accents, added), phrases, morae)

        sound = resynthesise(np.concatenate([chunk.sound for chunk in chunks]), change)
        edges = np.cumsum([len(chunk.sound) for chunk in chunks])[:-1]
        for chunk, part in zip(chunks, np.split(sound, edges), strict=True):
            yield replace(chunk, sound=part)
