"""The clock that plays frames."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal


class FramePlayer(QObject):
    """Plays ``count`` frames, and begins again if it ``loops``; :attr:`moved` carries the index."""

    moved = Signal(int)
    playing_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.count = 0
        self.index = 0
        self.loops = True
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self.set_fps(5.0)

    @property
    def playing(self) -> bool:
        """True while it plays."""
        return self._timer.isActive()

    def set_fps(self, fps: float) -> None:
        """Set the frames a second."""
        self._timer.setInterval(round(1000 / fps))

    def set_film(self, count: int, index: int) -> None:
        """Take another film at ``index``, without stopping."""
        self.count = count
        if count == 0:
            self.pause()
        self.seek(index)

    def toggle(self) -> None:
        """Play or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Play from here, or from the start if it is at the end."""
        if self.count < 2 or self.playing:
            return
        if self.index >= self.count - 1:
            self.seek(0)
        self._timer.start()
        self.playing_changed.emit(True)

    def pause(self) -> None:
        """Pause."""
        if self.playing:
            self._timer.stop()
            self.playing_changed.emit(False)

    def seek(self, index: int) -> None:
        """Show frame ``index``, playing or not."""
        self.index = min(max(index, 0), max(self.count - 1, 0))
        self.moved.emit(self.index)

    def step(self, by: int) -> None:
        """Pause, and go ``by`` frames further."""
        self.pause()
        self.seek(self.index + by)

    def _tick(self) -> None:
        if self.index + 1 < self.count:
            self.seek(self.index + 1)
        elif self.loops:
            self.seek(0)
        else:
            self.pause()
