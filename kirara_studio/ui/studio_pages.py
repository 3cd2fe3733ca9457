"""The studio's own pages in the main window: plugins, settings, help."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kirara_studio.api.text import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from kirara_studio.ui.language import Language
    from kirara_studio.ui.services import WindowServices

PLUGINS, SETTINGS, HELP = "page:plugins", "page:settings", "page:help"
PAGES = {
    PLUGINS: (QT_TRANSLATE_NOOP("StudioPages", "Plugins"), "plugins", ""),
    SETTINGS: (QT_TRANSLATE_NOOP("StudioPages", "Settings"), "settings", "Ctrl+,"),
    HELP: (QT_TRANSLATE_NOOP("StudioPages", "Help"), "help", "F1"),
}
"""Title, icon and keys of each page."""


def make_page(
    key: str,
    services: WindowServices,
    language: Language,
    shortcuts: Callable[[], list[tuple[str, str]]],
    open_logs: Callable[[], object],
    load_plugin: Callable[[str], object],
) -> Any:
    """A page of :data:`PAGES`.

    The help lists ``shortcuts()`` and has a button for the logs; ``load_plugin`` loads one now.
    """
    if key == SETTINGS:
        from kirara_studio.ui.settings_view import SettingsView

        return SettingsView(services, language)
    if key == PLUGINS:
        from kirara_studio.ui.plugins_view import PluginsView

        return PluginsView(services, language, load_plugin)
    from kirara_studio.ui.help_view import HelpView

    return HelpView(shortcuts, open_logs)
