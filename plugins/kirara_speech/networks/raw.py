"""The networks on bare arrays, exactly: to compare with another implementation.

Always on the CPU in fp32, without anything done to the result. A text is spoken in one go, however
long it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kirara_speech.networks.config import MELS
from kirara_speech.speaking.voices import Voice
from kirara_studio.api.arrays import read_array, write_array
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import JobTools


@dataclass(frozen=True)
class RawMelRequest:
    """A text → its mel spectrogram in the file ``mel`` (mels, frames), and where the network looked
    in the file ``attention`` (symbols, frames), float32; either may be None."""

    text: str
    voice: Voice
    mel: Path | None
    attention: Path | None = None


@dataclass(frozen=True)
class RawSpectrogramRequest:
    """The mel spectrogram in the file ``mel`` (mels, frames), 0…1 → the fine one in the file
    ``output`` (bins, 4·frames), float32."""

    mel: Path
    voice: Voice
    output: Path


def raw_mel_job(request: RawMelRequest, tools: JobTools) -> tuple[int, int]:
    """Speak; returns how many symbols and frames there are.

    Raises :class:`UserError` if the voice has no Text2Mel, or cannot read the text.
    """
    from kirara_speech.networks.decoding import decode, joined, text_of
    from kirara_speech.networks.model_files import load_text2mel
    from kirara_speech.networks.stepping import Text2MelSteps
    from kirara_speech.reading.utterances import symbols_for

    network = load_text2mel(_file_of(request.voice, "Text2Mel", request.voice.text2mel))
    try:
        symbols = symbols_for(network.config.front_end, request.text)
    except ValueError as error:
        raise UserError(
            "The voice cannot read this text: {reason}.", advice="Write some words.", reason=error
        ) from error
    frames = []
    for frame in decode(Text2MelSteps(network), text_of(network.config, symbols)):
        frames.append(frame)
        tools.progress(len(frames), 0, f"{len(frames)} frames")
    mel, attention = joined(frames)
    if request.mel is not None:
        write_array(request.mel, mel)
    if request.attention is not None:
        write_array(request.attention, attention)
    return attention.shape


def raw_spectrogram_job(request: RawSpectrogramRequest, tools: JobTools) -> tuple[int, ...]:
    """Run SSRN; returns the shape of what was written.

    Raises :class:`UserError` if the voice has no SSRN, or the file does not fit.
    """
    from kirara_speech.networks.fine_frames import fine_of
    from kirara_speech.networks.model_files import load_ssrn

    mel = read_array(request.mel)
    shape = mel.shape
    if len(shape) == 3 and shape[0] == 1:  # a batch of one, as programs keep them
        mel = mel[0]
    if mel.ndim != 2 or mel.shape[0] != MELS or mel.shape[1] == 0:
        raise UserError(
            "“{file}” has the shape {shape}, not ({mels}, frames).",
            advice="Save the array in that shape.",
            file=request.mel.name,
            shape=shape,
            mels=MELS,
        )
    network = load_ssrn(_file_of(request.voice, "SSRN", request.voice.ssrn))
    tools.progress(0, 1, "")
    fine = fine_of(network, np.ascontiguousarray(mel))
    write_array(request.output, fine)
    return fine.shape


def _file_of(voice: Voice, kind: str, path: Path | None) -> Path:
    if path is None:
        raise UserError(
            "The voice “{voice}” has no {kind}.",
            advice="Choose a voice that has one.",
            voice=voice.name,
            kind=kind,
        )
    return path
