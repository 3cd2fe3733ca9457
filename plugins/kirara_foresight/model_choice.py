"""Which networks there are, and which one is asked where nobody chose. Imports no torch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kirara_foresight.networks.config import CONVLSTM
from kirara_studio.api.model_library import ModelFile
from kirara_studio.api.model_library import available_models as models_of

DIGITS_MODEL, RADAR_MODEL = "foresight-digits", "foresight-radar"
"""The models that come with the studio."""
NO_MODEL = "none"
"""What stands in place of a path where no network is to be asked."""


def available_models(data_folder: Path) -> list[ModelFile]:
    """The networks that come with the studio, then the user's."""
    return models_of(CONVLSTM, data_folder)


def chosen_model(models: Sequence[ModelFile], path: str, *, radar: bool) -> ModelFile | None:
    """The model at ``path``; or else the one that learnt from such clips, or the first there is.

    None where there is none, or where :data:`NO_MODEL` is wanted.
    """
    if path == NO_MODEL:
        return None
    by_path = next((model for model in models if str(model.path) == path), None)
    usual = RADAR_MODEL if radar else DIGITS_MODEL
    by_name = next((model for model in models if model.path.stem == usual), None)
    return by_path or by_name or next(iter(models), None)
