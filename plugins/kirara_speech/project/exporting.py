"""Saving lines as sound files: a job of the engine, which writes while it computes. No torch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.project.script import Line
from kirara_speech.project.sound_memory import remembered
from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.sound.saving import save_sound
from kirara_speech.speaking.chunks import Array, SpeakRequest, SpokenMora
from kirara_studio.api.files import write_atomically
from kirara_studio.api.jobs import JobTools

_TICKS = 10_000_000  # a second in label files


@dataclass(frozen=True)
class ExportChoice:
    """Files, the lines of each, and whether their texts and labels are saved beside them."""

    paths: tuple[Path, ...]
    lines: tuple[tuple[Line, ...], ...]
    texts: bool
    labels: bool


@dataclass(frozen=True)
class ExportRequest:
    """Make the files of ``choice``; ``requests`` are those of its lines, file by file."""

    choice: ExportChoice
    requests: tuple[tuple[SpeakRequest, ...], ...]


def export_job(request: ExportRequest, tools: JobTools) -> list[Path]:
    """Make the files, each whole or not at all; returns the paths of the sounds.

    Raises :class:`UserError` if a line cannot be spoken, or a file cannot be written.
    """
    choice, done = request.choice, 0
    total = sum(map(len, choice.lines))
    for path, lines, requests in zip(choice.paths, choice.lines, request.requests, strict=True):
        labels: list[str] = []
        sounds = _sounds(requests, tools, done, total, labels)
        save_sound(path, sounds, remembered(lines, path.suffix))
        if choice.texts:
            text = "\n".join(line.text for line in lines)
            write_atomically(path.with_suffix(".txt"), text + "\n")
        if choice.labels:
            write_atomically(path.with_suffix(".lab"), "".join(labels))
        done += len(lines)
    return list(choice.paths)


def _sounds(
    requests: Sequence[SpeakRequest], tools: JobTools, done: int, total: int, labels: list[str]
) -> Iterator[Array]:
    """The sound of a file, chunk by chunk; appends its lines to ``labels``."""
    from kirara_speech.speaking.synthesis import stream_chunks

    begun = 0  # samples before this line
    for number, request in enumerate(requests, done):
        samples = 0
        for chunk in stream_chunks(request, tools):
            tools.progress(number, total, f"{number + 1} / {total}")
            labels += label_lines(chunk.morae, request.phrases or (), begun)
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
