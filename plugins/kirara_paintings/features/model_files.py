"""From files of an additive model to the model and back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from kirara_paintings.features.additive import AdditiveModel
from kirara_paintings.features.catalogue import FEATURES
from kirara_paintings.model_arrays import checked_arrays
from kirara_studio.api.errors import UserError
from kirara_studio.api.models import Checkpoint, ModelCard, check_architecture

PAINTINGS_FEATURES = "paintings-features"


@dataclass(frozen=True)
class Styles:
    """Classes and the model that classifies them."""

    classes: tuple[str, ...]
    model: AdditiveModel


def save_styles(path: Path, styles: Styles, card: ModelCard) -> None:
    """Write a model, with a card whose architecture and configuration are filled in."""
    import torch

    model = styles.model
    arrays = {
        "knots": model.knots,
        "curves": model.curves,
        "biases": model.biases,
        "usual": model.usual,
        "surfaces": model.surfaces,
    }
    tensors = {name: torch.from_numpy(np.float32(array)) for name, array in arrays.items()}
    names = [feature.name for feature in FEATURES]
    configuration = {
        "classes": list(styles.classes),
        "features": names,
        "knots": model.knots.shape[1],
        "pairs": [[names[one], names[other]] for one, other in model.pairs.tolist()],
    }
    card = replace(card, architecture=PAINTINGS_FEATURES, configuration=configuration)
    Checkpoint(card, tensors).save(path)


def load_styles(path: Path) -> Styles:
    """Read a model. Raises :class:`UserError` if ``path`` holds none that can be used."""
    path = Path(path)
    checkpoint = Checkpoint.load(path)
    card = checkpoint.card
    check_architecture(card, path.name, PAINTINGS_FEATURES)
    try:
        classes = tuple(str(name) for name in card.configuration["classes"])
        names = list(card.configuration["features"])
        count = int(card.configuration["knots"])
        if len(classes) < 2 or len(set(classes)) < len(classes) or count < 2:
            raise ValueError("two or more classes, each once, and two or more knots are needed")
        named = card.configuration["pairs"]
        pairs = [(names.index(one), names.index(other)) for one, other in named]
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(
            "The model card of “{source}” does not describe its classes ({reason}).",
            advice="Correct the card, or fetch the model again.",
            source=path.name,
            reason=error,
        ) from error
    if names != [feature.name for feature in FEATURES]:
        raise UserError(
            "“{source}” was trained on features that this version does not have.",
            advice="Fetch the model that belongs to this version of the studio.",
            source=path.name,
        )
    shapes = {
        "knots": (len(names), count),
        "curves": (len(classes), len(names), count),
        "biases": (len(classes),),
        "usual": (len(classes), len(names), 2),
        "surfaces": (len(classes), len(pairs), 3, 3),
    }
    rules = {"knots": lambda array: bool((np.diff(array, axis=1) > 0).all())}
    arrays = checked_arrays(checkpoint.tensors, shapes, path.name, rules)
    model = AdditiveModel(**arrays, pairs=np.array(pairs, np.intp).reshape(-1, 2))
    return Styles(classes, model)
