"""Scenes from saved pictures, films and projects."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kirara_characters.networks.character import Character
from kirara_characters.project_file import SUFFIX, read_project
from kirara_characters.requests import FrameRequest, GenerateRequest
from kirara_characters.saved_settings import request_of_settings
from kirara_characters.scene import LARGEST_SEED, LONGEST, SHORTEST, Pin, Scene
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.media.pictures import opened_picture
from kirara_studio.api.media.saving import recall
from kirara_studio.api.model_library import ModelFile
from kirara_studio.api.models import fingerprint

SAVED = (".png", ".gif", ".webp", ".mp4", SUFFIX)
"""The suffixes of what the panel saves and opens again."""
PICTURES = (
    ".png", ".webp", ".jpg", ".jpeg", ".bmp", ".avif", ".heic", ".jxl", ".tif", ".tiff",
)  # fmt: skip
"""The suffixes of pictures from elsewhere, of which a likeness can be found."""
PANEL_KEY = "panel"  # the whole scene, in the settings of what the panel saved


@dataclass(frozen=True)
class RecallRequest:
    """Read the settings in the file or folder ``path``, made with one of ``models``."""

    path: Path
    models: tuple[ModelFile, ...]


@dataclass(frozen=True)
class Recalled:
    """Saved ``settings``, and the ``model`` that they were made with, or None if it is unknown.

    A picture from elsewhere was not ``saved_here``, and has none.
    """

    settings: dict[str, Any]
    model: ModelFile | None
    saved_here: bool = True


def recall_job(request: RecallRequest, tools: JobTools) -> Recalled:
    """Read the settings back from a saved file, and find the model with the same weights.

    For the pool of disk work. Raises :class:`UserError` as :func:`recall` does.
    """
    tools.progress(0, 1, request.path.name)
    path = request.path
    try:
        settings = read_project(path) if path.suffix == SUFFIX else recall(path)
    except UserError:
        if path.suffix.lower() not in PICTURES:
            raise
        with opened_picture(path):  # raises an error of its own if it is none
            return Recalled({}, None, saved_here=False)
    wanted = settings.get("model_fingerprint")
    named = sorted(request.models, key=lambda model: model.name != settings.get("model"))
    for model in named:
        with suppress(UserError):  # it was deleted meanwhile
            if fingerprint(model.path) == wanted:
                return Recalled(settings, model)
    return Recalled(settings, None)


def scene_of(settings: dict[str, Any], current: Scene) -> Scene:
    """The scene that saved settings describe, with the current model.

    Raises :class:`UserError` if they are of something else or make no sense.
    """
    if isinstance(project := settings.get("scene"), dict):
        return replace(Scene.from_dict(project), model=current.model)
    request = request_of_settings(settings)
    panel = settings.get(PANEL_KEY)
    if isinstance(panel, dict):
        return replace(Scene.from_dict(panel), model=current.model)
    if isinstance(request, GenerateRequest):
        character = _short(request.characters[0])
        if character.plain:
            return replace(
                current, seed=character.seed, truncation=character.truncation, near=None, changes=()
            )
        return replace(current, near=character)
    path = request.path
    # An open film's last pin has no segment of its own.
    parts = zip([*path.parts, Pin.seconds], [*path.easings, Pin.easing], strict=True)
    pins = tuple(
        Pin(_short(character), _length(seconds), easing)
        for character, (seconds, easing) in zip(path.characters, parts, strict=False)
    )
    # Show candidates that include all pins, if they fit on one page.
    seeds = [pin.character.seed for pin in pins]
    first = min(seeds) if max(seeds) - min(seeds) < current.count else seeds[0]
    truncation = pins[0].character.truncation
    return replace(current, seed=first, truncation=truncation, pins=pins, closed=path.loop)


def _short(character: Character) -> Character:
    """The character with a seed that the panel knows, and few digits."""
    seed, truncation = min(character.seed, LARGEST_SEED), round(character.truncation, 4)
    return replace(character, seed=seed, truncation=truncation)


def moment_of(settings: dict[str, Any]) -> float:
    """The second of the film that the settings are of, or 0. May raise as :func:`scene_of` does."""
    if "scene" in settings:
        return 0.0
    request = request_of_settings(settings)
    return request.time if isinstance(request, FrameRequest) else 0.0


def _length(seconds: float) -> float:
    return round(min(max(seconds, SHORTEST), LONGEST), 2)
