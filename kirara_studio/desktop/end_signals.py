"""The system's signals to end, as a Qt signal."""

from __future__ import annotations

import contextlib
import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier, Signal

_NAMES = ("SIGTERM", "SIGINT", "SIGHUP")


class EndSignals(QObject):
    """Turns the system's signals to end into ``wanted``, sent by the event loop.

    Python's own handlers would run only when some Python code does, and in the middle of it.
    Make it in the main thread; a second signal ends the process at once. ``noticed`` is called in a
    handler, so only if the main thread runs Python code just then.
    """

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.noticed: Callable[[], None] = lambda: None
        self._reading, self._writing = socket.socketpair()
        self._reading.setblocking(False)
        self._writing.setblocking(False)
        self._numbers: set[int] = set()
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)
        signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)
        for name in _NAMES:
            number = getattr(signal, name, None)
            # Ignored is what nohup wants.
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                self._numbers.add(int(number))
                signal.signal(number, self._on_signal)

    @property
    def socket(self) -> int:
        """The socket on which signals wait, a byte each, while the event loop does not run."""
        return self._reading.fileno()

    def _on_signal(self, number: int, _: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        self.noticed()

    def _hear(self) -> None:
        heard = b""
        with contextlib.suppress(BlockingIOError):
            heard = self._reading.recv(64)
        if not self._numbers.isdisjoint(heard):
            self.wanted.emit()
