"""The networks, and the default one for a clip. Imports no torch."""

from __future__ import annotations

from collections.abc import Sequence

from kirara_studio.api.model_library import ModelFile

DIGITS_MODEL, RADAR_MODEL = "foresight-digits", "foresight-radar"
"""The models that come with the studio."""
_OF_DIGITS = (64, 64)
NO_MODEL = "none"
"""In place of a path: use no network."""


def usual_model(size: tuple[int, int], *, radar: bool) -> str:
    """The bundled network for frames of that height and width.

    The one for digits draws everything in strokes of digits, so it is for clips of their size only.
    The one for radar moves what it sees, whatever it is.
    """
    return DIGITS_MODEL if size == _OF_DIGITS and not radar else RADAR_MODEL


def chosen_model(models: Sequence[ModelFile], path: str, usual: str) -> ModelFile | None:
    """The model at ``path``; or else the ``usual`` one, or the first.

    None if there are no models, or ``path`` is :data:`NO_MODEL`.
    """
    if path == NO_MODEL:
        return None
    by_path = next((model for model in models if str(model.path) == path), None)
    by_name = next((model for model in models if model.path.stem == usual), None)
    return by_path or by_name or next(iter(models), None)
