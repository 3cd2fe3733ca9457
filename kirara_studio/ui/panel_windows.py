"""Panels in windows of their own: lent out by the main window, and taken back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kirara_studio.api.widgets import Button, EmptyState
from kirara_studio.api.widgets.icons import app_icon
from kirara_studio.api.widgets.mixins import Translated
from kirara_studio.ui.job_bar import JobBar
from kirara_studio.ui.panel_host import PanelHost
from kirara_studio.ui.services import WindowServices

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStackedWidget

_FRAME = (16, 48)
"""Pixels at most that desktops add to the width and height of a window."""


class PanelWindow(Translated, QWidget):
    """Shows a host that the main window lent. Closing gives it back (signal ``closed``)."""

    closed = Signal(str)

    def __init__(self, host: PanelHost, services: WindowServices, main_bar: JobBar) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.host = host
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowIcon(app_icon())
        state = services.state.section("window")
        if not isinstance(state.get("panel_windows"), dict):
            state["panel_windows"] = {}
        self._geometry: dict[str, str] = state["panel_windows"]
        self.job_bar = JobBar(services.jobs, host.panel.id)
        self.job_bar.adopt(main_bar)
        self.job_bar.set_status(host.status)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(host, 1)
        column.addWidget(self.job_bar)
        host.status_changed.connect(self.job_bar.set_status)
        host.message.connect(self.job_bar.show_message)
        QShortcut(QKeySequence("Ctrl+W"), self, self.close)
        QShortcut(QKeySequence("F11"), self, lambda: toggle_full_screen(self))
        resize_on_screen(self, 1000, 720)
        restore_geometry(self, self._geometry.get(host.panel.id))
        self._retranslate()
        host.show()

    def save_layout(self) -> None:
        """Remember the place and size."""
        self._geometry[self.host.panel.id] = saved_geometry(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.save_layout()
        self.host.status_changed.disconnect(self.job_bar.set_status)
        self.host.message.disconnect(self.job_bar.show_message)
        self.closed.emit(self.host.panel.id)
        super().closeEvent(event)

    def _retranslate(self) -> None:
        self.setWindowTitle(f"{self.host.title} — Kirara Studio")


class AwayPage(Translated, EmptyState):
    """In the main window, instead of a panel that is in a window of its own."""

    back_wanted = Signal()

    def __init__(self, host: PanelHost) -> None:
        super().__init__("", "")
        self._host = host
        self._back = Button()
        self._back.clicked.connect(self.back_wanted)
        self.column.insertWidget(
            self.column.count() - 1, self._back, 0, Qt.AlignmentFlag.AlignHCenter
        )
        self._retranslate()

    def _retranslate(self) -> None:
        title = self.tr("“{title}” is in a window of its own").format(title=self._host.title)
        self.set_content(title, "", self.tr("Show that window"))
        self._back.setText(self.tr("Bring it back here"))


class PanelWindows(QObject):
    """Moves panels between the main window's stack and windows of their own.

    While a panel is away, the stack shows a page instead. ``changed`` is sent with the panel's id
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
        """What the stack shows instead of the panel, or None if it is not away."""
        return self._away.get(panel_id)

    def detach(self, panel_id: str) -> None:
        """Open a panel in a window of its own, or raise that window."""
        if panel_id not in self._windows:
            host = self._host_of(panel_id)
            self._stack.removeWidget(host)
            window = PanelWindow(host, self._services, self._job_bar)
            window.closed.connect(self._take_back)
            away = AwayPage(host)
            away.clicked.connect(lambda: raise_window(window))
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


def toggle_full_screen(window: QWidget) -> None:
    """Fill the screen, or go back."""
    window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)


def resize_on_screen(window: QWidget, width: int, height: int) -> None:
    """Give a new window this size, or less on a small screen: the frame fits on it, too."""
    room = window.screen().availableSize()
    window.resize(min(width, room.width() - _FRAME[0]), min(height, room.height() - _FRAME[1]))


def saved_geometry(window: QWidget) -> str:
    """Size and place of a window, as text."""
    return window.saveGeometry().toBase64().toStdString()


def restore_geometry(window: QWidget, text: object) -> None:
    """Give a window the size and place that were saved, if ``text`` holds any."""
    if isinstance(text, str) and text:
        window.restoreGeometry(QByteArray.fromBase64(text.encode("ascii", "ignore")))
