"""Where a voice begins and ends within its sound."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_BLOCK = 110  # samples: 5 ms
_QUIET = 10 ** (-45 / 20)  # of the loudest block
_BEFORE, _AFTER = 441, 882  # samples: 20 and 40 ms, in which a consonant begins and a vowel dies


def loud_part(sound: npt.NDArray[np.float32]) -> tuple[int, int]:
    """From which sample to which a sound (samples,) is to be heard; all of it where it is silent.

    What is 45 dB below the loudest 5 ms is silence.
    """
    blocks = sound[: len(sound) // _BLOCK * _BLOCK].reshape(-1, _BLOCK)
    levels = np.sqrt(np.square(blocks).mean(axis=1, dtype=np.float64))
    loud = np.flatnonzero(levels > _QUIET * levels.max(initial=0))
    if not len(loud):
        return 0, len(sound)
    start, end = int(loud[0]) * _BLOCK - _BEFORE, int(loud[-1] + 1) * _BLOCK + _AFTER
    return max(start, 0), min(end, len(sound))
