"""The keys of the main window; those for the whole studio work in panels' own windows too."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from kirara_studio.ui.panel_windows import raise_window

if TYPE_CHECKING:
    from kirara_studio.ui.main_window import MainWindow

log = logging.getLogger(__name__)


def add_shortcuts(window: MainWindow) -> None:
    """Add the keys of the window's commands, of its panels, and of the plugins' actions.

    Whose keys are taken by something before it gets none: keys that are there twice would do
    nothing at all.
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
