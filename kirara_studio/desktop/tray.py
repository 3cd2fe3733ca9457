"""The icon in the tray, which may appear long after the start."""

from __future__ import annotations

import functools
import logging
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from kirara_studio.api.errors import UserError
from kirara_studio.api.notices import Notice, NoticeBackend
from kirara_studio.api.panel import Panel

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

log = logging.getLogger(__name__)

_CAN_BE_WITHOUT = sys.platform not in ("win32", "darwin")
"""Whether a desktop of this system may have no tray."""
_WATCHER = "org.kde.StatusNotifierWatcher"
_AT_LOGIN, _LATER = 1_000, 30_000
"""Milliseconds between two looks for a tray: while the desktop starts, and afterwards, then only
for trays that take X11 windows: the others appear on the session bus."""


class Tray(QObject):
    """An icon with a menu, as soon as there is a tray.

    A desktop may need ``patience`` seconds to bring its tray, after which ``absent()`` is emitted;
    one may still come. A tray may be away for ``grace`` seconds, as when a panel restarts, before
    it counts as gone, and a hidden window must be shown again.
    """

    toggle_requested = Signal()
    """A click on the icon: show the window, or hide it if it is active."""
    show_requested = Signal()
    panel_requested = Signal(str)
    quit_requested = Signal()
    availability_changed = Signal(bool)
    absent = Signal()
    balloon_clicked = Signal(object)
    _balloon_wanted = Signal(object, object)

    def __init__(
        self,
        icon: QIcon,
        parent: QObject | None = None,
        *,
        patience: float = 30.0,
        grace: float = 5.0,
    ) -> None:
        super().__init__(parent)
        self._image = icon
        self._icon: QSystemTrayIcon | None = None
        self._available = False
        self._patience = patience
        self._last_balloon: Notice | None = None
        self._lock = threading.Lock()
        self._unanswered: set[Future[None]] = set()
        self._stopped = False
        self._watcher: QObject | None = None
        self.menu = _TrayMenu(self)
        self.destroyed.connect(self.menu.deleteLater)  # no widget, so it cannot be its parent
        self._settled = self._older_kind = False
        self._timer = QTimer(self, interval=_AT_LOGIN)
        self._timer.timeout.connect(self._look)
        self._gone = QTimer(self)
        self._gone.setSingleShot(True)
        self._gone.setInterval(round(grace * 1000))
        self._gone.timeout.connect(self._note_gone)
        self._balloon_wanted.connect(self._answer_balloon)

    def set_panels(self, panels: Sequence[Panel]) -> None:
        self.menu.panels = list(panels)
        self.menu.fill()

    def start(self) -> None:
        """Show the icon, now or as soon as there is a tray."""
        if _CAN_BE_WITHOUT:
            self._watch_bus()
        self._look()
        self._timer.start()
        QTimer.singleShot(round(self._patience * 1000), self, self._settle)

    def stop(self) -> None:
        """Remove the icon, and refuse balloons from now on."""
        with self._lock:
            self._stopped = True
            answers, self._unanswered = self._unanswered, set()
        for answer in answers:
            if answer.set_running_or_notify_cancel():
                answer.set_exception(UserError("The studio ends."))
        self._timer.stop()
        self._gone.stop()
        self._remove_icon()

    def can_hide(self) -> bool:
        """True if the icon can bring a hidden window back."""
        self._look()
        return self._icon is not None and self._available and not self._gone.isActive()

    def balloon_backend(self) -> NoticeBackend:
        """Notices as balloons at the icon."""
        return NoticeBackend(
            "tray", self.tr("Balloon at the tray icon"), self._send_balloon, order=30
        )

    # Looking for a tray

    def _watch_bus(self) -> None:
        from PySide6.QtDBus import QDBusConnection, QDBusServiceWatcher

        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        watcher = QDBusServiceWatcher(
            _WATCHER, bus, QDBusServiceWatcher.WatchModeFlag.WatchForOwnerChange, self
        )
        # The watcher is there a moment before it can take icons.
        watcher.serviceOwnerChanged.connect(
            lambda *_: QTimer.singleShot(300, self, self._look_at_bus)
        )
        self._watcher = watcher

    def _look_at_bus(self) -> None:
        # A tray may take X11 windows a moment before it takes icons from the bus, which show the
        # menu better. If there is no watcher any more, the new icon is of the older kind again.
        if self._older_kind:
            self._remove_icon()
        self._look()

    def _settle(self) -> None:
        # The desktop is up; from now on look seldom, to save energy.
        self._settled = True
        self._look()
        if not self._available:
            self.absent.emit()

    def _look(self) -> None:
        self._find()
        if self._icon is not None:
            self._older_kind = self._in_x11_window(self._icon)
        if self._settled:
            if self._older_kind or (self._watcher is None and _CAN_BE_WITHOUT):
                self._timer.start(_LATER)
            else:
                self._timer.stop()

    def _find(self) -> None:
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._gone.stop()
            if self._icon is None:
                self._add_icon()
            if not self._available:
                self._available = True
                self.availability_changed.emit(True)
        elif self._available and not self._gone.isActive():
            self._gone.start()

    def _note_gone(self) -> None:
        # The next tray may speak another protocol, and an icon keeps to the one it began with.
        self._remove_icon()
        self._available = False
        self.availability_changed.emit(False)

    def _add_icon(self) -> None:
        # Not made before there is a tray: Qt would fall back to a protocol that fewer trays know.
        self._icon = QSystemTrayIcon(self._image, self)
        self._icon.setToolTip("Kirara Studio")
        self._icon.setContextMenu(self.menu)
        self._icon.activated.connect(self._answer_click)
        self._icon.messageClicked.connect(self._answer_balloon_click)
        self._icon.show()

    def _remove_icon(self) -> None:
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None

    def _answer_click(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        # A double click is a Trigger first. On macOS a click opens the menu, which is enough.
        if reason == QSystemTrayIcon.ActivationReason.Trigger and sys.platform != "darwin":
            self.toggle_requested.emit()

    # Balloons

    def _send_balloon(self, notice: Notice) -> None:
        answer: Future[None] = Future()
        # At the end, this object's thread waits for the notifier's and cannot answer.
        with self._lock:
            if self._stopped:
                raise UserError("The studio ends.")
            self._unanswered.add(answer)
        self._balloon_wanted.emit(notice, answer)
        try:
            answer.result(10)
        except TimeoutError:
            if answer.cancel():
                raise UserError("The window was too busy to show a balloon.") from None
            answer.result(10)
        finally:
            self._unanswered.discard(answer)

    def _answer_balloon(self, notice: Notice, answer: Future[None]) -> None:
        if answer.done() or not answer.set_running_or_notify_cancel():
            return
        try:
            self._show_balloon(notice)
        except UserError as refusal:
            answer.set_exception(refusal)
        else:
            answer.set_result(None)

    def _show_balloon(self, notice: Notice) -> None:
        if not self.can_hide() or self._icon is None or not self._icon.supportsMessages():
            raise UserError("There is no tray.")
        # Qt hands balloons of an icon on the session bus to the notification daemon, and does not
        # report if there is none.
        if _CAN_BE_WITHOUT and not self._in_x11_window(self._icon):
            raise UserError("The tray shows no balloons of its own.")
        self._last_balloon = notice
        self._icon.showMessage(notice.title, notice.text, self._image)

    @staticmethod
    def _in_x11_window(icon: QSystemTrayIcon) -> bool:
        """True for the older kind of icon. Only that one has a place on the screen."""
        return _CAN_BE_WITHOUT and not icon.geometry().isEmpty()

    def _answer_balloon_click(self) -> None:
        if self._last_balloon is not None:
            self.balloon_clicked.emit(self._last_balloon)


class _TrayMenu(QMenu):
    """Show, the panels, Quit; in the language of the moment."""

    def __init__(self, tray: Tray) -> None:
        super().__init__()
        self._tray = tray
        self.panels: list[Panel] = []
        self.fill()

    def fill(self) -> None:
        self.clear()
        self._add(self.tr("Show Kirara Studio"), self._tray.show_requested.emit)
        self.addSeparator()
        for panel in self.panels:
            title = QCoreApplication.translate(panel.id, panel.title)
            self._add(title, functools.partial(self._tray.panel_requested.emit, panel.id))
        if self.panels:
            self.addSeparator()
        self._add(self.tr("Quit"), self._tray.quit_requested.emit)

    def changeEvent(self, event: QEvent) -> None:
        # A hidden widget gets this event too; the icon is not a widget.
        if event.type() == QEvent.Type.LanguageChange:
            self.fill()
        super().changeEvent(event)

    def _add(self, text: str, run: Callable[[], None]) -> None:
        # An ampersand in a title is not a keyboard shortcut.
        self.addAction(text.replace("&", "&&")).triggered.connect(lambda: run())
