"""The hook specifications: every way in which a plugin can join the studio.

A plugin is a module (or object) with functions marked :data:`hookimpl`, found through the
entry-point group ``kirara_studio.plugins``. An implementation names only the arguments that
it needs. The module must import neither torch nor cv2, so the studio starts at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pluggy

from kirara_studio.api.commands import Command
from kirara_studio.api.jobs import Jobs
from kirara_studio.api.messengers import Messengers
from kirara_studio.api.notices import Notice, NoticeBackend, Notices
from kirara_studio.api.panel import ModelFormat, Panel
from kirara_studio.api.secrets import Secrets
from kirara_studio.api.settings import Settings, SettingsPage

PROJECT = "kirara_studio"
ENTRY_POINT_GROUP = "kirara_studio.plugins"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@dataclass(frozen=True)
class Action:
    """Something the user can do from anywhere, through the command palette (Ctrl+K).

    ``run`` names ``"package.module:function"``, called in the UI thread with a :class:`Studio`.
    ``shortcut`` is a key sequence in Qt's portable form, such as ``"Ctrl+Shift+G"``.
    """

    id: str
    title: str
    run: str
    shortcut: str = ""
    context: str = ""


class Studio(Notices, Protocol):
    """What the studio provides to actions and to start-up hooks."""

    def open_panel(self, panel_id: str) -> None:
        """Show a panel, creating it if need be."""

    def backends(self) -> Sequence[NoticeBackend]:
        """The notification backends, in the order in which they are tried."""

    def every(self, seconds: float, function: Callable[[], None]) -> None:
        """Call ``function`` in the UI thread about every so many seconds until shutdown.

        The wall clock counts: a function that came due while the computer slept, or because the
        clock was set forward, is called once soon afterwards (within a minute); if the clock was
        set back, every function is called. What it raises is shown to the user, and it is called
        again.
        """

    def settings(self, page: SettingsPage) -> Settings:
        """The values of one of the plugin's settings pages."""

    def secrets(self, plugin: str) -> Secrets:
        """The secrets of ``plugin``."""

    @property
    def messengers(self) -> Messengers:
        """The user's messengers, one list for all plugins (version 1.4)."""

    def data_folder(self, plugin: str) -> Path:
        """The folder for data of ``plugin``."""

    def jobs(self, plugin: str) -> Jobs:
        """The queue of jobs for what ``plugin`` does without a panel (version 1.4).

        Keys are not shared with its panels. An error that nobody handles is shown to the user.
        Use it from the UI thread.
        """


class StudioHooks:
    """The specifications. Each is called once per plugin, guarded on its own."""

    @hookspec
    def kirara_panels(self) -> Sequence[Panel]:  # type: ignore[empty-body]
        """Return the panels that the plugin adds to the navigation.

        Called once when plugins are loaded. A panel whose id is taken already, or which needs
        another version of the plugin interface, is refused with a message.
        """

    @hookspec
    def kirara_commands(self) -> Sequence[Command]:  # type: ignore[empty-body]
        """Return sub-commands for the command line, as ``kirara-studio NAME …``.

        Called whenever the command line starts, so it must be quick.
        """

    @hookspec
    def kirara_actions(self) -> Sequence[Action]:  # type: ignore[empty-body]
        """Return actions for the command palette and the menus."""

    @hookspec
    def kirara_settings(self) -> Sequence[SettingsPage]:  # type: ignore[empty-body]
        """Return pages for the settings; the forms are generated from their fields."""

    @hookspec
    def kirara_notice_backends(self) -> Sequence[NoticeBackend]:  # type: ignore[empty-body]
        """Return ways to deliver notices besides the studio's own."""

    @hookspec
    def kirara_notice_activated(self, notice: Notice, action: str) -> None:
        """The user clicked a notice whose panel is one of the plugin's.

        Called in the UI thread. ``action`` is the id of one of the notice's actions, for which
        the studio opens no panel; it is empty if the notice itself was clicked, whose panel is
        open then. The notice may have been sent before the studio was started again.
        """

    @hookspec
    def kirara_model_formats(self) -> Sequence[ModelFormat]:  # type: ignore[empty-body]
        """Return the kinds of models that the plugin's panels import.

        A file that is dropped anywhere in a window, or named at the start, goes to the panel whose
        format recognises it.
        """

    @hookspec
    def kirara_translations(self) -> Sequence[Path]:  # type: ignore[empty-body]
        """Return folders with compiled Qt Linguist files, one per language: ``ja.qm``."""

    @hookspec
    def kirara_startup(self, studio: Studio) -> None:
        """Do what must be done once the event loop runs, window or not.

        Called after the first paint. Must return at once; use ``studio.every`` for the rest.
        """

    @hookspec
    def kirara_shutdown(self) -> None:
        """Save what is not saved yet. Called once, before the studio ends."""
