"""Fast Griffin-Lim: phases for magnitudes, better with every iteration.

Griffin and Lim (1984) go to and fro between the spectra with the wanted magnitudes and the
spectra that a sound can have. Perraudin, Balazs and Søndergaard, "A fast Griffin-Lim algorithm"
(WASPAA 2013), add a momentum, and need a third of the iterations.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

from kirara_speech.networks.config import FFT, HOP
from kirara_speech.sound.overlap_add import analyse, synthesise

MOMENTUM = 0.99
"""The paper's α."""


@torch.inference_mode()
def griffin_lim(
    magnitude: Tensor, start: Tensor, iterations: int, known: Tensor | None = None
) -> Tensor:
    """Spectra (frames, bins) with the magnitudes wanted, beginning with the phases of ``start``.

    ``magnitude`` and ``start`` (complex) are (frames, bins). ``known`` (frames, bins) are the
    spectra of the first frames, which were spoken already: they stay as they are, and the
    others follow them.
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
    """Complex numbers of length 1; those of nothing are 0."""
    return spectra / spectra.abs().clamp_(min=1e-12)


def drifting_phases(frames: int, bins: int) -> Tensor:
    """Phases (frames, bins) to begin with if nothing is known: complex numbers of length 1.

    Each bin's moves on by its own frequency. They begin scattered, always the same way, so no
    two frequencies peak together (Schroeder, IEEE Trans. Information Theory 16, 1970).
    """
    advance = 2 * math.pi * HOP / FFT * torch.arange(bins)
    turns = torch.arange(frames)[:, None] * advance
    return torch.polar(
        torch.ones(frames, bins), turns + math.pi * torch.arange(bins).square() / bins
    )
