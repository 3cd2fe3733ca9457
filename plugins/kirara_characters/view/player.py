"""Plays the film between the pins as quickly as its frames are drawn."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage

RATE = 60  # frames a second
_CACHE_BYTES = 256 * 2**20
_AHEAD = 2 * RATE  # how far ahead frames are fetched while nothing else is missing


class MorphPlayer(QObject):
    """A clock (``seconds`` of ``duration``) and a cache of frames.

    ``fetch(index, version)`` must draw the frame at ``index / RATE`` seconds and give it to
    :meth:`deliver` (or call :meth:`fail`). One frame is drawn at a time, the one that is
    needed first: in the first pass the film plays as quickly as frames come, later from memory.
    """

    frame = Signal(QImage)
    moved = Signal(float)
    playing_changed = Signal(bool)

    def __init__(self, fetch: Callable[[int, int], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self.duration = 0.0
        self._loops = True
        self._version = 0
        self._under_way = False
        self._frames: dict[int, QImage] = {}
        self._bytes = 0
        self.seconds = self._started_at = 0.0
        self._clock = QElapsedTimer()
        precise = Qt.TimerType.PreciseTimer
        self._timer = QTimer(self, timerType=precise, interval=1000 // RATE)
        self._timer.timeout.connect(self._tick)
        self._wanted: int | None = None
        self._held = False  # another picture is shown in place of the film's

    # The film

    def set_film(self, duration: float, *, loops: bool) -> None:
        """Take another film of ``duration`` seconds: frames of the old one are forgotten."""
        self._version += 1
        self._under_way = False
        self._frames.clear()
        self._bytes = 0
        self.duration, self._loops = duration, loops
        self.seconds = self._started_at = min(self.seconds, duration)
        if self._clock.isValid():
            self._clock.restart()
        if duration <= 0:
            self.pause()
            self.seconds = 0.0
            self._wanted = None
        else:
            self._show()
        self.moved.emit(self.seconds)

    def hold(self, seconds: float) -> None:
        """Rest at a moment without its frame, since another picture is shown in its place."""
        self.pause()
        self._held = True
        self.seconds = self._started_at = min(max(seconds, 0.0), self.duration)
        self.moved.emit(self.seconds)

    @property
    def playing(self) -> bool:
        """True while it plays."""
        return self._timer.isActive()

    # Moving

    def toggle(self) -> None:
        """Play or pause."""
        (self.pause if self.playing else self.play)()

    def play(self) -> None:
        """Play from here, or from the start if it has reached the end."""
        if self.duration <= 0 or self.playing:
            return
        if not self._loops and self.seconds >= self.duration - 1 / RATE:
            self.seconds = 0.0
        self._held = False
        self._started_at = self.seconds
        self._clock.start()
        self._timer.start()
        self.playing_changed.emit(True)

    def pause(self) -> None:
        """Pause."""
        if self.playing:
            self._timer.stop()
            self.playing_changed.emit(False)

    def seek(self, seconds: float) -> None:
        """Go to a moment, playing or not."""
        self._held = False
        self.seconds = self._started_at = min(max(seconds, 0.0), self.duration)
        if self.playing:
            self._clock.restart()
        self._show()
        self.moved.emit(self.seconds)

    def _tick(self) -> None:
        seconds = self._started_at + self._clock.elapsed() / 1000
        if seconds >= self.duration:
            if self._loops:
                self._started_at = seconds = seconds % self.duration
                self._clock.restart()
            else:
                seconds = self.duration
                self.pause()
        self.seconds = seconds
        self._show()
        self.moved.emit(seconds)

    # Frames

    @property
    def _last(self) -> int:
        # The last moment of a loop is its first again.
        return max(int(self.duration * RATE) - (1 if self._loops else 0), 0)

    def _show(self) -> None:
        if self.duration <= 0 or self._held:
            return
        index = min(int(self.seconds * RATE), self._last)
        image = self._frames.get(index)
        if image is not None:
            self.frame.emit(image)
            self._wanted = None
        else:
            self._wanted = index
        self._ask(index)

    def _ask(self, index: int) -> None:
        """Fetch what is missing most, unless a frame is under way."""
        if self._under_way:
            return
        missing = self._wanted if self._wanted is not None else self._next_missing(index)
        if missing is not None:
            self._under_way = True
            self._fetch(missing, self._version)

    def _next_missing(self, index: int) -> int | None:
        if not self.playing or self._bytes >= _CACHE_BYTES:
            return None
        count = self._last + 1
        for step in range(1, min(_AHEAD, count)):
            ahead = (index + step) % count if self._loops else index + step
            if ahead < count and ahead not in self._frames:
                return ahead
        return None

    def deliver(self, index: int, version: int, image: QImage) -> None:
        """Take a frame that was drawn; one of an older film is dropped."""
        if version != self._version:
            return
        self._under_way = False
        if self._bytes >= _CACHE_BYTES:
            self._frames.clear()
            self._bytes = 0
        self._frames[index] = image
        self._bytes += image.sizeInBytes()
        if self._wanted is None:
            return
        # A late frame is still newer than the one that is shown.
        self.frame.emit(image)
        if self._wanted == index:
            self._wanted = None
        if not self.playing:
            self._ask(index)

    def fail(self, version: int) -> None:
        """A frame failed: pause, and do not ask again until the user does something."""
        if version == self._version:
            self._under_way = False
            self._wanted = None
            self.pause()
