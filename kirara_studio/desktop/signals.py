"""Signals of the system that ask a program to end: SIGTERM, SIGINT (Ctrl+C), SIGHUP."""

from __future__ import annotations

import contextlib
import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier, Signal

_NAMES = ("SIGTERM", "SIGINT", "SIGHUP")


class EndSignals(QObject):
    """Turns the system's wish that the program end into ``wanted``, sent by the event loop.

    Python's own handlers would run only when some Python code does, and in the middle of it.
    Make it in the main thread; a second signal ends the process as ever.
    """

    wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading, self._writing = socket.socketpair()
        self._reading.setblocking(False)
        self._writing.setblocking(False)
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)
        signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)
        for name in _NAMES:
            number = getattr(signal, name, None)
            # Ignored is what nohup wants.
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, _once)

    def _hear(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._reading.recv(64)
        self.wanted.emit()


def _once(number: int, frame: object) -> None:
    signal.signal(number, signal.SIG_DFL)
