"""New plugin: what it adds to the studio. Hook implementations only, so a start stays quick."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kirara_studio.api.commands import Command
from kirara_studio.api.hooks import hookimpl
from kirara_studio.api.panel import Panel
from kirara_studio.api.settings import SettingsPage
from kirara_studio.api.text import QT_TRANSLATE_NOOP

from kirara_newplugin.settings import PAGE

KIRARA_API = ">=1.3,<2"
"""The versions of the plugin interface that it was written for."""


@hookimpl
def kirara_panels() -> Sequence[Panel]:
    return [
        Panel(
            id="newplugin",
            title=QT_TRANSLATE_NOOP("newplugin", "New plugin"),
            subtitle=QT_TRANSLATE_NOOP("newplugin", "Watch a sunflower grow, seed by seed"),
            icon="icon.svg",
            widget="kirara_newplugin.panel:NewPluginPanel",
        )
    ]


@hookimpl
def kirara_commands() -> Sequence[Command]:
    return [Command("newplugin", "draw a sunflower", "kirara_newplugin.commands:configure")]


@hookimpl
def kirara_settings() -> Sequence[SettingsPage]:
    return [PAGE]


@hookimpl
def kirara_translations() -> Sequence[Path]:
    return [Path(__file__).parent / "translations"]
