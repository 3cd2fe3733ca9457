"""``kirara-studio speech …``: say a text, list voices; train, export and import them.

torch is imported by the commands that compute with a network, and only when they run.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kirara_speech.commands.check import check, configure_check
from kirara_speech.commands.dictionary import configure_dictionary
from kirara_speech.commands.models import (
    configure_export,
    configure_import,
    configure_train,
    export,
    import_voice,
    train,
)
from kirara_speech.commands.prosody_arguments import add_prosody, prosody_of
from kirara_speech.commands.speak_aloud import SpeakAloud
from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.serving.command import configure_serve, serve
from kirara_speech.settings import PAGE, engine_addresses
from kirara_speech.sound.saving import check_sound_path, nothing_to_say, save_sound
from kirara_speech.speaking.chunks import SpeakRequest
from kirara_speech.speaking.voices import Voice, available_voices, engine_voices, find_voice
from kirara_studio.api.commands import CommandContext, Verb, add_verbs
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import JobTools

Array = npt.NDArray[np.float32]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the sub-commands. Each sets ``run`` to a function ``(arguments, context)``."""
    parser.description = "Let a character speak."
    verbs: tuple[Verb, ...] = (
        ("say", _configure_say, say, "speak a text, aloud or into a file"),
        ("voices", _configure_voices, voices, "list the voices"),
        ("dictionary", configure_dictionary, None, "teach words: how they are read and accented"),
        ("serve", configure_serve, serve, "let programs written for VOICEVOX use the voices"),
        ("check", configure_check, check, "are recordings fit to train on?"),
        ("train", configure_train, train, "train a network of a voice on recordings"),
        ("export", configure_export, export, "make a voice of training runs"),
        ("import", configure_import, import_voice, "make a voice of the blog author's files"),
        ("mel", _configure_mel, mel, "a text to bare arrays, to compare with another program"),
        ("spectrogram", _configure_spectrogram, spectrogram, "the same for SSRN alone"),
    )
    add_verbs(parser, verbs)


def _add_voice(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--voice",
        default="",
        metavar="VOICE",
        help="a name, or the folder of a voice (default: Open JTalk)",
    )


# say


