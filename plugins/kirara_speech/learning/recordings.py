"""A folder of recordings and what is said in them, in the shapes that such folders have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kirara_studio.api.errors import UserError

_SUFFIXES = (".wav", ".flac", ".ogg", ".aiff", ".aif", ".mp3")
_FOLDERS = ("wavs", "wav", "flac", ".")


@dataclass(frozen=True)
class Recording:
    """A sentence: its id, what is said, and the file with its sound."""

    id: str
    text: str
    path: Path


@dataclass(frozen=True)
class Problem:
    """A line or file that cannot be used, and why."""

    name: str
    reason: str

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"


def find_recordings(folder: Path) -> tuple[list[Recording], list[Problem]]:
    """The recordings of a folder, and what is wrong with the others.

    Knows LJSpeech's shape (``metadata.csv``: ``id|text`` or ``id|text|normalised text``, sounds
    in ``wavs/``), the same with ``id|text|kana|phonemes``, and JSUT's (``transcript_utf8.txt``:
    ``id:text``, sounds in ``wav/``). Raises :class:`UserError` if there is no such table.
    """
    folder = Path(folder)
    for name, separator in (("metadata.csv", "|"), ("transcript_utf8.txt", ":")):
        if (folder / name).is_file():
            return _read_table(folder, folder / name, separator)
    raise UserError(
        "“{folder}” holds no recordings with their texts.",
        advice="Give a folder with “metadata.csv” (id|text) and “wavs”, or with "
        "“transcript_utf8.txt” (id:text) and “wav”.",
        folder=folder,
    )


def _read_table(folder: Path, table: Path, separator: str) -> tuple[list[Recording], list[Problem]]:
    recordings: dict[str, Recording] = {}
    problems = []
    try:
        lines = table.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            "“{table}” cannot be read: {reason}.",
            advice="Save it as UTF-8 text.",
            table=table,
            reason=_reason(table, error),
        ) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        columns = line.split(separator, -1 if separator == "|" else 1)
        name, *columns = (column.strip() for column in columns)
        text = "" if not columns else columns[1] if len(columns) == 2 and columns[1] else columns[0]
        path = sound_of(folder, name)
        if not name or not text:
            problems.append(Problem(f"line {number} of {table.name}", "it has no id or no text"))
        elif name in recordings:
            problems.append(Problem(name, "its id is there twice"))
        elif path is None:
            problems.append(Problem(name, "there is no sound of that name"))
        else:
            recordings[name] = Recording(name, text, path)
    return list(recordings.values()), problems


def _reason(table: Path, error: OSError | UnicodeDecodeError) -> str:
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    try:
        table.read_text(encoding="cp932")
    except UnicodeDecodeError:
        return "it is not UTF-8"
    return "it is not UTF-8, but probably Shift JIS"


def sound_of(folder: Path, name: str) -> Path | None:
    """The file with the sound of a recording; None if there is none of that id."""
    # An id is a name and not a path: a table from elsewhere must not reach other folders.
    if not name or name in (".", "..") or "/" in name or "\\" in name or "\0" in name:
        return None
    for below in _FOLDERS:
        for suffix in ("", *_SUFFIXES):
            path = folder / below / f"{name}{suffix}"
            if path.suffix.lower() in _SUFFIXES and path.is_file():
                return path
    return None


def unused_sounds(folder: Path, recordings: Sequence[Recording]) -> list[str]:
    """The names of sounds in the folder that none of its ``recordings`` is."""
    used = {recording.path for recording in recordings}
    return [
        path.name
        for below in _FOLDERS
        for path in sorted((Path(folder) / below).glob("*"))
        if path.suffix.lower() in _SUFFIXES and path.is_file() and path not in used
    ]
