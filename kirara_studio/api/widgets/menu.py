"""Menus of texts and functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QWidget

MenuEntry = tuple[str, Callable[[], object]]


def make_menu(parent: QWidget, entries: Sequence[MenuEntry | None]) -> QMenu:
    """A menu of texts and functions that deletes itself when it closes; None is a separator."""
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    for entry in entries:
        if entry is None:
            menu.addSeparator()
        else:
            text, function = entry
            menu.addAction(text).triggered.connect(lambda _=False, run=function: run())
    return menu
