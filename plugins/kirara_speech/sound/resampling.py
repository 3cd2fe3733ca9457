"""Sound at another rate, chunk by chunk. For sound cards that take no 22,050 Hz; no torch."""

from __future__ import annotations

from math import gcd

import numpy as np
import numpy.typing as npt

from kirara_speech.sound.sound_files import resampling_filters

Array = npt.NDArray[np.float32]


class Resampler:
    """From ``rate`` to ``wanted`` samples a second: the chunks fit without a seam."""

    def __init__(self, rate: int, wanted: int) -> None:
        common = gcd(rate, wanted)
        self._up, self._down = wanted // common, rate // common
        self._filters, self._reach = resampling_filters(self._up, self._down)
        self._kept = np.zeros(self._reach, np.float32)
        self._taken = self._given = 0  # samples

    def push(self, sound: Array, *, last: bool = False) -> Array:
        """What is known of the result with ``sound`` (samples,); all of it with the ``last``."""
        self._taken += len(sound)
        chunks = [self._kept, sound]
        taps = self._filters.shape[1]
        if last:
            chunks.append(np.zeros(taps + self._down, np.float32))
        known = np.concatenate(chunks)
        count = (len(known) - taps) // self._down + 1
        if count < 1:
            self._kept = known
            return np.zeros(0, np.float32)
        windows = np.lib.stride_tricks.sliding_window_view(known, taps)[:: self._down][:count]
        result = (windows @ self._filters.T).reshape(-1)
        self._kept = known[count * self._down :]
        if last:
            owed = -(-self._taken * self._up // self._down) - self._given
            result = result[:owed]
        self._given += len(result)
        return result
