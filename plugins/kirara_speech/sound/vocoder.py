"""Magnitudes to sound, chunk by chunk.

Phases from the gradient, then a few iterations of fast Griffin-Lim, come nearer to the magnitudes
than either alone in the same time (``benchmarks/bench_speech.py``).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from kirara_speech.networks.config import BINS, FFT, HOP
from kirara_speech.sound.griffin_lim import OVERLAP, griffin_lim, synthesise
from kirara_speech.sound.phase_gradient import integrate_phases

Array = npt.NDArray[np.float32]

_ITERATIONS = 8
_KNOWN = OVERLAP  # final frames whose sound overlaps the next ones
_HELD = OVERLAP - 1  # frames at the end that the next ones may still change


class Vocoder:
    """Makes the sound of one sentence, chunk by chunk, without a seam."""

    def __init__(self) -> None:
        self._known = torch.zeros(0, BINS, dtype=torch.complex64)
        self._waiting = np.zeros((0, BINS), np.float32)
        self._final = 0  # frames whose spectra do not change any more
        self._sounded = 0  # samples given

    def push(self, magnitude: Array, *, last: bool = False) -> Array:
        """Add magnitudes (frames, bins); returns the sound (samples,) that is final by now.

        In total that is hop·(frames − 1) samples.
        """
        self._waiting = np.concatenate([self._waiting, magnitude])
        settled = len(self._waiting) - (0 if last else _HELD)
        if settled <= 0 and not (last and len(self._known)):
            return np.zeros(0, np.float32)
        spectra = self._spectra()
        first = self._final - len(self._known)  # the number of the first frame in spectra
        self._final += settled
        end = HOP * (self._final - 1 if last else self._final - OVERLAP // 2)
        offset = HOP * first - FFT // 2  # the first frame begins half a frame before its centre
        chunk = synthesise(spectra)[self._sounded - offset : max(self._sounded, end) - offset]
        self._sounded = max(self._sounded, end)
        self._known = spectra[: self._final - first][-_KNOWN:].clone()
        self._waiting = self._waiting[settled:]
        return chunk.numpy()

    def _spectra(self) -> Tensor:
        known = self._known
        magnitude = np.concatenate([known.abs().numpy(), self._waiting])
        phases = integrate_phases(magnitude, known=known.angle().numpy())
        start = torch.polar(torch.ones(magnitude.shape), torch.from_numpy(phases).float())
        return griffin_lim(torch.from_numpy(magnitude), start, _ITERATIONS, known)


def sound_of(magnitude: Array) -> Array:
    """The sound (samples,) of magnitudes (frames, bins), at once."""
    return Vocoder().push(magnitude, last=True)
