"""Where moments of one sound are in another that says the same at another tempo.

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
_NEVER = 1e9  # the cost of a way that there is not


def aligned(sound: Array, other: Array, moments: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The samples of ``other`` at which it is where ``sound`` is at ``moments``, which rise."""
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
    """For each frame of ``one`` its frame of ``two``, where several fit the middle of them."""
    slope = (len(two) - 1) / max(1, len(one) - 1)
    reach = _BAND + int(slope)
    columns = np.arange(2 * reach + 1)
    # Column c of row i is frame starts[i] + c of two.
    starts = np.round(np.arange(len(one)) * slope).astype(int) - reach
    totals = np.full((len(one), len(columns)), _NEVER)
    for i, start in enumerate(starts):
        frames = start + columns
        inside = (frames >= 0) & (frames < len(two))
        shown = slice(max(0, start), max(0, start) + int(inside.sum()))
        cost = np.full(len(columns), _NEVER)
        cost[inside] = np.abs(two[shown] - one[i]).mean(1)
        enter = cost.copy()
        if i:
            enter += np.minimum(*_before(totals, starts, i))
        else:
            enter[frames != 0] = _NEVER
        # Along the row: what stands still in one goes on in two.
        summed = np.cumsum(np.where(inside, cost, 0))
        totals[i] = np.where(inside, summed + np.minimum.accumulate(enter - summed), _NEVER)
    return _back(totals, starts, len(two) - 1)


_Totals = npt.NDArray[np.float64]


def _before(totals: _Totals, starts: npt.NDArray[np.int64], i: int) -> tuple[_Totals, _Totals]:
    """The totals of the row before, at the same frames of the other sound, and at those before."""
    moved = starts[i] - starts[i - 1]
    padded = np.pad(totals[i - 1], (1, moved), constant_values=_NEVER)
    width = totals.shape[1]
    return padded[1 + moved :][:width], padded[moved:][:width]


def _back(totals: _Totals, starts: npt.NDArray[np.int64], last: int) -> npt.NDArray[np.float64]:
    """The cheapest way, followed from its end."""
    places = np.zeros(len(starts))
    frame = last
    for i in range(len(starts) - 1, -1, -1):
        end = frame
        row = totals[i]
        if i:
            same, earlier = _before(totals, starts, i)
        while True:
            column = frame - starts[i]
            along = row[column - 1] if column and frame else _NEVER
            if not i:
                frame = 0
                break
            if along >= min(same[column], earlier[column]) or not frame:
                break
            frame -= 1
        places[i] = (frame + end) / 2
        if i and earlier[column] < same[column]:
            frame -= 1
    return places
