"""A player that reports its position to Qt."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from kirara_speech.sound.playback import Array, Playback

_INTERVAL = 33  # ms


class QtPlayer(QObject):
    """Plays one sound at a time (:mod:`kirara_speech.sound.playback`), in the window's thread.

    :attr:`moved` carries the samples heard so far, while it plays. Every :meth:`start` is followed
    by one :attr:`ended`, whether all was heard, it was stopped, or something went wrong; in the
    last case :attr:`failed` comes before it, with the UserError. A sound that another
    :meth:`start` replaces does not report its end.
    """

    moved = Signal(int)
    ended = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._playback: Playback | None = None
        self._timer = QTimer(self, interval=_INTERVAL, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin a new sound; the one that is playing stops."""
        self._playback = Playback(after=self._playback)
        self._timer.start()

    def push(self, sound: Array) -> None:
        """Add the next chunk (samples,), −1…1, at 22,050 Hz. Ignored before :meth:`start`."""
        if self._playback is not None:
            self._playback.push(sound)

    def finish(self) -> None:
        """Announce that no chunk follows."""
        if self._playback is not None:
            self._playback.finish()

    def stop(self) -> None:
        """End now."""
        if self._playback is not None:
            self._playback.stop()

    @property
    def playing(self) -> bool:
        """True from :meth:`start` until :attr:`ended`."""
        return self._timer.isActive()

    def _look(self) -> None:
        assert self._playback is not None
        # Read first, so the last position is reported too.
        playing = self._playback.playing
        self.moved.emit(self._playback.position)
        if playing:
            return
        self._timer.stop()
        if self._playback.problem is not None:
            self.failed.emit(self._playback.problem)
        self.ended.emit()
