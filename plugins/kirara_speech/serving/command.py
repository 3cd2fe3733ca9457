"""``kirara-studio speech serve``: the studio's voices for other programs."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Callable

from kirara_speech.serving.listening import THIS_COMPUTER, address_of, listen
from kirara_speech.settings import PAGE, engine_addresses
from kirara_speech.speaking.voices import Voice, available_voices, find_voice
from kirara_studio import __version__
from kirara_studio.api.commands import CommandContext
from kirara_studio.api.errors import UserError


def configure_serve(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`serve`."""
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="ADDRESS",
        help="the address to listen at; 0.0.0.0 lets other computers in, without any protection "
        "(default 127.0.0.1: this computer only)",
    )
    parser.add_argument(
        "--port", type=int, default=50021, help="0 takes a free one (default 50021, as VOICEVOX)"
    )
    parser.add_argument(
        "--voice",
        action="append",
        default=[],
        metavar="VOICE",
        help="a name, or the folder of a voice; may be given several times (default: all)",
    )
    parser.add_argument(
        "--allow-origin",
        action="append",
        default=[],
        metavar="ORIGIN",
        help="let pages of this origin ask too (https://example.org), or of any (*)",
    )
    parser.add_argument("--until-input-ends", action="store_true", help=argparse.SUPPRESS)
    _add_numbers(parser)


def _add_numbers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--speaker",
        action="append",
        default=[],
        metavar="NUMBER=VOICE",
        help="a number that a program uses without asking, for example 1=kirara; may be given "
        "several times",
    )
    parser.add_argument(
        "--any-speaker",
        nargs="?",
        const="",
        metavar="VOICE",
        help="speak with this voice (default: the first one) if a program asks for another number",
    )


def serve(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Serve until Ctrl+C."""
    voices = _voices(arguments, context)
    aliases = dict(_alias(text, context) for text in arguments.speaker)
    any_number = _any_number(arguments.any_speaker, voices, context)
    # Imported here, since torch and FastAPI come with it.
    from kirara_speech.serving.app import Interface
    from kirara_speech.serving.catalogue import Catalogue
    from kirara_speech.serving.presets import PresetStore
    from kirara_speech.serving.server import Server
    from kirara_speech.serving.speech_service import SpeechService

    service = SpeechService(context.tools(), context.data_folder)
    presets = PresetStore(context.data_folder, lambda error: print(error, file=sys.stderr))
    catalogue = Catalogue(voices, __version__, aliases, any_number)
    app = Interface(catalogue, service, presets, __version__).app
    with listen(arguments.host, arguments.port) as listening:
        local_only = listening.getsockname()[0] in (THIS_COMPUTER, "::1")
        server = Server(app, service.stop, origins=arguments.allow_origin, local_only=local_only)
        if arguments.until_input_ends:
            threading.Thread(target=_end_with_input, args=(server.end,), daemon=True).start()
        names = ", ".join(voice.name for voice in voices)
        print(f"Speaking at {address_of(listening)} with {names}. Ctrl+C ends.", flush=True)
        print(f"Its interface: {address_of(listening)}/docs", flush=True)
        server.run(sockets=[listening])
    print("Ended.")


def _end_with_input(end: Callable[[], None]) -> None:
    """End the server with the program that started it, however that ends."""
    sys.stdin.buffer.read()
    end()


def _voices(arguments: argparse.Namespace, context: CommandContext) -> list[Voice]:
    from kirara_speech.serving.catalogue import speaks_japanese

    if not arguments.voice:
        return [v for v in available_voices(context.data_folder) if speaks_japanese(v)]
    return [_voice(name, context) for name in arguments.voice]


def _voice(name: str, context: CommandContext) -> Voice:
    from kirara_speech.serving.catalogue import speaks_japanese

    voice = find_voice(name, context.data_folder, engine_addresses(context.settings(PAGE)))
    if not speaks_japanese(voice):
        raise UserError(
            "The voice “{voice}” does not read Japanese, which VOICEVOX's interface needs.",
            advice="Choose another one with --voice.",
            voice=voice.name,
        )
    return voice


def _alias(text: str, context: CommandContext) -> tuple[int, Voice]:
    number, _, name = text.partition("=")
    if not (number.isdecimal() and int(number) < 2**31 and name):
        raise UserError(
            "“{text}” is not a number and a voice.",
            advice="Write --speaker 1=kirara.",
            text=text,
        )
    return int(number), _voice(name, context)


def _any_number(name: str | None, voices: list[Voice], context: CommandContext) -> Voice | None:
    if name is None:
        return None
    return _voice(name, context) if name else voices[0]
