"""Short-time spectra with Hann's window, and fast Griffin-Lim: phases for magnitudes.

Griffin and Lim (1984) iterate between the spectra with the wanted magnitudes and the spectra of
real sounds. Perraudin, Balazs and Søndergaard, "A fast Griffin-Lim algorithm" (WASPAA 2013), add a
momentum, and need a third of the iterations.

Frame n is centred at sample n·hop, as in :mod:`kirara_speech.sound.spectrogram`; a sound here has
half a frame more at each end, so every frame is complete.
"""

from __future__ import annotations

from functools import lru_cache

import torch
from torch import Tensor

from kirara_speech.networks.config import FFT, HOP

MOMENTUM = 0.99
"""The paper's α."""
OVERLAP = FFT // HOP
_LEAST = 1e-3  # of the windows' sum: nothing is divided by less


def analyse(sound: Tensor) -> Tensor:
    """(hop·(frames − 1) + fft,) → spectra (frames, bins), complex."""
    return torch.fft.rfft(sound.unfold(0, FFT, HOP) * _window())


def synthesise(spectra: Tensor) -> Tensor:
    """Spectra (frames, bins) → the sound (hop·(frames − 1) + fft,) with the nearest spectra.

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


@torch.inference_mode()
def griffin_lim(
    magnitude: Tensor, start: Tensor, iterations: int, known: Tensor | None = None
) -> Tensor:
    """Spectra (frames, bins) with the magnitudes wanted, beginning with the phases of ``start``.

    ``magnitude`` and ``start`` (complex) are (frames, bins). ``known`` (frames, bins) are the
    final spectra of the first frames: they do not change, and the others fit to them.
    """
    spectra = magnitude * _phases(start)
    before = spectra
    for _ in range(iterations):
        if known is not None:
            spectra[: len(known)] = known
        possible = analyse(synthesise(spectra))
        spectra = magnitude * _phases(possible + MOMENTUM * (possible - before))
        before = possible
    if known is not None:
        spectra[: len(known)] = known
    return spectra


def _phases(spectra: Tensor) -> Tensor:
    """Complex numbers of length 1, or 0 for 0."""
    return spectra / spectra.abs().clamp_(min=1e-12)
