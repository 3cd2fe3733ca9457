"""Speaking through a VOICEVOX engine: phrases to a query, a query to sound."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import exp, isfinite
from typing import Any

import numpy as np
import numpy.typing as npt

from kirara_speech.engines.engine_http import LIMITS, ask, decoded, nonsense
from kirara_speech.engines.voicevox import RemoteStyle
from kirara_speech.engines.voicevox_phrases import (
    Json,
    pause_mora,
    seconds_of,
    to_voicevox,
    with_edits,
)
from kirara_speech.networks.config import SAMPLE_RATE
from kirara_speech.reading.japanese import read_line
from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.sound.resampling import is_usual, resample
from kirara_speech.speaking.chunks import Chunk, MeasuredPhrase, SpeakRequest, SpokenMora
from kirara_speech.speaking.prosody import Prosody
from kirara_studio.api.http import HttpError, Limits, host_of
from kirara_studio.api.jobs import JobTools

Array = npt.NDArray[np.float32]

_PAUSE = 0.25  # seconds between sentences, as the studio's own voices have it
_RATE = 24_000  # Hz: what these engines compute at
_LONGEST = 300  # seconds of one sentence
_SOUND = replace(LIMITS, total=180, size=100_000_000)


def stream_engine_chunks(request: SpeakRequest, tools: JobTools) -> Iterator[Chunk]:
    """The chunks of a text, one for each sentence, with its morae.

    Raises :class:`HttpError` if the engine does not answer, or not as VOICEVOX does; cancelling
    the job ends a request at once.
    """
    style = request.voice.remote
    assert style is not None
    phrases = request.phrases if request.phrases is not None else read_line(request.text)
    sentences = list(_sentences(phrases))
    start = 0  # samples before the sentence
    for number, (first, sentence) in enumerate(sentences):

        def check(number: int = number) -> None:
            tools.progress(number, len(sentences))

        is_last = number + 1 == len(sentences)
        before, after = 0.0 if number else request.prosody.before, request.prosody.after
        if not is_last:
            factor = request.prosody.pauses / request.prosody.speed
            after = _PAUSE * factor * (sentence[-1].pause_length if sentence[-1].pause else 0)
        known = request.measured[first : first + len(sentence)]
        query = _query(style, sentence, known, request.prosody, (before, after), check)
        answer = _ask(style, "/synthesis", query, _SOUND, check)
        sound = read_wav(answer, style.address)
        morae = _spoken(query, first, start, len(sound), last=is_last)
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


def _query(
    style: RemoteStyle,
    sentence: Sequence[AccentPhrase],
    known: Sequence[MeasuredPhrase | None],
    prosody: Prosody,
    edges: tuple[float, float],
    check: Callable[[], None],
) -> Json:
    answer = _ask(style, "/mora_data", to_voicevox(sentence), LIMITS, check)
    measured = decoded(answer, style.address)
    try:
        _take(known, measured)
        # Pauses are scaled here, since old engines have no factor for them, and the pitch is moved
        # here, since their "pitchScale" is a factor of the logarithm of f0.
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


def _take(known: Sequence[MeasuredPhrase | None], measured: Sequence[Json]) -> None:
    """Put known lengths and pitches in the place of those that the engine measured."""
    for phrase, given in zip(known, measured, strict=False):
        if phrase is None:
            continue
        for mora, values in zip(phrase.morae, given["moras"], strict=True):
            values["vowel_length"], values["pitch"] = mora.vowel, mora.pitch
            if mora.consonant is not None and values.get("consonant") is not None:
                values["consonant_length"] = mora.consonant
        if phrase.pause is not None and given.get("pause_mora") is not None:
            given["pause_mora"]["vowel_length"] = phrase.pause


def _check_numbers(measured: Sequence[Json]) -> None:
    total = 0.0
    for _, _, mora in _parts(measured):
        length, pitch = seconds_of(mora), float(mora["pitch"])
        if length < 0 or not isfinite(length) or not isfinite(pitch) or pitch > 10:
            raise ValueError("a mora's length or pitch")
        total += length
    if total > _LONGEST:
        raise ValueError("too long")


def _parts(phrases: Sequence[Json]) -> Iterator[tuple[int, int, Json]]:
    """The index of the phrase, of the mora in it (-1: its pause), and the mora."""
    for number, phrase in enumerate(phrases):
        for index, mora in enumerate(phrase["moras"]):
            yield number, index, mora
        if phrase.get("pause_mora") is not None:
            yield number, -1, phrase["pause_mora"]


def _ask(
    style: RemoteStyle, path: str, body: Any, limits: Limits, check: Callable[[], None]
) -> bytes:
    speaker = {"speaker": style.style_id}
    return ask(style.address, "POST", path, speaker, body, limits=limits, check=check)


def read_wav(content: bytes, address: str) -> Array:
    """A WAV that an engine sent, as (samples,), −1…1, at 22,050 Hz; channels are averaged.

    Raises :class:`HttpError` if it is not a sound, is damaged, or is too long.
    """
    import soundfile

    try:
        with soundfile.SoundFile(io.BytesIO(content)) as file:
            rate = file.samplerate
            if not is_usual(rate) or file.frames > _LONGEST * rate:
                raise ValueError("rate or length")
            sound: Any = file.read(dtype="float32", always_2d=True).mean(1)
    except Exception as error:  # whatever libsndfile and numpy make of it
        raise HttpError(
            "The engine at {address} answered with something that is not a sound.",
            advice="Restart it, and try again.",
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

    Engines round each phoneme to their own frames, so the lengths are scaled to the sound.
    """
    before, after = float(query["prePhonemeLength"]), float(query["postPhonemeLength"])
    parts = list(_parts(query["accent_phrases"]))
    if not last:
        parts.append((len(query["accent_phrases"]) - 1, -1, pause_mora(length=after)))
        after = 0.0
    edges = np.cumsum([before, *(seconds_of(mora) for _, _, mora in parts)])
    total = edges[-1] + after
    scale = samples / total if total else 0.0
    morae = []
    for (number, index, mora), (begin, end) in zip(parts, pairwise(edges), strict=True):
        pitch = float(mora["pitch"])
        hertz = exp(pitch) if pitch > 0 else 0.0
        consonant = round((seconds_of(mora) - float(mora["vowel_length"])) * scale)
        where = start + round(begin * scale), start + round(end * scale)
        morae.append(SpokenMora(first + number, index, *where, hertz, consonant))
    return tuple(morae)
