"""Which generators there are: the bundled ones and the user's. Imports no torch.

The drawing program is one of them: its model file has a card and no tensors.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kirara_characters.config import DRAWING, GENERATOR, resolution_of
from kirara_studio.api.errors import UserError
from kirara_studio.api.models import ModelCard, read_card
from kirara_studio.api.resources import resource_folder

MODELS = "models"
"""The folder of the user's models, in the plugin's folder for data."""

DRAWN_SIDE = 256
"""Pixels of a drawing if no size is asked for."""


@dataclass(frozen=True)
class ModelFile:
    """A generator on disk: ``resolution`` is the width of its pictures, in pixels."""

    path: Path
    card: ModelCard
    resolution: int
    bundled: bool

    @property
    def drawn(self) -> bool:
        """True for the drawing program, which is no network."""
        return self.card.architecture == DRAWING

    @property
    def name(self) -> str:
        """What to call it: the card's name, or else the file's."""
        return self.card.name or self.path.stem


def bundled_folder() -> Path:
    """Where the models lie that come with the studio, installed or in a checkout."""
    return resource_folder() / "models"


def available_models(data_folder: Path | None = None) -> list[ModelFile]:
    """The generators that come with the studio, then those in ``data_folder / MODELS``.

    In each place those with the largest pictures come first, and drawings before networks. Files
    that are something else, or whose card cannot be read, are left out.
    """
    models = _models_in(bundled_folder(), bundled=True)
    if data_folder is not None:
        models += _models_in(data_folder / MODELS, bundled=False)
    return models


def find_model(name: str = "", data_folder: Path | None = None) -> ModelFile:
    """The generator called ``name``: a file's path, or else the name of an available model.

    An empty name means the first available one. Raises :class:`UserError` where there is none,
    or the file does not hold a generator.
    """
    path = Path(name)
    if path.suffix == ".safetensors" and path.is_file():
        return describe(path)  # without reading every other model's card
    models = available_models(data_folder)
    if not name:
        if models:
            return models[0]
        raise UserError(
            "No generator comes with this copy of the studio.",
            advice="Train one, import one, or name a file with --model.",
        )
    for model in models:
        if name in (model.name, model.path.stem):
            return model
    if not path.is_file():
        known = ", ".join(f"“{model.path.stem}”" for model in models) or "none"
        raise UserError(
            "There is no generator “{name}”.",
            advice="Give the path of a .safetensors file, or the name of one of these: {known}.",
            name=name,
            known=known,
        )
    return describe(path)


def describe(path: Path, *, bundled: bool = False) -> ModelFile:
    """Read what ``path`` says of itself, without its tensors.

    Raises :class:`UserError` where it does not hold a generator.
    """
    card = read_card(path)
    if card.architecture == DRAWING:
        return ModelFile(path, card, DRAWN_SIDE, bundled)
    if card.architecture != GENERATOR:
        raise UserError(
            "“{file}” holds a “{architecture}”, not a generator.",
            advice="Choose the file of a generator.",
            file=path.name,
            architecture=card.architecture,
        )
    channels = card.configuration.get("channels")
    if not isinstance(channels, list) or not 1 <= len(channels) <= 12:
        raise UserError(
            "The model card of “{file}” does not say how many levels the generator has.",
            advice="Correct the card, or fetch the model again.",
            file=path.name,
        )
    return ModelFile(path, card, resolution_of(len(channels) - 1), bundled)


def _models_in(folder: Path, *, bundled: bool) -> list[ModelFile]:
    models = []
    for path in sorted(folder.glob("*.safetensors")):
        try:
            models.append(describe(path, bundled=bundled))
        except UserError:
            continue  # what is wrong is told when somebody chooses the file
    return sorted(models, key=lambda model: (-model.resolution, not model.drawn))
