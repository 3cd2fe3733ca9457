"""Where moments of one sound are in another with the same words at another tempo.

Dynamic time warping of short-time spectra (Sakoe and Chiba 1978), in a band around even stretching.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]

_HOP = 110  # samples: 5 ms
_WINDOW = 512
_BANDS = 24
_BAND = 160  # frames to either side: 0.8 s
_NEVER = 1e9  # the cost of an impossible path


def aligned(sound: Array, other: Array, moments: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The samples of ``other`` that match the samples ``moments`` of ``sound``, which rise."""
    one, two = _spectra(sound), _spectra(other)
    places = _path(one, two)
    found = np.interp(moments, _HOP * np.arange(len(one)), _HOP * places)
    found[moments <= 0] = 0
    found[moments >= len(sound)] = len(other)
    return np.maximum.accumulate(np.minimum(found, len(other))).round().astype(np.int64)


def _spectra(sound: Array) -> Array:
    """Decibels (frames, bands), each frame centred at its moment."""
    padded = np.pad(sound, (_WINDOW // 2, _WINDOW))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_HOP]
    frames = frames[: len(sound) // _HOP + 1] * np.hanning(_WINDOW).astype(np.float32)
    power = np.abs(np.fft.rfft(frames)) ** 2
    edges = np.unique(np.geomspace(2, power.shape[1], _BANDS + 1).astype(int))
    bands = np.add.reduceat(power, edges[:-1], axis=1)
    return (10 * np.log10(bands + 1e-6)).astype(np.float32)


def _path(one: Array, two: Array) -> npt.NDArray[np.float64]:
    """For each frame of ``one`` its frame of ``two``; if several fit, the middle of them."""
    slope = (len(two) - 1) / max(1, len(one) - 1)
    reach = _BAND + int(slope)
    columns = np.arange(2 * reach + 1)
    # Column c of row i is frame starts[i] + c of two.
    starts = np.round(np.arange(len(one)) * slope).astype(int) - reach
    totals = np.full(len(columns), _NEVER)  # of the cheapest paths to the row before
    entries = np.zeros((len(one), len(columns)), int)  # the column by which they enter a row
    diagonal = np.zeros(entries.shape, bool)  # whether they enter it from the column before
    for i, start in enumerate(starts):
        frames = start + columns
        inside = (frames >= 0) & (frames < len(two))
        cost = np.full(len(columns), _NEVER)
        cost[inside] = np.abs(two[frames[inside]] - one[i]).mean(1)
        if i:
            moved = start - starts[i - 1]
            padded = np.pad(totals, (1, moved), constant_values=_NEVER)
            straight, earlier = padded[1 + moved :], padded[moved : moved + len(columns)]
            diagonal[i] = earlier < straight
            enter = cost + np.minimum(straight, earlier)
        else:
            enter = np.where(frames == 0, cost, _NEVER)
        # Along the row: one stands still while two continues.
        summed = np.cumsum(np.where(inside, cost, 0))
        ways = enter - summed
        least = np.minimum.accumulate(ways)
        entries[i] = np.maximum.accumulate(np.where(ways == least, columns, 0))
        totals = np.where(inside, summed + least, _NEVER)
    places = np.zeros(len(one))
    frame = len(two) - 1
    for i in range(len(one) - 1, -1, -1):
        entry = entries[i, frame - starts[i]]
        first = starts[i] + entry
        places[i] = (first + frame) / 2
        frame = first - int(diagonal[i, entry])
    return places
