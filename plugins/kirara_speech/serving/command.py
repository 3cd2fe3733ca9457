"""``kirara-studio speech serve``: the studio's voices for other programs."""

from __future__ import annotations

import argparse
import sys

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


def serve(arguments: argparse.Namespace, context: CommandContext) -> None:
    """Serve until Ctrl+C."""
    voices = _voices(arguments, context)
    # Imported here, since torch and FastAPI come with it.
    from kirara_speech.serving.app import Interface
    from kirara_speech.serving.catalogue import Catalogue
    from kirara_speech.serving.presets import PresetStore
    from kirara_speech.serving.server import Server, address_of, listen
    from kirara_speech.serving.speech_service import SpeechService

    service = SpeechService(context.tools(), context.data_folder)
    presets = PresetStore(context.data_folder, lambda error: print(error, file=sys.stderr))
    app = Interface(Catalogue(voices, __version__), service, presets, __version__).app
    with listen(arguments.host, arguments.port) as listening:
        local_only = listening.getsockname()[0] in ("127.0.0.1", "::1")
        server = Server(app, service.stop, origins=arguments.allow_origin, local_only=local_only)
        names = ", ".join(voice.name for voice in voices)
        print(f"Speaking at {address_of(listening)} with {names}. Ctrl+C ends.", flush=True)
        print(f"Its interface: {address_of(listening)}/docs", flush=True)
        server.run(sockets=[listening])
    print("Ended.")


def _voices(arguments: argparse.Namespace, context: CommandContext) -> list[Voice]:
    from kirara_speech.serving.catalogue import speaks_japanese

    if not arguments.voice:
        return [v for v in available_voices(context.data_folder) if speaks_japanese(v)]
    addresses = engine_addresses(context.settings(PAGE))
    voices = [find_voice(name, context.data_folder, addresses) for name in arguments.voice]
    for voice in voices:
        if not speaks_japanese(voice):
            raise UserError(
                "The voice “{voice}” does not read Japanese, which VOICEVOX's interface needs.",
                advice="Choose another one with --voice.",
                voice=voice.name,
            )
    return voices
