"""Foresight: the next frames of a moving picture. Hook implementations only."""

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
            id="foresight",
            title=QT_TRANSLATE_NOOP("foresight", "Foresight"),
            subtitle=QT_TRANSLATE_NOOP("foresight", "See what comes next"),
            icon="foresight",
            widget="kirara_foresight.panel:ForesightPanel",
            tour="kirara_foresight.tour:run",
            order=30,
        )
    ]


@hookimpl
def kirara_commands() -> Sequence[Command]:
    """The command ``foresight``."""
    return [
        Command(
            "foresight",
            "the next frames of a moving picture",
            "kirara_foresight.commands:configure",
        )
    ]


@hookimpl
def kirara_model_formats() -> Sequence[ModelFormat]:
    """The blog author's files."""
    return [
        ModelFormat(
            id="chainer-convlstm",
            title=QT_TRANSLATE_NOOP("foresight", "Convolutional LSTM of the blog (chainer)"),
            suffixes=(".npz",),
            recognise="kirara_foresight.networks.model_files:recognise",
            architectures=("convlstm",),
        )
    ]


@hookimpl
def kirara_translations() -> Sequence[Path]:
    """The folder of translations."""
    return [Path(__file__).parent / "translations"]
