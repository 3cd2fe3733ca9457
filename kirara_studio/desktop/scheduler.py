"""Calls functions periodically by the wall clock."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

log = logging.getLogger(__name__)

_LONGEST_WAIT = 60.0
"""Seconds between two looks at the clock, however far the next call is: it may be set."""

_LOGIND = "org.freedesktop.login1"


@dataclass(eq=False)
class _Entry:
    function: Callable[[], object]
    seconds: float
    called: float
    failing: bool = False

    def wait(self, now: float) -> float:
        """Seconds until it is due; 0 or less if it is."""
        since = now - self.called
        # A clock that was set back would put the next call off for as long as it was set back.
        return 0.0 if since < -1.0 else self.seconds - since


class WallClockScheduler(QObject):
    """Calls functions every so many seconds, through sleep and clock jumps.

    A QTimer counts a clock that stops while the computer sleeps, so the one timer here only
    arranges the next look at the wall clock, which ``clock`` returns in seconds; :meth:`look` may
    be called at any time. ``failed(Exception)`` is emitted if a function raises, unless it did so
    the time before; the function is called again.
    """

    failed = Signal(object)

    def __init__(
        self, parent: QObject | None = None, *, clock: Callable[[], float] = time.time
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._entries: list[_Entry] = []
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)

    def every(self, seconds: float, function: Callable[[], object]) -> None:
        """Call ``function`` about every ``seconds``, the first time after them."""
        self._entries.append(_Entry(function, seconds, self._clock()))
        self._arm()

    def look(self) -> None:
        now = self._clock()
        for entry in list(self._entries):
            # A timer of full seconds may be half a second early.
            if entry.wait(now) <= min(0.5, entry.seconds / 20):
                entry.called = now
                self._call(entry)
        self._arm()

    def stop(self) -> None:
        self._entries.clear()
        self._timer.stop()

    def _call(self, entry: _Entry) -> None:
        try:
            entry.function()
        except Exception as error:
            log.warning(
                "The function that is called every %g s failed", entry.seconds, exc_info=True
            )
            if not entry.failing:
                entry.failing = True
                self.failed.emit(error)
        else:
            entry.failing = False

    def _arm(self) -> None:
        if not self._entries:
            return
        now = self._clock()
        wait = min(_LONGEST_WAIT, *(entry.wait(now) for entry in self._entries))
        # Full seconds are enough for a long wait, and let the system wake for several at once.
        kind = Qt.TimerType.VeryCoarseTimer if wait > 2 else Qt.TimerType.CoarseTimer
        self._timer.setTimerType(kind)
        self._timer.start(max(0, round(wait * 1000)))


class ResumeWatcher(QObject):
    """Emits ``woke()`` after sleep, on Linux with logind. Elsewhere only the clock shows it."""

    woke = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        from kirara_studio.desktop.bus import system_bus  # not needed to start

        self._bus = system_bus()

    def start(self) -> None:
        """Start to listen; returns at once."""
        if sys.platform == "linux":
            # A bus that hangs must not hold the window up.
            threading.Thread(target=self._listen, name="wake", daemon=True).start()

    def stop(self) -> None:
        self._bus.close()

    def _listen(self) -> None:
        from kirara_studio.desktop.bus import BusError

        try:
            self._bus.listen(f"{_LOGIND}.Manager", self._hear, sender=_LOGIND)
        except BusError as error:
            log.info("There is no signal after sleep: %s", error)

    def _hear(self, signal: str, arguments: tuple[Any, ...]) -> None:
        # True before sleep, False after it.
        if signal == "PrepareForSleep" and arguments == (False,):
            self.woke.emit()
