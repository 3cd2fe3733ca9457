"""What the command palette lists: panels, actions, settings, commands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from kirara_studio.api.text import QT_TRANSLATE_NOOP
from kirara_studio.api.widgets.icons import icon_path
from kirara_studio.ui.command_palette import Entry
from kirara_studio.ui.commands import CONTEXT, shown_keys
from kirara_studio.ui.main_window import MainWindow
from kirara_studio.ui.settings_view import pages_of

PANEL = QT_TRANSLATE_NOOP("Palette", "Panel")
WINDOW = QT_TRANSLATE_NOOP("Palette", "New window")
ACTION = QT_TRANSLATE_NOOP("Palette", "Action")
SETTING = QT_TRANSLATE_NOOP("Palette", "Settings")
COMMAND = QT_TRANSLATE_NOOP("Palette", "Command")


def collect_entries(window: MainWindow) -> list[Entry]:
    """Everything, panels first. Each is found by its name in every language."""
    registry = window.services.registry
    names_of = window.appearance.language.in_every_language
    translate = QCoreApplication.translate
    titles = {panel.id: translate(panel.id, panel.title) for panel in registry.panels}
    entries: list[Entry] = []

    def add(
        context: str,
        title: str,
        group: str,
        icon: str | Path,
        run: Callable[[], object],
        keys: str = "",
        panel_id: str = "",
    ) -> None:
        entries.append(
            Entry(
                title=translate(context, title),
                group=titles.get(panel_id) or translate("Palette", group),
                icon=icon_path(icon) if isinstance(icon, str) else icon,
                run=run,  # type: ignore[arg-type]
                names=names_of(context, title),
                shortcut=shown_keys(keys),
            )
        )

    for number, panel in enumerate(registry.panels, start=1):
        keys = f"Ctrl+{number}" if number < 10 else ""
        open_it = lambda panel_id=panel.id: window.open_panel(panel_id)  # noqa: E731
        add(panel.id, panel.title, PANEL, window.icon_of(panel), open_it, keys)
    for action in registry.actions:
        run_it = lambda action=action: window.run_action(action)  # noqa: E731
        context, keys = action.context or action.id, action.shortcut
        add(context, action.title, ACTION, "action", run_it, keys, panel_id=action.context)
    for page in pages_of(window.services):
        show = lambda page_id=page.id: window.open_settings(page_id)  # noqa: E731
        add(page.context or page.id, page.title, SETTING, "settings", show)
    for command in window.commands:
        if command.listed:
            add(CONTEXT, command.title, COMMAND, command.icon, command.run, command.keys)
    for panel in registry.panels:
        apart = lambda panel_id=panel.id: window.detach(panel_id)  # noqa: E731
        add(panel.id, panel.title, WINDOW, "window", apart)
    return entries
