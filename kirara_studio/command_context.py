"""What a plugin's command is lent, without a window."""

from __future__ import annotations

import functools
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kirara_studio.api.jobs import JobTools, Progress
from kirara_studio.api.messengers import Messengers
from kirara_studio.api.notices import Notice, NoticeBackend
from kirara_studio.api.secrets import Secrets
from kirara_studio.host.folders import Folders
from kirara_studio.host.messengers import shared_messengers
from kirara_studio.host.registry import Registry

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication

    from kirara_studio.api.settings import Settings, SettingsPage
    from kirara_studio.desktop.backend_chain import BackendChain
    from kirara_studio.host.secrets import Secrets as AllSecrets
    from kirara_studio.host.settings import SettingsStore


class PluginCommandContext:
    """What a command is lent (:class:`kirara_studio.api.commands.CommandContext`)."""

    def __init__(self, folders: Folders, registry: Registry, plugin: str) -> None:
        self._folders = folders
        self._registry = registry
        self._plugin = plugin
        self.data_folder = folders.of_plugin(plugin)

    @functools.cached_property
    def _all_secrets(self) -> AllSecrets:
        from kirara_studio.host.secrets import Secrets

        return Secrets(self._folders.config / "secrets.json")

    @functools.cached_property
    def secrets(self) -> Secrets:
        return self._all_secrets.of_plugin(self._plugin)

    @functools.cached_property
    def messengers(self) -> Messengers:
        return shared_messengers(self._folders, self._all_secrets)

    @functools.cached_property
    def _settings(self) -> SettingsStore:
        from kirara_studio.host.settings import SettingsStore

        return SettingsStore(self._folders.config / "settings.toml", self._all_secrets)

    def settings(self, page: SettingsPage) -> Settings:
        return self._settings.page(page)

    @functools.cached_property
    def _application(self) -> QCoreApplication:
        """Qt without a window, for its translators."""
        from PySide6.QtCore import QCoreApplication

        from kirara_studio.ui.language import Language
        from kirara_studio.ui.studio_settings import STUDIO_PAGE

        application = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
        language = Language(application, self.settings(STUDIO_PAGE)["language"])
        language.add_folders(self._registry.translation_folders)
        return application

    def translate(self, context: str, text: str) -> str:
        return self._application.translate(context, text)

    @functools.cached_property
    def _chain(self) -> BackendChain:
        from kirara_studio.desktop.backend_chain import BackendChain
        from kirara_studio.desktop.desktop_backends import desktop_backends

        return BackendChain([*desktop_backends(), *self._registry.backends])

    def backends(self) -> list[NoticeBackend]:
        return self._chain.backends()

    def deliver(self, notice: Notice) -> str:
        return self._chain.deliver(notice)

    def tools(self) -> JobTools:
        from kirara_studio.engine.tools import inline_tools
        from kirara_studio.processes import WAITING

        for name, value in WAITING.items():
            os.environ.setdefault(name, value)
        return inline_tools(self._folders.cache, _print_progress if sys.stderr.isatty() else None)

    def run_training(self, trainer: str, request: dict[str, object], run_folder: Path) -> int:
        from kirara_studio.engine.training_child import run_in_foreground

        return run_in_foreground(trainer, request, run_folder, sys.stdout)


def _print_progress(progress: Progress) -> None:
    end = "\n" if progress.fraction >= 1 else ""
    print(f"\r{progress.fraction:4.0%} {progress.text}\033[K", end=end, file=sys.stderr, flush=True)
