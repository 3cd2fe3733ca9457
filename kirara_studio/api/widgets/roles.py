"""What painted widgets are to a screen reader: Qt takes a bare QWidget for an empty container."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

_roles: dict[str, QAccessible.Role] = {}


def set_role(widget: QWidget, role: QAccessible.Role) -> None:
    """Let a screen reader call every widget of this class a slider, a chart and so on.

    Name and value are the widget's accessible name and description.
    """
    if not _roles:
        QAccessible.installFactory(_interface)
    _roles[type(widget).__name__] = role


def _interface(class_name: str, thing: QObject) -> QAccessibleInterface | None:
    """Qt asks for each class of ``thing``, and only while a screen reader is there."""
    role = _roles.get(class_name)
    return QAccessibleWidget(thing, role) if role and isinstance(thing, QWidget) else None
