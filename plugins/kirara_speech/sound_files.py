"""Recordings of any rate, as the networks want them: 22,050 Hz, one channel, without silence."""

from __future__ import annotations

from functools import lru_cache
from math import gcd
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kirara_speech.config import SAMPLE_RATE

Array = npt.NDArray[np.float32]

LONGEST = 30.0  # seconds of one sentence
SHORTEST = 0.2
LOWEST_RATE = 8_000  # Hz
_LEVEL = 0.08  # root mean square where there is speech
_BEFORE, _AFTER = 0.03, 0.12  # seconds of silence left
_SILENCE = 10 ** (-45 / 20)  # of the loudest moment
_BLOCK = 110  # samples: 5 ms


def read_sentence(path: Path) -> Array:
    """Read a sentence (samples,), trimmed and at the level that the networks learn.

    Raises ValueError, naming the reason, for a file that cannot be used.
    """
    return even(read_sound(path))


def read_sound(path: Path) -> Array:
    """Read a recording as (samples,), −1…1, at 22,050 Hz; channels are averaged.

    Raises ValueError, naming the reason, for a file that cannot be used.
    """
    import soundfile

    try:
        with soundfile.SoundFile(path) as file:
            rate = file.samplerate
            if rate < LOWEST_RATE:
                raise ValueError(f"it has {rate} samples a second only")
            sound = file.read(int(LONGEST * rate) + 1, dtype="float32", always_2d=True).mean(1)
    except (soundfile.SoundFileError, OSError, TypeError, EOFError) as error:
        raise ValueError(f"it is no sound, or damaged ({error})") from error
    if len(sound) > LONGEST * rate:
        raise ValueError(f"it is longer than {LONGEST:.0f} seconds")
    if len(sound) < SHORTEST * rate:
        raise ValueError("it is too short or was cut off")
    if not np.isfinite(sound).all():
        raise ValueError("it holds values that are not numbers")
    return resample(sound, rate, SAMPLE_RATE)


def even(sound: Array) -> Array:
    """Trim the silence at both ends to a known length, and bring speech to a known level.

    Raises ValueError for a recording that is silent.
    """
    blocks = len(sound) // _BLOCK
    power = np.square(sound[: blocks * _BLOCK].reshape(blocks, _BLOCK)).mean(1)
    if not blocks or power.max() < 1e-8:
        raise ValueError("it is silent")
    loud = np.flatnonzero(power > power.max() * _SILENCE**2)
    start = loud[0] * _BLOCK - round(_BEFORE * SAMPLE_RATE)
    end = (loud[-1] + 1) * _BLOCK + round(_AFTER * SAMPLE_RATE)
    kept = sound[max(0, start) : end]
    # Where the recording was cut closer than this, silence is added.
    kept = np.pad(kept, (max(0, -start), max(0, end - len(sound))))
    level = np.sqrt(power[loud].mean())
    return (kept * min(_LEVEL / level, 1 / np.abs(kept).max())).astype(np.float32)


def resample(sound: Array, rate: int, wanted: int) -> Array:
    """The same sound at another rate, through a windowed sinc that lets nothing alias."""
    if rate == wanted or not len(sound):
        return sound
    import torch

    up, down = wanted // gcd(rate, wanted), rate // gcd(rate, wanted)
    kernel, reach = resampling_filters(up, down)
    padded = np.pad(sound, (reach, reach + down))
    # One output of the convolution is `up` samples of the result, for `down` of the sound.
    result = torch.nn.functional.conv1d(
        torch.from_numpy(padded)[None, None], torch.from_numpy(kernel)[:, None], stride=down
    )[0]
    return result.T.reshape(-1)[: -(-len(sound) * up // down)].numpy()


@lru_cache(maxsize=4)
def resampling_filters(up: int, down: int) -> tuple[Array, int]:
    """Filters (up, taps), one for each phase of the result, and how far they look back."""
    cutoff = 0.95 * min(up / down, 1.0)  # of the sound's own Nyquist frequency
    lobes = 24 / cutoff
    reach = int(np.ceil(lobes))
    places = np.arange(-reach, reach + down)[None] - np.arange(up)[:, None] * down / up
    window = np.where(np.abs(places) < lobes, np.cos(np.pi / 2 * places / lobes) ** 2, 0)
    return (cutoff * np.sinc(cutoff * places) * window).astype(np.float32), reach
