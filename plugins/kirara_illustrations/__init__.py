"""Illustrations: what favourite artists post, gathered. Hook implementations only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kirara_illustrations.options import PAGE
from kirara_studio.api.commands import Command
from kirara_studio.api.hooks import Studio, hookimpl
from kirara_studio.api.panel import Panel
from kirara_studio.api.settings import SettingsPage
from kirara_studio.api.text import QT_TRANSLATE_NOOP


@hookimpl
def kirara_panels() -> Sequence[Panel]:
    return [
        Panel(
            id="illustrations",
            title=QT_TRANSLATE_NOOP("illustrations", "Illustrations"),
            subtitle=QT_TRANSLATE_NOOP("illustrations", "What your favourite artists post"),
            icon="illustrations",
            widget="kirara_illustrations.panel:IllustrationsPanel",
            tour="kirara_illustrations.tour:run",
            order=50,
        )
    ]


@hookimpl
def kirara_commands() -> Sequence[Command]:
    """The command ``illustrations``."""
    verbs = "kirara_illustrations.commands.verbs:configure"
    return [Command("illustrations", "gather what favourite artists post", verbs)]


@hookimpl
def kirara_settings() -> Sequence[SettingsPage]:
    """When to collect, what passes, and what is sent."""
    return [PAGE]


@hookimpl
def kirara_startup(studio: Studio) -> None:
    """Collect in the background."""
    from kirara_illustrations.service import begin

    begin(studio)


@hookimpl
def kirara_shutdown() -> None:
    """End that."""
    from kirara_illustrations.service import end

    end()


@hookimpl
def kirara_translations() -> Sequence[Path]:
    """The folder of translations."""
    return [Path(__file__).parent / "translations"]
