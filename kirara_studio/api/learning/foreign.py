"""Imports networks, also those that another program wrote as an ``.npz``, such as chainer's.

Names and shapes are compared with the network before any array is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from kirara_studio.api.arrays import array_names, open_archive
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import free_path
from kirara_studio.api.learning.networks import NetworkKind, network_of, shapes_of
from kirara_studio.api.model_library import MODELS
from kirara_studio.api.models import WEIGHTS_SUFFIX, Checkpoint, ModelCard, check_tensors

Shape = tuple[int, ...]


@dataclass(frozen=True)
class ForeignNetwork:
    """One network as the other program stores it.

    ``kind`` and ``config``, which has ``to_dict()``, describe the network here. A file is of this
    network if the name of any array matches the regular expression ``pattern``. ``arrays`` maps the
    name and shape of a tensor to those of its arrays, which are joined along the first dimension.
    """

    kind: NetworkKind[Any]
    config: Any
    pattern: str
    arrays: Callable[[str, Shape], Sequence[tuple[str, Shape]]]

    def tensor_shapes(self) -> dict[str, Shape]:
        """The names and shapes of the network's tensors."""
        with torch.device("meta"):
            return shapes_of(self.kind.build(self.config))

    def array_shapes(self) -> dict[str, Shape]:
        """The names and shapes of the arrays in a file."""
        shapes = self.tensor_shapes().items()
        return dict(array for name, shape in shapes for array in self.arrays(name, shape))


def recognise(path: Path, *networks: ForeignNetwork) -> bool:
    """True if ``path`` looks like a file of one of the networks."""
    return _network_in(array_names(path), networks) is not None


def read(path: Path, *networks: ForeignNetwork) -> Checkpoint:
    """Read one of the networks.

    Raises UserError for a file that is missing, damaged or something else, that holds pickled
    objects, or that does not fit the network, naming the first array that differs.
    """
    path = Path(path)
    with open_archive(path) as archive:
        network = _network_in(archive.names, networks)
        if network is None:
            raise UserError(
                "“{source}” does not hold a known network of the blog author.",
                advice="Choose a file that his program wrote.",
                source=path.name,
            )
        check_tensors(archive.headers(), network.array_shapes(), path.name)
        tensors = {}
        for name, shape in network.tensor_shapes().items():
            arrays = [archive.read(one) for one, _ in network.arrays(name, shape)]
            tensors[name] = torch.from_numpy(np.concatenate(arrays).reshape(shape))
    card = ModelCard(
        architecture=network.kind.architecture,
        name=path.stem,
        configuration=network.config.to_dict(),
        notes=f"Imported from the blog author's format ({path.name}).",
    )
    checkpoint = Checkpoint(card, tensors)
    network_of(checkpoint, path.name, network.kind)  # refuses values that are not numbers
    return checkpoint


def import_model(
    source: Path,
    data_folder: Path,
    kinds: Sequence[NetworkKind[Any]],
    foreign: Sequence[ForeignNetwork] = (),
) -> Path:
    """Check a network in the studio's format or a foreign one, and copy it to the user's models.

    Returns the copy. Raises UserError if ``source`` is damaged or holds something else.
    """
    if source.suffix.lower() == WEIGHTS_SUFFIX:
        checkpoint = Checkpoint.load(source)
    else:
        checkpoint = read(source, *foreign)
    network_of(checkpoint, source.name, *kinds)
    target = free_path(data_folder / MODELS, source.stem, WEIGHTS_SUFFIX)
    checkpoint.save(target)
    return target


def _network_in(names: Sequence[str], networks: Sequence[ForeignNetwork]) -> ForeignNetwork | None:
    for network in networks:
        if any(re.fullmatch(network.pattern, name) for name in names):
            return network
    return None
