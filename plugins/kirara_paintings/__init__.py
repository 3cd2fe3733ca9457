"""Paintings: what style is this, and why. Hook implementations only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kirara_studio.api.commands import Command
from kirara_studio.api.hooks import hookimpl
from kirara_studio.api.panel import ModelFormat, Panel
from kirara_studio.api.text import QT_TRANSLATE_NOOP


@hookimpl
def kirara_panels() -> Sequence[Panel]:
    """The panel."""
    return [
        Panel(
            id="paintings",
            title=QT_TRANSLATE_NOOP("paintings", "Paintings"),
            subtitle=QT_TRANSLATE_NOOP("paintings", "What style is this, and why?"),
            icon="paintings",
            widget="kirara_paintings.panel:PaintingsPanel",
            tour="kirara_paintings.tour:run",
            order=40,
        )
    ]


@hookimpl
def kirara_commands() -> Sequence[Command]:
    """The command ``paintings``."""
    return [
        Command(
            "paintings",
            "what style a painting is of, and why",
            "kirara_paintings.commands.verbs:configure",
        )
    ]


@hookimpl
def kirara_model_formats() -> Sequence[ModelFormat]:
    """Models of either classifier."""
    return [
        ModelFormat(
            id="paintings-classifier",
            title=QT_TRANSLATE_NOOP("paintings", "Classifier of paintings"),
            architectures=("paintings-network", "paintings-features"),
        )
    ]


@hookimpl
def kirara_translations() -> Sequence[Path]:
    """The folder of translations."""
    return [Path(__file__).parent / "translations"]
