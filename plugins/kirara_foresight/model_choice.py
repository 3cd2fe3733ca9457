"""Which networks there are, and which one is asked where nobody chose. Imports no torch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kirara_foresight.networks.config import CONVLSTM
from kirara_studio.api.model_library import ModelFile
from kirara_studio.api.model_library import available_models as models_of

DIGITS_MODEL, RADAR_MODEL = "foresight-digits", "foresight-radar"
"""The models that come with the studio."""
_OF_DIGITS = (64, 64)
NO_MODEL = "none"
"""What stands in place of a path where no network is to be asked."""


def available_models(data_folder: Path) -> list[ModelFile]:
    """The networks that come with the studio, then the user's."""
    return models_of(CONVLSTM, data_folder)


def usual_model(size: tuple[int, int], *, radar: bool) -> str:
    """The bundled network for frames of that height and width.

    That of digits draws what it sees in strokes of digits, so it is for clips of their size alone.
    That of radar carries along what is there, whatever it is.
    """
    return DIGITS_MODEL if size == _OF_DIGITS and not radar else RADAR_MODEL


def chosen_model(models: Sequence[ModelFile], path: str, usual: str) -> ModelFile | None:
    """The model at ``path``; or else the ``usual`` one, or the first there is.

    None where there is none, or where :data:`NO_MODEL` is wanted.
    """
    if path == NO_MODEL:
        return None
    by_path = next((model for model in models if str(model.path) == path), None)
    by_name = next((model for model in models if model.path.stem == usual), None)
    return by_path or by_name or next(iter(models), None)
