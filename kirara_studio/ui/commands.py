"""Commands of the window: one list for the keys, the palette and the help page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from kirara_studio.api.text import QT_TRANSLATE_NOOP

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


EVERYWHERE: tuple[tuple[str, str], ...] = (
    ("Ctrl+1", QT_TRANSLATE_NOOP("Commands", "Go to the first panel, and so on up to 9")),
    ("Ctrl+W", QT_TRANSLATE_NOOP("Commands", "Close the panel's own window")),
    ("Ctrl+Return", QT_TRANSLATE_NOOP("Commands", "Do what the panel is for (its main button)")),
)
"""Other keys that the help page lists."""


def shown(title: str) -> str:
    """A command's title in the language of now."""
    return QCoreApplication.translate(CONTEXT, title)


def shown_keys(keys: str) -> str:
    """Keys as this system writes them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
