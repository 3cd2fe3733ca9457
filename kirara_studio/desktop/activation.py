"""Brings a window before the user."""

from __future__ import annotations

import os

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def raise_window(window: QWidget, token: str = "") -> None:
    """Show ``window``, from the tray or from the task bar, above the others.

    ``token`` is what the desktop gave for the user's click; a Wayland desktop raises nothing
    without one, and Qt takes it from the environment.
    """
    if token:
        os.environ["XDG_ACTIVATION_TOKEN"] = token
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
