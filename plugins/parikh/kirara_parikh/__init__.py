"""Parikh: letter counts of context-free languages. Hook implementations only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kirara_studio.api.commands import Command
from kirara_studio.api.hooks import hookimpl
from kirara_studio.api.panel import Panel
from kirara_studio.api.text import QT_TRANSLATE_NOOP

KIRARA_API = ">=1.2,<2"
"""The versions of the plugin interface that it was written for."""


@hookimpl
def kirara_panels() -> Sequence[Panel]:
    return [
        Panel(
            id="parikh",
            title=QT_TRANSLATE_NOOP("parikh", "Parikh"),
            subtitle=QT_TRANSLATE_NOOP("parikh", "Which letter counts a grammar can make"),
            icon="icons/parikh.svg",
            widget="kirara_parikh.panel:ParikhPanel",
            tour="kirara_parikh.tour:run",
            api=KIRARA_API,
            order=110,
        )
    ]


@hookimpl
def kirara_commands() -> Sequence[Command]:
    return [
        Command(
            "parikh",
            "the letter counts of a context-free grammar: set, membership, comparison",
            "kirara_parikh.commands.parikh:configure",
        )
    ]


@hookimpl
def kirara_translations() -> Sequence[Path]:
    return [Path(__file__).parent / "translations"]
