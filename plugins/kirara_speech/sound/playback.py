"""Playing sound while the rest of it is still being computed. No Qt, no torch."""

from __future__ import annotations

import atexit
import threading
import time
from functools import cache
from queue import Empty, SimpleQueue
from typing import Literal

import numpy as np
import numpy.typing as npt

from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.sound.resampling import Resampler
from kirara_speech.sound.sound_devices import OutputStream
from kirara_speech.sound.sound_queue import SoundQueue
from kirara_studio.api.errors import UserError

Array = npt.NDArray[np.float32]

_PATIENCE = 2.0  # seconds, at the end of the process
_LOOK = 0.5  # seconds between two checks of a sound card that requests nothing
_LOOKS = 8  # checks of a card that stands still, until it is given up

_active: set[Playback] = set()


class Playback:
    """Plays one sound, mono, at 22,050 Hz, through the system's default device.

    :meth:`push` each chunk as it comes, then :meth:`finish`. All methods return at once: a thread
    opens the device, feeds it, and closes it.
    """

    def __init__(self, after: Playback | None = None) -> None:
        """Begin, once the playback ``after`` has stopped; it is stopped here."""
        if after is not None:
            after.stop()
        self.problem: UserError | None = None
        """What went wrong, once it is over."""
        self._after = after
        self._inbox: SimpleQueue[Array | Literal["finish", "over"]] = SimpleQueue()
        self._queue: SoundQueue | None = None
        self._stream: OutputStream | None = None
        self._stopped = False
        self._over = threading.Event()
        threading.Thread(target=self._run, name="playback", daemon=True).start()

    def push(self, sound: Array) -> None:
        """Add the next chunk (samples,), −1…1; it is copied."""
        self._inbox.put(np.array(sound, np.float32).reshape(-1))

    def finish(self) -> None:
        """Announce that no chunk follows: playing ends once all was heard."""
        self._inbox.put("finish")

    def stop(self) -> None:
        """End now; a fade of some milliseconds keeps it from clicking."""
        self._stopped = True
        if self._queue is not None:
            self._queue.stop()
        else:
            self._inbox.put("over")

    def abort(self) -> None:
        """End without a fade, at the end of the process."""
        self.stop()
        if self._stream is not None:
            self._stream.abort()

    @property
    def playing(self) -> bool:
        """True until all was heard, it was stopped, or went wrong."""
        return not self._over.is_set()

    @property
    def position(self) -> int:
        """How many samples of the sound were heard so far, as far as the system knows."""
        queue = self._queue
        if queue is None:
            return 0
        return queue.position(time.monotonic()) * SAMPLE_RATE // queue.rate

    @property
    def underruns(self) -> int:
        """How often silence was played because the sound came too late."""
        if self._queue is None or self._stream is None:
            return 0
        return self._queue.underruns + self._stream.dropouts

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it is over, at most ``timeout`` seconds; returns whether it is."""
        if timeout is not None:
            return self._over.wait(timeout)
        while not self._over.wait(0.2):  # Windows cannot interrupt a wait without an end
            pass
        return True

    # In the playback's own thread

    def _run(self) -> None:
        _active.add(self)
        try:
            if self._after is not None:
                self._after.wait()
                self._after = None
            if not self._stopped:
                self._play()
        except UserError as error:
            self.problem = error
        finally:
            _active.discard(self)
            self._over.set()

    def _play(self) -> None:
        stream = OutputStream(self._fill, lambda: self._inbox.put("over"))
        self._stream = stream
        _end_before_sounddevice()
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
                advice="Connect it again, or choose another one, and play again.",
            )

    def _fill(self, block: Array, heard_at: float) -> bool:
        assert self._queue is not None
        self._queue.fill(block, heard_at)
        return not self._queue.done

    def _feed(self, queue: SoundQueue) -> None:
        """Pass chunks on, until the stream is over or stands still."""
        resampler = None if queue.rate == SAMPLE_RATE else Resampler(SAMPLE_RATE, queue.rate)
        requested, looks = queue.requested, 0
        while looks < _LOOKS:
            try:
                item = self._inbox.get(timeout=_LOOK)
            except Empty:
                # Counted in checks, not in seconds: a process that gets no processor time is not
                # a card that stands still.
                looks = looks + 1 if queue.requested == requested else 0
                requested = queue.requested
                continue
            if not isinstance(item, str):
                queue.push(item if resampler is None else resampler.push(item))
            elif item == "over":
                return
            else:
                if resampler is not None:
                    queue.push(resampler.push(np.zeros(0, np.float32), last=True))
                queue.finish()


@cache
def _end_before_sounddevice() -> None:
    """Close streams at exit before sounddevice ends PortAudio: both at the same time would hang.

    Handlers run in reverse order, and sounddevice registered its own when it was imported.
    """
    atexit.register(_abort_all)


def _abort_all() -> None:
    playbacks = list(_active)
    for playback in playbacks:
        playback.abort()
    for playback in playbacks:
        playback.wait(_PATIENCE)
