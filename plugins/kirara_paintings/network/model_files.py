"""From files of a head to the head and back.

The network beneath it is not in the file: all heads share its weights, which the card names by a
fingerprint, so that a head is never used over other features than its own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from kirara_paintings.learning.linear import LinearModel
from kirara_paintings.model_arrays import checked_arrays
from kirara_paintings.network.config import LITE0, PAINTINGS_NETWORK
from kirara_paintings.network.extraction import DETAIL, SIDE
from kirara_paintings.network.head import Familiarity, Head
from kirara_paintings.network.weights import weights_file
from kirara_studio.api.errors import UserError
from kirara_studio.api.models import Checkpoint, ModelCard, check_architecture, fingerprint


def save_head(path: Path, head: Head, card: ModelCard) -> None:
    """Write a head, with a card whose architecture and configuration are filled in.

    Raises :class:`UserError` if the place cannot be written to.
    """
    model = head.model
    arrays: dict[str, npt.NDArray[np.floating]] = {
        "mean": model.mean,
        "scale": model.scale,
        "weights": model.weights,
        "biases": model.biases,
    }
    configuration = {
        "classes": list(head.classes),
        "temperature": float(model.temperature),
        "side": SIDE,
        "detail": DETAIL if len(model.mean) > LITE0.head else 0,
        "network": fingerprint(weights_file()),
    }
    if head.familiarity is not None:
        arrays["references"] = head.familiarity.references
        configuration["reach"] = float(head.familiarity.reach)
    tensors = {name: torch.from_numpy(np.float32(array)) for name, array in arrays.items()}
    card = replace(card, architecture=PAINTINGS_NETWORK, configuration=configuration)
    Checkpoint(card, tensors).save(path)


def load_head(path: Path) -> Head:
    """Read a head. Raises :class:`UserError` if ``path`` holds none that can be used."""
    path = Path(path)
    checkpoint = Checkpoint.load(path)
    card = checkpoint.card
    check_architecture(card, path.name, PAINTINGS_NETWORK)
    try:
        classes = _classes_of(card.configuration["classes"])
        temperature = _positive(card.configuration["temperature"])
        reach = card.configuration.get("reach")
        reach = None if reach is None else _positive(reach)
        detail = card.configuration.get("detail", 0)
        side, network = card.configuration["side"], card.configuration["network"]
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(
            "The model card of “{source}” does not describe its classes ({reason}).",
            advice="Correct the card, or fetch the model again.",
            source=path.name,
            reason=error,
        ) from error
    network_here = (SIDE, fingerprint(weights_file()))
    if (side, network) != network_here or detail not in (0, DETAIL):
        raise UserError(
            "“{source}” was trained on another network than the installed one.",
            advice="Learn the classes again, from their pictures.",
            source=path.name,
        )
    tensors = checkpoint.tensors
    inputs = LITE0.head * (2 if detail else 1)
    shapes = {
        "mean": (inputs,),
        "scale": (inputs,),
        "weights": (len(classes), inputs),
        "biases": (len(classes),),
    }
    if reach is not None:
        rows = tensors["references"].shape[:1] if "references" in tensors else (1,)
        shapes["references"] = (*rows, inputs)
    rules = {"scale": lambda array: bool((array > 0).all())}
    arrays = checked_arrays(tensors, shapes, path.name, rules)
    familiarity = None if reach is None else Familiarity(arrays["references"], reach)
    model = LinearModel(
        arrays["mean"], arrays["scale"], arrays["weights"], arrays["biases"], temperature
    )
    return Head(classes, model, familiarity)


def _classes_of(values: Sequence[object]) -> tuple[str, ...]:
    classes = tuple(name for name in values if isinstance(name, str) and name)
    if isinstance(values, str) or len(classes) != len(values):
        raise ValueError("classes are a list of names")
    if len(classes) < 2 or len(set(classes)) != len(classes):
        raise ValueError("two or more classes have names of their own")
    return classes


def _positive(value: object) -> float:
    if not isinstance(value, (int, float)) or not 0 < value < math.inf:
        raise ValueError(f"{value} is not a number above zero")
    return float(value)
