"""To speak through an engine of VOICEVOX's kind: phrases to a query, a query to sound."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import exp, gcd, isfinite
from typing import Any

import numpy as np
import numpy.typing as npt

from kirara_speech.engines.engine_http import LIMITS, ask, ask_json, nonsense
from kirara_speech.engines.remote import RemoteStyle
from kirara_speech.engines.voicevox_phrases import Json, seconds_of, to_voicevox, with_edits
from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.reading.japanese import read_line
from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.sound.sound_files import resample
from kirara_speech.speaking.chunks import Chunk, SpeakRequest, SpokenMora
from kirara_speech.speaking.prosody import Prosody
from kirara_studio.api.http import HttpError, host_of
from kirara_studio.api.jobs import JobTools

Array = npt.NDArray[np.float32]

PAUSE = 0.25
"""Seconds between sentences, as the studio's own voices have it."""

_RATE = 24_000  # Hz: what these engines compute at
_LARGEST_RATIO = 1_280
_LONGEST = 300  # seconds of one sentence
_QUERY = LIMITS
_SOUND = replace(LIMITS, total=180, size=100_000_000)


def stream_engine_chunks(request: SpeakRequest, tools: JobTools) -> Iterator[Chunk]:
    """The chunks of a text, a sentence at a time, each with its morae.

    Raises :class:`HttpError` if the engine is gone, stalls, or answers nonsense; Stop ends a
    request at once.
    """
    style = request.voice.remote
    assert style is not None
    phrases = request.phrases if request.phrases is not None else read_line(request.text)
    sentences = list(_sentences(phrases))
    start = 0  # samples before the sentence
    for number, (first, sentence) in enumerate(sentences):

        def check(number: int = number) -> None:
            tools.progress(number, len(sentences))

        edges = _edges(sentence, request.prosody, number == 0, number + 1 == len(sentences))
        query = _query(style, sentence, request.prosody, edges, check)
        sound = _sound(style, query, check)
        morae = _spoken(query, first, start, len(sound), last=number + 1 == len(sentences))
        start += len(sound)
        yield Chunk(number, sound, morae=morae)


def _sentences(
    phrases: Sequence[AccentPhrase],
) -> Iterator[tuple[int, tuple[AccentPhrase, ...]]]:
    """Each sentence, and the number of its first phrase in the line."""
    first = 0
    for index, phrase in enumerate(phrases):
        if phrase.end or index + 1 == len(phrases):
            yield first, tuple(phrases[first : index + 1])
            first = index + 1


def _edges(
    sentence: Sequence[AccentPhrase], prosody: Prosody, is_first: bool, is_last: bool
) -> tuple[float, float]:
    """Seconds of silence before and after a sentence."""
    last = sentence[-1]
    pause = PAUSE * prosody.pauses / prosody.speed * (last.pause_length if last.pause else 0)
    return prosody.before if is_first else 0.0, prosody.after if is_last else pause


def _query(
    style: RemoteStyle,
    sentence: Sequence[AccentPhrase],
    prosody: Prosody,
    edges: tuple[float, float],
    check: Callable[[], None],
) -> Json:
    measured = ask_json(
        style.address,
        "POST",
        "/mora_data",
        {"speaker": style.style_id},
        to_voicevox(sentence),
        limits=_QUERY,
        check=check,
    )
    try:
        # Pauses are stretched here, since old engines know of no factor for them, and the pitch is
        # moved here, since their "pitchScale" is none of f0 but of its logarithm.
        with_edits(measured, sentence, prosody.pitch, prosody.pauses)
        _check_numbers(measured)
    except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
        raise nonsense(style.address) from error
    before, after = edges
    return {
        "accent_phrases": measured,
        "speedScale": prosody.speed,
        "pitchScale": 0.0,
        "intonationScale": prosody.intonation,
        "volumeScale": prosody.volume,
        # Engines divide all lengths by the tempo, those of the silence too.
        "prePhonemeLength": before * prosody.speed,
        "postPhonemeLength": after * prosody.speed,
        "pauseLength": None,
        "pauseLengthScale": 1.0,
        "outputSamplingRate": _RATE,
        "outputStereo": False,
        "kana": "",
    }


