"""Which panels are in windows of their own; lends panels out and takes them back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from kirara_studio.ui.job_bar import JobBar
from kirara_studio.ui.panel_host import PanelHost
from kirara_studio.ui.panel_window import AwayPage, PanelWindow
from kirara_studio.ui.services import WindowServices


class PanelWindows(QObject):
    """Moves panels between the main window's stack and windows of their own.

    While a panel is away, a page in the stack says so. ``changed`` is sent with the panel's id
    whenever it left or came back.
    """

    changed = Signal(str)

    def __init__(
        self,
        stack: QStackedWidget,
        job_bar: JobBar,
        services: WindowServices,
        host_of: Callable[[str], PanelHost],
    ) -> None:
        super().__init__(stack)
        self._stack = stack
        self._job_bar = job_bar
        self._services = services
        self._host_of = host_of
        self._windows: dict[str, PanelWindow] = {}
        self._away: dict[str, AwayPage] = {}

    def __contains__(self, panel_id: object) -> bool:
        return panel_id in self._windows

    def __iter__(self) -> Iterator[str]:
        return iter(self._windows)

    def window(self, panel_id: str) -> PanelWindow | None:
        """The panel's own window, or None."""
        return self._windows.get(panel_id)

    def page(self, panel_id: str) -> AwayPage | None:
        """What the stack shows instead of the panel, or None where it is not away."""
        return self._away.get(panel_id)

    def detach(self, panel_id: str) -> None:
        """Open a panel in a window of its own, or raise that window."""
        if panel_id not in self._windows:
            host = self._host_of(panel_id)
            self._stack.removeWidget(host)
            window = PanelWindow(host, self._services, self._job_bar)
            window.closed.connect(self._take_back)
            away = AwayPage(host)
            away.raise_wanted.connect(lambda: raise_window(window))
            away.back_wanted.connect(window.close)
            self._windows[panel_id] = window
            self._away[panel_id] = away
            self._stack.addWidget(away)
            self.changed.emit(panel_id)
        raise_window(self._windows[panel_id])

    def attach(self, panel_id: str) -> None:
        """Bring a panel back into the stack."""
        if panel_id in self._windows:
            self._windows[panel_id].close()

    def save_layout(self) -> None:
        """Remember where the windows are."""
        for window in self._windows.values():
            window.save_layout()

    def close_all(self) -> None:
        """Close the windows for good; their panels do not come back."""
        for window in list(self._windows.values()):
            window.closed.disconnect(self._take_back)
            window.close()

    def _take_back(self, panel_id: str) -> None:
        window = self._windows.pop(panel_id)
        away = self._away.pop(panel_id)
        self._stack.addWidget(window.host)
        self.changed.emit(panel_id)
        self._stack.removeWidget(away)
        away.deleteLater()
        window.deleteLater()


def raise_window(window: QWidget, token: str = "") -> None:
    """Show a window, from the tray or from the task bar, in front of the others.

    ``token`` is what the desktop gave for the user's click; a Wayland desktop raises nothing
    without one, and Qt takes it from the environment.
    """
    if token:
        os.environ["XDG_ACTIVATION_TOKEN"] = token
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
