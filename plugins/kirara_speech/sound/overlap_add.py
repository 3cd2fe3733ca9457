"""Frames of sound to short-time spectra and back, with Hann's window, for the vocoders.

Frame n is centred at sample n·hop, as in :mod:`kirara_speech.sound.spectrogram`; a sound here has
half a frame more at each end, so no frame has to be made up.
"""

from __future__ import annotations

from functools import lru_cache

import torch
from torch import Tensor
from torch.nn import functional

from kirara_speech.networks.config import FFT, HOP

OVERLAP = FFT // HOP
_LEAST = 1e-3  # of the windows' sum: nothing is divided by less


def analyse(sound: Tensor) -> Tensor:
    """(hop·(frames − 1) + fft,) → spectra (frames, bins), complex."""
    return torch.fft.rfft(sound.unfold(0, FFT, HOP) * _window())


def synthesise(spectra: Tensor) -> Tensor:
    """Spectra (frames, bins) → (hop·(frames − 1) + fft,), whose spectra are nearest to them.

    Griffin and Lim, "Signal estimation from modified short-time Fourier transform" (1984), eq. 6.
    """
    frames = torch.fft.irfft(spectra, FFT) * _window()
    return _added(frames) / _weights(len(spectra))


def _added(frames: Tensor) -> Tensor:
    """Add up frames (frames, fft) where they overlap."""
    blocks = frames.view(len(frames), OVERLAP, HOP)
    total = frames.new_zeros(len(frames) + OVERLAP - 1, HOP)
    for shift in range(OVERLAP):
        total[shift : shift + len(frames)] += blocks[:, shift]
    return total.view(-1)


@lru_cache(maxsize=1)
def _window() -> Tensor:
    return torch.hann_window(FFT)


@lru_cache(maxsize=8)
def _weights(frames: int) -> Tensor:
    squares = _window().square().expand(frames, FFT).contiguous()
    return _added(squares).clamp_(min=_LEAST)


def convergence(spectra: Tensor, magnitude: Tensor) -> float:
    """The spectral convergence in decibels: how far the magnitudes of the sound are from those
    wanted, relative to these; 0 is bad, −20 good (Sturmel and Daudet 2011)."""
    found = analyse(synthesise(spectra)).abs()
    return 20 * float(torch.log10((found - magnitude).norm() / magnitude.norm().clamp(min=1e-12)))


def padded_sound(sound: Tensor) -> Tensor:
    """A sound (samples,) with half a frame of silence at each end, for :func:`analyse`."""
    return functional.pad(sound, (FFT // 2, FFT // 2))
