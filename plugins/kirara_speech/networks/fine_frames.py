"""Coarse mel frames to magnitudes of fine frames, chunk by chunk."""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

import numpy as np
import numpy.typing as npt
import torch

from kirara_speech.networks.config import BINS, MELS, REDUCTION
from kirara_speech.networks.ssrn import Ssrn
from kirara_speech.sound.spectrogram import GAMMA, magnitude_of, mel_filters

Array = npt.NDArray[np.float32]

CONTEXT = 8
"""Coarse frames that SSRN sees to either side: 4 with its first two highways, 2 with those at
twice the rate, 1½ with the last four."""

_AUTHOR_LOUDEST = 60.0  # the maximum of the magnitudes, which the author's features do not keep
_AUTHOR_SHARPEN = 1.3  # the author's η


class FineFrames(Protocol):
    """Makes the fine frames of one sentence."""

    def push(self, mel: Array, *, last: bool = False) -> Array:
        """Add mels (mels, frames), 0…1; returns the magnitudes (frames, bins) known by now.

        In total there are four frames for each coarse one.
        """
        ...


class SsrnFrames:
    """By SSRN, on pieces that overlap by its receptive field, with the result of the whole."""

    def __init__(self, network: Ssrn) -> None:
        self._network = network
        self._mel = np.zeros((MELS, 0), np.float32)
        self._context = 0  # of the frames kept: those that are done

    def push(self, mel: Array, *, last: bool = False) -> Array:
        self._mel = np.concatenate([self._mel, mel], 1)
        ready = self._mel.shape[1] - self._context - (0 if last else CONTEXT)
        if ready <= 0:
            return np.zeros((0, BINS), np.float32)
        fine = fine_of(self._network, self._mel)
        begin = REDUCTION * self._context
        magnitude = _loudness(fine[:, begin : begin + REDUCTION * ready], self._network)
        done = self._context + ready
        self._context = min(done, CONTEXT)
        self._mel = self._mel[:, done - self._context :]
        return magnitude


class InverseFrames:
    """Without SSRN: the smallest spectrum with these mels, interpolated. It sounds muffled."""

    def __init__(self, features: str) -> None:
        self._features = features
        self._before = np.zeros((MELS, 1), np.float32)

    def push(self, mel: Array, *, last: bool = False) -> Array:
        both = np.concatenate([self._before, mel], 1)
        self._before = both[:, -1:]
        # The mel spectrogram holds the last of each four frames.
        shares = np.arange(1, REDUCTION + 1, dtype=np.float32) / REDUCTION
        steps = both[:, 1:, None] - both[:, :-1, None]
        fine = (both[:, :-1, None] + steps * shares).reshape(MELS, -1)
        if self._features == "author":
            power = np.power(fine, 1 / GAMMA)
            found = np.sqrt(np.maximum(_inverse(False) @ power, 0))
            return (_AUTHOR_LOUDEST * found.T / max(1e-6, float(found.max(initial=0)))).copy()
        return np.maximum(_inverse(True) @ magnitude_of(fine, "log"), 0).T.astype(np.float32)


@torch.inference_mode()
def fine_of(network: Ssrn, mel: Array) -> Array:
    """SSRN's output for a whole mel spectrogram: (mels, frames) → (bins, 4·frames)."""
    return network.spectrogram(torch.from_numpy(mel)[None])[0].numpy()


def _loudness(fine: Array, network: Ssrn) -> Array:
    """The magnitudes (frames, bins) that a fine spectrogram (bins, frames) stands for."""
    if network.config.features == "author":
        return _AUTHOR_LOUDEST * magnitude_of(fine, "author", _AUTHOR_SHARPEN).T
    return magnitude_of(fine, "log").T


@lru_cache(maxsize=2)
def _inverse(mean: bool) -> Array:
    """From mels to bins: (bins, mels)."""
    filters = mel_filters()
    if mean:
        filters = filters / filters.sum(1, keepdims=True)
    return np.linalg.pinv(filters).astype(np.float32)
