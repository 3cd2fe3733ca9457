"""Which models of a kind there are: those that come with the studio, and the user's. No torch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kirara_studio.api.errors import UserError
from kirara_studio.api.models import ModelCard, read_card
from kirara_studio.api.resources import resource_folder

MODELS = "models"
"""The folder of the user's models, in a plugin's folder for data."""


@dataclass(frozen=True)
class ModelFile:
    """A model on disk."""

    path: Path
    card: ModelCard
    bundled: bool = False

    @property
    def name(self) -> str:
        """What to call it: the card's name, or else the file's."""
        return self.card.name or self.path.stem


def available_models(architecture: str, data_folder: Path | None = None) -> list[ModelFile]:
    """The models that come with the studio, then those in ``data_folder / MODELS``, by file name.

    Files that hold another network, or whose card cannot be read, are left out.
    """
    models = _models_in(resource_folder() / MODELS, architecture, bundled=True)
    if data_folder is not None:
        models += _models_in(data_folder / MODELS, architecture, bundled=False)
    return models


def find_model(architecture: str, name: str = "", data_folder: Path | None = None) -> ModelFile:
    """The model called ``name``: a file's path, or else the name of an available model.

    An empty name means the first available one. Raises :class:`UserError` where there is none,
    or where the file holds another network.
    """
    path = Path(name)
    if path.suffix == ".safetensors" and path.is_file():
        return describe_model(architecture, path)  # without reading every other model's card
    models = available_models(architecture, data_folder)
    if not name:
        if models:
            return models[0]
        raise UserError(
            "No such model comes with this copy of the studio.",
            advice="Train one, import one, or name a file.",
        )
    for model in models:
        if name in (model.name, model.path.stem):
            return model
    known = ", ".join(f"“{model.path.stem}”" for model in models) or "none"
    raise UserError(
        "There is no model “{name}”.",
        advice="Give the path of a .safetensors file, or the name of one of these: {known}.",
        name=name,
        known=known,
    )


def describe_model(architecture: str, path: Path, *, bundled: bool = False) -> ModelFile:
    """Read what ``path`` says of itself, without its tensors.

    Raises :class:`UserError` where it holds no network of that architecture.
    """
    card = read_card(path)
    if card.architecture != architecture:
        raise UserError(
            "“{file}” holds a “{architecture}”, not a “{wanted}”.",
            advice="Choose the file of another model.",
            file=path.name,
            architecture=card.architecture,
            wanted=architecture,
        )
    return ModelFile(path, card, bundled)


def _models_in(folder: Path, architecture: str, *, bundled: bool) -> list[ModelFile]:
    models = []
    for path in sorted(folder.glob("*.safetensors")):
        try:
            models.append(describe_model(architecture, path, bundled=bundled))
        except UserError:
            continue
    return models
