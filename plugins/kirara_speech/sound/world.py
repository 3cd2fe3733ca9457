"""Resynthesis of speech with another pitch and tempo.

WORLD: Morise, Yokomori and Ozawa, "WORLD: a vocoder-based high-quality speech synthesis system for
real-time applications" (2016). Frames are 5 ms apart, the first one is at the first sample.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pyworld

from kirara_speech.networks.config import SAMPLE_RATE

Array = npt.NDArray[np.float32]
Curve = npt.NDArray[np.float64]

FRAME = 0.005  # seconds
LOWEST, HIGHEST = 70.0, 1_100.0
"""Hz: the range in which a voice's pitch is searched."""
_LIMITS = (40.0, 1_600.0)  # Hz: outside, WORLD's pulses do not make a voice
_REFINED = 1.1
"""The largest factor by which StoneMask may refine the pitch of DIO: more is an error. In 24,495
voiced frames of a woman's voice it jumped by more than 0.4 octaves 17 times, DIO alone once, and
Harvest 3 times, at 13 times the cost."""
_PERIOD = FRAME * SAMPLE_RATE  # samples
_HEARD = 0.002  # octaves: a fortieth of a semitone
_BLEND = 110  # samples: 5 ms
_WHISPER = 0.03  # of the power of a vowel: 15 dB less
_KNEE = 0.8  # amplitude
_SHORTEST = 0.05  # seconds: DIO finds nothing in less


def pitch_of(sound: Array) -> Curve:
    """The pitch of each frame in Hz, 0 if it is unvoiced."""
    wide = _wide(sound)
    pitch, times = pyworld.dio(
        wide, SAMPLE_RATE, f0_floor=LOWEST, f0_ceil=HIGHEST, frame_period=1_000 * FRAME
    )
    refined = pyworld.stonemask(wide, pitch, times, SAMPLE_RATE)
    near = (refined > pitch / _REFINED) & (refined < pitch * _REFINED)
    return np.where(near, refined, pitch)[: frames_of(len(sound))]


def frames_of(samples: int) -> int:
    """The number of frames of a sound."""
    return int(samples / SAMPLE_RATE / FRAME) + 1


def resynthesise(
    sound: Array, change: Callable[[Curve], Curve], times: tuple[Curve, Curve] | None = None
) -> Array:
    """Synthesise ``sound`` (samples,) again, with the pitch that ``change`` makes of its own.

    ``change`` takes and returns Hz for each frame, 0 if it is unvoiced; voiced frames that become 0
    are whispered. ``times`` are moments of the sound in whole samples, rising from 0 to its end,
    and their new places: the sound between two of them is stretched; None changes nothing.
    Stretches without a change, between unvoiced places, keep their samples.
    """
    if not len(sound):
        return sound
    found = pitch_of(sound)
    wanted = np.where(found > 0, change(found), 0)
    ends = np.array([0.0, len(sound)])
    old, new = (ends, ends) if times is None else times
    kept = _kept_stretches(found, wanted, old, new)
    samples = round(new[-1])
    if kept == [(0, len(sound))]:
        return sound
    made = _synthesised(sound, found, wanted, old, new, samples)
    if len(made) < samples:
        made = np.pad(made, (0, samples - len(made)))
    return _with_kept(soft_clip(made.astype(np.float32)), sound, kept, old, new)


def _synthesised(
    sound: Array, found: Curve, wanted: Curve, old: Curve, new: Curve, samples: int
) -> Curve:
    wide = _wide(sound)
    pitch, spoken = (np.pad(p, (0, frames_of(len(wide)) - len(p))) for p in (found, wanted))
    moments = FRAME * np.arange(len(pitch))
    power = _power(wide, len(pitch))
    timbre = pyworld.cheaptrick(wide, pitch, moments, SAMPLE_RATE, f0_floor=LOWEST)
    breath = pyworld.d4c(wide, pitch, moments, SAMPLE_RATE, fft_size=2 * (timbre.shape[1] - 1))
    spoken = np.where(spoken > 0, np.clip(spoken, *_LIMITS), 0)
    hushed = (found > 0) & (wanted == 0)
    timbre[: len(found)][hushed] *= _WHISPER
    power[: len(found)][hushed] *= _WHISPER
    if not np.array_equal(old, new):
        places = np.interp(np.arange(frames_of(samples)) * _PERIOD, new, old) / _PERIOD
        spoken, timbre, breath = _at(places, spoken, timbre, breath)
        power = np.interp(places, np.arange(len(power)), power)
    made = pyworld.synthesize(spoken, timbre, breath, SAMPLE_RATE, 1_000 * FRAME)[:samples]
    # WORLD's output is a decibel louder than its input.
    loud = np.square(made).mean()
    return made * np.sqrt(power.mean() / loud) if loud > 0 else made


