"""VOICEVOX's projects (.vvproj): reading them without loss. No Qt, no torch.

What a script does not have (morphing, songs, values of later versions) stays with it as JSON: that
of a line in :attr:`Line.voicevox`, the rest in :attr:`Script.voicevox`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import Any

from kirara_speech.engines.voicevox import VOICEVOX_ID
from kirara_speech.engines.voicevox_phrases import prosody_of_pitch
from kirara_speech.project.project_file import project_values, reading_project
from kirara_speech.project.script import Line, Script
from kirara_speech.reading.morae import morae_of
from kirara_speech.reading.phrases import AccentPhrase, Phrases
from kirara_speech.speaking.chunks import MeasuredMora, MeasuredPhrase
from kirara_speech.speaking.prosody import RANGES, Prosody
from kirara_studio.api.errors import UserError
from kirara_studio.api.kept_files import json_text, parse_json
from kirara_studio.api.reading import reading

_REFERENCE = "voicevox:"
_USUAL_PITCH = 5.6  # ln Hz, of queries without pitches
_LONGEST = 60.0  # seconds of a phoneme

StyleKey = tuple[str, int]
"""The uuid of an engine and the number of a style: the number alone is not unique."""

LINES, READINGS, MORPHING, PRESETS, SONGS, OTHER = (
    "lines", "readings", "morphing", "presets", "songs", "other",
)  # fmt: skip
"""Kinds of things that are kept, but not used."""

_KNOWN = {"text", "voice", "query", "presetKey", "morphingInfo"}
_KNOWN_IN_FILE = {"appVersion", "talk", "song", "audioKeys", "audioItems"}


@dataclass(frozen=True)
class VoicevoxProject:
    """A project that was read; ``unused`` counts by kind what the studio keeps but does not use."""

    script: Script
    unused: Mapping[str, int]


def reference_to(style: StyleKey) -> str:
    """The name of a voice that is known only as the style of an engine."""
    return f"{_REFERENCE}{style[0]}/{style[1]}"


def referenced_style(name: str) -> StyleKey | None:
    """The style in a name of :func:`reference_to`; None for other names."""
    engine, _, number = name.removeprefix(_REFERENCE).rpartition("/")
    if not name.startswith(_REFERENCE) or not number.isdecimal():
        return None
    return engine, int(number)


def load_voicevox(path: Path, voices: Mapping[StyleKey, str]) -> VoicevoxProject:
    """The lines of a project: texts, readings, accents, prosody, and all else as it was.

    ``voices`` are the names of known voices. Lines of others refer to them, and speak as soon as
    their engine runs. Raises :class:`UserError` if the file is not such a project.
    """
    values = project_values(path)
    unused: Counter[str] = Counter()
    lines = []
    with reading_project(path):
        talk = values.get("talk", values)
        keys, items = list(talk["audioKeys"]), dict(talk["audioItems"])
        for key in keys:
            item = items.get(key) if isinstance(key, str) else None
            if isinstance(item, dict) and isinstance(item.get("text"), str):
                lines.append(_line(items.pop(key), voices, unused))
            else:
                unused[LINES] += 1
    if not lines:
        raise UserError(
            "“{file}” has no lines of speech.",
            advice="Choose a project with texts in it.",
            file=path.name,
        )
    unused[SONGS] += _songs(values.get("song"))
    unused[OTHER] += len(set(values) - _KNOWN_IN_FILE)
    rest = dict(values)
    if "talk" in values:
        rest["talk"] = {**talk, "audioKeys": [], "audioItems": items}
    else:  # before there were songs
        rest.update(audioKeys=[], audioItems=items)
    script = Script(tuple(lines), voicevox=json_text(rest, None).strip()).at(0)
    return VoicevoxProject(script, +unused)


def _songs(song: Any) -> int:
    tracks = song.get("tracks") if isinstance(song, dict) else None
    found = tracks.values() if isinstance(tracks, dict) else ()
    return sum(bool(track.get("notes")) for track in found if isinstance(track, dict))


def _line(item: Mapping[str, Any], voices: Mapping[StyleKey, str], unused: Counter[str]) -> Line:
    unused[MORPHING] += item.get("morphingInfo") is not None
    unused[PRESETS] += item.get("presetKey") is not None
    unused[OTHER] += bool(set(item) - _KNOWN)
    voice, line = "", Line(item["text"], voicevox=json_text(item, None).strip())
    style = style_of(item)
    if style is not None:
        voice = voices.get(style) or reference_to(style)
    try:
        query = item.get("query") or {}
        line = replace(line, voice=voice, prosody=_prosody(query))
        phrases = tuple(map(_phrase, query.get("accentPhrases") or ()))
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        unused[READINGS] += 1
        return replace(line, voice=voice)
    return line.edited(phrases) if phrases else line


def style_of(item: Mapping[str, Any]) -> StyleKey | None:
    """The style of a line; projects from before several engines have VOICEVOX's alone."""
    voice = item.get("voice")
    if not isinstance(voice, dict) or not isinstance(voice.get("styleId"), int):
        return None
    engine = voice.get("engineId", VOICEVOX_ID)
    return (engine, voice["styleId"]) if isinstance(engine, str) else None


