"""Which classifiers the panel asks: the studio's two, or a model of the user's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kirara_paintings.classifiers import ARCHITECTURES, METHODS, method_of, own_models
from kirara_paintings.styles import NONE, STYLES
from kirara_studio.api.errors import UserError
from kirara_studio.api.model_library import ModelFile, find_model


class Models:
    """The model files that there are, and which of them is used."""

    def __init__(self, data_folder: Path) -> None:
        self._data_folder = data_folder
        self.own: list[ModelFile] = []
        self.studio: list[ModelFile] = []
        self.chosen: ModelFile | None = None
        self.refresh()

    def refresh(self) -> None:
        """Look for models again."""
        self.own = own_models(self._data_folder)
        self.studio = []
        for method in METHODS:
            try:
                self.studio.append(find_model(ARCHITECTURES[method], "", self._data_folder))
            except UserError:
                continue  # this copy of the studio lacks it; the other one is used

    def choose(self, path: str) -> None:
        """Use the user's model at ``path``, or the studio's if it is empty or gone."""
        self.chosen = next((model for model in self.own if str(model.path) == path), None)

    def in_use(self) -> list[tuple[str, ModelFile]]:
        """Pairs of a method and the model that is asked for it."""
        models = self.studio if self.chosen is None else [self.chosen]
        return [(method_of(model), model) for model in models]

    def paths(self) -> list[Path]:
        """The files of the models that are asked."""
        return [model.path for _, model in self.in_use()]

    def styles(self) -> Sequence[str]:
        """The classes that the models in use know, in their order."""
        if self.chosen is None:
            return (*STYLES, NONE)
        classes = self.chosen.card.configuration.get("classes")
        if not isinstance(classes, Sequence) or isinstance(classes, str):
            return ()
        return tuple(str(name) for name in classes)