def _power(sound: Curve, frames: int) -> Curve:
    """The mean square (frames,) of a sound around each frame."""
    sums = np.cumsum(np.pad(np.square(sound), (1, 0)))
    edges = np.clip((np.arange(frames + 1) - 0.5) * _PERIOD, 0, len(sound)).astype(int)
    return np.diff(sums[edges]) / np.maximum(1, np.diff(edges))


def _kept_stretches(found: Curve, wanted: Curve, old: Curve, new: Curve) -> list[tuple[int, int]]:
    """The bounds (samples) of whole stretches in which neither pitch nor tempo changes."""
    samples = round(old[-1])
    voiced = found > 0
    ratio = np.where(voiced, wanted, 1) / np.where(voiced, found, 1)
    touched = np.abs(np.log2(np.maximum(ratio, 1e-6))) > _HEARD
    moments = np.arange(len(found)) * _PERIOD
    for start, end, length in zip(old[:-1], old[1:], np.diff(new), strict=True):
        if end - start != length:
            touched |= (moments >= start - _PERIOD) & (moments <= end + _PERIOD)
    # A voiced stretch is made as a whole: original and synthesised waves would not fit.
    borders = np.flatnonzero(np.diff(voiced)) + 1
    for run in np.split(np.arange(len(found)), borders):
        if len(run) and voiced[run[0]] and touched[run].any():
            touched[run] = True
    borders = np.flatnonzero(np.diff(touched)) + 1
    runs = [r for r in np.split(np.arange(len(found)), borders) if len(r) and not touched[r[0]]]
    last = len(found) - 1
    stretches = [
        (round(run[0] * _PERIOD), samples if run[-1] == last else round(run[-1] * _PERIOD))
        for run in runs
    ]
    return [(start, end) for start, end in stretches if end - start > 3 * _BLEND]


def _with_kept(
    made: Array, sound: Array, kept: list[tuple[int, int]], old: Curve, new: Curve
) -> Array:
    rise = np.linspace(0, 1, _BLEND, dtype=np.float32)
    for start, end in kept:
        share = np.ones(end - start, np.float32)
        if start:
            share[:_BLEND] = rise
        if end < len(sound):
            share[-_BLEND:] = rise[::-1]
        # Of several moments at the same place, the last one begins what follows.
        place = np.searchsorted(old, start, side="right") - 1
        begin = start + round(new[place] - old[place])
        part = made[begin : begin + end - start]
        share = share[: len(part)]
        part[:] = (1 - share) * part + share * sound[start:end][: len(part)]
    return made


def soft_clip(sound: Array) -> Array:
    """``sound`` limited to 1 without hard clipping; amplitudes below 0.8 do not change."""
    size = np.abs(sound)
    over = (size - _KNEE) / (1 - _KNEE)
    held = _KNEE + (1 - _KNEE) * np.tanh(over)
    return np.where(size > _KNEE, np.sign(sound) * held, sound).astype(np.float32)


def _at(places: Curve, pitch: Curve, timbre: Curve, breath: Curve) -> tuple[Curve, Curve, Curve]:
    before = np.clip(places.astype(int), 0, len(pitch) - 1)
    after = np.minimum(before + 1, len(pitch) - 1)
    share = np.clip(places - before, 0, 1)
    both = (pitch[before] > 0) & (pitch[after] > 0)
    nearest = np.where(share < 0.5, pitch[before], pitch[after])
    between = pitch[before] + share * (pitch[after] - pitch[before])
    timbre, breath = (
        one[before] + share[:, None] * (one[after] - one[before]) for one in (timbre, breath)
    )
    return np.where(both, between, nearest), timbre, breath


def _wide(sound: Array) -> Curve:
    """In double precision, and padded to the least length for WORLD."""
    least = round(_SHORTEST * SAMPLE_RATE)
    return np.pad(sound.astype(np.float64), (0, max(0, least - len(sound))))
