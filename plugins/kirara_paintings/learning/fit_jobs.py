"""The jobs of own classes: fit a classifier, save, import and export models.

torch is imported only when one runs.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

from kirara_paintings.classifiers import load_classifier
from kirara_paintings.learning.fit_result import FitResult
from kirara_paintings.view_state import OwnClass
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import free_path
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.model_library import MODELS
from kirara_studio.api.models import Checkpoint


@dataclass(frozen=True)
class FitRequest:
    """Learn ``classes``; the model goes to ``output`` until it is saved under a name."""

    classes: tuple[OwnClass, ...]
    output: Path
    crop: bool = True


@dataclass(frozen=True)
class SaveModelRequest:
    """Add a model to the user's, as ``name``; empty fields stay as they are on its card."""

    source: Path
    data_folder: Path
    name: str = ""
    licence: str = ""
    notes: str = ""


def fit_job(request: FitRequest, tools: JobTools) -> FitResult:
    """Fit classes to their pictures, and save the model as ``output``.

    Pictures that cannot be read are left out. Raises :class:`UserError` for fewer than two classes,
    for one with fewer than two pictures, and for two with the same name or the same pictures.
    """
    from kirara_paintings.learning.fitting import fit_classes
    from kirara_studio.api.learning.features import extractor_of

    _check_names(request.classes)
    began = time.monotonic()
    tools.progress(0, 1)
    fitted = fit_classes(
        request.classes, extractor_of(tools), crop=request.crop, on_progress=tools.progress
    )
    fitted.save(request.output)
    return replace(fitted.result, model=request.output, seconds=time.monotonic() - began)


def _check_names(classes: tuple[OwnClass, ...]) -> None:
    names = [one.name.strip() for one in classes]
    for number, name in enumerate(names):
        if not name:
            raise UserError("A class has no name.", advice="Write a name beside its pictures.")
        if name in names[:number]:
            raise UserError(
                "Two classes are called “{name}”.",
                advice="Give one of them another name.",
                name=name,
            )


def save_model_job(request: SaveModelRequest, tools: JobTools) -> Path:
    """Check a model and keep it; returns where it is now.

    Raises :class:`UserError` if the file is damaged or holds no classifier.
    """
    tools.progress(0, 1, request.source.name)
    load_classifier(request.source)
    checkpoint = Checkpoint.load(request.source)
    changes = {
        field: value for field in ("name", "licence", "notes") if (value := getattr(request, field))
    }
    name = request.name or request.source.stem
    stem = "".join(letter if letter.isalnum() or letter in " -_" else "-" for letter in name)
    stem = "-".join(stem.split())[:60].strip("-") or "classes"
    target = free_path(request.data_folder / MODELS, stem, ".safetensors")
    Checkpoint(replace(checkpoint.card, **changes), checkpoint.tensors).save(target)
    return target
