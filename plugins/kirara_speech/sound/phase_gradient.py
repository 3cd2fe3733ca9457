"""Phase gradient heap integration: phases for magnitudes, in one go.

Průša, Balazs and Søndergaard, "A noniterative method for reconstruction of phase from STFT
magnitude" (IEEE/ACM TASLP 25, 2017). For a Gaussian window, how fast the phase turns follows from
how the logarithm of the magnitude changes, and nearly so for Hann's. The phase is added up from
there along the loudest way, which a heap finds.
"""

from __future__ import annotations

import heapq

import numpy as np
import numpy.typing as npt

from kirara_speech.networks.config import FFT, HOP

_GAMMA = 0.25645 * FFT**2
"""Hann's window of that length is nearest to a Gaussian of this variance (the paper, §III)."""
TOLERANCE = 1e-2  # of the largest magnitude: what is quieter gets any phase

Array = npt.NDArray[np.float32]


def integrate_phases(
    magnitude: Array, tolerance: float = TOLERANCE, known: Array | None = None
) -> npt.NDArray[np.float64]:
    """Phases (frames, bins) in radians for magnitudes (frames, bins).

    ``known`` (frames, bins) are the phases of the first frames, from where it then goes on.
    """
    frames, bins = magnitude.shape
    along_time, along_frequency = phase_gradients(magnitude)
    floor = float(magnitude.max(initial=0)) * tolerance
    # What is too quiet counts as done already; a border of such spares asking for the edges.
    done = np.ones((frames + 2, bins + 2), bool)
    done[1:-1, 1:-1] = magnitude <= floor
    random = np.random.default_rng(0)
    phase = random.uniform(0, 2 * np.pi, (frames + 2, bins + 2))
    first: list[int] = []
    if known is not None and len(known):
        last = len(known)  # with the border
        phase[1 : last + 1, 1:-1] = known
        first = (last * (bins + 2) + 1 + np.flatnonzero(magnitude[last - 1] > floor)).tolist()
        done[1 : last + 1] = True
    grid = _Grid(_bordered(-magnitude), _bordered(along_time), _bordered(along_frequency), done)
    return grid.integrate(phase, first)[1:-1, 1:-1]


def phase_gradients(
    magnitude: Array,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """How much the phase turns from frame to frame, and from bin to bin; each (frames, bins).

    The paper's eqs. 15 and 16, with every frame's time counted from its beginning.
    """
    logarithm = np.log(np.maximum(magnitude, 1e-10).astype(np.float64))
    across_bins = np.gradient(logarithm, axis=1)
    if len(magnitude) > 1:
        across_frames = np.gradient(logarithm, axis=0)
    else:
        across_frames = np.zeros_like(logarithm)
    advance = 2 * np.pi * HOP / FFT * np.arange(magnitude.shape[1])
    along_time = HOP * FFT / _GAMMA * across_bins + advance
    along_frequency = -_GAMMA / (HOP * FFT) * across_frames - np.pi
    return along_time, along_frequency


def _bordered(values: npt.NDArray[np.float64] | Array) -> npt.NDArray[np.float64]:
    return np.pad(values.astype(np.float64), 1)


class _Grid:
    """Adds up gradients along the loudest way; ``loudness`` is negative: a heap's top is its least.

    All are lists of plain numbers, whose single elements Python reads quicker than an array's.
    """

    def __init__(
        self,
        loudness: npt.NDArray[np.float64],
        along_time: npt.NDArray[np.float64],
        along_frequency: npt.NDArray[np.float64],
        done: npt.NDArray[np.bool_],
    ) -> None:
        self._width = loudness.shape[1]
        order = np.argsort(loudness, axis=None)
        self._order: list[int] = order[~done.reshape(-1)[order]].tolist()
        self._level: list[float] = loudness.reshape(-1).tolist()
        self._time: list[float] = along_time.reshape(-1).tolist()
        self._frequency: list[float] = along_frequency.reshape(-1).tolist()
        self._done: list[bool] = done.reshape(-1).tolist()

    def integrate(
        self, phase: npt.NDArray[np.float64], first: list[int]
    ) -> npt.NDArray[np.float64]:
        """Fill in what is not done, beginning at the places ``first``, then at the loudest."""
        result: list[float] = phase.reshape(-1).tolist()
        heap = [(self._level[place], place) for place in first]
        heapq.heapify(heap)
        self._spread(heap, result)
        for start in self._order:
            if not self._done[start]:
                self._done[start] = True
                result[start] = 0.0
                self._spread([(self._level[start], start)], result)
        return np.reshape(result, phase.shape)

    def _spread(self, heap: list[tuple[float, int]], result: list[float]) -> None:
        level, done, width = self._level, self._done, self._width
        time, frequency = self._time, self._frequency
        while heap:
            _, here = heapq.heappop(heap)
            for there, gradient, half in (
                (here + width, time, 0.5),
                (here - width, time, -0.5),
                (here + 1, frequency, 0.5),
                (here - 1, frequency, -0.5),
            ):
                if not done[there]:
                    done[there] = True
                    result[there] = result[here] + half * (gradient[here] + gradient[there])
                    heapq.heappush(heap, (level[there], there))
