"""A folder of recordings as training data: symbols and spectrograms, computed once.

The spectrograms are in a memory-mapped cache in the run's folder, which is made again if the
recordings change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kirara_speech.learning.recording_checks import Examined, check_folder
from kirara_speech.learning.recording_report import Report
from kirara_speech.learning.recordings import Recording, find_recordings
from kirara_speech.networks.config import BINS, MELS, REDUCTION
from kirara_speech.sound.spectrogram import features_of
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import whole_file, write_atomically
from kirara_studio.api.kept_files import json_text
from kirara_studio.api.reading import read_json, reading

_LARGEST_CACHE = 2**31  # bytes
_VERSION = 3  # of how the features are computed, and of what is skipped

Array = npt.NDArray[np.float32]
Halves = npt.NDArray[np.float16]


@dataclass(frozen=True)
class Sentence:
    """A sentence: its id, its symbols, its first frame and the number of its frames."""

    id: str
    symbols: tuple[str, ...]
    start: int
    frames: int


@dataclass(frozen=True)
class SpeechSet:
    """Sentences ready for training.

    ``mel`` is (4·frames, mels) and ``fine`` (4·frames, bins), 0…1, all sentences one after the
    other, memory-mapped; ``fine`` is None if it was not asked for.
    """

    sentences: tuple[Sentence, ...]
    mel: Halves
    fine: Halves | None
    report: Report

    def mel_of(self, sentence: Sentence, shift: int = 0) -> Array:
        """(frames, mels): of each four frames the last one, or ``shift`` (0…3) before it."""
        start = REDUCTION * sentence.start
        every = self.mel[start : start + REDUCTION * sentence.frames]
        return every[REDUCTION - 1 - shift :: REDUCTION].astype(np.float32)

    def fine_of(self, sentence: Sentence, first: int, frames: int) -> Array:
        """(4·frames, bins), from the frame ``first`` on."""
        assert self.fine is not None
        start = REDUCTION * (sentence.start + first)
        return self.fine[start : start + REDUCTION * frames].astype(np.float32)


@dataclass(frozen=True)
class FeatureRequest:
    """What to compute: symbols by the front end ("": none), and spectrograms of ``features``."""

    front_end: str
    features: str
    fine: bool


def open_folder(
    folder: Path,
    cache_folder: Path,
    request: FeatureRequest,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> SpeechSet:
    """Read ``folder``, from the cache if it is up to date.

    ``progress(done, total)`` is called for every sentence read, and may raise to stop. Raises
    :class:`UserError` if there is no folder, or no usable sentence in it.
    """
    fingerprint = _fingerprint(find_recordings(folder)[0], request)
    cached = _open_cache(cache_folder, fingerprint, request)
    if cached is None:
        _write_cache(folder, request, cache_folder, fingerprint, progress)
        cached = _open_cache(cache_folder, fingerprint, request)
    if cached is None or not cached.sentences:
        found = () if cached is None else cached.report.skipped
        raise UserError(
            "“{folder}” holds no sentence that can be used ({problem})."
            if found
            else "“{folder}” holds no sentence that can be used.",
            advice="Check that every line's id is the name of a sound file.",
            folder=folder,
            problem=found[0] if found else "",
        )
    return cached


def held_out(sentences: Sequence[Sentence], count: int) -> tuple[list[Sentence], list[Sentence]]:
    """Divide into sentences for training and for validation, by a hash of their ids.

    The same ids are held out in whatever order they come; never more than a tenth.
    """
    count = min(count, len(sentences) // 10)
    by_hash = sorted(sentences, key=lambda one: hashlib.sha256(one.id.encode()).hexdigest())
    kept_back = {sentence.id for sentence in by_hash[:count]}
    learnt = [sentence for sentence in sentences if sentence.id not in kept_back]
    return learnt, [sentence for sentence in sentences if sentence.id in kept_back]


def batch_of_like_lengths(
    lengths: tuple[int, ...], size: int, step: int, seed: int
) -> npt.NDArray[np.int64]:
    """The indices of the sentences of a step: of similar lengths, each once an epoch.

    The few that are left over when all are divided into batches differ from epoch to epoch.
    """
    rounds = max(1, len(lengths) // size)
    return _round(lengths, size, step // rounds, seed)[step % rounds]


@lru_cache(maxsize=2)
def _round(
    lengths: tuple[int, ...], size: int, number: int, seed: int
) -> list[npt.NDArray[np.int64]]:
    random = np.random.default_rng((seed, 0, number))
    order = random.permutation(len(lengths))
    order = order[: max(1, len(lengths) // size) * size]
    # Noise on the lengths, so not always the same sentences meet.
    shaken = np.asarray(lengths)[order] * random.uniform(0.9, 1.1, len(order))
    batches = np.array_split(order[np.argsort(shaken)], max(1, len(lengths) // size))
    random.shuffle(batches)
    return batches


def _fingerprint(recordings: Sequence[Recording], request: FeatureRequest) -> str:
    digest = hashlib.sha256(repr((_VERSION, request.front_end, request.features)).encode())
    for recording in recordings:
        status = recording.path.stat()
        digest.update(
            repr((recording.id, recording.text, status.st_size, status.st_mtime_ns)).encode()
        )
    return digest.hexdigest()


def _write_cache(
    folder: Path,
    request: FeatureRequest,
    cache_folder: Path,
    fingerprint: str,
    progress: Callable[[int, int], None],
) -> None:
    """Write the arrays, then ``features.json``, which describes them."""
    sentences: list[Sentence] = []
    with (
        whole_file(cache_folder / "mel.bin") as mel_path,
        whole_file(cache_folder / "fine.bin") as fine_path,
        mel_path.open("wb") as mel_file,
        fine_path.open("wb") as fine_file,
    ):

        def write(examined: Examined, sound: Array) -> None:
            mel, fine = features_of(sound, request.features)
            mel_file.write(mel.astype(np.float16).tobytes())
            if request.fine:
                fine_file.write(fine.astype(np.float16).tobytes())
            start = sentences[-1].start + sentences[-1].frames if sentences else 0
            name, symbols = examined.recording.id, examined.symbols
            sentences.append(Sentence(name, symbols, start, len(mel) // REDUCTION))

        report = check_folder(folder, request.front_end, progress, write)
    # Repeated sounds, which only the comparison of all recordings finds, stay in the arrays.
    skipped = report.skipped_recordings
    description = {
        "fingerprint": fingerprint,
        "fine": request.fine,
        "frames": sum(one.frames for one in sentences),
        "sentences": [asdict(one) for one in sentences if one.id not in skipped],
        "report": report.to_dict(),
    }
    write_atomically(cache_folder / "features.json", json_text(description, None))


def _open_cache(folder: Path, fingerprint: str, request: FeatureRequest) -> SpeechSet | None:
    """The cache; None if it is missing, damaged, or out of date."""
    with suppress(UserError), reading(folder):
        description: Mapping[str, Any] = read_json(folder / "features.json", _LARGEST_CACHE)
        if description["fingerprint"] != fingerprint or request.fine > description["fine"]:
            return None
        frames = description["frames"]
        sentences = tuple(
            Sentence(**{**values, "symbols": tuple(values["symbols"])})
            for values in description["sentences"]
        )
        report = Report.from_dict(description["report"])
        if not sentences:
            return SpeechSet((), np.zeros((0, MELS), np.float16), None, report)
        shape = (REDUCTION * frames, MELS)
        mel = np.memmap(folder / "mel.bin", np.float16, "r", shape=shape)
        fine = None
        if request.fine:
            shape = (REDUCTION * frames, BINS)
            fine = np.memmap(folder / "fine.bin", np.float16, "r", shape=shape)
        return SpeechSet(sentences, mel, fine, report)
    return None
