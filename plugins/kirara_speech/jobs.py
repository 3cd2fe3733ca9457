"""The panel's jobs, in the engine or in a thread: reading, engines, speaking."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kirara_speech.engines.voicevox import RemoteStyle, terms_of
from kirara_speech.reading.compiled_dictionary import use_dictionary
from kirara_speech.reading.japanese import Reading, read_fully
from kirara_speech.speaking.chunks import SpeakRequest
from kirara_speech.speaking.voices import Voice, engine_voices
from kirara_studio.api.jobs import JobTools


@dataclass(frozen=True)
class ReadRequest:
    """Read ``text`` with the user's dictionary in ``folder``."""

    text: str
    folder: Path


def read_job(request: ReadRequest, tools: JobTools) -> Reading:
    """The accent phrases of a text, and what of it cannot be read."""
    tools.progress(0)  # raises Cancelled
    use_dictionary(request.folder)
    return read_fully(request.text)


@dataclass(frozen=True)
class EngineRequest:
    """Look for engines at the usual addresses and at these."""

    addresses: tuple[str, ...] = ()


def engine_job(request: EngineRequest, tools: JobTools) -> list[Voice]:
    """The voices of running engines."""
    return engine_voices(request.addresses, lambda: tools.progress(0))


def terms_job(style: RemoteStyle, tools: JobTools) -> str:
    """The terms of use of an engine's speaker."""
    return terms_of(style, lambda: tools.progress(0))


def speak_job(request: SpeakRequest, tools: JobTools) -> int:
    """Give each chunk of sound as soon as it is computed; returns the number of samples."""
    from kirara_speech.speaking.synthesis import stream_chunks

    samples = 0
    for chunk in stream_chunks(request, tools):
        samples += len(chunk.sound)
        tools.give(chunk)
    return samples