def _configure_say(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT", help="of any length, or - to read it from stdin")
    parser.add_argument("--out", type=Path, metavar="FILE", help="a .wav, .flac or .ogg")
    parser.add_argument(
        "--play", action="store_true", help="play it while it is computed; Ctrl+C stops"
    )
    _add_voice(parser)
    add_prosody(parser)


def say(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Speak into a file, which also holds the text and the voice's name, aloud, or both."""
    if arguments.out is None and not arguments.play:
        raise UserError(
            "Where the sound goes is not said.", advice="Add --out FILE, --play, or both."
        )
    if arguments.out is not None:
        check_sound_path(arguments.out)
    voice = _voice(arguments, context)
    text = _text_of(arguments.text)
    tools = context.tools()
    prosody = prosody_of(arguments)
    request = SpeakRequest(text, voice, prosody=prosody, dictionary=context.data_folder)
    sounds = _sounds(request, tools)
    if not arguments.play:
        _save(arguments.out, sounds, request)
        return
    with SpeakAloud(tools) as aloud:
        # A file is finished as soon as all is computed, while the rest is still being heard.
        if arguments.out is not None:
            _save(arguments.out, aloud.heard(sounds, needed=False), request)
        elif not sum(len(sound) for sound in aloud.heard(sounds)):
            raise nothing_to_say()


def _save(path: Path, sounds: Iterator[Array], request: SpeakRequest) -> None:
    voice, prosody = request.voice, request.prosody.to_dict()
    said = {"kind": "speech", "text": request.text, "voice": voice.name, "manner": prosody}
    settings = {**said, **_models_of(voice)}
    new = "" if path.parent.exists() else f"; the folder {path.parent} is new"
    seconds = save_sound(path, sounds, settings)
    print(f"Saved {seconds:.1f} s by {voice.name} to {path}{new}", flush=True)


def _sounds(request: SpeakRequest, tools: JobTools) -> Iterator[Array]:
    from kirara_speech.speaking.synthesis import stream_chunks

    samples = 0
    for chunk in stream_chunks(request, tools):
        samples += len(chunk.sound)
        tools.progress(0, 0, f"{samples / SAMPLE_RATE:.1f} s")
        yield chunk.sound


def _models_of(voice: Voice) -> dict[str, str]:
    """Fingerprints of a voice's networks, by their names."""
    from kirara_studio.api.models import fingerprint

    files = {"text2mel": voice.text2mel, "ssrn": voice.ssrn}
    return {name: fingerprint(path) for name, path in files.items() if path is not None}


def _text_of(argument: str) -> str:
    if argument != "-":
        return argument
    import sys

    try:
        return sys.stdin.buffer.read().decode()
    except UnicodeDecodeError as error:
        raise UserError("The text is not UTF-8.", advice="Save it as UTF-8.") from error


# voices


def _configure_voices(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--json", action="store_true", help="for programs")
    which.add_argument(
        "--terms", metavar="VOICE", help="show what a voice of an engine may be used for"
    )


def voices(arguments: argparse.Namespace, context: CommandContext) -> None:
    """List the voices: name, what it has, and whether it comes with the studio."""
    if arguments.terms is not None:
        _show_terms(find_voice(arguments.terms, context.data_folder, _addresses(context)))
        return
    found = available_voices(context.data_folder) + engine_voices(_addresses(context))
    if arguments.json:
        import json

        print(json.dumps([_as_dict(voice) for voice in found], ensure_ascii=False, indent=2))
        return
    for voice in found:
        origin = "bundled" if voice.bundled else "yours"
        if voice.remote is not None:
            origin = voice.remote.address
        print(f"{voice.name:<24} {_parts_of(voice):<16} {origin}")


def _show_terms(voice: Voice) -> None:
    from kirara_speech.engines.voicevox import terms_of

    if voice.remote is not None:
        terms = terms_of(voice.remote)
    elif voice.card is not None:
        terms = voice.card.licence
    else:
        terms = "CC BY 3.0, HTS Voice “Mei”, Nagoya Institute of Technology"
    print(terms or "Nothing is said of what it may be used for.")


def _as_dict(voice: Voice) -> dict[str, object]:
    return {
        "name": voice.name,
        "title": _title_of(voice),
        "kind": voice.kind,
        "address": "" if voice.remote is None else voice.remote.address,
        "text2mel": voice.text2mel is not None,
        "ssrn": voice.ssrn is not None,
        "bundled": voice.bundled,
    }


def _title_of(voice: Voice) -> str:
    if voice.remote is not None:
        return f"{voice.name}, {voice.remote.engine}"
    return voice.card.name if voice.card is not None else "Open JTalk (mei)"


def _parts_of(voice: Voice) -> str:
    if voice.remote is not None:
        return voice.remote.engine
    if voice.is_open_jtalk:
        return "Open JTalk"
    parts = {"Text2Mel": voice.text2mel, "SSRN": voice.ssrn}
    return " + ".join(name for name, path in parts.items() if path is not None)


# Bare arrays


def _configure_mel(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT", help="spoken in one go, however long it is")
    _add_voice(parser)
    parser.add_argument("--raw", type=Path, metavar="MEL.npy", help="float32, mels × frames")
    parser.add_argument(
        "--attention", type=Path, metavar="ATT.npy", help="float32, symbols × frames"
    )


def mel(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Text2Mel's mel spectrogram and attention, before anything is done to them."""
    from kirara_speech.networks.raw import RawMelRequest, raw_mel_job
    from kirara_speech.reading.compiled_dictionary import use_dictionary

    if arguments.raw is None and arguments.attention is None:
        raise UserError("Where to save is not said.", advice="Add --raw MEL.npy.")
    voice = _network_voice(arguments, context)
    use_dictionary(context.data_folder)
    request = RawMelRequest(arguments.text, voice, arguments.raw, arguments.attention)
    symbols, frames = raw_mel_job(request, context.tools())
    saved = " and ".join(str(path) for path in (arguments.raw, arguments.attention) if path)
    print(f"Saved {frames} frames of {symbols} symbols to {saved}")


def _configure_spectrogram(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("mel", type=Path, metavar="MEL.npy", help="float32, mels × frames, 0 to 1")
    _add_voice(parser)
    parser.add_argument(
        "--raw", type=Path, required=True, metavar="SPEC.npy", help="float32, bins × frames"
    )


def spectrogram(arguments: argparse.Namespace, context: CommandContext) -> None:
    """SSRN's spectrogram, before anything is done to it."""
    from kirara_speech.networks.raw import RawSpectrogramRequest, raw_spectrogram_job

    voice = _network_voice(arguments, context)
    request = RawSpectrogramRequest(arguments.mel, voice, arguments.raw)
    shape = raw_spectrogram_job(request, context.tools())
    print(f"Saved {' × '.join(map(str, shape))} to {arguments.raw}")


def _network_voice(arguments: argparse.Namespace, context: CommandContext) -> Voice:
    voice = _voice(arguments, context)
    if voice.kind != "networks":
        raise UserError(
            "The voice “{voice}” has no networks.",
            advice="Name another one with --voice.",
            voice=voice.name,
        )
    return voice


def _voice(arguments: argparse.Namespace, context: CommandContext) -> Voice:
    return find_voice(arguments.voice, context.data_folder, _addresses(context))


def _addresses(context: CommandContext) -> tuple[str, ...]:
    return engine_addresses(context.settings(PAGE))
