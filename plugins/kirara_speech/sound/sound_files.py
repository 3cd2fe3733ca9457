"""Reads recordings of any rate as 22,050 Hz, one channel, without silence at the ends."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.sound.resampling import resample
from kirara_studio.api.reading import reading

Array = npt.NDArray[np.float32]

LONGEST = 30.0  # seconds of one sentence
SHORTEST = 0.2
LOWEST_RATE, HIGHEST_RATE = 8_000, 192_000  # Hz
_WHOLE = 0.99  # of a file
_LOUDEST = 2.0**32  # full scale is 1, but some programs write whole numbers as floats
_CUT_OFF = re.compile(r"^ *(?:data|SSND) *: (\d+) \(should be (\d+)\)", re.MULTILINE)
_UNKNOWN_LENGTH = 0x7FFF_0000
_LEVEL = 0.08  # root mean square of speech
_BEFORE, _AFTER = 0.03, 0.12  # seconds of silence left
_SILENCE = 10 ** (-45 / 20)  # of the loudest moment
_BLOCK = 110  # samples: 5 ms


@dataclass(frozen=True)
class Loaded:
    """A file: ``channels`` (samples, channels), −1…1, its rate in Hz, and format ("PCM_16")."""

    channels: Array
    rate: int
    subtype: str

    @property
    def seconds(self) -> float:
        """The length."""
        return len(self.channels) / self.rate


def file_name(path: Path) -> Path | bytes:
    """``path`` as soundfile can open it, names that are not UTF-8 included."""
    return path if os.name == "nt" else os.fsencode(path)


def read_sound(path: Path) -> Array:
    """Read a recording as (samples,), −1…1, at 22,050 Hz; channels are averaged.

    Raises :class:`UserError` for a file that cannot be used.
    """
    return at_our_rate(load_sound(path))


def at_our_rate(loaded: Loaded) -> Array:
    """The recording as (samples,), −1…1, at 22,050 Hz."""
    return resample(loaded.channels.mean(1), loaded.rate, SAMPLE_RATE)


def load_sound(path: Path) -> Loaded:
    """Read a file. Raises :class:`UserError` for one that cannot be used."""
    import soundfile

    with reading(
        path,
        "“{file}” cannot be used: {reason}.",
        advice="Record it again, or leave it out.",
    ):
        with soundfile.SoundFile(file_name(path)) as file:
            rate, subtype, announced = file.samplerate, file.subtype, file.frames
            if not LOWEST_RATE <= rate <= HIGHEST_RATE:
                few = " only" if rate < LOWEST_RATE else ""
                raise ValueError(f"it has {rate} samples a second{few}")
            limit = int(LONGEST * rate) + 1
            channels = file.read(limit, dtype="float32", always_2d=True)
            announced = max(announced, _announced_in(file.extra_info, announced))
        if len(channels) > LONGEST * rate:
            raise ValueError(f"it is longer than {LONGEST:.0f} seconds")
        if len(channels) < SHORTEST * rate:
            raise ValueError("it is too short or was cut off")
        if len(channels) < _WHOLE * min(announced, limit):
            share = len(channels) / announced
            raise ValueError(f"the file is cut off: {share:.0%} of it are there")
        loudest = np.abs(channels).max()
        if not np.isfinite(loudest):
            raise ValueError("it holds values that are not numbers")
        if loudest > _LOUDEST:
            raise ValueError(f"its loudest value is {loudest:g}, where 1 is full scale")
        return Loaded(channels, rate, subtype)


def _announced_in(information: str, frames: int) -> int:
    """How many frames the header of a WAV or AIFF file announces; 0 if it agrees."""
    found = _CUT_OFF.search(information)
    if found is None:
        return 0
    announced, there = int(found[1]), int(found[2])
    # Programs that write into a pipe do not know the length, and announce the largest one.
    if announced >= _UNKNOWN_LENGTH or not there:
        return 0
    return round(frames * announced / there)


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
    # A recording with less silence gets more.
    kept = np.pad(kept, (max(0, -start), max(0, end - len(sound))))
    level = np.sqrt(power[loud].mean())
    return (kept * min(_LEVEL / level, 1 / np.abs(kept).max())).astype(np.float32)
