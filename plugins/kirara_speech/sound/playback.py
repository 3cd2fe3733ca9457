"""Playing sound while the rest of it is still being computed. No Qt, no torch."""

from __future__ import annotations

import atexit
import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue

import numpy as np
import numpy.typing as npt

from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.sound.resampling import Resampler
from kirara_speech.sound.sound_devices import OutputStream
from kirara_speech.sound.sound_queue import SoundQueue
from kirara_studio.api.errors import UserError

Array = npt.NDArray[np.float32]

_PATIENCE = 2.0  # seconds, at the end of the process
_LOOK = 0.5  # seconds between two looks at a sound card that says nothing
_LOOKS = 8  # at a card that stands still, until it is given up


_active: set[_Playback] = set()
_leaves_quietly = False


class Player:
    """Plays one sound at a time, mono, at 22,050 Hz, through the system's sound.

    :meth:`start`, then :meth:`push` each chunk as it comes, then :meth:`finish`. All of it
    returns at once: the device is opened and closed in a thread of the player. What goes wrong is
    given to ``on_problem`` in that thread, and kept in :attr:`problem`; the player can be started
    again afterwards, and finds the devices that there are then.
    """

    def __init__(self, on_problem: Callable[[UserError], None] | None = None) -> None:
        self._on_problem = on_problem
        self._playback: _Playback | None = None

    def start(self) -> None:
        """Begin a new sound; what is being played stops."""
        before = self._playback
        if before is not None:
            before.stop()
        self._playback = _Playback(self._on_problem, before)

    def push(self, sound: Array) -> None:
        """Add the next chunk (samples,), −1…1. Without :meth:`start`, nothing happens."""
        if self._playback is not None:
            self._playback.push(sound)

    def finish(self) -> None:
        """Say that there is no further chunk: playing ends when all was heard."""
        if self._playback is not None:
            self._playback.finish()

    def stop(self) -> None:
        """End now; a fade of some milliseconds keeps it from clicking."""
        if self._playback is not None:
            self._playback.stop()

    @property
    def playing(self) -> bool:
        """True from :meth:`start` until all was heard, or it was stopped, or went wrong."""
        return self._playback is not None and not self._playback.over

    @property
    def position(self) -> int:
        """How many samples of the sound were heard so far, as well as the system knows."""
        return 0 if self._playback is None else self._playback.position

    @property
    def underruns(self) -> int:
        """How often the sound did not come in time, and there was silence instead: since it was not
        computed yet, or this process had no time to hand it on."""
        return 0 if self._playback is None else self._playback.underruns

    @property
    def problem(self) -> UserError | None:
        """What went wrong since the last :meth:`start`, if anything."""
        return None if self._playback is None else self._playback.problem

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until nothing is played, at most so many seconds; returns whether that is so."""
        return self._playback is None or self._playback.wait(timeout)


class _Finish:
    """Put into the inbox by :meth:`Player.finish`."""


class _Over:
    """Put into the inbox when the stream asks for nothing more, or should not be opened."""


class _Playback:
    """One sound, with a thread of its own that opens the stream, feeds it, and closes it."""

    def __init__(
        self,
        on_problem: Callable[[UserError], None] | None,
        before: _Playback | None,
    ) -> None:
        self.problem: UserError | None = None
        self._on_problem, self._before = on_problem, before
        self._inbox: SimpleQueue[Array | _Finish | _Over] = SimpleQueue()
        self._queue: SoundQueue | None = None
        self._stream: OutputStream | None = None
        self._stopped = False
        self._over = threading.Event()
        threading.Thread(target=self._run, name="playback", daemon=True).start()

    # In the caller's thread

    def push(self, sound: Array) -> None:
        """Add a chunk; it is copied, so the caller may change it."""
        self._inbox.put(np.array(sound, np.float32).reshape(-1))

    def finish(self) -> None:
        self._inbox.put(_Finish())

    def stop(self) -> None:
        self._stopped = True
        if self._queue is not None:
            self._queue.stop()
        else:
            self._inbox.put(_Over())

    def abort(self) -> None:
        """End without a fade, at the end of the process."""
        self.stop()
        if self._stream is not None:
            self._stream.abort()

    @property
    def over(self) -> bool:
        return self._over.is_set()

    @property
    def position(self) -> int:
        queue = self._queue
        if queue is None:
            return 0
        return queue.position(time.monotonic()) * SAMPLE_RATE // queue.rate

    @property
    def underruns(self) -> int:
        if self._queue is None or self._stream is None:
            return 0
        return self._queue.underruns + self._stream.dropouts

    def wait(self, timeout: float | None) -> bool:
        if timeout is not None:
            return self._over.wait(timeout)
        while not self._over.wait(0.2):  # Windows lets nobody interrupt a wait without an end
            pass
        return True

    # In the playback's own thread

    def _run(self) -> None:
        _active.add(self)
        try:
            if self._before is not None:
                self._before.wait(None)
                self._before = None
            if not self._stopped:
                self._play()
        except UserError as error:
            self.problem = error
            if self._on_problem is not None:  # before wait() returns, after which all may end
                self._on_problem(error)
        finally:
            _active.discard(self)
            self._over.set()

    def _play(self) -> None:
        stream = OutputStream(self._fill, lambda: self._inbox.put(_Over()))
        self._stream = stream
        _leave_quietly()
        try:
            queue = self._queue = SoundQueue(stream.rate, stream.lead, stream.tail)
            if self._stopped:  # while the device was opened
                return
            stream.start()
            self._feed(queue)
        finally:
            stream.close()
        if not queue.done and not self._stopped:
            raise UserError(
                "The sound device is gone.",
                advice="Connect it again, or choose another one, and play once more.",
            )

    def _fill(self, block: Array, heard_at: float) -> bool:
        assert self._queue is not None
        self._queue.fill(block, heard_at)
        return not self._queue.done

    def _feed(self, queue: SoundQueue) -> None:
        """Hand on what comes, until the stream is over or stands still."""
        resampler = None
        if queue.rate != SAMPLE_RATE:
            resampler = Resampler(SAMPLE_RATE, queue.rate)
        asked, looks = queue.asked, 0
        while looks < _LOOKS:
            try:
                item = self._inbox.get(timeout=_LOOK)
            except Empty:
                # Counted in looks, not in seconds: where this process had no time at all, neither
                # of both threads had.
                looks = looks + 1 if queue.asked == asked else 0
                asked = queue.asked
                continue
            if isinstance(item, _Over):
                return
            if isinstance(item, _Finish):
                if resampler is not None:
                    queue.push(resampler.push(np.zeros(0, np.float32), last=True))
                queue.finish()
            else:
                queue.push(item if resampler is None else resampler.push(item))


def _leave_quietly() -> None:
    """Let streams be closed by their own threads before sounddevice ends PortAudio at exit, which
    would close them, too, at the same time, and hang."""
    global _leaves_quietly
    if not _leaves_quietly:
        _leaves_quietly = True
        # Called in the opposite order, and sounddevice registered itself when it was imported.
        atexit.register(_silence)


def _silence() -> None:
    playbacks = list(_active)
    for playback in playbacks:
        playback.abort()
    for playback in playbacks:
        playback.wait(_PATIENCE)
