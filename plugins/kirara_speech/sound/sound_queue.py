"""Sound that waits to be played, in blocks as a sound card requests them.

It needs no sound card, so tests check what is heard sample by sample.
"""

from __future__ import annotations

from collections import deque

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]

FADE = 256
"""Samples of a fade, 5 to 12 ms: short enough to seem immediate, long enough not to click."""


class SoundQueue:
    """Chunks of sound (samples,), given out in blocks of any size.

    One thread calls :meth:`push`, :meth:`finish` and :meth:`stop`, the sound card's thread
    :meth:`fill`. There is no lock: only one of them writes each value, and a deque's ends are safe
    to use from two threads. If the sound comes too late, silence is given and counted in
    ``underruns``.
    """

    def __init__(self, rate: int, lead: int = 0, tail: int = 0) -> None:
        """``lead`` and ``tail`` are the least samples of silence before and after the sound."""
        self.rate = rate
        self.underruns = 0
        self.requested = 0
        """How many blocks the sound card requested so far."""
        self.done = False
        """True once all was given out after :meth:`finish` or :meth:`stop`, and the tail too, since
        a sound card may drop the last samples."""
        self._lead, self._tail = lead, tail
        self._chunks: deque[Array] = deque()
        self._used = 0  # samples of the first chunk
        self._given = 0
        self._gain = 1.0
        self._starved = True  # the silence before the first sound is no underrun
        self._finished = self._stopped = self._ended = False
        self._heard: deque[tuple[float, int, int]] = deque(maxlen=256)

    def push(self, sound: Array) -> None:
        """Add a chunk, which must not be changed afterwards."""
        if len(sound):
            self._chunks.append(sound)

    def finish(self) -> None:
        """Announce that no chunk follows."""
        self._finished = True

    def stop(self) -> None:
        """Fade out and end."""
        self._stopped = True

    def fill(self, block: Array, heard_at: float) -> None:
        """Fill ``block`` (samples,), whose first sample is heard at ``heard_at`` seconds.

        Sets :attr:`done` with the last block.
        """
        self.requested += 1
        if self._lead > 0 and not self._stopped:
            block[:] = 0
            self._lead -= len(block)
            return
        if self._ended:
            block[:] = 0
            self._tail -= len(block)
            self.done = self._tail <= 0
            return
        first = self._given
        stopped = self._stopped
        wanted = min(len(block), round(self._gain * FADE)) if stopped else len(block)
        count = self._take(block[:wanted])
        block[count:] = 0
        self._ramp(block[:count], 0.0 if stopped else 1.0)
        if stopped:
            if count < wanted or wanted < len(block):
                self._gain = 0.0
            self._ended = self._gain == 0.0
        elif count < wanted:
            self._run_dry(block[:count])
        elif count:
            self._starved = False
        if count:
            self._heard.append((heard_at, first, count))
        self.done = self._ended and self._tail <= 0

    def position(self, now: float) -> int:
        """How many samples were heard at ``now`` seconds."""
        # The newest block may be heard only later: a sound card requests it in advance.
        for heard_at, first, count in reversed(list(self._heard)):
            if now >= heard_at:
                return first + min(count, int((now - heard_at) * self.rate))
        return 0

    def _take(self, block: Array) -> int:
        """Fill the block as far as possible; returns the number of samples."""
        count = 0
        while count < len(block) and self._chunks:
            chunk = self._chunks[0]
            part = chunk[self._used : self._used + len(block) - count]
            block[count : count + len(part)] = part
            count += len(part)
            self._used += len(part)
            if self._used == len(chunk):
                self._chunks.popleft()
                self._used = 0
        self._given += count
        return count

    def _ramp(self, block: Array, gain: float) -> None:
        """Move the gain to ``gain``, not faster than a fade."""
        if self._gain == gain or not len(block):
            return
        steps = np.arange(1, len(block) + 1, dtype=np.float32) / FADE
        ramp = np.clip(self._gain + (steps if gain > self._gain else -steps), 0, 1)
        block *= ramp
        self._gain = float(ramp[-1])

    def _run_dry(self, rest: Array) -> None:
        """Only ``rest`` is left: it is the end, or the next chunk comes too late."""
        # Checked in this order, since the other thread pushes first and finishes then.
        if self._finished and not self._chunks:
            self._ended = True
            return
        if len(rest) or not self._starved:
            self.underruns += 1
            self._starved = True
            tail = rest[-FADE:]
            tail *= np.linspace(1, 0, len(tail), dtype=np.float32)
            self._gain = 0.0
