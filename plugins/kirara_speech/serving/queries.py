"""VOICEVOX's queries: to our phrases and prosody, and what was measured of a voice into them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log, log2

from kirara_speech.engines.voicevox_phrases import END_SIGN, SEMITONE, Json, pause_mora, seconds_of
from kirara_speech.reading.editing import LENGTH, PAUSE_LENGTH, PITCH
from kirara_speech.reading.morae import Mora, kana_of
from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.serving import models
from kirara_speech.speaking.prosody import RANGES, Prosody

Place = tuple[int, int]
"""The number of a phrase, and of a mora in it, or -1: the pause after the phrase."""

_SEMITONES, _SHARE = 0.02, 0.002
"""Smaller differences come from rounding, and are not edits."""


@dataclass(frozen=True)
class Query:
    """A query. ``accent_phrases`` are its plain values, ``phrases`` the same without lengths
    and pitches; ``pause`` seconds of every pause, None if each has its own."""

    accent_phrases: list[Json]
    phrases: tuple[AccentPhrase, ...]
    prosody: Prosody
    pause: float | None


def read_query(query: models.AudioQuery) -> Query:
    """What a query asks for, clamped to the ranges of the studio."""
    plain = plain_values(query.accent_phrases)
    # A factor of the logarithm of f0: it moves the mean, and what is around the mean with it.
    scale = 2 ** min(max(query.pitchScale, -1.0), 1.0)
    speed = _clamped("speed", query.speedScale)
    prosody = Prosody(
        speed=speed,
        pitch=_clamped("pitch", (scale - 1) * _mean_pitch(plain) / SEMITONE),
        intonation=_clamped("intonation", scale * query.intonationScale),
        volume=_clamped("volume", query.volumeScale),
        pauses=_clamped("pauses", query.pauseLengthScale),
        # VOICEVOX divides the silence at both ends by the tempo too.
        before=_clamped("before", query.prePhonemeLength / speed),
        after=_clamped("after", query.postPhonemeLength / speed),
    )
    pause = None if query.pauseLength is None else max(0.0, query.pauseLength)
    return Query(plain, phrases_of(plain), prosody, pause)


def plain_values(phrases: Sequence[models.AccentPhrase]) -> list[Json]:
    """Phrases as plain values."""
    return [phrase.model_dump() for phrase in phrases]


def _mean_pitch(accent_phrases: Sequence[Json]) -> float:
    """The mean of a query's pitches, in ln Hz."""
    pitches = [mora["pitch"] for phrase in accent_phrases for mora in phrase["moras"]]
    voiced = [pitch for pitch in pitches if pitch > 0]
    return sum(voiced) / len(voiced) if voiced else 0.0


def _clamped(name: str, value: float) -> float:
    lowest, highest = RANGES[name]
    return min(max(value, lowest), highest)


def phrases_of(accent_phrases: Sequence[Json]) -> tuple[AccentPhrase, ...]:
    """What accent phrases say, without their lengths and pitches."""
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
    """How a voice says a mora: seconds, Hz (0 if it is unvoiced), and how many of the seconds its
    consonant takes."""

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
    """The phrases with what was measured of them."""
    result = []
    for number_, phrase in enumerate(accent_phrases):
        filled = dict(phrase)
        filled["moras"] = [
            _filled(mora, measures.get((number_, index), Measure(0.0)), lengths, pitches)
            for index, mora in enumerate(phrase["moras"])
        ]
        if phrase.get("pause_mora") is not None and lengths:
            measured = measures.get((number_, -1), Measure(0.0))
            filled["pause_mora"] = pause_mora(phrase["pause_mora"]["text"], measured.seconds)
        result.append(filled)
    return result


def _filled(mora: Json, measure: Measure, lengths: bool, pitches: bool) -> Json:
    filled = dict(mora)
    if lengths:
        consonant = measure.consonant if mora.get("consonant") else 0.0
        filled["consonant_length"] = consonant if mora.get("consonant") else None
        filled["vowel_length"] = measure.seconds - consonant
    if pitches:
        filled["pitch"] = log(measure.hertz) if measure.hertz > 0 else 0.0
    return filled


def edited(query: Query, measures: Mapping[Place, Measure]) -> tuple[AccentPhrase, ...]:
    """The query's phrases; its differences from what was measured become edits."""
    result = []
    for number_, (values, phrase) in enumerate(
        zip(query.accent_phrases, query.phrases, strict=True)
    ):
        morae = tuple(
            _edited(mora, wanted, measures.get((number_, index)))
            for index, (mora, wanted) in enumerate(zip(phrase.morae, values["moras"], strict=True))
        )
        pause_length = 1.0
        measured = measures.get((number_, -1))
        pause = values["pause_mora"]
        if measured is not None and pause is not None:
            seconds = seconds_of(pause) if query.pause is None else query.pause
            pause_length = _factor(seconds, measured.seconds, PAUSE_LENGTH)
        result.append(replace(phrase, morae=morae, pause_length=pause_length))
    return tuple(result)


def _edited(mora: Mora, wanted: Json, measured: Measure | None) -> Mora:
    if measured is None:
        return mora
    pitch = 0.0
    if measured.hertz > 0 and float(wanted["pitch"]) > 0:
        semitones = 12 * log2(exp(min(float(wanted["pitch"]), 12.0)) / measured.hertz)
        if abs(semitones) > _SEMITONES:
            pitch = min(max(semitones, PITCH[0]), PITCH[1])
    return replace(mora, pitch=pitch, length=_factor(seconds_of(wanted), measured.seconds, LENGTH))


def _factor(wanted: float, measured: float, bounds: tuple[float, float]) -> float:
    if measured <= 0 or abs(wanted / measured - 1) < _SHARE:
        return 1.0
    return min(max(wanted / measured, bounds[0]), bounds[1])


def with_readings(
    phrases: Sequence[AccentPhrase], known: Callable[[AccentPhrase], AccentPhrase | None]
) -> tuple[AccentPhrase, ...]:
    """The phrases with the kana and accents of the dictionary's results that ``known`` gives for
    the same phonemes: a voice without accents among its inputs uses the dictionary's."""
    return tuple(_with_reading(phrase, known(phrase)) for phrase in phrases)


def _with_reading(phrase: AccentPhrase, read: AccentPhrase | None) -> AccentPhrase:
    if read is None:
        return phrase
    morae = tuple(
        replace(mora, kana=before.kana)
        for mora, before in zip(phrase.morae, read.morae, strict=True)
    )
    accent, read_accent = phrase.accent, read.accent
    if read_accent == 0 and accent == len(morae):  # VOICEVOX's way to write flat
        accent = 0
    return replace(
        phrase,
        morae=morae,
        accent=accent,
        read_accent=None if accent == read_accent else read_accent,
    )
