"""Projects: the scene and the favourites in a file of their own. No Qt, no torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kirara_characters.models import find_model
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import write_atomically
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.kept_files import json_text
from kirara_studio.api.models import fingerprint
from kirara_studio.api.reading import read_json, reading

SUFFIX = ".kirara-characters"
"""The suffix of a project."""

VERSION = 1
"""The version of the format."""

_FORMAT = "kirara-characters"


@dataclass(frozen=True)
class ProjectRequest:
    """Save plain values, of a scene and of favourites, as a project; ``model`` is a file's path."""

    path: Path
    scene: Mapping[str, Any]
    favourites: tuple[Mapping[str, Any], ...]
    model: str


def save_project_job(request: ProjectRequest, tools: JobTools) -> Path:
    """Write a project, whole or not at all; returns the path.

    For the pool of disk work. Raises :class:`UserError` if that fails.
    """
    tools.progress(0, 1, request.path.name)
    model = find_model(request.model)
    values = {
        "format": _FORMAT,
        "version": VERSION,
        "model": model.name,
        "model_fingerprint": fingerprint(model.path),
        "scene": dict(request.scene),
        "favourites": [dict(one) for one in request.favourites],
    }
    write_atomically(request.path, json_text(values))
    return request.path


def read_project(path: Path) -> dict[str, Any]:
    """The values of a project: "scene", "favourites", "model", "model_fingerprint".

    Raises :class:`UserError` if it is damaged, newer, or not a project.
    """
    with reading(
        path,
        "“{file}” is damaged, or of another format ({reason}).",
        advice="Choose another file, or an older copy. The file was not changed.",
    ):
        values = read_json(path)
        if not isinstance(values, dict) or not isinstance(values.get("scene"), dict):
            raise TypeError("not a project of Characters")
        if not isinstance(values.get("favourites"), list) or values.get("format") != _FORMAT:
            raise TypeError("not a project of Characters")
    version = values.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise UserError(
            "“{file}” was made by a newer Kirara Studio.",
            advice="Update the studio to open it. The file was not changed.",
            file=path.name,
        )
    return values
