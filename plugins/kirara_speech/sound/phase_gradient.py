"""Phase gradient heap integration: phases for magnitudes, without iterations.

Průša, Balazs and Søndergaard, "A noniterative method for reconstruction of phase from STFT
magnitude" (IEEE/ACM TASLP 25, 2017). For a Gaussian window, and nearly for Hann's, the gradient of
the phase follows from the gradient of the logarithm of the magnitude. It is integrated along the
loudest path, which a heap finds.
"""

from __future__ import annotations

import heapq

import numpy as np
import numpy.typing as npt

from kirara_speech.networks.config import FFT, HOP

_GAMMA = 0.25645 * FFT**2
"""Hann's window of that length is nearest to a Gaussian of this variance (the paper, §III)."""
_TOLERANCE = 1e-2  # of the largest magnitude: what is quieter gets any phase

Array = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]


def integrate_phases(magnitude: Array, known: Array | None = None) -> Floats:
    """Phases (frames, bins) in radians for magnitudes (frames, bins).

    ``known`` (frames, bins) are the phases of the first frames, from which it continues.
    """
    frames, bins = magnitude.shape
    floor = float(magnitude.max(initial=0)) * _TOLERANCE
    # Quiet places count as done; so does a border, which saves checks at the edges.
    done = np.ones((frames + 2, bins + 2), bool)
    done[1:-1, 1:-1] = magnitude <= floor
    phase = np.random.default_rng(0).uniform(0, 2 * np.pi, (frames + 2, bins + 2))
    first: list[int] = []
    if known is not None and len(known):
        last = len(known)  # with the border
        phase[1 : last + 1, 1:-1] = known
        first = (last * (bins + 2) + 1 + np.flatnonzero(magnitude[last - 1] > floor)).tolist()
        done[1 : last + 1] = True
    _integrate(magnitude, done, phase, first)
    return phase[1:-1, 1:-1]


def _integrate(
    magnitude: Array, done: npt.NDArray[np.bool_], phase: Floats, first: list[int]
) -> None:
    """Fill in the phases that are not done, from the places ``first``, then from the loudest.

    It works on lists of plain numbers, whose elements Python reads faster than an array's.
    """
    # A heap gives its least: the loudest is the most negative.
    loudness = np.pad(-magnitude.astype(np.float64), 1).reshape(-1)
    order = np.argsort(loudness)
    left: list[int] = order[~done.reshape(-1)[order]].tolist()
    level: list[float] = loudness.tolist()
    time, frequency = (np.pad(one, 1).reshape(-1).tolist() for one in phase_gradients(magnitude))
    is_done: list[bool] = done.reshape(-1).tolist()
    result: list[float] = phase.reshape(-1).tolist()
    width = done.shape[1]
    steps = ((width, time, 0.5), (-width, time, -0.5), (1, frequency, 0.5), (-1, frequency, -0.5))

    def spread(heap: list[tuple[float, int]]) -> None:
        while heap:
            _, here = heapq.heappop(heap)
            for step, gradient, half in steps:
                there = here + step
                if not is_done[there]:
                    is_done[there] = True
                    result[there] = result[here] + half * (gradient[here] + gradient[there])
                    heapq.heappush(heap, (level[there], there))

    heap = [(level[place], place) for place in first]
    heapq.heapify(heap)
    spread(heap)
    for start in left:
        if not is_done[start]:
            is_done[start] = True
            result[start] = 0.0
            spread([(level[start], start)])
    phase[...] = np.reshape(result, phase.shape)


def phase_gradients(magnitude: Array) -> tuple[Floats, Floats]:
    """The change of the phase from frame to frame, and from bin to bin; each (frames, bins).

    The paper's eqs. 15 and 16, with every frame's time counted from its beginning.
    """
    logarithm = np.log(np.maximum(magnitude, 1e-10).astype(np.float64))
    across_bins = np.gradient(logarithm, axis=1)
    several = len(magnitude) > 1
    across_frames = np.gradient(logarithm, axis=0) if several else np.zeros_like(logarithm)
    advance = 2 * np.pi * HOP / FFT * np.arange(magnitude.shape[1])
    along_time = HOP * FFT / _GAMMA * across_bins + advance
    along_frequency = -_GAMMA / (HOP * FFT) * across_frames - np.pi
    return along_time, along_frequency
