"""A text to sound: front end, Text2Mel, SSRN and vocoder, each on what the one before has so far.

:func:`speak` gives sound as soon as there is some, while the rest is being computed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from kirara_speech.config import SAMPLE_RATE
from kirara_speech.decoding import Frame, decode, joined, text_of
from kirara_speech.fine_frames import FineFrames, InverseFrames, SsrnFrames
from kirara_speech.japanese import read_text
from kirara_speech.letters import letters_of
from kirara_speech.model_files import load_ssrn, load_text2mel
from kirara_speech.open_jtalk import say
from kirara_speech.phrases import symbols_of
from kirara_speech.pieces import Piece, SpeakRequest
from kirara_speech.sentences import sentences_of, utterances_of
from kirara_speech.ssrn import Ssrn
from kirara_speech.stepping import Text2MelSteps
from kirara_speech.taught import use_dictionary
from kirara_speech.vocoder import Vocoder
from kirara_speech.voices import Voice
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import Device, JobTools

Array = npt.NDArray[np.float32]

PAUSE = 0.25  # seconds between sentences
FIRST_PIECE = 12
"""Coarse frames (46 ms each) until the first sound of a sentence; each later piece has twice as
many, up to eight times: the listener has more in hand, and larger pieces cost less."""


@dataclass(frozen=True)
class Utterance:
    """What is spoken in one go: the symbols of a voice, and the ``text`` they are of."""

    text: str
    symbols: tuple[str, ...]


@dataclass(frozen=True)
class Networks:
    """A voice's networks, ready to speak."""

    steps: Text2MelSteps
    ssrn: Ssrn | None


def load_networks(voice: Voice) -> Networks:
    """Load the networks of a voice, on the CPU.

    Raises :class:`UserError` where it has no Text2Mel, or a file is damaged, or both networks were
    not trained on the same features.
    """
    if voice.text2mel is None:
        raise UserError(
            f"The voice “{voice.name}” has no Text2Mel, so it cannot read a text.",
            advice="Import or train one for it, or choose another voice.",
        )
    text2mel = load_text2mel(voice.text2mel)
    ssrn = None if voice.ssrn is None else load_ssrn(voice.ssrn)
    if ssrn is not None and ssrn.config.features != text2mel.config.features:
        raise UserError(
            f"The networks of the voice “{voice.name}” do not belong together: one makes "
            f"“{text2mel.config.features}” features, the other reads “{ssrn.config.features}”.",
            advice="Put networks in its folder that were trained on the same recordings.",
        )
    return Networks(Text2MelSteps(text2mel), ssrn)


def utterances(text: str, front_end: str) -> list[Utterance]:
    """What is to be spoken of ``text``, whatever it is; an empty list where nothing can be."""
    found = []
    for sentence in sentences_of(text):
        if front_end == "japanese":
            for phrases in utterances_of(read_text(sentence)):
                found.append(Utterance(sentence, tuple(symbols_of(phrases))))
        else:
            letters = letters_of(sentence)
            if any(letter.isalpha() for letter in letters):
                found.append(Utterance(sentence, tuple(letters)))
    return found


def speak_utterance(networks: Networks, utterance: Utterance, number: int = 0) -> Iterator[Piece]:
    """Speak, giving each piece of sound as soon as it is there."""
    config = networks.steps.config
    fine: FineFrames = (
        InverseFrames(config.features) if networks.ssrn is None else SsrnFrames(networks.ssrn)
    )
    vocoder = Vocoder()
    size = FIRST_PIECE
    frames: list[Frame] = []

    def piece(*, last: bool) -> Piece:
        mel, attention = joined(frames)
        sound = vocoder.push(fine.push(mel, last=last), last=last)
        return Piece(number, np.clip(sound, -1, 1), mel, attention)

    for frame in decode(networks.steps, text_of(config, utterance.symbols)):
        # One frame is always kept, so that the last piece has one.
        if len(frames) >= size:
            yield piece(last=False)
            frames = []
            size = min(2 * size, 8 * FIRST_PIECE)
        frames.append(frame)
    yield piece(last=True)


def speak(networks: Networks, text: str) -> Iterator[Piece]:
    """Speak a text of any length, with a pause after each sentence."""
    spoken = utterances(text, networks.steps.config.front_end)
    for number, utterance in enumerate(spoken):
        yield from speak_utterance(networks, utterance, number)
        yield Piece(number, silence(PAUSE))


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
    """The pieces of a text by any voice, Open JTalk's too, which gives a sentence at a time."""
    if request.dictionary is not None:
        use_dictionary(request.dictionary)
    if request.voice.is_open_jtalk:
        yield from _pieces_by_open_jtalk(request.text)
        return

    def load(device: Device) -> Networks:
        return load_networks(request.voice)

    voice = request.voice
    networks = tools.model(f"voice {voice.text2mel} {voice.ssrn}", load)
    with one_thread():
        yield from speak(networks, request.text)


@contextmanager
def one_thread() -> Iterator[None]:
    """Let torch compute in one thread.

    A frame is a row of small products. To share them out costs more than it gains, and several
    times as much where another program needs the other core.
    """
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def _pieces_by_open_jtalk(text: str) -> Iterator[Piece]:
    number = 0
    for sentence in sentences_of(text):
        sound = say(sentence)
        if len(sound):
            yield Piece(number, sound)
            yield Piece(number, silence(PAUSE))
            number += 1


def silence(seconds: float) -> Array:
    """No sound."""
    return np.zeros(round(seconds * SAMPLE_RATE), np.float32)
