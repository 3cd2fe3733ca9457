"""The studio's own pages in the main window: plugins, settings, help."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QWidget

from kirara_studio.ui.language import Language
from kirara_studio.ui.services import WindowServices

PLUGINS, SETTINGS, HELP = "page:plugins", "page:settings", "page:help"
PAGES = {PLUGINS: ("plugins", ""), SETTINGS: ("settings", "Ctrl+,"), HELP: ("help", "F1")}
"""Icon and keys of each page."""


class StudioPages(QObject):
    """Makes the pages when they are first opened, and keeps them in the window's stack.

    Parameters
    ----------
    shortcuts
        Gives the keys and what they do, for the help page.
    open_logs
        Shows the log folder.
    """

    def __init__(
        self,
        stack: QStackedWidget,
        services: WindowServices,
        language: Language,
        *,
        shortcuts: Callable[[], list[tuple[str, str]]],
        open_logs: Callable[[], None],
    ) -> None:
        super().__init__(stack)
        self._stack = stack
        self._services = services
        self._language = language
        self._shortcuts = shortcuts
        self._open_logs = open_logs
        self._pages: dict[str, QWidget] = {}

    def __getitem__(self, key: str) -> QWidget:
        """The page, made if need be."""
        if key not in self._pages:
            self._pages[key] = self._make(key)
            self._stack.addWidget(self._pages[key])
        return self._pages[key]

    def show_settings(self, page_id: str) -> None:
        """Scroll to one page of the settings."""
        self[SETTINGS].show_page(page_id)  # type: ignore[attr-defined]

    def switch_plugin(self, plugin: str, on: bool) -> None:
        """Turn a plugin's switch in the list of plugins."""
        self[PLUGINS].switch(plugin, on)  # type: ignore[attr-defined]

    def title(self, key: str) -> str:
        """The page's title in the language shown; empty for what is no page."""
        return {
            PLUGINS: self.tr("Plugins"),
            SETTINGS: self.tr("Settings"),
            HELP: self.tr("Help"),
        }.get(key, "")

    def _make(self, key: str) -> QWidget:
        if key == SETTINGS:
            from kirara_studio.ui.settings_view import SettingsView

            return SettingsView(self._services, self._language)
        if key == PLUGINS:
            from kirara_studio.ui.plugins_view import PluginsView

            return PluginsView(self._services)
        from kirara_studio.ui.help_view import HelpView

        return HelpView(self._shortcuts, self._open_logs)
