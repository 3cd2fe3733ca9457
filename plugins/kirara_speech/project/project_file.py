"""Scripts in files: the studio's own projects, VOICEVOX's, and plain text. No Qt, no torch."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from kirara_speech.project.script import Line, Script, lines_of_text
from kirara_speech.reading.morae import morae_of
from kirara_speech.reading.phrases import AccentPhrase
from kirara_speech.speaking.prosody import RANGES, Prosody
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import write_atomically
from kirara_studio.api.kept_files import json_text
from kirara_studio.api.reading import read_bytes, read_json, reading

SUFFIX = ".kirara-speech"
"""The suffix of a project."""

VERSION = 1
"""The version of the format."""

_FORMAT = "kirara-speech"
_SEMITONES = 12  # VOICEVOX counts pitch in octaves


def save_project(path: Path, script: Script) -> None:
    """Write a project, whole or not at all. Raises :class:`UserError` if that fails."""
    values = {"format": _FORMAT, "version": VERSION, **script.to_dict()}
    write_atomically(path, json_text(values))


def load_project(path: Path) -> Script:
    """Read a project. Raises :class:`UserError` if it is damaged, newer, or not a project."""
    values = _json_of(path)
    if values.get("format") != _FORMAT:
        raise UserError(
            "“{file}” is not a project of Speech.",
            advice="Choose a file whose name ends in {suffix}.",
            file=path.name,
            suffix=SUFFIX,
        )
    version = values.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise UserError(
            "“{file}” was made by a newer Kirara Studio.",
            advice="Update the studio to open it. The file was not changed.",
            file=path.name,
        )
    with _reading_project(path):
        return Script.from_dict(values)


def load_voicevox(path: Path, voices: Mapping[int, str]) -> Script:
    """The lines of a VOICEVOX project: texts, readings, accents, and prosody.

    ``voices`` are the names of known voices by the numbers of their styles; lines of others have
    no voice. Raises :class:`UserError` if the file is not such a project.
    """
    values = _json_of(path)
    with _reading_project(path):
        talk = values.get("talk", values)
        items = talk["audioItems"]
        lines = tuple(_line_of_item(items[key], voices) for key in talk["audioKeys"])
    if not lines:
        raise UserError(
            "“{file}” has no lines of speech.",
            advice="Choose a project with texts in it.",
            file=path.name,
        )
    return Script(lines).at(0)


def load_text(path: Path) -> list[Line]:
    """A text file as lines: UTF-8, UTF-16 with a byte order mark, or Shift JIS.

    Raises :class:`UserError` if it is not a text, or empty.
    """
    with reading(path):
        data = read_bytes(path)
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp932")
    for encoding in encodings:
        try:
            texts = lines_of_text(data.decode(encoding))
        except UnicodeDecodeError:
            continue
        if texts:
            return [Line(text) for text in texts]
        raise UserError(
            "“{file}” is empty.", advice="Choose a file with text in it.", file=path.name
        )
    raise UserError("“{file}” is not a text.", advice="Save it as UTF-8.", file=path.name)


def _line_of_item(item: Mapping[str, Any], voices: Mapping[int, str]) -> Line:
    text = str(item["text"])
    voice = item.get("voice") or {}
    query = item.get("query") or {}
    phrases = tuple(map(_phrase_of, query.get("accentPhrases") or ()))
    name = voices.get(voice.get("styleId", -1), "")
    line = Line(text, name, _prosody_of(query))
    return line.edited(phrases) if phrases else line


def _phrase_of(values: Mapping[str, Any]) -> AccentPhrase:
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


def _prosody_of(query: Mapping[str, Any]) -> Prosody:
    wanted = {
        "speed": query.get("speedScale", 1.0),
        "pitch": _SEMITONES * query.get("pitchScale", 0.0),
        "intonation": query.get("intonationScale", 1.0),
        "volume": query.get("volumeScale", 1.0),
        "pauses": query.get("pauseLengthScale", 1.0),
        "before": query.get("prePhonemeLength", 0.1),
        "after": query.get("postPhonemeLength", 0.1),
    }
    return Prosody(
        **{name: min(max(float(value), RANGES[name][0]), RANGES[name][1])
           for name, value in wanted.items()}
    )  # fmt: skip


def _json_of(path: Path) -> dict[str, Any]:
    with _reading_project(path):
        values = read_json(path)
        if not isinstance(values, dict):
            raise TypeError("not an object")
        return values


def _reading_project(path: Path) -> AbstractContextManager[None]:
    return reading(
        path,
        "“{file}” is damaged, or of another format ({reason}).",
        advice="Choose another file, or an older copy. The file was not changed.",
    )