def _check_numbers(measured: Sequence[Json]) -> None:
    total = 0.0
    for mora in _morae(measured):
        length, pitch = seconds_of(mora), float(mora["pitch"])
        if length < 0 or not isfinite(length) or not isfinite(pitch) or pitch > 10:
            raise ValueError("a mora's length or pitch")
        total += length
    if total > _LONGEST:
        raise ValueError("too long")


def _morae(measured: Sequence[Json]) -> Iterator[Json]:
    for phrase in measured:
        yield from phrase["moras"]
        if phrase.get("pause_mora") is not None:
            yield phrase["pause_mora"]


def _sound(style: RemoteStyle, query: Json, check: Callable[[], None]) -> Array:
    answer = ask(
        style.address,
        "POST",
        "/synthesis",
        {"speaker": style.style_id},
        query,
        limits=_SOUND,
        check=check,
    )
    return read_wav(answer, style.address)


def read_wav(content: bytes, address: str) -> Array:
    """A WAV that an engine sent, as (samples,), −1…1, at 22,050 Hz; channels are averaged.

    Raises :class:`HttpError` if it is not a sound, is damaged, or is endless.
    """
    import soundfile

    try:
        with soundfile.SoundFile(io.BytesIO(content)) as file:
            rate = file.samplerate
            # A rate that shares no factor with ours would take a huge filter.
            usual = 8_000 <= rate <= 192_000 and rate // gcd(rate, SAMPLE_RATE) <= _LARGEST_RATIO
            if not usual or file.frames > _LONGEST * rate:
                raise ValueError("rate or length")
            sound: Any = file.read(dtype="float32", always_2d=True).mean(1)
    except (soundfile.SoundFileError, OSError, TypeError, ValueError, RuntimeError) as error:
        raise HttpError(
            "The engine at {address} answered with something that is not a sound.",
            advice="Start it again, and try once more.",
            address=host_of(address),
        ) from error
    if not len(sound) or not np.isfinite(sound).all():
        raise HttpError(
            "The engine at {address} answered with an empty or a damaged sound.",
            advice="Choose another of its voices, or start it again.",
            address=host_of(address),
        )
    return np.clip(resample(sound, rate, SAMPLE_RATE), -1, 1)


def _spoken(
    query: Json, first: int, start: int, samples: int, *, last: bool
) -> tuple[SpokenMora, ...]:
    """The morae of a sentence of ``samples`` that begins at the sample ``start`` of the line.

    Engines round each sound to their own frames, so the whole is stretched to what came.
    """
    # Phrase, mora, seconds, pitch, seconds of the consonant.
    parts: list[tuple[int, int, float, float, float]] = []
    for number, phrase in enumerate(query["accent_phrases"], first):
        for index, mora in enumerate(phrase["moras"]):
            consonant = seconds_of(mora) - float(mora["vowel_length"])
            parts.append((number, index, seconds_of(mora), float(mora["pitch"]), consonant))
        if phrase.get("pause_mora") is not None:
            parts.append((number, -1, seconds_of(phrase["pause_mora"]), 0.0, 0.0))
    after = float(query["postPhonemeLength"])
    if not last:
        parts.append((first + len(query["accent_phrases"]) - 1, -1, after, 0.0, 0.0))
        after = 0.0
    place = float(query["prePhonemeLength"])
    total = place + sum(seconds for _, _, seconds, _, _ in parts) + after
    scale = samples / total if total else 0.0
    morae = []
    for number, index, seconds, pitch, consonant in parts:
        begin, place = place, place + seconds
        hertz = exp(pitch) if pitch > 0 else 0.0
        where = start + round(begin * scale), start + round(place * scale)
        morae.append(SpokenMora(number, index, *where, hertz, round(consonant * scale)))
    return tuple(morae)
