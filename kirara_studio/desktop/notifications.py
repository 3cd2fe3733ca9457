"""Tells the user something through the first route that works."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal

from kirara_studio.api.errors import UserError
from kirara_studio.api.notices import Channel, Notice
from kirara_studio.desktop.ladder import SLOWEST_CHANNEL, Ladder

log = logging.getLogger(__name__)


class Notifier(QObject):
    """The studio's ladder of channels.

    What :meth:`notify` is given is sent from a thread of its own, one notice after the other;
    :meth:`deliver` sends at once and waits.

    Parameters
    ----------
    channels
        The routes; those of the desktop and of plugins, and an inbox that never fails.
    timeout
        Seconds that a channel may take.

    Signals
    -------
    delivered(Notice, str)
        A notice was taken by the channel with this id.
    undelivered(Notice)
        No channel took it.
    activated(Notice, str, str)
        The user clicked a notice: the action ("" for the notice itself), and a token for
        :func:`~kirara_studio.ui.panel_windows.raise_window`.
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
        self._ladder = Ladder(channels, timeout=timeout)
        self._waiting: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def channels(self) -> list[Channel]:
        """The ladder, first route first."""
        return self._ladder.channels()

    def add(self, channel: Channel) -> None:
        """Add a route at its place."""
        self._ladder.add(channel)

    def notify(self, notice: Notice) -> None:
        """Tell the user. Returns at once; callable from any thread."""
        self._enqueue(lambda: self._try(notice))

    def withdraw(self, notice_id: str) -> None:
        """Take a notice back, also one that is still to be sent. Returns at once."""
        self._enqueue(lambda: self._ladder.withdraw(notice_id))

    def deliver(self, notice: Notice) -> str:
        """Tell the user, and return the id of the channel that took the notice.

        Waits, so it must be called in a worker thread: some channels need the UI thread.

        Raises
        ------
        UserError
            When no channel takes it.
        RuntimeError
            In the UI thread.
        """
        if threading.current_thread() is threading.main_thread():
            raise RuntimeError("deliver() waits; call it in a worker thread (jobs.submit_io)")
        channel = self._ladder.deliver(notice)
        self.delivered.emit(notice, channel)
        return channel

    def close(self, timeout: float = 3.0) -> None:
        """Send what still waits, for so many seconds at most."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join(timeout)
            self._thread = None

    def _enqueue(self, work: Callable[[], object]) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="notices", daemon=True)
            self._thread.start()
        self._waiting.put(work)

    def _work(self) -> None:
        while (work := self._waiting.get()) is not None:
            work()

    def _try(self, notice: Notice) -> None:
        try:
            self.deliver(notice)
        except UserError as error:
            log.error("%s", error)
            self.undelivered.emit(notice)
