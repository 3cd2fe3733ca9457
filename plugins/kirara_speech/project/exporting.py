"""Saving lines as sound files: a job of the engine, on the disk as it is computed. No torch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.project.script import Line
from kirara_speech.project.sound_memory import remembered
from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.sound.saving import save_sound
from kirara_speech.speaking.chunks import SpeakRequest, SpokenMora
from kirara_studio.api.files import write_atomically
from kirara_studio.api.jobs import JobTools

Array = npt.NDArray[np.float32]

_TICKS = 10_000_000  # a second in label files


@dataclass(frozen=True)
class ExportChoice:
    """What the user chose: which lines go to which files, with texts and labels or without."""

    paths: tuple[Path, ...]
    lines: tuple[tuple[Line, ...], ...]
    texts: bool
    labels: bool


@dataclass(frozen=True)
class Clip:
    """A file to be made of ``lines``, which speak as ``requests`` say."""

    path: Path
    lines: tuple[Line, ...]
    requests: tuple[SpeakRequest, ...]


@dataclass(frozen=True)
class ExportRequest:
    """Files to be made; with ``texts`` and ``labels`` what is said, and when, beside them."""

    clips: tuple[Clip, ...]
    texts: bool = False
    labels: bool = False


def export_job(request: ExportRequest, tools: JobTools) -> list[Path]:
    """Make the files, each whole or not at all; returns the paths of the sounds.

    Raises :class:`UserError` if a line cannot be spoken, or a file cannot be written.
    """
    total = sum(len(clip.lines) for clip in request.clips)
    done = 0
    saved = []
    for clip in request.clips:
        timings: list[str] = []
        sounds = _sounds(clip, tools, done, total, timings)
        save_sound(clip.path, sounds, remembered(clip.lines, clip.path.suffix))
        if request.texts:
            text = "\n".join(line.text for line in clip.lines)
            write_atomically(clip.path.with_suffix(".txt"), text + "\n")
        if request.labels:
            write_atomically(clip.path.with_suffix(".lab"), "".join(timings))
        done += len(clip.lines)
        saved.append(clip.path)
    return saved


def _sounds(
    clip: Clip, tools: JobTools, done: int, total: int, timings: list[str]
) -> Iterator[Array]:
    """The sound of a clip, chunk by chunk; the times of its morae go to ``timings``."""
    from kirara_speech.speaking.synthesis import stream_chunks

    begun = 0  # samples before this line
    for number, request in enumerate(clip.requests, done):
        samples = 0
        for chunk in stream_chunks(request, tools):
            tools.progress(number, total, f"{number + 1} / {total}")
            timings += label_lines(chunk.morae, request.phrases or (), begun)
            samples += len(chunk.sound)
            yield chunk.sound
        begun += samples


def label_lines(
    morae: Sequence[SpokenMora], phrases: Sequence[AccentPhrase], offset: int = 0
) -> list[str]:
    """Lines of a label file: begin and end in units of 100 ns, and the kana, "pau" for a pause."""
    lines = []
    for mora in morae:
        kana = "pau"
        if mora.mora >= 0 and mora.phrase < len(phrases):
            kana = phrases[mora.phrase].morae[mora.mora].kana
        start, end = (round((offset + at) * _TICKS / SAMPLE_RATE) for at in (mora.start, mora.end))
        lines.append(f"{start} {end} {kana}\n")
    return lines
