"""The two classifiers and the models of the panel. Imports torch only when a model is loaded."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from kirara_paintings.answers import METHODS, NETWORK, Classifier
from kirara_paintings.styles import NONE, STYLES
from kirara_studio.api.errors import UserError
from kirara_studio.api.model_library import (
    ModelFile,
    Report,
    available_models,
    describe_model,
    find_model,
)

_ARCHITECTURES = tuple(f"paintings-{method}" for method in METHODS)


def method_models(
    methods: Sequence[str] = METHODS, own: Path | None = None, data_folder: Path | None = None
) -> list[ModelFile]:
    """The model files that ``methods`` use: ``own``, or else the studio's.

    Raises :class:`UserError` if one is missing, or ``own`` is not a classifier of pictures.
    """
    if own is not None:
        return [describe_model(_ARCHITECTURES, own)]
    return [find_model(f"paintings-{method}", "", data_folder) for method in methods]


def method_of(model: ModelFile) -> str:
    """The one of :data:`METHODS` that a model file is for."""
    return model.card.architecture.removeprefix("paintings-")


def load_classifier(path: Path) -> Classifier:
    """Read a classifier. Raises :class:`UserError` if the file does not hold one."""
    if method_of(describe_model(_ARCHITECTURES, path)) == NETWORK:
        from kirara_paintings.network_classifier import load_network_classifier

        return load_network_classifier(path)
    from kirara_paintings.features.classifier import load_features_classifier

    return load_features_classifier(path)


class Models:
    """The model files of the panel: the studio's two, and the user's, of which one may be used."""

    def __init__(self, data_folder: Path, report: Report) -> None:
        self._data_folder, self._report = data_folder, report
        self.chosen: ModelFile | None = None
        self.refresh()

    def refresh(self) -> None:
        """Look for models again."""
        models = available_models(_ARCHITECTURES, self._data_folder, report=self._report)
        self.own = [model for model in models if not model.bundled]
        self.studio: list[ModelFile] = []
        for method in METHODS:
            with contextlib.suppress(UserError):  # this copy of the studio may lack one
                self.studio += method_models((method,), data_folder=self._data_folder)

    def choose(self, path: str) -> None:
        """Use the user's model at ``path``, or the studio's if it is empty or gone."""
        self.chosen = next((model for model in self.own if str(model.path) == path), None)

    def in_use(self) -> list[ModelFile]:
        """The models that classify."""
        return self.studio if self.chosen is None else [self.chosen]

    def paths(self) -> list[Path]:
        """The files of the models that classify."""
        return [model.path for model in self.in_use()]

    def styles(self) -> Sequence[str]:
        """The classes that the models in use know, in their order."""
        if self.chosen is None:
            return (*STYLES, NONE)
        classes = self.chosen.card.configuration.get("classes")
        return tuple(map(str, classes)) if isinstance(classes, list | tuple) else ()
