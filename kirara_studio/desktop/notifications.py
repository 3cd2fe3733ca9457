"""Tells the user something through the first route that works."""

from __future__ import annotations

import functools
import logging
import queue
import sys
import threading
from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kirara_studio.api.errors import UserError
from kirara_studio.api.notices import Channel, Notice
from kirara_studio.desktop.bus_notifications import Clicked, DaemonRoute, PortalRoute, is_sandboxed
from kirara_studio.desktop.session_bus import SessionBus

log = logging.getLogger(__name__)

SLOWEST_CHANNEL = 30.0
"""Seconds after which a channel that neither delivers nor fails is passed over."""


class Notifier(QObject):
    """Sends each notice down a ladder of channels: lower ``order`` first, until one takes it.

    Every notice climbs the whole ladder anew, since daemons and trays come and go. Notices are
    sent one after the other from a thread of their own.

    Parameters
    ----------
    channels
        The routes; :func:`desktop_channels`, those of plugins, and an inbox that never fails.

    Signals
    -------
    delivered(Notice, str)
        A notice was taken by the channel with this id.
    undelivered(Notice)
        No channel took it.
    activated(Notice, str, str)
        The user clicked a notice: the action ("" for the notice itself), and a token for
        :func:`~kirara_studio.desktop.activation.raise_window`.
    """

    delivered = Signal(object, str)
    undelivered = Signal(object)
    activated = Signal(object, str, str)

    def __init__(
        self,
        channels: Iterable[Channel] = (),
        parent: QObject | None = None,
        *,
        timeout: float = SLOWEST_CHANNEL,
    ) -> None:
        super().__init__(parent)
        self._channels: list[Channel] = []
        self._timeout = timeout
        self._waiting: queue.SimpleQueue[Notice | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        for channel in channels:
            self.add(channel)

    @property
    def channels(self) -> list[Channel]:
        """The ladder, first route first."""
        return list(self._channels)

    def add(self, channel: Channel) -> None:
        """Add a route at its place."""
        self._channels = sorted([*self._channels, channel], key=lambda channel: channel.order)

    def notify(self, notice: Notice) -> None:
        """Tell the user. Returns at once; callable from any thread."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="notices", daemon=True)
            self._thread.start()
        self._waiting.put(notice)

    def close(self, timeout: float = 3.0) -> None:
        """Send what still waits, for so many seconds at most."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join(timeout)
            self._thread = None

    def _work(self) -> None:
        while (notice := self._waiting.get()) is not None:
            channel = self._send(notice)
            if channel is None:
                log.error("Nobody could be told: %s", notice.title)
                self.undelivered.emit(notice)
            else:
                self.delivered.emit(notice, channel.id)

    def _send(self, notice: Notice) -> Channel | None:
        for channel in self._channels:
            try:
                _call_for(functools.partial(channel.send, notice), self._timeout)
            except UserError as error:
                log.info("Not through %s: %s", channel.id, error)
            except Exception:  # somebody's mistake must not keep the notice from the user
                log.warning("The channel %s failed", channel.id, exc_info=True)
            else:
                return channel
        return None


def desktop_channels(clicked: Clicked, icon: str = "") -> list[Channel]:
    """The routes of this desktop besides the tray's; ``clicked`` is called in another thread.

    In a sandbox the portal comes first, and elsewhere the daemon, which can do more and fails
    in plain sight.
    """
    if sys.platform in ("win32", "darwin"):
        return []
    translate = QCoreApplication.translate
    bus = SessionBus()
    daemon = DaemonRoute(bus, clicked, icon)
    portal = PortalRoute(bus, clicked)
    first, second = (20, 10) if is_sandboxed() else (10, 20)
    return [
        Channel("daemon", translate("Notifier", "Notification daemon"), daemon.send, order=first),
        Channel("portal", translate("Notifier", "Desktop portal"), portal.send, order=second),
    ]


def _call_for(function: Callable[[], None], seconds: float) -> None:
    """Call ``function``, but wait for it so long only. Raises what it raises, or TimeoutError."""
    failure: list[BaseException] = []

    def call() -> None:
        try:
            function()
        except BaseException as error:
            failure.append(error)

    thread = threading.Thread(target=call, name="notice", daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise TimeoutError(f"it took longer than {seconds:g} s")
    if failure:
        raise failure[0] if isinstance(failure[0], Exception) else RuntimeError(repr(failure[0]))
