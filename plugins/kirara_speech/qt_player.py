"""A player that reports its position to Qt."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from kirara_speech.sound.playback import Player

_INTERVAL = 33  # ms


class QtPlayer(QObject):
    """Plays one sound at a time (:mod:`kirara_speech.sound.playback`), in the window's thread.

    :attr:`moved` carries the samples heard so far, while it plays. :attr:`ended` comes once for
    every :meth:`start`, whether all was heard, it was stopped, or something went wrong; then
    :attr:`failed` has come before, with the UserError. A sound that another :meth:`start` takes the
    place of ends without a word.
    """

    moved = Signal(int)
    ended = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = Player()
        self._timer = QTimer(self, interval=_INTERVAL, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin a new sound."""
        self._player.start()
        self._timer.start()

    def push(self, sound: npt.NDArray[np.float32]) -> None:
        """Add the next chunk (samples,), −1…1, at 22,050 Hz."""
        self._player.push(sound)

    def finish(self) -> None:
        """Say that there is no further chunk."""
        self._player.finish()

    def stop(self) -> None:
        """End now."""
        self._player.stop()

    @property
    def playing(self) -> bool:
        """True from :meth:`start` until :attr:`ended`."""
        return self._timer.isActive()

    def _look(self) -> None:
        # Asked before, so the last position is reported too.
        playing = self._player.playing
        self.moved.emit(self._player.position)
        if playing:
            return
        self._timer.stop()
        if self._player.problem is not None:
            self.failed.emit(self._player.problem)
        self.ended.emit()
