"""A well-behaved plugin with a panel, settings and an action."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kirara_studio.api.hooks import Action, Studio, hookimpl
from kirara_studio.api.panel import ModelFormat, Panel
from kirara_studio.api.settings import Choice, Folder, Number, SettingsPage, Text, Toggle

PAGE = SettingsPage(
    id="sample",
    title="Sample",
    fields=(
        Toggle("playful", "Playful", default=True, help="Says more than it must."),
        Number("count", "Count", default=16, minimum=1, maximum=64, suffix="faces"),
        Number("strength", "Strength", default=0.7, minimum=0, maximum=1, step=0.05, decimals=2),
        Choice("format", "Format", (("gif", "GIF"), ("webp", "WebP")), "gif"),
        Text("name", "Name", placeholder="What it is called"),
        Text("token", "Token", secret=True, help="Kept in the keyring."),
        Folder("folder", "Folder"),
    ),
)


@hookimpl
def kirara_panels() -> Sequence[Panel]:
    return [
        Panel(
            id="sample",
            title="Characters",
            subtitle="Pin the ones you like, and let one become the other",
            icon="characters",
            widget="kirara_sample.panel:SamplePanel",
            order=10,
        ),
        Panel(
            id="sample.second",
            title="Speech",
            icon="../../outside.svg",
            widget="kirara_sample.panel:SamplePanel",
            order=20,
        ),
    ]


@hookimpl
def kirara_settings() -> Sequence[SettingsPage]:
    return [PAGE]


@hookimpl
def kirara_actions() -> Sequence[Action]:
    return [
        Action(
            id="sample.shuffle",
            title="Shuffle the faces",
            run="kirara_sample:shuffle",
            shortcut="Ctrl+Shift+G",
            context="sample",
        )
    ]


@hookimpl
def kirara_model_formats() -> Sequence[ModelFormat]:
    module = "kirara_sample"
    return [
        ModelFormat("second", "Second", (".model",), f"{module}:is_second", panel="sample.second"),
        ModelFormat("first", "First", (".model",), f"{module}:is_first", ("first-network",)),
    ]


def is_first(path: Path) -> bool:
    """Raises for a file that is empty."""
    return path.read_text("utf-8").split()[0] in ("first", "either")


def is_second(path: Path) -> bool:
    return path.read_text("utf-8") in ("second", "either")


def shuffle(studio: Studio) -> None:
    """What the action does: show the second panel."""
    studio.open_panel("sample.second")
