"""VOICEVOX's queries: to phrases and prosody, and filled with the measures of a voice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log, log2

from kirara_speech.engines.voicevox_phrases import (
    END_SIGN,
    Json,
    pause_mora,
    prosody_of_pitch,
    seconds_of,
)
from kirara_speech.reading.editing import LENGTH, PAUSE_LENGTH, PITCH
from kirara_speech.reading.morae import Mora, kana_of
from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.serving import models
from kirara_speech.speaking.prosody import RANGES, Prosody

Place = tuple[int, int]
"""The index of a phrase, and of a mora in it; -1 is the pause after the phrase."""

_SEMITONES, _SHARE = 0.02, 0.002
"""Smaller differences come from rounding, and are not edits."""


@dataclass(frozen=True)
class Query:
    """A query. ``phrases`` have no lengths and pitches; ``pause`` is the seconds of all pauses."""

    accent_phrases: list[Json]
    phrases: tuple[AccentPhrase, ...]
    prosody: Prosody
    pause: float | None


def read_query(query: models.AudioQuery) -> Query:
    """Read a query; its values are clamped to the ranges of the studio."""
    plain = plain_values(query.accent_phrases)
    pitches = [mora["pitch"] for phrase in plain for mora in phrase["moras"] if mora["pitch"] > 0]
    pitch, scale = prosody_of_pitch(query.pitchScale, pitches)
    speed = _clamped(query.speedScale, RANGES["speed"])
    values = {
        "pitch": pitch,
        "intonation": scale * query.intonationScale,
        "volume": query.volumeScale,
        "pauses": query.pauseLengthScale,
        # VOICEVOX divides the silence at both ends by the tempo too.
        "before": query.prePhonemeLength / speed,
        "after": query.postPhonemeLength / speed,
    }
    clamped = {name: _clamped(value, RANGES[name]) for name, value in values.items()}
    pause = None if query.pauseLength is None else max(0.0, query.pauseLength)
    return Query(plain, phrases_of(plain), Prosody(speed=speed, **clamped), pause)


def plain_values(phrases: Sequence[models.AccentPhrase]) -> list[Json]:
    """Phrases as plain values."""
    return [phrase.model_dump() for phrase in phrases]


def _clamped(value: float, bounds: tuple[float, float]) -> float:
    return min(max(value, bounds[0]), bounds[1])


def phrases_of(accent_phrases: Sequence[Json]) -> tuple[AccentPhrase, ...]:
    """Accent phrases without their lengths and pitches."""
    phrases = [_phrase(phrase) for phrase in accent_phrases]
    if phrases:
        phrases[-1] = replace(phrases[-1], end=True, pause=True)
    return tuple(phrases)


def _phrase(values: Json) -> AccentPhrase:
    morae: list[Mora] = []
    for mora in values["moras"]:
        morae.append(_mora(mora, morae))
    pause = values["pause_mora"]
    end = pause is not None and pause["text"] == END_SIGN
    asks = values["is_interrogative"]
    return AccentPhrase(tuple(morae), values["accent"], pause is not None, asks, end)


def _mora(values: Json, before: Sequence[Mora]) -> Mora:
    consonant, vowel = values["consonant"] or "", values["vowel"]
    long = values["text"] == "ー" and not consonant and before
    if long and before[-1].vowel.lower() == vowel.lower():
        return Mora("ー", "", vowel)
    return Mora(kana_of(consonant, vowel), consonant, vowel)


@dataclass(frozen=True)
class Measure:
    """How a voice speaks a mora: seconds, Hz (0: unvoiced), and seconds of its consonant."""

    seconds: float
    hertz: float = 0.0
    consonant: float = 0.0


def fill(
    accent_phrases: Sequence[Json],
    measures: Mapping[Place, Measure],
    *,
    lengths: bool = True,
    pitches: bool = True,
) -> list[Json]:
    """The phrases with the measured lengths and pitches."""
    nothing = Measure(0.0)
    result = []
    for number, phrase in enumerate(accent_phrases):
        moras = [
            _filled(mora, measures.get((number, index), nothing), lengths, pitches)
            for index, mora in enumerate(phrase["moras"])
        ]
        pause = phrase["pause_mora"]
        if pause is not None and lengths:
            pause = pause_mora(pause["text"], measures.get((number, -1), nothing).seconds)
        result.append({**phrase, "moras": moras, "pause_mora": pause})
    return result


def _filled(mora: Json, measure: Measure, lengths: bool, pitches: bool) -> Json:
    filled = dict(mora)
    if lengths:
        filled["consonant_length"] = measure.consonant if mora["consonant"] else None
        filled["vowel_length"] = measure.seconds - (filled["consonant_length"] or 0.0)
    if pitches:
        filled["pitch"] = log(measure.hertz) if measure.hertz > 0 else 0.0
    return filled


def edited(query: Query, measures: Mapping[Place, Measure]) -> tuple[AccentPhrase, ...]:
    """The query's phrases; its differences from the measures become edits."""
    result = []
    both = zip(query.accent_phrases, query.phrases, strict=True)
    for number, (values, phrase) in enumerate(both):
        morae = tuple(
            _edited(mora, wanted, measures.get((number, index)))
            for index, (mora, wanted) in enumerate(zip(phrase.morae, values["moras"], strict=True))
        )
        pause_length = 1.0
        measured, pause = measures.get((number, -1)), values["pause_mora"]
        if measured is not None and pause is not None:
            seconds = seconds_of(pause) if query.pause is None else query.pause
            pause_length = _factor(seconds, measured.seconds, PAUSE_LENGTH)
        result.append(replace(phrase, morae=morae, pause_length=pause_length))
    return tuple(result)


def _edited(mora: Mora, wanted: Json, measured: Measure | None) -> Mora:
    if measured is None:
        return mora
    pitch = 0.0
    if measured.hertz > 0 and wanted["pitch"] > 0:
        semitones = 12 * log2(exp(min(wanted["pitch"], 12.0)) / measured.hertz)
        if abs(semitones) > _SEMITONES:
            pitch = _clamped(semitones, PITCH)
    return replace(mora, pitch=pitch, length=_factor(seconds_of(wanted), measured.seconds, LENGTH))


def _factor(wanted: float, measured: float, bounds: tuple[float, float]) -> float:
    if measured <= 0 or abs(wanted / measured - 1) < _SHARE:
        return 1.0
    return _clamped(wanted / measured, bounds)


def with_reading(phrase: AccentPhrase, read: AccentPhrase | None) -> AccentPhrase:
    """The phrase with the kana and accent of ``read``, the dictionary's phrase of these phonemes.

    A voice without accents among its inputs uses the dictionary's.
    """
    if read is None:
        return phrase
    morae = tuple(
        replace(mora, kana=before.kana)
        for mora, before in zip(phrase.morae, read.morae, strict=True)
    )
    accent = phrase.accent
    if read.accent == 0 and accent == len(morae):  # VOICEVOX's notation of a flat accent
        accent = 0
    read_accent = None if accent == read.accent else read.accent
    return replace(phrase, morae=morae, accent=accent, read_accent=read_accent)
