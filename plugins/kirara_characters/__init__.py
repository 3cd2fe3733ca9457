"""Characters: generate and morph pictures of characters. Hook implementations only."""

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
            id="characters",
            title=QT_TRANSLATE_NOOP("characters", "Characters"),
            subtitle=QT_TRANSLATE_NOOP("characters", "Pin faces, then morph"),
            icon="characters",
            widget="kirara_characters.panel:CharactersPanel",
            tour="kirara_characters.tour:run",
            order=10,
        )
    ]


@hookimpl
def kirara_commands() -> Sequence[Command]:
    """The command "characters"."""
    return [
        Command(
            "characters",
            "draw, generate, morph, train and import characters",
            "kirara_characters.commands.verbs:configure",
        )
    ]


@hookimpl
def kirara_model_formats() -> Sequence[ModelFormat]:
    """The blog author's files."""
    return [
        ModelFormat(
            id="chainer-pggan",
            title=QT_TRANSLATE_NOOP("characters", "Progressive growing GAN of the blog (chainer)"),
            suffixes=(".npz",),
            recognise="kirara_characters.networks.author_format:recognise",
            architectures=("pggan-generator", "pggan-discriminator"),
        )
    ]


@hookimpl
def kirara_translations() -> Sequence[Path]:
    """The folder of the Japanese texts."""
    return [Path(__file__).parent / "translations"]
