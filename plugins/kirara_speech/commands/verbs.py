"""``kirara-studio speech …``: the verbs, and the list of voices.

Commands that compute with a network import torch when they run.
"""

from __future__ import annotations

import argparse
import json

from kirara_speech.commands.arrays import configure_mel, configure_spectrogram, mel, spectrogram
from kirara_speech.commands.dictionary import configure_dictionary
from kirara_speech.commands.models import (
    check,
    configure_check,
    configure_export,
    configure_import,
    configure_train,
    export,
    import_voice,
    train,
)
from kirara_speech.commands.say import configure_say, say
from kirara_speech.serving.command import configure_serve, serve
from kirara_speech.settings import PAGE, engine_addresses
from kirara_speech.speaking.voices import Voice, available_voices, engine_voices, find_voice
from kirara_studio.api.commands import CommandContext, Verb, add_verbs


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the sub-commands. Each sets ``run`` to a function ``(arguments, context)``."""
    parser.description = "Let a character speak."
    verbs: tuple[Verb, ...] = (
        ("say", configure_say, say, "speak a text, aloud or into a file"),
        ("voices", _configure_voices, voices, "list the voices"),
        ("dictionary", configure_dictionary, None, "teach words: how they are read and accented"),
        ("serve", configure_serve, serve, "let programs written for VOICEVOX use the voices"),
        ("check", configure_check, check, "are recordings fit to train on?"),
        ("train", configure_train, train, "train a network of a voice on recordings"),
        ("export", configure_export, export, "make a voice of training runs"),
        ("import", configure_import, import_voice, "make a voice of the blog author's files"),
        ("mel", configure_mel, mel, "a text to bare arrays, to compare with another program"),
        ("spectrogram", configure_spectrogram, spectrogram, "the same for SSRN alone"),
    )
    add_verbs(parser, verbs)


def _configure_voices(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--json", action="store_true", help="for programs")
    which.add_argument(
        "--terms", metavar="VOICE", help="show what a voice of an engine may be used for"
    )


def voices(arguments: argparse.Namespace, context: CommandContext) -> None:
    """List the voices: name, what it has, and whether it comes with the studio."""
    addresses = engine_addresses(context.settings(PAGE))
    if arguments.terms is not None:
        _show_terms(find_voice(arguments.terms, context.data_folder, addresses))
        return
    found = available_voices(context.data_folder) + engine_voices(addresses)
    if arguments.json:
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
    print(terms or "The terms of use are not known.")


def _as_dict(voice: Voice) -> dict[str, object]:
    if voice.remote is not None:
        title = f"{voice.name}, {voice.remote.engine}"
    else:
        title = voice.card.name if voice.card is not None else "Open JTalk (mei)"
    return {
        "name": voice.name,
        "title": title,
        "kind": voice.kind,
        "address": "" if voice.remote is None else voice.remote.address,
        "text2mel": voice.text2mel is not None,
        "ssrn": voice.ssrn is not None,
        "bundled": voice.bundled,
    }


def _parts_of(voice: Voice) -> str:
    if voice.remote is not None:
        return voice.remote.engine
    parts = {"Text2Mel": voice.text2mel, "SSRN": voice.ssrn}
    return " + ".join(name for name, path in parts.items() if path is not None) or "Open JTalk"
