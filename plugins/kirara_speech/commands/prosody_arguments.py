"""How a line is spoken, as options of a command."""

from __future__ import annotations

import argparse

from kirara_speech.speaking.prosody import RANGES, Prosody
from kirara_studio.api.errors import UserError

_HELP = {
    "speed": "times as fast",
    "pitch": "semitones higher",
    "intonation": "times as lively",
    "volume": "times as loud",
    "pauses": "times as long pauses",
}


def add_prosody(parser: argparse.ArgumentParser) -> None:
    """Add ``--speed`` and its like."""
    usual = Prosody()
    for name, text in _HELP.items():
        lowest, highest = RANGES[name]
        parser.add_argument(
            f"--{name}",
            type=float,
            default=getattr(usual, name),
            metavar="N",
            help=f"{text}: {lowest:g} to {highest:g} (default: {getattr(usual, name):g})",
        )


def prosody_of(arguments: argparse.Namespace) -> Prosody:
    """What the options say. Raises :class:`UserError` for a number out of its range."""
    try:
        return Prosody(**{name: getattr(arguments, name) for name in _HELP})
    except ValueError as error:
        raise UserError(
            "The voice cannot speak like that: {reason}.",
            advice="Give a number in that range.",
            reason=error,
        ) from error
