"""Sends notices through the first backend that works."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal

from kirara_studio.api.errors import UserError
from kirara_studio.api.notices import Notice, NoticeBackend
from kirara_studio.desktop.backend_chain import SLOWEST_BACKEND, BackendChain

log = logging.getLogger(__name__)


class Notifier(QObject):
    """Sends notices: :meth:`notify` from a thread of its own, :meth:`deliver` at once."""

    delivered = Signal(object, str)
    """A notice, and the id of the backend that took it."""
    undelivered = Signal(object)
    activated = Signal(object, str, str)
    """A notice that the user clicked, the action ("" for the notice itself), and a token for
    :func:`~kirara_studio.ui.panel_windows.raise_window`."""

    def __init__(
        self,
        backends: Iterable[NoticeBackend] = (),
        parent: QObject | None = None,
        *,
        timeout: float = SLOWEST_BACKEND,
    ) -> None:
        super().__init__(parent)
        self._chain = BackendChain(backends, timeout=timeout)
        self.backends, self.add = self._chain.backends, self._chain.add
        self._waiting: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def notify(self, notice: Notice) -> None:
        """Send a notice. Returns at once; callable from any thread."""
        self._enqueue(lambda: self._try(notice))

    def withdraw(self, notice_id: str) -> None:
        """Take a notice back, also one that is still to be sent. Returns at once."""
        self._enqueue(lambda: self._chain.withdraw(notice_id))

    def deliver(self, notice: Notice) -> str:
        """Send a notice, wait, and return the id of the backend that took it.

        Raises UserError if no backend takes it, and RuntimeError in the UI thread, which some
        backends need.
        """
        if threading.current_thread() is threading.main_thread():
            raise RuntimeError("deliver() waits; call it in a worker thread (jobs.submit_io)")
        backend = self._chain.deliver(notice)
        self.delivered.emit(notice, backend)
        return backend

    def close(self, timeout: float = 3.0) -> None:
        """Send what still waits, for ``timeout`` seconds at most."""
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
