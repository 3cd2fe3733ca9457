"""Which generators there are: the bundled ones and the user's. Imports no torch.

The drawing program is one of them: its model file has a card and no tensors.
"""

from __future__ import annotations

import logging
from pathlib import Path

from kirara_characters.networks import config
from kirara_characters.networks.config import DRAWING, GENERATOR
from kirara_studio.api import model_library
from kirara_studio.api.errors import UserError
from kirara_studio.api.model_library import ModelFile, Report

log = logging.getLogger(__name__)

DRAWN_SIDE = 256
"""Pixels of a drawing if no size is asked for."""

_ARCHITECTURES = (GENERATOR, DRAWING)


def available_models(
    data_folder: Path | None = None, *, report: Report = log.warning
) -> list[ModelFile]:
    """The generators that come with the studio, then the user's.

    In each place those with the largest pictures come first, and drawings before networks. Files
    that cannot be read are left out and reported.
    """
    return model_library.available_models(_ARCHITECTURES, data_folder, order=_order, report=report)


def find_model(name: str = "", data_folder: Path | None = None) -> ModelFile:
    """The generator called ``name`` (:func:`kirara_studio.api.model_library.find_model`)."""
    return model_library.find_model(_ARCHITECTURES, name, data_folder, order=_order)


def describe(path: Path) -> ModelFile:
    """Read the card of a generator. Raises :class:`UserError` if ``path`` does not hold one."""
    model = model_library.describe_model(_ARCHITECTURES, path)
    resolution_of(model)
    return model


def is_drawn(model: ModelFile) -> bool:
    """True for the drawing program, which is not a network."""
    return model.card.architecture == DRAWING


def resolution_of(model: ModelFile) -> int:
    """The width of a generator's pictures, in pixels. Raises UserError if its card is damaged."""
    if is_drawn(model):
        return DRAWN_SIDE
    channels = model.card.configuration.get("channels")
    if not isinstance(channels, list) or not 1 <= len(channels) <= 12:
        raise UserError(
            "The model card of “{file}” does not list the generator's levels.",
            advice="Correct the card, or fetch the model again.",
            file=model.path.name,
        )
    return config.resolution_of(len(channels) - 1)


def _order(model: ModelFile) -> tuple[int, bool]:
    return -resolution_of(model), not is_drawn(model)
