"""What the window can do by itself: one list for the keys, the palette and the help page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from kirara_studio.api.text import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from kirara_studio.ui.main_window import MainWindow

CONTEXT = "Commands"


@dataclass(frozen=True)
class WindowCommand:
    """``keys`` in Qt's portable form, or an empty text; ``listed`` in the palette or not.

    The keys of a command for ``everywhere`` work in the panels' own windows too.
    """

    title: str
    icon: str
    run: Callable[[], object]
    keys: str = ""
    listed: bool = True
    everywhere: bool = False


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


EVERYWHERE: tuple[tuple[str, str], ...] = (
    ("Ctrl+1", QT_TRANSLATE_NOOP("Commands", "Go to the first panel, and so on up to 9")),
    ("Ctrl+W", QT_TRANSLATE_NOOP("Commands", "Close the panel's own window")),
    ("Ctrl+Return", QT_TRANSLATE_NOOP("Commands", "Do what the panel is for (its main button)")),
)
"""Keys that are no commands of the main window, for the help page."""


def shown(title: str) -> str:
    """A command's title in the language of now."""
    return QCoreApplication.translate(CONTEXT, title)


def shown_keys(keys: str) -> str:
    """Keys as this system writes them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
