"""The clock of the panel: which frame is shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal


class FramePlayer(QObject):
    """Goes through ``count`` frames, ``fps`` a second, and begins again where it ``loops``.

    All pictures are there already, so that each frame lasts as long as the others.
    """

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
        """Play so many frames a second."""
        self._timer.setInterval(round(1000 / fps))

    def set_film(self, count: int, index: int) -> None:
        """Take another film, and stand at ``index``; goes on where it played."""
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
        """Play on from here, or from the start where it stands at the end."""
        if self.count < 2 or self.playing:
            return
        if self.index >= self.count - 1:
            self.seek(0)
        self._timer.start()
        self.playing_changed.emit(True)

    def pause(self) -> None:
        """Stand still."""
        if self.playing:
            self._timer.stop()
            self.playing_changed.emit(False)

    def seek(self, index: int) -> None:
        """Show frame ``index``, playing or not."""
        self.index = min(max(index, 0), max(self.count - 1, 0))
        self.moved.emit(self.index)

    def step(self, by: int) -> None:
        """Stand still, so many frames further on."""
        self.pause()
        self.seek(self.index + by)

    def _tick(self) -> None:
        if self.index + 1 < self.count:
            self.seek(self.index + 1)
        elif self.loops:
            self.seek(0)
        else:
            self.pause()
