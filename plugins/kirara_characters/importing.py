"""Jobs that bring a model into the studio. torch is imported only when one runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kirara_characters.networks.config import GENERATOR
from kirara_studio.api.files import free_path
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.learning.schedule import CHECKPOINT
from kirara_studio.api.model_library import MODELS
from kirara_studio.api.models import Checkpoint, ModelCard, check_architecture

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
    """Check and copy the generator; returns where it is now.

    Raises :class:`UserError` if ``source`` is damaged or holds something else.
    """
    from kirara_characters.networks import author_format
    from kirara_characters.networks.model_files import KINDS
    from kirara_studio.api.learning.networks import network_of

    source = request.source
    tools.progress(0, 2, source.name)
    if source.suffix.lower() == ".npz":
        checkpoint = author_format.read(source)
        check_architecture(checkpoint.card, source.name, GENERATOR)
    else:
        checkpoint = Checkpoint.load(source)
        network_of(checkpoint, source.name, KINDS[GENERATOR])
    tools.progress(1, 2, source.name)
    target = free_path(request.data_folder / MODELS, source.stem, ".safetensors")
    checkpoint.save(target)
    return target


def export_run_job(request: ExportRunRequest, tools: JobTools) -> Path:
    """Export the run's averaged generator; returns where it is now.

    Raises :class:`UserError` for a damaged checkpoint, or one that cannot be exported yet.
    """
    from kirara_characters.networks.model_files import export_generator

    target = free_path(request.data_folder / MODELS, request.run_folder.name, ".safetensors")
    card = ModelCard(architecture=GENERATOR, name=request.name)
    export_generator(request.run_folder / CHECKPOINT, target, card)
    return target
