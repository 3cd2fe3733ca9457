"""Is a folder of recordings fit to learn from? Measured before hours of training are spent on it.

Each recording is measured for itself (:func:`examine`), then compared with the folder's others
(:func:`judge`). This is the one place that decides what training skips.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kirara_speech.learning.recording_report import Finding, Report, table_findings
from kirara_speech.learning.recordings import Problem, Recording, find_recordings, unused_sounds
from kirara_speech.reading.utterances import symbols_for
from kirara_speech.sound.sound_files import Loaded, at_our_rate, even, load_sound

Array = npt.NDArray[np.float32]

LONGEST_TEXT = 400  # symbols
LEAST_SECONDS_PER_SYMBOL = 0.0186
"""Nobody speaks faster, and Text2Mel has no 0.4 frames for each symbol then."""

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
"""Symbols of a text, and recordings of a folder, from which on a pace says something."""


@dataclass(frozen=True)
class Measures:
    """What was measured: lengths in seconds, levels in dB of full scale, and the ``digest`` of the
    samples, which finds the same sound in another file."""

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


@dataclass(frozen=True)
class Examined:
    """A recording, its symbols and measures, and its ``sound`` as training wants it.

    ``problem`` says why it cannot be used; then the rest may be missing.
    """

    recording: Recording
    symbols: tuple[str, ...] = ()
    measures: Measures | None = None
    sound: Array | None = None
    problem: Finding | None = None

    @property
    def spoken(self) -> float:
        """Seconds from the first to the last sound."""
        return self.measures.seconds - self.measures.silence if self.measures else 0.0

    @property
    def pace(self) -> float | None:
        """Seconds a symbol; None if the text is too short."""
        if self.measures is None or len(self.symbols) < _ENOUGH:
            return None
        return self.spoken / len(self.symbols)

    def without_sound(self) -> Examined:
        """The same, of the size of some numbers."""
        return Examined(self.recording, self.symbols, self.measures, None, self.problem)


def check_folder(
    folder: Path,
    front_end: str = "japanese",
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Examine and judge a folder, as training does before it begins.

    ``progress(done, total)`` is called for every recording, and may raise to stop. Raises
    :class:`UserError` where the folder has no table of recordings.
    """
    recordings, problems = find_recordings(folder)
    examined = []
    for done, recording in enumerate(recordings):
        progress(done, len(recordings))
        examined.append(examine(recording, front_end).without_sound())
    progress(len(recordings), len(recordings))
    return judge(examined, problems, unused_sounds(folder, recordings))


def examine(recording: Recording, front_end: str) -> Examined:
    """Read and measure one recording. ``front_end`` reads its text, "" where none is needed."""
    symbols: tuple[str, ...] = ()
    try:
        if front_end:
            symbols = tuple(symbols_for(front_end, recording.text))
        if len(symbols) > LONGEST_TEXT:
            raise ValueError(f"its text has more than {LONGEST_TEXT} symbols")
    except ValueError as error:
        return _unusable(recording, "text", error)
    try:
        loaded = load_sound(recording.path)
    except ValueError as error:
        return _unusable(recording, "unreadable", error)
    measures = _measure(loaded)
    try:
        sound = even(at_our_rate(loaded))
    except ValueError as error:
        return _unusable(recording, "silent", error)
    problem = None
    examined = Examined(recording, symbols, measures, sound)
    if examined.spoken < LEAST_SECONDS_PER_SYMBOL * len(symbols):
        reason = "its text is longer than anybody can say in this time"
        problem = Finding(recording.id, "mismatch", reason, len(symbols) / examined.spoken)
    return Examined(recording, symbols, measures, sound, problem)


