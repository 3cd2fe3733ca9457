"""The classifiers, and how they are loaded. Imports torch only when one is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kirara_paintings.answers import Classifier
from kirara_studio.api.errors import UserError
from kirara_studio.api.model_library import ModelFile, available_models, describe_model, find_model

NETWORK = "network"
FEATURES = "features"
METHODS = (NETWORK, FEATURES)
"""The two classifiers, in the order in which they are shown."""

ARCHITECTURES = {NETWORK: "paintings-network", FEATURES: "paintings-features"}
"""The architectures that the cards of their files name."""


def method_models(
    methods: Sequence[str] = METHODS, own: Path | None = None, data_folder: Path | None = None
) -> list[ModelFile]:
    """The model files that ``methods`` use: ``own``, or else the studio's.

    Raises :class:`UserError` if one is missing, or ``own`` is of another kind.
    """
    if own is not None:
        return [model_of(own)]
    return [find_model(ARCHITECTURES[method], "", data_folder) for method in methods]


def own_models(data_folder: Path) -> list[ModelFile]:
    """The user's models, of both kinds, by file name."""
    models = [
        model
        for architecture in ARCHITECTURES.values()
        for model in available_models(architecture, data_folder)
        if not model.bundled
    ]
    return sorted(models, key=lambda model: model.path.name)


def model_of(path: Path) -> ModelFile:
    """The model file at ``path``. Raises :class:`UserError` if it holds no classifier."""
    from kirara_studio.api.models import read_card

    card = read_card(path)
    if card.architecture not in ARCHITECTURES.values():
        raise UserError(
            "“{file}” holds a “{architecture}”, which does not classify pictures.",
            advice="Choose a file that was saved in the Paintings panel or by “paintings learn”.",
            file=path.name,
            architecture=card.architecture,
        )
    return describe_model(card.architecture, path)


def method_of(model: ModelFile) -> str:
    """Which of :data:`METHODS` a model file is of."""
    return next(method for method in METHODS if ARCHITECTURES[method] == model.card.architecture)


def load_classifier(path: Path) -> Classifier:
    """Read a classifier. Raises :class:`UserError` if the file holds none."""
    method = method_of(model_of(path))
    if method == NETWORK:
        from kirara_paintings.network.classifier import load_network_classifier

        return load_network_classifier(path)
    from kirara_paintings.features.classifier import load_features_classifier

    return load_features_classifier(path)
