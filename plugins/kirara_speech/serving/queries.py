"""VOICEVOX's queries: to our phrases and manner, and what was measured of a voice into them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log, log2
from typing import Any

from kirara_speech.engines.voicevox_phrases import END_SIGN, SEMITONE, Json, pause_mora, seconds_of
from kirara_speech.reading.editing import LENGTH, PAUSE_LENGTH, PITCH
from kirara_speech.reading.morae import Mora, kana_of
from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.reading.symbols import CONSONANTS, DEVOICED, GEMINATE, MORAIC_NASAL, VOWELS
from kirara_speech.serving.checking import (
    Location,
    field,
    flag,
    invalid,
    listed,
    number,
    text,
    whole,
)
from kirara_speech.serving.waves import check_rate
from kirara_speech.speaking.manner import RANGES, Manner

Where = tuple[int, int]
"""The number of a phrase, and of a mora in it, or -1: the pause after the phrase."""

_MOST_PHRASES, _MOST_MORAE, _MOST_ALTOGETHER = 5_000, 1_000, 20_000
_SEMITONES, _SHARE = 0.02, 0.002
"""Less than this is how numbers were rounded on their way, and no change that somebody made."""

_VOWELS = frozenset((*VOWELS, *DEVOICED, MORAIC_NASAL, GEMINATE))
_CONSONANTS = frozenset(CONSONANTS)


@dataclass(frozen=True)
class Query:
    """A query, checked. ``accent_phrases`` are its plain values, ``phrases`` what they say without
    lengths and pitches; ``pause`` seconds of every pause, None where each has its own."""

    accent_phrases: list[Json]
    phrases: tuple[AccentPhrase, ...]
    manner: Manner
    pause: float | None
    rate: int
    stereo: bool


def read_query(values: Any, where: Location = ("body",)) -> Query:
    """Check a query. Raises :class:`~kirara_speech.serving.checking.Refusal`."""
    accent_phrases = field(values, "accent_phrases", where)
    phrases = read_phrases(accent_phrases, (*where, "accent_phrases"))
    # A factor of the logarithm of f0: it moves the mean, and what is around the mean with it.
    scale = 2 ** min(max(number(values, "pitchScale", where), -1.0), 1.0)
    speed = _held("speed", number(values, "speedScale", where))
    pause = field(values, "pauseLength", where, None)
    manner = Manner(
        speed=speed,
        pitch=_held("pitch", (scale - 1) * _mean_pitch(accent_phrases) / SEMITONE),
        intonation=_held("intonation", scale * number(values, "intonationScale", where)),
        volume=_held("volume", number(values, "volumeScale", where)),
        pauses=_held("pauses", number(values, "pauseLengthScale", where, 1.0)),
        # VOICEVOX divides the silence at both ends by the tempo too.
        before=_held("before", number(values, "prePhonemeLength", where) / speed),
        after=_held("after", number(values, "postPhonemeLength", where) / speed),
    )
    return Query(
        accent_phrases,
        phrases,
        manner,
        None if pause is None else max(0.0, number(values, "pauseLength", where)),
        check_rate(whole(values, "outputSamplingRate", where), (*where, "outputSamplingRate")),
        flag(values, "outputStereo", where),
    )


def _mean_pitch(accent_phrases: Sequence[Json]) -> float:
    """The mean of a query's pitches, in ln Hz."""
    pitches = [float(mora["pitch"]) for phrase in accent_phrases for mora in phrase["moras"]]
    voiced = [pitch for pitch in pitches if pitch > 0]
    return sum(voiced) / len(voiced) if voiced else 0.0


def _held(name: str, value: float) -> float:
    lowest, highest = RANGES[name]
    return min(max(value, lowest), highest)


def read_phrases(values: Any, where: Location = ("body",)) -> tuple[AccentPhrase, ...]:
    """Check accent phrases; what they say of lengths and pitches is not in the result."""
    phrases = [
        _phrase(phrase, (*where, index))
        for index, phrase in enumerate(listed(values, where, _MOST_PHRASES))
    ]
    if sum(len(phrase.morae) for phrase in phrases) > _MOST_ALTOGETHER:
        raise invalid(where, f"There should be at most {_MOST_ALTOGETHER} moras", "too_long")
    if phrases:
        phrases[-1] = replace(phrases[-1], end=True, pause=True)
    return tuple(phrases)


