"""Pictures of a sound: the waveform's envelope, the spectrogram, the attention."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage

from kirara_speech.networks.config import FFT, HOP, MELS, SAMPLE_RATE

Array = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]


def envelope(sound: Array, columns: int) -> tuple[Array, Array]:
    """The lowest and the highest sample of each of ``columns`` parts of a sound."""
    if not len(sound) or columns < 1:
        return np.zeros(0, np.float32), np.zeros(0, np.float32)
    starts = np.linspace(0, len(sound), columns, endpoint=False).astype(int)
    return np.minimum.reduceat(sound, starts), np.maximum.reduceat(sound, starts)


def spectrogram_of(sound: Array) -> Array:
    """A mel spectrogram (mels, frames), 0 to 1, for voices that make none themselves."""
    padded = np.pad(sound, (FFT // 2, FFT // 2))
    frames = np.lib.stride_tricks.sliding_window_view(padded, FFT)[::HOP]
    power = np.abs(np.fft.rfft(frames * np.hanning(FFT).astype(np.float32), axis=1)) ** 2
    mels = power @ _mel_filters().T
    level = 10 * np.log10(mels + 1e-7) / 80 + 1 - 10 * np.log10(FFT) / 80
    return np.clip(level, 0, 1).T.astype(np.float32)


def _mel_filters() -> Array:
    """Triangles (mels, bins), evenly spaced on the mel scale."""
    highest = 2595 * np.log10(1 + SAMPLE_RATE / 2 / 700)
    edges = 700 * (10 ** (np.linspace(0, highest, MELS + 2) / 2595) - 1)
    bins = np.fft.rfftfreq(FFT, 1 / SAMPLE_RATE)
    rising = (bins - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins) / (edges[2:] - edges[1:-1])[:, None]
    return np.maximum(0, np.minimum(rising, falling)).astype(np.float32)


def picture(values: Array, colors: list[QColor]) -> QImage:
    """Values (rows, columns), 0 to 1, as colours; the first row is at the bottom."""
    table = _table(colors)
    levels = (np.clip(values[::-1], 0, 1) * 255).astype(np.uint8)
    pixels = np.ascontiguousarray(table[levels])  # (rows, columns, 4)
    height, width = levels.shape
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
    return image.copy()  # the array goes away


def _table(colors: list[QColor]) -> Bytes:
    """256 colours (256, 4) in Qt's order of bytes, from the first to the last of these."""
    places = np.linspace(0, 1, len(colors))
    steps = np.linspace(0, 1, 256)
    channels = [
        np.interp(steps, places, [getattr(c, name)() for c in colors])
        for name in ("blue", "green", "red")
    ]
    return np.stack([*channels, np.full(256, 255.0)], axis=1).astype(np.uint8)
