"""``kirara-studio speech say``: into a file, through the loudspeakers, or both."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.reading.japanese import read_fully
from kirara_speech.settings import PAGE, engine_addresses
from kirara_speech.sound.playback import Playback
from kirara_speech.sound.saving import check_sound_path, nothing_to_say, save_sound
from kirara_speech.speaking.capabilities import NOT, capabilities_of
from kirara_speech.speaking.chunks import SpeakRequest
from kirara_speech.speaking.prosody import RANGES, Prosody
from kirara_speech.speaking.voices import Voice, find_voice
from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import exists
from kirara_studio.api.jobs import JobTools

Array = npt.NDArray[np.float32]

_LOOK = 0.1  # seconds
_MOST_UNREAD = 20
_PROSODY = {
    "speed": "times as fast",
    "pitch": "semitones higher",
    "intonation": "times as lively",
    "volume": "times as loud",
    "pauses": "times as long pauses",
}


def add_voice(parser: argparse.ArgumentParser) -> None:
    """Add ``--voice``, for :func:`voice_of`."""
    parser.add_argument(
        "--voice",
        default="",
        metavar="VOICE",
        help="a name, or the folder of a voice (default: Open JTalk)",
    )


def voice_of(arguments: argparse.Namespace, context: CommandContext) -> Voice:
    """The voice that was chosen. Raises :class:`UserError` if there is none of that name."""
    addresses = engine_addresses(context.settings(PAGE))
    return find_voice(arguments.voice, context.data_folder, addresses)


def configure_say(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`say`."""
    parser.add_argument("text", metavar="TEXT", help="of any length, or - to read it from stdin")
    parser.add_argument("--out", type=Path, metavar="FILE", help="a .wav, .flac or .ogg")
    parser.add_argument(
        "--play", action="store_true", help="play it while it is computed; Ctrl+C stops"
    )
    add_voice(parser)
    usual = Prosody()
    for name, text in _PROSODY.items():
        lowest, highest = RANGES[name]
        default = getattr(usual, name)
        parser.add_argument(
            f"--{name}",
            type=float,
            default=default,
            metavar="N",
            help=f"{text}: {lowest:g} to {highest:g} (default: {default:g})",
        )


def say(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Speak into a file, which also holds the text and the voice's name, aloud, or both."""
    if arguments.out is None and not arguments.play:
        raise UserError(
            "There is neither a file nor playback.", advice="Add --out FILE, --play, or both."
        )
    if arguments.out is not None:
        check_sound_path(arguments.out)
    voice = voice_of(arguments, context)
    text = _text_of(arguments.text)
    tools = context.tools()
    prosody = _prosody_of(arguments)
    request = SpeakRequest(text, voice, prosody=prosody, dictionary=context.data_folder)
    sounds = _sounds(request, tools)
    if not arguments.play:
        _save(arguments.out, sounds, request)
    else:
        with _aloud(tools) as heard:
            # A file is finished once all is computed, while the rest is still being heard.
            if arguments.out is not None:
                _save(arguments.out, heard(sounds, False), request)
            elif not sum(len(sound) for sound in heard(sounds, True)):
                raise nothing_to_say()
    _warn_of_unread(request)


def _warn_of_unread(request: SpeakRequest) -> None:
    # At the end: a text of any length is spoken from its beginning at once.
    if capabilities_of(request.voice)["reading"] == NOT:  # it reads letters
        return
    text = request.text
    parts = list(dict.fromkeys(text[start:end].strip() for start, end in read_fully(text).unread))
    if parts:
        shown = " ".join(parts[:_MOST_UNREAD]) + (" …" if len(parts) > _MOST_UNREAD else "")
        print(
            f"Not read: {shown}\nNo voice can read these characters. Write what shall be said "
            "instead, or add them with “speech dictionary add”.",
            file=sys.stderr,
        )


def _prosody_of(arguments: argparse.Namespace) -> Prosody:
    try:
        return Prosody(**{name: getattr(arguments, name) for name in _PROSODY})
    except ValueError as error:
        raise UserError(
            "The voice cannot speak like that: {reason}.",
            advice="Give a number in that range.",
            reason=error,
        ) from error


def _text_of(argument: str) -> str:
    try:
        return sys.stdin.buffer.read().decode() if argument == "-" else argument
    except UnicodeDecodeError as error:
        raise UserError("The text is not UTF-8.", advice="Save it as UTF-8.") from error


def _sounds(request: SpeakRequest, tools: JobTools) -> Iterator[Array]:
    from kirara_speech.speaking.synthesis import stream_chunks

    samples = 0
    for chunk in stream_chunks(request, tools):
        samples += len(chunk.sound)
        tools.progress(0, 0, f"{samples / SAMPLE_RATE:.1f} s")
        yield chunk.sound


def _save(path: Path, sounds: Iterator[Array], request: SpeakRequest) -> None:
    from kirara_studio.api.models import fingerprint

    voice = request.voice
    files = {"text2mel": voice.text2mel, "ssrn": voice.ssrn}
    settings = {
        "kind": "speech",
        "text": request.text,
        "voice": voice.name,
        "manner": request.prosody.to_dict(),
        **{name: fingerprint(file) for name, file in files.items() if file is not None},
    }
    new = "" if exists(path.parent) else f"; the folder {path.parent} is new"
    seconds = save_sound(path, sounds, settings)
    print(f"Saved {seconds:.1f} s by {voice.name} to {path}{new}", flush=True)


@contextmanager
def _aloud(tools: JobTools) -> Iterator[Callable[[Iterable[Array], bool], Iterator[Array]]]:
    """A function that plays sounds and yields them; it raises problems if playing is needed.

    Leaving waits until all was heard, and raises UserError if nothing could be played; an
    exception, also Ctrl+C, silences it at once.
    """
    playback, total = Playback(), 0

    def heard(sounds: Iterable[Array], needed: bool) -> Iterator[Array]:
        nonlocal total
        for sound in sounds:
            playback.push(sound)
            total += len(sound)
            yield sound
            if needed and playback.problem is not None:
                raise playback.problem

    def report() -> None:
        done = playback.position
        text = f"{done / SAMPLE_RATE:.1f} of {total / SAMPLE_RATE:.1f} s heard"
        tools.progress(done, total, text)

    try:
        yield heard
        playback.finish()
        while not playback.wait(_LOOK):
            if playback.position < total:  # the end is reported once
                report()
    finally:
        playback.stop()
        playback.wait(1)
    if playback.problem is not None:
        raise playback.problem
    report()
