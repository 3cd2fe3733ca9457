"""Scripts in files: the studio's own projects, and plain text. No Qt, no torch."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from kirara_speech.project.script import Line, Script, lines_of_text
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import write_atomically
from kirara_studio.api.kept_files import json_text
from kirara_studio.api.reading import read_bytes, read_json, reading

SUFFIX = ".kirara-speech"
"""The suffix of a project."""

VERSION = 1
"""The version of the format."""

_FORMAT = "kirara-speech"


def save_project(path: Path, script: Script) -> None:
    """Write a project, whole or not at all. Raises :class:`UserError` if that fails."""
    values = {"format": _FORMAT, "version": VERSION, **script.to_dict()}
    write_atomically(path, json_text(values))


def load_project(path: Path) -> Script:
    """Read a project. Raises :class:`UserError` if it is damaged, newer, or not a project."""
    values = project_values(path)
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
    with reading_project(path):
        return Script.from_dict(values)


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


def project_values(path: Path) -> dict[str, Any]:
    """The JSON object in a project. Raises :class:`UserError` if there is none."""
    with reading_project(path):
        values = read_json(path)
        if not isinstance(values, dict):
            raise TypeError("not an object")
        return values


def reading_project(path: Path) -> AbstractContextManager[None]:
    """:func:`reading`, for a block that reads a project."""
    return reading(
        path,
        "“{file}” is damaged, or of another format ({reason}).",
        advice="Choose another file, or an older copy. The file was not changed.",
    )
