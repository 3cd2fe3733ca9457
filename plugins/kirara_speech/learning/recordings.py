"""A folder of recordings and their texts, in the layouts that such folders have."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kirara_speech.learning.recording_report import Finding
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import is_file
from kirara_studio.api.reading import read_bytes, reading

_SUFFIXES = (".wav", ".flac", ".ogg", ".aiff", ".aif", ".mp3")
_FOLDERS = ("wavs", "wav", "flac", ".")


@dataclass(frozen=True)
class Recording:
    """A sentence: its id, its text, and its sound file."""

    id: str
    text: str
    path: Path


def find_recordings(folder: Path) -> tuple[list[Recording], list[Finding]]:
    """The recordings of a folder, and the lines of its table that are not usable.

    Knows the layout of LJSpeech (``metadata.csv``: ``id|text`` or ``id|text|normalised text``,
    sounds in ``wavs/``), the same with ``id|text|kana|phonemes``, and the one of JSUT
    (``transcript_utf8.txt``: ``id:text``, sounds in ``wav/``). Raises :class:`UserError` if there
    is no such table.
    """
    folder = Path(folder)
    for name, separator in (("metadata.csv", "|"), ("transcript_utf8.txt", ":")):
        if is_file(folder / name):
            return _read_table(folder, folder / name, separator)
    raise UserError(
        "“{folder}” holds no recordings with their texts.",
        advice="Give a folder with “metadata.csv” (id|text) and “wavs”, or with "
        "“transcript_utf8.txt” (id:text) and “wav”.",
        folder=folder,
    )


def _read_table(folder: Path, table: Path, separator: str) -> tuple[list[Recording], list[Finding]]:
    recordings: dict[str, Recording] = {}
    findings: list[Finding] = []
    with reading(table, "“{path}” cannot be read: {reason}.", advice="Save it as UTF-8 text."):
        lines = _text_of(table).splitlines()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        columns = line.split(separator, -1 if separator == "|" else 1)
        name, *columns = (column.strip() for column in columns)
        text = "" if not columns else columns[1] if len(columns) == 2 and columns[1] else columns[0]
        path = sound_path(folder, name)
        if not name or not text:
            line_name = f"line {number} of {table.name}"
            findings.append(Finding(line_name, "table", "it has no id or no text"))
        elif name in recordings:
            findings.append(Finding(name, "table", "its id is there twice"))
        elif path is None:
            findings.append(Finding(name, "table", "there is no sound of that name"))
        else:
            recordings[name] = Recording(name, text, path)
    return list(recordings.values()), findings


def _text_of(table: Path) -> str:
    data = read_bytes(table)
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8-sig")
    with suppress(UnicodeDecodeError):
        data.decode("cp932")
        raise ValueError("it is not UTF-8, but probably Shift JIS")
    raise ValueError("it is not UTF-8")


def sound_path(folder: Path, name: str) -> Path | None:
    """The file with the sound of a recording; None if there is none of that id."""
    # An id is a name and not a path: a table from elsewhere must not reach other folders.
    if not name or name in (".", "..") or "/" in name or "\\" in name or "\0" in name:
        return None
    for below in _FOLDERS:
        for suffix in ("", *_SUFFIXES):
            path = folder / below / f"{name}{suffix}"
            if path.suffix.lower() in _SUFFIXES and is_file(path):
                return path
    return None


def unused_sounds(folder: Path, recordings: Sequence[Recording]) -> list[str]:
    """The names of sound files in the folder that are not among its ``recordings``."""
    used = {recording.path for recording in recordings}
    return [
        path.name
        for below in _FOLDERS
        for path in sorted((Path(folder) / below).glob("*"))
        if path.suffix.lower() in _SUFFIXES and is_file(path) and path not in used
    ]
