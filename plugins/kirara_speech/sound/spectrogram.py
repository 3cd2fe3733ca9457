"""Sound to the networks' spectrograms.

Both kinds of features are 0…1. The author's: power through the mel filters, and magnitude for
SSRN, each divided by the maximum of its sentence and raised to γ = 0.6. Ours, "log": decibels, from
−100 dB as 0 to 0 dB as 1, where 0 dB is a sine of full scale. As in the ear, quiet sounds have the
same resolution as loud ones.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from kirara_speech.networks.config import BINS, FFT, HOP, MELS, REDUCTION, SAMPLE_RATE

Array = npt.NDArray[np.float32]

GAMMA = 0.6
"""The author's exponent."""
RANGE = 100.0  # decibels
_REFERENCE = FFT / 4  # the magnitude of a sine of full scale, through Hann's window


def magnitudes(sound: Tensor) -> Tensor:
    """(samples,), −1…1 → (bins, 1 + samples // hop): short-time Fourier transform, centred."""
    window = torch.hann_window(FFT, device=sound.device)
    if len(sound) <= FFT // 2:  # too short to be mirrored at its ends
        sound = torch.nn.functional.pad(sound, (0, FFT // 2 + 1 - len(sound)))
    return torch.stft(sound, FFT, HOP, window=window, return_complex=True).abs()


def features_of(sound: Array, kind: str) -> tuple[Array, Array]:
    """The mel spectrogram (4·frames, mels) and the fine one (4·frames, bins), both 0…1.

    ``sound`` is (samples,), −1…1, at 22,050 Hz; ``kind`` is one of
    :data:`kirara_speech.networks.config.FEATURES`.
    """
    magnitude = magnitudes(torch.from_numpy(sound))
    frames = magnitude.shape[1] // REDUCTION
    magnitude = magnitude[:, : REDUCTION * frames]
    filters = torch.from_numpy(mel_filters())
    if kind == "author":
        power = filters @ magnitude.square()
        mel, fine = _of_largest(power), _of_largest(magnitude)
    else:
        # The mean magnitude in each band, so both spectrograms have the same decibels.
        mean = filters / filters.sum(1, keepdim=True)
        mel, fine = _decibels(mean @ magnitude), _decibels(magnitude)
    return mel.T.contiguous().numpy(), fine.T.contiguous().numpy()


def magnitude_of(fine: Array, kind: str, sharpen: float = 1.0) -> Array:
    """The magnitudes of a fine spectrogram; ``sharpen`` is an exponent, the author's η (1.3)."""
    if kind == "author":
        return np.power(np.maximum(fine, 0), sharpen / GAMMA)
    return _REFERENCE * np.power(10.0, (fine - 1) * (RANGE / 20 * sharpen)).astype(np.float32)


@lru_cache(maxsize=1)
def mel_filters() -> Array:
    """Triangles (mels, bins) over Slaney's mel scale from 0 Hz to half the rate, of area 2/Hz.

    The scale is linear up to 1 kHz and logarithmic above (Slaney, "Auditory Toolbox", 1998).
    """
    edges = _mel_edges()
    hertz = np.linspace(0, SAMPLE_RATE / 2, BINS)
    rising = (hertz - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - hertz) / (edges[2:] - edges[1:-1])[:, None]
    triangles = np.maximum(0, np.minimum(rising, falling))
    area = 2 / (edges[2:] - edges[:-2])
    return (triangles * area[:, None]).astype(np.float32)


@lru_cache(maxsize=1)
def mel_lines() -> Array:
    """The linear interpolation, over Hz, between the centres of the mels: (bins, mels)."""
    hertz = np.linspace(0, SAMPLE_RATE / 2, BINS)
    columns = [np.interp(hertz, _mel_edges()[1:-1], one) for one in np.eye(MELS)]
    return np.stack(columns, 1).astype(np.float32)


_BREAK, _STEP = 15.0, np.log(6.4) / 27  # mels at 1 kHz, and the logarithm's step


def _mel_edges() -> npt.NDArray[np.float64]:
    """The edges of the triangles in Hz: each reaches from one to the next but one."""
    mels = np.linspace(0.0, _BREAK + np.log(SAMPLE_RATE / 2_000) / _STEP, MELS + 2)
    return np.where(mels < _BREAK, mels * 200 / 3, 1000 * np.exp(_STEP * (mels - _BREAK)))


def _of_largest(values: Tensor) -> Tensor:
    largest = values.max() if values.numel() else values.new_ones(())
    return (values / largest.clamp(min=1e-10)).pow(GAMMA)


def _decibels(magnitude: Tensor) -> Tensor:
    level = 20 * torch.log10((magnitude / _REFERENCE).clamp(min=1e-10))
    return (level / RANGE + 1).clamp(0, 1)
