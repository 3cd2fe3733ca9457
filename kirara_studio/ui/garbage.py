"""Python's cyclic garbage, collected in the window's thread only."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, Qt, QTimer

_EVERY_MS = 10_000


class WindowGarbage(QObject):
    """Keeps the collector out of all other threads while it lives.

    Python collects wherever the next object happens to be made, also in a thread that reads from
    the network. Widgets that refer to each other would be destroyed there, beside Qt's own
    thread, which now and then ends the program. It must be made in the window's thread.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(collect_what_is_due)
        self._timer.start(_EVERY_MS)
        self.destroyed.connect(gc.enable)


def collect_what_is_due() -> None:
    """Collect the oldest generation that Python itself would collect by now."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation]:
            gc.collect(generation)
            return