def _phrase(values: Mapping[str, Any]) -> AccentPhrase:
    kana = "".join(
        mora["text"] + ("’" if mora["vowel"] in ("A", "I", "U", "E", "O") else "")
        for mora in values["moras"]
    )
    morae = morae_of(kana)
    if not morae:
        raise ValueError("a phrase without morae")
    return AccentPhrase(
        morae,
        accent=min(max(int(values["accent"]), 0), len(morae)),
        pause=values.get("pauseMora") is not None,
        question=bool(values.get("isInterrogative", False)),
    )


def _prosody(query: Mapping[str, Any]) -> Prosody:
    speed = _clamped(query.get("speedScale", 1.0), "speed")
    pitches = [float(mora.get("pitch") or 0) for mora in _moras(query)]
    pitch, factor = prosody_of_pitch(
        float(query.get("pitchScale", 0.0)), [p for p in pitches if p > 0] or [_USUAL_PITCH]
    )
    wanted = {
        "speed": speed,
        "pitch": pitch,
        "intonation": factor * query.get("intonationScale", 1.0),
        "volume": query.get("volumeScale", 1.0),
        "pauses": query.get("pauseLengthScale", 1.0),
        # VOICEVOX divides the silence at both ends by the tempo too.
        "before": query.get("prePhonemeLength", 0.1) / speed,
        "after": query.get("postPhonemeLength", 0.1) / speed,
    }
    return Prosody(**{name: _clamped(value, name) for name, value in wanted.items()})


def _clamped(value: Any, name: str) -> float:
    return min(max(float(value), RANGES[name][0]), RANGES[name][1])


def _moras(query: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for phrase in query.get("accentPhrases") or ():
        yield from phrase["moras"]


def measured_in(line: Line, phrases: Phrases, style: StyleKey) -> tuple[MeasuredPhrase | None, ...]:
    """The lengths and pitches in the project for the ``phrases`` of a line, by a style.

    They belong to the style that the line had there, and to phrases whose morae and accent are
    unchanged; there is None for the others.
    """
    known = _measured(line.voicevox)
    if known is None or known[0] != style:
        return ()
    result: list[MeasuredPhrase | None] = []
    measured = known[1]
    for phrase, (was, measures) in zip(phrases, measured, strict=False):
        same = was.accent == phrase.accent and _phonemes(was) == _phonemes(phrase)
        result.append(measures if same else None)
    return tuple(result) if len(phrases) == len(measured) else ()


def _phonemes(phrase: AccentPhrase) -> Sequence[tuple[str, str]]:
    return [(mora.consonant, mora.vowel) for mora in phrase.morae]


_Known = tuple[StyleKey, tuple[tuple[AccentPhrase, MeasuredPhrase | None], ...]]


@lru_cache(maxsize=512)
def _measured(text: str) -> _Known | None:
    if not text:
        return None
    with suppress(UserError), reading("a line"):
        item = parse_json(text)
        style = style_of(item)
        phrases = (item.get("query") or {}).get("accentPhrases") or ()
        measured = tuple((_phrase(phrase), _measures(phrase)) for phrase in phrases)
        return None if style is None else (style, measured)
    return None


def _measures(values: Mapping[str, Any]) -> MeasuredPhrase | None:
    """The measures of a phrase; None if it has none, or numbers that make no sense."""
    try:
        morae = tuple(
            MeasuredMora(
                _length(mora["consonantLength"]) if mora.get("consonant") else None,
                _length(mora["vowelLength"]),
                _in_range(mora["pitch"], 10.0),
            )
            for mora in values["moras"]
        )
        pause = values.get("pauseMora")
        phrase = _phrase(values)
        seconds = _length(pause["vowelLength"]) if pause is not None else None
    except (KeyError, TypeError, ValueError):
        return None
    if len(phrase.morae) != len(morae) or not any(mora.vowel for mora in morae):
        return None
    return MeasuredPhrase(morae, seconds)


def _length(value: Any) -> float:
    return _in_range(value, _LONGEST)


def _in_range(value: Any, highest: float) -> float:
    number = float(value)
    if not isfinite(number) or not 0 <= number <= highest:
        raise ValueError("a length or a pitch")
    return number
