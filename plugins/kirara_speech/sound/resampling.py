"""Sound at another rate, at once or chunk by chunk, through a windowed sinc. No torch."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import gcd

import numpy as np
import numpy.typing as npt

from kirara_speech.networks.config import SAMPLE_RATE

Array = npt.NDArray[np.float32]

_RATES = (8_000, 192_000)  # Hz
_MOST_PHASES = 1_280


class Resampler:
    """From ``rate`` to ``wanted`` samples a second: the chunks fit without a seam."""

    def __init__(self, rate: int, wanted: int) -> None:
        # Odd rates would need a filter for each of thousands of phases; this is off by less than
        # a millionth.
        ratio = Fraction(rate, wanted).limit_denominator(_MOST_PHASES)
        self._up, self._down = ratio.denominator, ratio.numerator
        self._filters, reach = _filters_for(self._up, self._down)
        self._kept = np.zeros(reach, np.float32)
        self._taken = self._given = 0  # samples

    def push(self, sound: Array, *, last: bool = False) -> Array:
        """What is known of the result with ``sound`` (samples,); all of it with the ``last``."""
        self._taken += len(sound)
        taps = self._filters.shape[1]
        end = np.zeros(taps + self._down if last else 0, np.float32)
        known = np.concatenate([self._kept, sound, end])
        count = max(0, (len(known) - taps) // self._down + 1)
        self._kept = known[count * self._down :]
        if not count:
            return np.zeros(0, np.float32)
        windows = np.lib.stride_tricks.sliding_window_view(known, taps)[:: self._down][:count]
        result = (np.ascontiguousarray(windows) @ self._filters.T).reshape(-1)
        if last:
            result = result[: -(-self._taken * self._up // self._down) - self._given]
        self._given += len(result)
        return result


def resample(sound: Array, rate: int, wanted: int) -> Array:
    """``sound`` (samples,) at another rate."""
    if rate == wanted:
        return sound
    resampler = Resampler(rate, wanted)
    seconds = [resampler.push(sound[i : i + rate]) for i in range(0, len(sound), rate)]
    return np.concatenate([*seconds, resampler.push(sound[:0], last=True)])


def is_usual(rate: int) -> bool:
    """True for a rate from 8 to 192 kHz that needs few filters: it has factors of 22,050."""
    lowest, highest = _RATES
    return lowest <= rate <= highest and rate // gcd(rate, SAMPLE_RATE) <= _MOST_PHASES


@lru_cache(maxsize=4)
def _filters_for(up: int, down: int) -> tuple[Array, int]:
    """Filters (up, taps), one for each phase of the result, and how far they look back."""
    cutoff = 0.95 * min(up / down, 1.0)  # of the sound's own Nyquist frequency
    lobes = 24 / cutoff
    reach = int(np.ceil(lobes))
    places = np.arange(-reach, reach + down)[None] - np.arange(up)[:, None] * down / up
    window = np.where(np.abs(places) < lobes, np.cos(np.pi / 2 * places / lobes) ** 2, 0)
    return (cutoff * np.sinc(cutoff * places) * window).astype(np.float32), reach
