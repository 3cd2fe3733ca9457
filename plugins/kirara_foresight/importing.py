"""Jobs that import a network. torch is imported only when one runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kirara_foresight.networks.config import CONVLSTM
from kirara_studio.api.files import free_path, write_atomically
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.learning.schedule import CHECKPOINT
from kirara_studio.api.model_library import MODELS
from kirara_studio.api.models import ModelCard

TAKEN = "model.txt"
"""The file in a run's folder with the name of the model that was made of it."""
SUFFIXES = (".npz", ".safetensors")
"""The blog author's files, and the studio's."""


@dataclass(frozen=True)
class ExportRunRequest:
    """Make a model called ``name`` of a training run; its card names the ``training_data``."""

    run_folder: Path
    name: str
    training_data: str
    data_folder: Path


def import_job(request: tuple[Path, Path], tools: JobTools) -> Path:
    """Copy a network (a file) to the user's models in a data folder (:func:`import_model`)."""
    from kirara_foresight.networks.model_files import AUTHOR_NETWORK, KIND
    from kirara_studio.api.learning.foreign import import_model

    tools.progress(0, 1, request[0].name)
    return import_model(*request, [KIND], [AUTHOR_NETWORK])


def export_run_job(request: ExportRunRequest, _tools: JobTools) -> Path:
    """Export a run's averaged network; returns its path.

    Raises UserError for a damaged checkpoint.
    """
    from kirara_foresight.networks.model_files import export_network

    target = free_path(request.data_folder / MODELS, request.name, ".safetensors")
    card = ModelCard(architecture=CONVLSTM, name=target.stem, training_data=request.training_data)
    export_network(request.run_folder / CHECKPOINT, target, card)
    write_atomically(request.run_folder / TAKEN, target.name)
    return target
