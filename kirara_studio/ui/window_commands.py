"""What the main window can do by itself, its keys, and what its command palette lists."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from kirara_studio.api.errors import UserError
from kirara_studio.api.hooks import Action
from kirara_studio.api.text import QT_TRANSLATE_NOOP
from kirara_studio.api.widgets.icons import icon_path
from kirara_studio.ui.appearance import Appearance
from kirara_studio.ui.commands import CONTEXT, WindowCommand, shown_keys
from kirara_studio.ui.main_window import MainWindow
from kirara_studio.ui.panel_windows import raise_window, toggle_full_screen
from kirara_studio.ui.services import WindowServices
from kirara_studio.ui.studio_settings import pages_of

if TYPE_CHECKING:
    from kirara_studio.ui.command_palette import Entry

log = logging.getLogger(__name__)


def make_window(services: WindowServices, appearance: Appearance) -> MainWindow:
    """The main window, with its commands, their keys and its palette."""
    window = MainWindow(services, appearance)
    window.commands = window_commands(window)
    window.palette_entries = partial(collect_entries, window)
    add_shortcuts(window)
    window.changed.connect(partial(add_shortcuts, window))
    return window


def window_commands(window: MainWindow) -> list[WindowCommand]:
    """All commands of ``window``, in the order of the help page."""
    services, choose = window.services, window.appearance.choose
    commands = [
        WindowCommand(
            QT_TRANSLATE_NOOP("Commands", "Find anything (command palette)"),
            "search",
            window.open_palette,
            "Ctrl+K",
            listed=False,
            everywhere=True,
        ),
        WindowCommand(
            QT_TRANSLATE_NOOP("Commands", "Open the settings"),
            "settings",
            window.open_settings,
            "Ctrl+,",
            everywhere=True,
        ),
        WindowCommand(
            QT_TRANSLATE_NOOP("Commands", "Manage the plugins"), "plugins", window.open_plugins
        ),
        WindowCommand(
            QT_TRANSLATE_NOOP("Commands", "Help"), "help", window.open_help, "F1", everywhere=True
        ),
        WindowCommand(
            QT_TRANSLATE_NOOP("Commands", "Open this panel in a window of its own"),
            "window",
            window.detach_current,
            "Ctrl+Shift+N",
        ),
        WindowCommand(
            QT_TRANSLATE_NOOP("Commands", "Full screen on or off"),
            "panel",
            partial(toggle_full_screen, window),
            "F11",
        ),
        WindowCommand(
            QT_TRANSLATE_NOOP("Commands", "Narrow or wide navigation"),
            "sidebar",
            window.toggle_rail,
            "Ctrl+B",
        ),
        WindowCommand(
            QT_TRANSLATE_NOOP("Commands", "Go to the next area of the window"),
            "panel",
            window.focus_next_area,
            "F6",
            listed=False,
        ),
    ]
    for title, setting, value in (
        (QT_TRANSLATE_NOOP("Commands", "Light theme"), "theme", "light"),
        (QT_TRANSLATE_NOOP("Commands", "Dark theme"), "theme", "dark"),
        (QT_TRANSLATE_NOOP("Commands", "Theme of the system"), "theme", "system"),
        (QT_TRANSLATE_NOOP("Commands", "Show everything in Japanese"), "language", "ja"),
        (QT_TRANSLATE_NOOP("Commands", "Show everything in English"), "language", "en"),
        (QT_TRANSLATE_NOOP("Commands", "Language of the system"), "language", "system"),
    ):
        commands.append(WindowCommand(title, setting, partial(choose, setting, value)))
    return [
        *commands,
        WindowCommand(
            QT_TRANSLATE_NOOP("Commands", "Open the log folder"), "folder", window.open_logs
        ),
        WindowCommand(
            QT_TRANSLATE_NOOP("Commands", "Restart in safe mode"),
            "shield",
            partial(services.restart, True),
        ),
        WindowCommand(
            QT_TRANSLATE_NOOP("Commands", "Quit"),
            "power",
            services.quit,
            "Ctrl+Q",
            everywhere=True,
        ),
    ]


def add_shortcuts(window: MainWindow) -> None:
    """Add the keys of the window's commands, of its panels, and of the plugins' actions.

    Skips key sequences already in use: Qt ignores ambiguous shortcuts. Call it again if panels or
    actions were added.
    """
    taken: set[QKeySequence] = set()
    for old in window.shortcuts:
        old.deleteLater()
        old.setEnabled(False)
    window.shortcuts = []

    def add(keys: str, run: Callable[[], object], *, everywhere: bool = True) -> bool:
        sequence = QKeySequence(keys)
        if sequence in taken:
            return False
        taken.add(sequence)
        shortcut = QShortcut(sequence, window, run)
        window.shortcuts.append(shortcut)
        if everywhere:
            shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
        return True

    for command in window.commands:
        if command.keys and command.everywhere:
            add(command.keys, partial(_in_front, window, command.run))
        elif command.keys:
            add(command.keys, command.run, everywhere=False)
    for number, panel in enumerate(window.services.registry.panels[:9], start=1):
        add(f"Ctrl+{number}", partial(_open_panel, window, panel.id))
    registry = window.services.registry
    for action in registry.actions:
        if action.shortcut and not add(action.shortcut, partial(window.run_action, action)):
            log.warning("The keys %s of the action %s are taken", action.shortcut, action.id)
            plugin = registry.plugin_of(action.id, Action)
            registry.figures(plugin).add_note(_taken_keys(plugin, action))


def _taken_keys(plugin: str, action: Action) -> UserError:
    return UserError(
        "“{plugin}” wants the keys {keys} for “{action}”, which are taken.",
        advice="The action is in the command palette.",
        plugin=plugin,
        keys=shown_keys(action.shortcut),
        action=QCoreApplication.translate(action.context or action.id, action.title),
    )


def _in_front(window: MainWindow, run: Callable[[], object]) -> None:
    """Run a command in the main window, which comes to the front first."""
    if not window.isActiveWindow():
        raise_window(window)
    run()


def _open_panel(window: MainWindow, panel_id: str) -> None:
    if window.panel_window(panel_id) is None and not window.isActiveWindow():
        raise_window(window)
    window.open_panel(panel_id)


def collect_entries(window: MainWindow) -> list[Entry]:
    """What the palette lists, panels first. Each is found by its name in every language."""
    from kirara_studio.ui.command_palette import Entry

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
    ) -> None:
        shown = translate(context, title)
        path = icon if isinstance(icon, Path) else icon_path(icon)
        names = names_of(context, title)
        entries.append(Entry(shown, group, path, run, names, shown_keys(keys)))

    panel_group = translate("Palette", "Panel")
    for number, panel in enumerate(registry.panels, start=1):
        keys = f"Ctrl+{number}" if number < 10 else ""
        run = partial(window.open_panel, panel.id)
        add(panel.id, panel.title, panel_group, window.icon_of(panel), run, keys)
    for action in registry.actions:
        group = titles.get(action.context) or translate("Palette", "Action")
        run = partial(window.run_action, action)
        add(action.context or action.id, action.title, group, "action", run, action.shortcut)
    for page in pages_of(window.services):
        group, run = translate("Palette", "Settings"), partial(window.open_settings, page.id)
        add(page.context or page.id, page.title, group, "settings", run)
    for command in window.commands:
        if command.listed:
            group = translate("Palette", "Command")
            add(CONTEXT, command.title, group, command.icon, command.run, command.keys)
    for panel in registry.panels:
        group, run = translate("Palette", "New window"), partial(window.detach, panel.id)
        add(panel.id, panel.title, group, "window", run)
    return entries
