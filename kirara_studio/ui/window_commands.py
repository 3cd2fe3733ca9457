"""What the main window can do by itself, its keys, and what its command palette lists."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from kirara_studio.api.text import QT_TRANSLATE_NOOP
from kirara_studio.ui.appearance import Appearance
from kirara_studio.ui.commands import WindowCommand
from kirara_studio.ui.main_window import MainWindow
from kirara_studio.ui.panel_windows import raise_window
from kirara_studio.ui.services import WindowServices

if TYPE_CHECKING:
    from kirara_studio.ui.command_palette import Entry

log = logging.getLogger(__name__)


def make_window(services: WindowServices, appearance: Appearance) -> MainWindow:
    """The main window, with its commands, their keys and its palette."""
    window = MainWindow(services, appearance)
    window.commands = window_commands(window)
    window.palette_entries = partial(_palette_entries, window)
    add_shortcuts(window)
    return window


def window_commands(window: MainWindow) -> list[WindowCommand]:
    """All commands of ``window``, in the order of the help page."""
    look = window.appearance
    return [
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
            window.toggle_full_screen,
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
        WindowCommand(
            QT_TRANSLATE_NOOP("Commands", "Light theme"),
            "theme",
            lambda: look.choose_theme("light"),
        ),
        WindowCommand(
            QT_TRANSLATE_NOOP("Commands", "Dark theme"),
            "theme",
            lambda: look.choose_theme("dark"),
        ),
        WindowCommand(
            QT_TRANSLATE_NOOP("Commands", "Theme of the system"),
            "theme",
            lambda: look.choose_theme("system"),
        ),
        WindowCommand(
            QT_TRANSLATE_NOOP("Commands", "Show everything in Japanese"),
            "language",
            lambda: look.choose_language("ja"),
        ),
        WindowCommand(
            QT_TRANSLATE_NOOP("Commands", "Show everything in English"),
            "language",
            lambda: look.choose_language("en"),
        ),
        WindowCommand(
            QT_TRANSLATE_NOOP("Commands", "Language of the system"),
            "language",
            lambda: look.choose_language("system"),
        ),
        WindowCommand(
            QT_TRANSLATE_NOOP("Commands", "Open the log folder"), "folder", window.open_logs
        ),
        WindowCommand(
            QT_TRANSLATE_NOOP("Commands", "Restart in safe mode"),
            "shield",
            lambda: window.services.restart(True),
        ),
        WindowCommand(
            QT_TRANSLATE_NOOP("Commands", "Quit"),
            "power",
            window.services.quit,
            "Ctrl+Q",
            everywhere=True,
        ),
    ]


def add_shortcuts(window: MainWindow) -> None:
    """Add the keys of the window's commands, of its panels, and of the plugins' actions.

    Skips key sequences already in use: Qt ignores ambiguous shortcuts.
    """
    taken: set[QKeySequence] = set()

    def add(keys: str, run: Callable[[], object], *, everywhere: bool = True) -> bool:
        sequence = QKeySequence(keys)
        if sequence in taken:
            return False
        taken.add(sequence)
        shortcut = QShortcut(sequence, window, run)
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
    for action in window.services.registry.actions:
        if action.shortcut and not add(action.shortcut, partial(window.run_action, action)):
            log.warning("The keys %s of the action %s are taken", action.shortcut, action.id)


def _in_front(window: MainWindow, run: Callable[[], object]) -> None:
    """Run a command in the main window, which comes to the front first."""
    if not window.isActiveWindow():
        raise_window(window)
    run()


def _open_panel(window: MainWindow, panel_id: str) -> None:
    if window.panel_window(panel_id) is None and not window.isActiveWindow():
        raise_window(window)
    window.open_panel(panel_id)


def _palette_entries(window: MainWindow) -> list[Entry]:
    from kirara_studio.ui.palette_entries import collect_entries

    return collect_entries(window)
