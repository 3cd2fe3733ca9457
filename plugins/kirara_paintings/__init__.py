"""Paintings: what style is this, and why. Hook implementations only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kirara_studio.api.commands import Command
from kirara_studio.api.hooks import hookimpl


@hookimpl
def kirara_commands() -> Sequence[Command]:
    return [
        Command(
            "paintings",
            "what style a painting is of, and why",
            "kirara_paintings.commands.verbs:configure",
        )
    ]


@hookimpl
def kirara_translations() -> Sequence[Path]:
    return [Path(__file__).parent / "translations"]
