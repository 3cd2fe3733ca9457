"""What is saved with pictures and films, so that they can be drawn again."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kirara_characters.networks.character import Character
from kirara_characters.networks.latents import LatentPath
from kirara_characters.requests import (
    LARGEST_FILM,
    FrameRequest,
    GenerateRequest,
    ModelUsed,
    MorphRequest,
    check_characters,
    check_size,
)
from kirara_studio.api.errors import UserError


def picture_settings(character: Character, size: int, model: ModelUsed) -> dict[str, Any]:
    """What to save with a character's picture."""
    return {"kind": "picture", **character.to_dict(), **_common_settings(size, model)}


def morph_settings(request: MorphRequest, model: ModelUsed) -> dict[str, Any]:
    """What to save with a film."""
    path = request.path
    plain = all(character.plain for character in path.characters)
    return {
        "kind": "morph",
        "seeds": [character.seed for character in path.characters],
        "seconds": list(path.parts),
        "loop": path.loop,
        "easing": list(path.easings),
        "truncation": [character.truncation for character in path.characters],
        **({} if plain else {"characters": [one.to_dict() for one in path.characters]}),
        "fps": request.fps,
        **_common_settings(request.size, model),
        **request.more_settings,
    }


def request_of_settings(
    settings: Mapping[str, Any],
) -> GenerateRequest | MorphRequest | FrameRequest:
    """The request that a saved picture, film, or moment of a film was made by.

    A film's request is without its ``output``.

    ``model`` is the model's name; compare ``settings["model_fingerprint"]`` with the model that
    is found under it. Raises :class:`UserError` for settings of something else, such as a
    drawing, and for values that make no sense.
    """
    try:
        size, model = int(settings["size"]), str(settings["model"])
        check_size(size)
        if settings["kind"] == "picture":
            characters = (Character.from_dict(settings),)
            check_characters(characters)
            return GenerateRequest(characters, size, model)
        if settings["kind"] == "morph":
            path = LatentPath(
                _characters_of(settings),
                tuple(float(part) for part in settings["seconds"]),
                bool(settings["loop"]),
                tuple(str(easing) for easing in settings["easing"]),
            )
            film = MorphRequest(path, Path(), float(settings["fps"]), size, model)
            time = _time_of(settings, film)
            return film if time is None else FrameRequest(path, time, size, model)
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
        raise UserError(
            "The saved settings are incomplete or invalid.",
            advice="Choose a file that was saved in the studio and not changed elsewhere.",
        ) from error
    raise UserError(
        "This file was not generated, but is a “{kind}”.",
        advice="Choose a picture or a film that was generated.",
        kind=settings["kind"],
    )


def _characters_of(settings: Mapping[str, Any]) -> tuple[Character, ...]:
    """The characters of a film; "characters" is there only if something was done to one."""
    values = settings.get("characters")
    if values is None:
        seeds, truncations = settings["seeds"], settings["truncation"]
        pairs = zip(seeds, truncations, strict=True)
        values = [{"seed": seed, "truncation": truncation} for seed, truncation in pairs]
    return tuple(Character.from_dict(one) for one in values)


def _time_of(settings: Mapping[str, Any], film: MorphRequest) -> float | None:
    """The second that a picture shows of its film, or None for a whole film.

    A picture of one moment holds its ``time``; in a folder of frames, each holds its number.
    """
    if "time" in settings:
        time = float(settings["time"])
    elif int(settings.get("frame", 0)) > 0:
        times = film.path.times(min(film.frames, LARGEST_FILM))
        time = times[min(int(settings["frame"]), len(times) - 1)]
    else:
        return None
    if not math.isfinite(time):
        raise ValueError("the time is not a number")
    return min(max(time, 0.0), film.path.duration)


def _common_settings(size: int, model: ModelUsed) -> dict[str, Any]:
    return {
        "size": size or model.resolution,
        "model": model.name,
        "model_fingerprint": model.fingerprint,
    }
