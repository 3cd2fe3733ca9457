"""Jobs that bring a model into the studio. torch is imported only when one runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kirara_characters.networks.config import GENERATOR
from kirara_studio.api.files import free_path
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.learning.schedule import CHECKPOINT
from kirara_studio.api.model_library import MODELS
from kirara_studio.api.models import ModelCard

SUFFIXES = (".safetensors", ".npz")


@dataclass(frozen=True)
class ImportRequest:
    """Copy the generator in ``source`` to the user's models in ``data_folder``."""

    source: Path
    data_folder: Path


@dataclass(frozen=True)
class ExportRunRequest:
    """Make a model called ``name`` of the training run in ``run_folder``."""

    run_folder: Path
    name: str
    data_folder: Path


def import_job(request: ImportRequest, tools: JobTools) -> Path:
    """Check and copy the generator (:func:`import_model`)."""
    from kirara_characters.networks.author_format import NETWORKS
    from kirara_characters.networks.model_files import KINDS
    from kirara_studio.api.learning.foreign import import_model

    tools.progress(0, 1, request.source.name)
    kinds, foreign = [KINDS[GENERATOR]], list(NETWORKS.values())
    return import_model(request.source, request.data_folder, kinds, foreign)


def export_run_job(request: ExportRunRequest, tools: JobTools) -> Path:
    """Export the run's averaged generator; returns where it is now.

    Raises :class:`UserError` for a damaged checkpoint, or one that cannot be exported yet.
    """
    from kirara_characters.networks.model_files import export_generator

    target = free_path(request.data_folder / MODELS, request.run_folder.name, ".safetensors")
    card = ModelCard(architecture=GENERATOR, name=request.name)
    export_generator(request.run_folder / CHECKPOINT, target, card)
    return target
