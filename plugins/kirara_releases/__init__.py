"""Releases: a calendar of what comes out, and a reminder. Hook implementations only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kirara_releases.notifications.reminder_settings import PAGE
from kirara_studio.api.commands import Command
from kirara_studio.api.hooks import Studio, hookimpl
from kirara_studio.api.notices import Notice
from kirara_studio.api.panel import Panel
from kirara_studio.api.settings import SettingsPage
from kirara_studio.api.text import QT_TRANSLATE_NOOP


@hookimpl
def kirara_panels() -> Sequence[Panel]:
    return [
        Panel(
            id="releases",
            title=QT_TRANSLATE_NOOP("releases", "Releases"),
            subtitle=QT_TRANSLATE_NOOP("releases", "Never miss the day an issue comes out"),
            icon="releases",
            widget="kirara_releases.panel:ReleasesPanel",
            tour="kirara_releases.tour:run",
            order=60,
        )
    ]


@hookimpl
def kirara_commands() -> Sequence[Command]:
    return [
        Command(
            "releases",
            "what comes out when; remind, export, add and remove",
            "kirara_releases.commands.verbs:configure",
        )
    ]


@hookimpl
def kirara_settings() -> Sequence[SettingsPage]:
    return [PAGE]


@hookimpl
def kirara_startup(studio: Studio) -> None:
    from kirara_releases.service import begin

    begin(studio)


@hookimpl
def kirara_notice_activated(notice: Notice, action: str) -> None:
    from kirara_releases.service import running

    if action and (service := running()) is not None:
        service.click(notice.id, action)


@hookimpl
def kirara_shutdown() -> None:
    from kirara_releases.service import end

    end()


@hookimpl
def kirara_translations() -> Sequence[Path]:
    return [Path(__file__).parent / "translations"]