def _phrase(values: Any, where: Location) -> AccentPhrase:
    place = (*where, "moras")
    morae: list[Mora] = []
    for index, mora in enumerate(listed(field(values, "moras", where), place, _MOST_MORAE)):
        morae.append(_mora(mora, (*place, index), morae))
    if not morae:
        raise invalid(place, "List should have at least 1 item", "too_short")
    accent = whole(values, "accent", where)
    if not 0 <= accent <= len(morae):
        raise invalid((*where, "accent"), f"Input should be from 1 to {len(morae)}")
    pause = field(values, "pause_mora", where, None)
    if pause is not None:
        text(pause, "text", (*where, "pause_mora"))
        _check_numbers(pause, (*where, "pause_mora"))
    asks = flag(values, "is_interrogative", where, False)
    end = pause is not None and pause.get("text") == END_SIGN
    return AccentPhrase(tuple(morae), accent, pause is not None, asks, end)


def _mora(values: Any, where: Location, before: Sequence[Mora]) -> Mora:
    consonant = field(values, "consonant", where, None) or ""
    vowel = text(values, "vowel", where)
    if consonant and consonant not in _CONSONANTS:
        raise invalid((*where, "consonant"), f"There is no consonant {consonant!r}")
    if vowel not in _VOWELS:
        raise invalid((*where, "vowel"), f"There is no vowel {vowel!r}")
    kana = kana_of(consonant, vowel)
    if not kana:
        raise invalid((*where, "vowel"), f"There is no mora {consonant + vowel!r}")
    _check_numbers(values, where)
    # What is spoken are the phonemes: programs write what they like as the text.
    long = text(values, "text", where) == "ー" and not consonant and before
    if long and before[-1].vowel.lower() == vowel.lower():
        kana = "ー"
    return Mora(kana, consonant, vowel)


def _check_numbers(values: Any, where: Location) -> None:
    for name in ("vowel_length", "pitch"):
        number(values, name, where)
    if field(values, "consonant_length", where, None) is not None:
        number(values, "consonant_length", where)


@dataclass(frozen=True)
class Measure:
    """How a voice says a mora: seconds, Hz (0 where it has no pitch), and how many of the seconds
    are those of its consonant."""

    seconds: float
    hertz: float = 0.0
    consonant: float = 0.0


def fill(
    accent_phrases: Sequence[Json],
    measures: Mapping[Where, Measure],
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


def edited(query: Query, measures: Mapping[Where, Measure]) -> tuple[AccentPhrase, ...]:
    """The query's phrases, with its differences from what the voice does as changes of a user."""
    result = []
    for number_, (values, phrase) in enumerate(
        zip(query.accent_phrases, query.phrases, strict=True)
    ):
        morae = tuple(
            _edited(mora, told, measures.get((number_, index)))
            for index, (mora, told) in enumerate(zip(phrase.morae, values["moras"], strict=True))
        )
        pause_length = 1.0
        measured = measures.get((number_, -1))
        told = values.get("pause_mora")
        if measured is not None and told is not None:
            seconds = seconds_of(told) if query.pause is None else query.pause
            pause_length = _factor(seconds, measured.seconds, PAUSE_LENGTH)
        result.append(replace(phrase, morae=morae, pause_length=pause_length))
    return tuple(result)


def _edited(mora: Mora, told: Json, measured: Measure | None) -> Mora:
    if measured is None:
        return mora
    pitch = 0.0
    if measured.hertz > 0 and float(told["pitch"]) > 0:
        semitones = 12 * log2(exp(min(float(told["pitch"]), 12.0)) / measured.hertz)
        if abs(semitones) > _SEMITONES:
            pitch = min(max(semitones, PITCH[0]), PITCH[1])
    return replace(mora, pitch=pitch, length=_factor(seconds_of(told), measured.seconds, LENGTH))


def _factor(wanted: float, measured: float, bounds: tuple[float, float]) -> float:
    if measured <= 0 or abs(wanted / measured - 1) < _SHARE:
        return 1.0
    return min(max(wanted / measured, bounds[0]), bounds[1])


def as_read(
    phrases: Sequence[AccentPhrase], known: Callable[[AccentPhrase], AccentPhrase | None]
) -> tuple[AccentPhrase, ...]:
    """The phrases, with the kana and the accents of what the dictionary read that sounds so, where
    that is known: a voice without accents among its inputs says the dictionary's."""
    return tuple(_as_read(phrase, known(phrase)) for phrase in phrases)


def _as_read(phrase: AccentPhrase, read: AccentPhrase | None) -> AccentPhrase:
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