def judge(
    examined: Sequence[Examined], problems: Sequence[Problem], unused: Sequence[str] = ()
) -> Report:
    """Compare what was measured; ``problems`` are of the table, ``unused`` sounds not in it."""
    findings = table_findings([(problem.name, problem.reason) for problem in problems])
    findings += [one.problem for one in examined if one.problem is not None]
    measured = [one for one in examined if one.problem is None and one.measures is not None]
    findings += _same_sounds(measured)
    loudness = _median([one.measures.loudness for one in measured if one.measures])
    pace = _median([one.pace for one in measured if one.pace is not None])
    enough = len(measured) >= _ENOUGH
    for one in measured:
        findings += _by_itself(one)
        if enough:
            findings += _among_others(one, loudness, pace)
    findings += [Finding(name, "unused", "it is not in the table") for name in sorted(unused)]
    skipped = Report(findings=tuple(findings)).skipped_recordings
    used = [one for one in measured if one.recording.id not in skipped]
    return Report(
        recordings=len(examined),
        used=len(used),
        seconds=round(sum(one.spoken for one in used), 2),
        findings=tuple(findings),
        medians={
            name: round(_median(values), 4)
            for name, values in (
                ("seconds", [one.spoken for one in used]),
                ("loudness", [one.measures.loudness for one in used if one.measures]),
                ("noise", [one.measures.noise for one in used if one.measures]),
                ("seconds a symbol", [one.pace for one in used if one.pace is not None]),
            )
            if values
        },
        rates=dict(Counter(str(one.measures.rate) for one in used if one.measures)),
    )


def _unusable(recording: Recording, kind: str, error: ValueError) -> Examined:
    return Examined(recording, problem=Finding(recording.id, kind, str(error)))


def _measure(loaded: Loaded) -> Measures:
    channels = loaded.channels
    mono = channels.mean(1)
    block = max(1, round(_BLOCK * loaded.rate))
    count = len(mono) // block
    middle = float(mono.mean())
    power = np.square(mono[: count * block].reshape(count, block) - middle).mean(1) + 1e-12
    loud = power > power.max() * 1e-4  # within 40 dB
    ends = np.flatnonzero(loud)
    silence = (ends[0] + count - 1 - ends[-1]) * block / loaded.rate
    levels = np.sqrt(np.square(channels).mean(0))
    level = float(np.sqrt(np.square(mono).mean()))
    voice = 10 * np.log10(power[power > power.max() * 1e-2].mean())
    background = 10 * np.log10(np.quantile(power, 0.05))
    return Measures(
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


def _by_itself(one: Examined) -> list[Finding]:
    found, measures, name = [], one.measures, one.recording.id
    assert measures is not None
    if measures.clipped_runs >= _CLIPPED_RUNS:
        reason = f"cut flat in {measures.clipped_runs} places"
        found.append(Finding(name, "clipped", reason, measures.clipped_runs))
    if measures.noise < _NOISE:
        reason = f"its background is only {measures.noise:.0f} dB below the voice"
        found.append(Finding(name, "noisy", reason, -measures.noise))
    if measures.rate < _DULL:
        found.append(Finding(name, "dull", f"{measures.rate:,} Hz", -measures.rate))
    if measures.subtype in _COARSE:
        found.append(Finding(name, "coarse", measures.subtype))
    if abs(measures.offset) > _OFFSET:
        reason = f"its middle is at {measures.offset:.1%} of full scale"
        found.append(Finding(name, "offset", reason, abs(measures.offset)))
    if measures.channels_level < _CANCELLING:
        reason = f"together they have {measures.channels_level:.0%} of the level of one"
        found.append(Finding(name, "channels", reason, -measures.channels_level))
    if measures.silence > _ENDS:
        reason = f"{measures.silence:.1f} s of silence; training cuts it off"
        found.append(Finding(name, "ends", reason, measures.silence))
    return found


def _among_others(one: Examined, loudness: float, pace: float) -> list[Finding]:
    found, name = [], one.recording.id
    assert one.measures is not None
    difference = one.measures.loudness - loudness
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
        assert one.measures is not None
        before = first.setdefault(one.measures.digest, one.recording)
        if before is one.recording:
            continue
        kind = "repeated" if before.text == one.recording.text else "same sound"
        found.append(Finding(one.recording.id, kind, f"it is the sound of {before.id}"))
    return found


def _median(values: Sequence[float]) -> float:
    return float(np.median(values)) if values else 0.0
