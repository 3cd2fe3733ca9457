"""The contents of model files that both classifiers share: class names and checked arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from kirara_studio.api.errors import UserError
from kirara_studio.api.models import Checkpoint, ModelCard, check_tensors

if TYPE_CHECKING:
    from torch import Tensor

Array = npt.NDArray[np.floating]


def save_arrays(
    path: Path, arrays: Mapping[str, Array], card: ModelCard, *, half: bool = False, **fields: Any
) -> None:
    """Write arrays as fp32, or fp16 if ``half``, with ``fields`` filled in on the card.

    Raises :class:`UserError` if the place cannot be written to.
    """
    import torch

    kind = np.float16 if half else np.float32
    tensors = {name: torch.from_numpy(np.asarray(array, kind)) for name, array in arrays.items()}
    Checkpoint(replace(card, **fields), tensors).save(path)


def class_names(values: Sequence[object]) -> tuple[str, ...]:
    """The names of two or more classes. Raises ValueError for anything else."""
    classes = tuple(name for name in values if isinstance(name, str) and name)
    if isinstance(values, str) or len(classes) != len(values):
        raise ValueError("classes are a list of names")
    if len(classes) < 2 or len(set(classes)) != len(classes):
        raise ValueError("two or more classes have names of their own")
    return classes


def checked_arrays(
    tensors: Mapping[str, Tensor],
    shapes: Mapping[str, tuple[int, ...]],
    source: str,
    rules: Mapping[str, Callable[[Array], bool]],
) -> dict[str, npt.NDArray[np.float64]]:
    """The tensors of the file ``source`` as float64.

    Raises :class:`UserError` if one is missing, has another shape, is not finite, or breaks its
    rule in ``rules``.
    """
    check_tensors(tensors, shapes, source)
    arrays = {name: tensor.double().numpy() for name, tensor in tensors.items()}
    for name, array in arrays.items():
        if not np.isfinite(array).all() or (name in rules and not rules[name](array)):
            raise UserError(
                "“{name}” in “{source}” holds invalid values.",
                advice="Fetch or learn the model again.",
                name=name,
                source=source,
            )
    return arrays
