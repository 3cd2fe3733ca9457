"""Moves the keyboard between the areas of the main window (F6)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from kirara_studio.ui.job_bar import JobBar
from kirara_studio.ui.navigation import NavigationRail
from kirara_studio.ui.panel_host import PanelHost


def focus_next_area(
    focused: QWidget | None, rail: NavigationRail, stack: QStackedWidget, job_bar: JobBar
) -> None:
    """From navigation to panel to job bar, where that has a button, and around."""
    areas: list[tuple[QWidget, Callable[[], object]]] = [
        (rail, rail.focus_chosen),
        (stack, lambda: _focus_content(stack.currentWidget())),
    ]
    if (button := _first_focusable(job_bar)) is not None:
        areas.append((job_bar, lambda: _focus(button)))
    inside = [focused is not None and area.isAncestorOf(focused) for area, _ in areas]
    place = inside.index(True) if True in inside else -1
    areas[(place + 1) % len(areas)][1]()


def _focus_content(widget: QWidget | None) -> None:
    if isinstance(widget, PanelHost):
        widget.focus_content()
    elif (found := _first_focusable(widget)) is not None:
        _focus(found)


def _focus(widget: QWidget) -> None:
    widget.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _first_focusable(widget: QWidget | None) -> QWidget | None:
    children = widget.findChildren(QWidget) if widget is not None else []
    return next((child for child in children if _takes_keyboard(child)), None)


def _takes_keyboard(widget: QWidget) -> bool:
    return (
        widget.isVisible()
        and widget.isEnabled()
        and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    )
