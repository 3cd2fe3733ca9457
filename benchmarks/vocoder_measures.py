"""How near vocoders come to the magnitudes they are given, and phases to start from."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

from kirara_speech.networks.config import FFT, HOP
from kirara_speech.sound.griffin_lim import analyse, synthesise


def convergence(spectra: Tensor, magnitude: Tensor) -> float:
    """The spectral convergence in decibels: 0 is bad, −20 good (Sturmel and Daudet 2011).

    It is the distance of the sound's magnitudes from ``magnitude``, relative to that.
    """
    found = analyse(synthesise(spectra)).abs()
    return 20 * float(torch.log10((found - magnitude).norm() / magnitude.norm().clamp(min=1e-12)))


def padded_sound(sound: Tensor) -> Tensor:
    """A sound (samples,) with half a frame of silence at each end, for :func:`analyse`."""
    return functional.pad(sound, (FFT // 2, FFT // 2))


def drifting_phases(frames: int, bins: int) -> Tensor:
    """Phases (frames, bins) to begin with if nothing is known: complex numbers of length 1.

    The phase of each bin advances by its own frequency. The first ones are scattered, always the
    same way, so no two frequencies peak together (Schroeder, IEEE Trans. Information Theory 16,
    1970).
    """
    advance = 2 * math.pi * HOP / FFT * torch.arange(bins)
    turns = torch.arange(frames)[:, None] * advance
    return torch.polar(
        torch.ones(frames, bins), turns + math.pi * torch.arange(bins).square() / bins
    )
