"""The arrays of a model file, checked before anything calculates with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
from torch import Tensor

from kirara_studio.api.errors import UserError
from kirara_studio.api.models import check_tensors

Array = npt.NDArray[np.float64]


def checked_arrays(
    tensors: Mapping[str, Tensor],
    shapes: Mapping[str, tuple[int, ...]],
    source: str,
    rules: Mapping[str, Callable[[Array], bool]],
) -> dict[str, Array]:
    """The tensors of a file as float64.

    Raises :class:`UserError` if one is missing, has another shape, holds what is not a number,
    or breaks the rule that ``rules`` has for it. ``source`` is the file's name.
    """
    check_tensors(tensors, shapes, source)
    arrays = {name: tensor.double().numpy() for name, tensor in tensors.items()}
    for name, array in arrays.items():
        if not np.isfinite(array).all() or (name in rules and not rules[name](array)):
            raise UserError(
                "“{name}” in “{source}” holds values that cannot be.",
                advice="Fetch or learn the model again.",
                name=name,
                source=source,
            )
    return arrays
