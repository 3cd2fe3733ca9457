"""Notices when the computer wakes from sleep."""

from __future__ import annotations

import logging
import sys
import threading
from typing import Any

from PySide6.QtCore import QObject, Signal

from kirara_studio.desktop.bus import BusError, system_bus

log = logging.getLogger(__name__)

_LOGIND = "org.freedesktop.login1"


class ResumeWatcher(QObject):
    """Emits ``woke()`` after sleep, on Linux with logind. Elsewhere only the clock shows it."""

    woke = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = system_bus()

    def start(self) -> None:
        """Start to listen; returns at once."""
        if sys.platform == "linux":
            # A bus that hangs must not hold the window up.
            threading.Thread(target=self._listen, name="wake", daemon=True).start()

    def stop(self) -> None:
        self._bus.close()

    def _listen(self) -> None:
        try:
            self._bus.listen(f"{_LOGIND}.Manager", self._hear, sender=_LOGIND)
        except BusError as error:
            log.info("There is no signal after sleep: %s", error)

    def _hear(self, signal: str, arguments: tuple[Any, ...]) -> None:
        # True before sleep, False after it.
        if signal == "PrepareForSleep" and arguments == (False,):
            self.woke.emit()
