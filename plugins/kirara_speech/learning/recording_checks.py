"""Is a folder of recordings fit to train on?

Each recording is measured by itself (:func:`examine`), then compared with the others. This is the
only place that decides what training skips.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kirara_speech.learning.recording_report import Finding, Report
from kirara_speech.learning.recordings import Recording, find_recordings, unused_sounds
from kirara_speech.reading.utterances import symbols_for
from kirara_speech.sound.sound_files import Loaded, at_our_rate, even, load_sound
from kirara_studio.api.errors import UserError
from kirara_studio.api.reading import reading, reason_of

Array = npt.NDArray[np.float32]

LONGEST_TEXT = 400  # symbols
LEAST_SECONDS_PER_SYMBOL = 0.0186
"""Nobody speaks faster: Text2Mel would have less than 0.4 frames for each symbol."""

_DULL = 16_000  # Hz
_COARSE = ("PCM_U8", "PCM_S8", "ULAW", "ALAW", "IMA_ADPCM", "MS_ADPCM", "GSM610", "DPCM_8")
_CLIPPED_RUNS = 3  # places in a recording where the wave is cut flat
_FLAT = 1e-4  # of the peak: as near as 16 bits show
_NOISE = 15.0  # dB between voice and background
_OFFSET = 0.01  # of full scale
_LOUDNESS = 10.0  # dB from the folder's median
_ENDS = 1.0  # seconds of silence
_CANCELLING = 0.3  # of the loudest channel's level
_BLOCK = 0.005  # seconds
_PACE, _MISMATCH = 1.6, 3.0  # times faster or slower than the folder's median
_ENOUGH = 8
"""The least symbols of a text, and recordings of a folder, for a meaningful pace."""


@dataclass(frozen=True)
class Examined:
    """A usable recording, with measures in seconds and dB of full scale."""

    recording: Recording
    symbols: tuple[str, ...]
    seconds: float
    rate: int
    subtype: str
    loudness: float
    noise: float
    offset: float
    clipped_runs: int
    silence: float
    channels_level: float
    digest: str

    @property
    def spoken(self) -> float:
        """Seconds from the first to the last sound."""
        return self.seconds - self.silence

    @property
    def pace(self) -> float | None:
        """Seconds a symbol; None if the text is too short."""
        return self.spoken / len(self.symbols) if len(self.symbols) >= _ENOUGH else None


def check_folder(
    folder: Path,
    front_end: str = "japanese",
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    use: Callable[[Examined, Array], None] = lambda _examined, _sound: None,
) -> Report:
    """Examine a folder, as training does before it begins.

    ``progress(done, total)`` is called for every recording, and may raise to stop. ``use`` gets
    each usable recording and its sound (samples,), as training wants it. Raises
    :class:`UserError` if the folder has no table of recordings.
    """
    recordings, findings = find_recordings(folder)
    measured = []
    for done, recording in enumerate(recordings):
        progress(done, len(recordings))
        found = examine(recording, front_end)
        if isinstance(found, Finding):
            findings.append(found)
        else:
            measured.append(found[0])
            use(*found)
    progress(len(recordings), len(recordings))
    findings += _compared(measured)
    unused = sorted(unused_sounds(folder, recordings))
    findings += [Finding(name, "unused", "it is not in the table") for name in unused]
    skipped = Report(findings=tuple(findings)).skipped_recordings
    used = [one for one in measured if one.recording.id not in skipped]
    medians = {
        "seconds": [one.spoken for one in used],
        "loudness": [one.loudness for one in used],
        "noise": [one.noise for one in used],
        "seconds a symbol": _paces(used),
    }
    return Report(
        recordings=len(recordings),
        used=len(used),
        seconds=round(sum(one.spoken for one in used), 2),
        findings=tuple(findings),
        medians={name: round(_median(values), 4) for name, values in medians.items() if values},
        rates=dict(Counter(str(one.rate) for one in used)),
    )


def examine(recording: Recording, front_end: str) -> tuple[Examined, Array] | Finding:
    """Read and measure a recording; returns its sound (samples,) for training too.

    The result is a finding if it is not usable. ``front_end`` reads its text, "" if it needs none.
    """
    kind = "text"
    symbols: tuple[str, ...] = ()
    try:
        with reading(recording.path):
            if front_end:
                symbols = tuple(symbols_for(front_end, recording.text))
            if len(symbols) > LONGEST_TEXT:
                raise ValueError(f"its text has more than {LONGEST_TEXT} symbols")
            kind = "unreadable"
            loaded = load_sound(recording.path)
            kind = "silent"
            sound = even(at_our_rate(loaded))
            kind = "unreadable"
            examined = _measure(recording, symbols, loaded)
    except UserError as error:
        return Finding(recording.id, kind, reason_of(error))
    if examined.spoken < LEAST_SECONDS_PER_SYMBOL * len(symbols):
        reason = "its text is too long for this time"
        return Finding(recording.id, "mismatch", reason, len(symbols) / examined.spoken)
    return examined, sound


def _measure(recording: Recording, symbols: tuple[str, ...], loaded: Loaded) -> Examined:
    channels = loaded.channels
    mono = channels.mean(1)
    block = max(1, round(_BLOCK * loaded.rate))
    count = len(mono) // block
    middle = float(mono.mean())
    power = np.square(mono[: count * block].reshape(count, block) - middle).mean(1) + 1e-12
    ends = np.flatnonzero(power > power.max() * 1e-4)  # within 40 dB
    silence = (ends[0] + count - 1 - ends[-1]) * block / loaded.rate
    levels = np.sqrt(np.square(channels).mean(0))
    level = float(np.sqrt(np.square(mono).mean()))
    voice = 10 * np.log10(power[power > power.max() * 1e-2].mean())
    background = 10 * np.log10(np.quantile(power, 0.05))
    return Examined(
        recording,
        symbols,
        seconds=loaded.seconds,
        rate=loaded.rate,
        subtype=loaded.subtype,
        loudness=float(voice),
        noise=float(voice - background),
        offset=middle,
        clipped_runs=_clipped_runs(channels, loaded.subtype),
        silence=float(silence),
        channels_level=level / max(float(levels.max()), 1e-9),
        digest=hashlib.sha256(np.round(mono * 32_767).astype(np.int16).tobytes()).hexdigest(),
    )


def _clipped_runs(channels: Array, subtype: str) -> int:
    """How often the wave stays at its highest or lowest value for three samples or more."""
    runs = 0
    # With few bits a wave is flat at any peak; only full scale shows it then.
    least = 0.98 if subtype in _COARSE else 0.1
    for wave in channels.T:
        for side in (wave, -wave):
            peak = side.max()
            if peak < least:
                continue
            flat = side >= peak * (1 - _FLAT)
            # True if the third sample of a run is, but not the fourth and later ones.
            third = flat[2:] & flat[1:-1] & flat[:-2]
            runs += int(third[0]) + int((third[1:] & ~third[:-1]).sum())
    return runs


def _compared(measured: Sequence[Examined]) -> list[Finding]:
    findings = _same_sounds(measured)
    loudness = _median([one.loudness for one in measured])
    pace = _median(_paces(measured))
    for one in measured:
        findings += _by_itself(one)
        if len(measured) >= _ENOUGH:
            findings += _among_others(one, loudness, pace)
    return findings


def _by_itself(one: Examined) -> list[Finding]:
    runs, noise, offset, level = one.clipped_runs, one.noise, one.offset, one.channels_level
    checks = (
        ("clipped", runs >= _CLIPPED_RUNS, runs, f"cut flat in {runs} places"),
        ("noisy", noise < _NOISE, -noise, f"its background is only {noise:.0f} dB below the voice"),
        ("dull", one.rate < _DULL, -one.rate, f"{one.rate:,} Hz"),
        ("coarse", one.subtype in _COARSE, 0, one.subtype),
        ("offset", abs(offset) > _OFFSET, abs(offset), f"its mean is {offset:.1%} of full scale"),
        ("channels", level < _CANCELLING, -level, f"together at {level:.0%} of the level of one"),
        ("ends", one.silence > _ENDS, one.silence, f"{one.silence:.1f} s; training cuts it off"),
    )
    name = one.recording.id
    return [Finding(name, kind, reason, bad) for kind, found, bad, reason in checks if found]


def _among_others(one: Examined, loudness: float, pace: float) -> list[Finding]:
    found, name = [], one.recording.id
    difference = one.loudness - loudness
    if abs(difference) > _LOUDNESS:
        word = "louder" if difference > 0 else "softer"
        reason = f"{abs(difference):.0f} dB {word} than most"
        found.append(Finding(name, "loudness", reason, abs(difference)))
    if one.pace is not None and pace:
        slower = one.pace / pace
        times = max(slower, 1 / slower)
        word = "slower" if slower > 1 else "faster"
        reason = f"{times:.1f} times {word} than most"
        if times > _MISMATCH:
            found.append(Finding(name, "mismatch", f"{reason}: is it another text's?", times))
        elif times > _PACE:
            found.append(Finding(name, "pace", reason, times))
    return found


def _same_sounds(measured: Sequence[Examined]) -> list[Finding]:
    found = []
    first: dict[str, Recording] = {}
    for one in measured:
        before = first.setdefault(one.digest, one.recording)
        if before is one.recording:
            continue
        kind = "repeated" if before.text == one.recording.text else "same sound"
        found.append(Finding(one.recording.id, kind, f"it is the sound of {before.id}"))
    return found


def _paces(measured: Sequence[Examined]) -> list[float]:
    return [one.pace for one in measured if one.pace is not None]


def _median(values: Sequence[float]) -> float:
    return float(np.median(values)) if values else 0.0
