"""A network's voice: Text2Mel, SSRN and vocoder, each on what the one before has so far."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch

from kirara_speech.networks.decoding import decode, joined, text_of
from kirara_speech.networks.fine_frames import FineFrames, InverseFrames, SsrnFrames
from kirara_speech.networks.model_files import load_ssrn, load_text2mel
from kirara_speech.networks.ssrn import Ssrn
from kirara_speech.networks.stepping import Text2MelSteps
from kirara_speech.reading.utterances import Utterance
from kirara_speech.sound.vocoder import Vocoder
from kirara_speech.speaking.manner import Manner
from kirara_speech.speaking.pacing import PacedFrame, Pacer, edges_of, slots_of
from kirara_speech.speaking.pieces import Piece
from kirara_speech.speaking.timing import TimedMora, timed_morae
from kirara_speech.speaking.voices import Voice
from kirara_studio.api.errors import UserError

FIRST_PIECE = 12
"""Coarse frames (46 ms each) until the first sound of a sentence; each later piece has twice as
many, up to eight times: the listener has more in hand, and larger pieces cost less."""


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


def speak_utterance(
    networks: Networks, utterance: Utterance, number: int = 0, manner: Manner | None = None
) -> Generator[Piece, None, list[TimedMora]]:
    """Speak at the wanted tempo, giving each piece of sound as soon as it is there; returns when
    its morae were spoken."""
    config = networks.steps.config
    fine: FineFrames = (
        InverseFrames(config.features) if networks.ssrn is None else SsrnFrames(networks.ssrn)
    )
    vocoder = Vocoder()
    slots = slots_of(utterance, manner or Manner())
    pacer = Pacer([slot.factor for slot in slots])
    size, samples = FIRST_PIECE, 0
    paced: list[PacedFrame] = []
    symbols: list[int] = []

    def piece(*, last: bool) -> Piece:
        nonlocal samples
        mel, attention = joined([one.frame for one in paced])
        sound = vocoder.push(fine.push(mel, last=last), last=last)
        samples += len(sound)
        symbols.extend(one.symbol for one in paced)
        return Piece(number, np.clip(sound, -1, 1), mel, attention)

    def frames() -> Iterator[PacedFrame]:
        for frame in decode(networks.steps, text_of(config, utterance.symbols)):
            yield from pacer.push(frame)
        yield from pacer.finish()

    for frame in frames():
        # One frame is always kept, so that the last piece has one.
        if len(paced) >= size:
            yield piece(last=False)
            paced = []
            size = min(2 * size, 8 * FIRST_PIECE)
        paced.append(frame)
    yield piece(last=True)
    return timed_morae(slots, edges_of(len(slots), symbols, samples), utterance.places)


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
