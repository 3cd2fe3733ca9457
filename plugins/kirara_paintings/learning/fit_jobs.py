"""The jobs of own classes: fit a classifier, save, import and export models.

torch is imported only when one runs.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

from kirara_paintings.classifiers import load_classifier
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
class FitResult:
    """A fitted model and its cross-validation.

    ``labels`` are the class numbers of the pictures, ``predicted`` those of models fitted to all
    other pictures. ``unread`` are the names of files that could not be read."""

    classes: tuple[str, ...]
    pictures: tuple[Path, ...]
    labels: tuple[int, ...]
    predicted: tuple[int, ...]
    model: Path
    seconds: float
    unread: tuple[str, ...] = ()

    @property
    def right(self) -> int:
        """How many pictures were recognised."""
        return sum(a == b for a, b in zip(self.labels, self.predicted, strict=True))

    @property
    def confusion(self) -> list[list[int]]:
        """How many pictures of each class (rows) were predicted as each (columns)."""
        counts = [[0] * len(self.classes) for _ in self.classes]
        for label, predicted in zip(self.labels, self.predicted, strict=True):
            counts[label][predicted] += 1
        return counts

    def pictures_in(self, row: int, column: int) -> list[Path]:
        """The pictures of a cell of :attr:`confusion`."""
        return [
            path
            for path, label, predicted in zip(
                self.pictures, self.labels, self.predicted, strict=True
            )
            if (label, predicted) == (row, column)
        ]


@dataclass(frozen=True)
class SaveModelRequest:
    """Keep a model among the user's, as ``name``; what is empty stays as it is in its card."""

    source: Path
    data_folder: Path
    name: str = ""
    author: str = ""
    licence: str = ""
    notes: str = ""


@dataclass(frozen=True)
class ExportModelRequest:
    """Copy a model and its card to ``output``."""

    source: Path
    output: Path


def fit_job(request: FitRequest, tools: JobTools) -> FitResult:
    """Fit classes to their pictures, and save the model as ``output``.

    Pictures that cannot be read are left out. Raises :class:`UserError` for fewer than two classes,
    for one with fewer than two pictures, and for two with the same name or the same pictures.
    """
    from kirara_paintings.learning.fit_folder import fit_files
    from kirara_paintings.network.extraction import Extractor
    from kirara_paintings.network.weights import load_pretrained

    _check_names(request.classes)
    began = time.monotonic()
    tools.progress(0, 1)
    extractor = tools.model("paintings extractor", lambda _: Extractor(load_pretrained()))
    files = [(path, one.name.strip()) for one in request.classes for path in one.pictures]
    fit = fit_files(files, extractor, crop=request.crop, on_progress=tools.progress)
    fit.fitted.save(request.output)
    return FitResult(
        tuple(fit.fitted.head.classes),
        tuple(fit.paths),
        tuple(fit.fitted.labels.tolist()),
        tuple(fit.fitted.predicted.tolist()),
        request.output,
        time.monotonic() - began,
        tuple(path.name for path in fit.unread),
    )


def _check_names(classes: tuple[OwnClass, ...]) -> None:
    names = [one.name.strip() for one in classes]
    for number, name in enumerate(names):
        if not name:
            raise UserError(
                "A class has no name.", advice="Write a name at the left of its pictures."
            )
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
        field: value
        for field in ("name", "author", "licence", "notes")
        if (value := getattr(request, field))
    }
    target = _free_place(request.data_folder / MODELS, request.name or request.source.stem)
    Checkpoint(replace(checkpoint.card, **changes), checkpoint.tensors).save(target)
    return target


def export_model_job(request: ExportModelRequest, tools: JobTools) -> Path:
    """Copy a model, card and all, for others; returns where it is.

    Raises :class:`UserError` if the place cannot be written to.
    """
    Checkpoint.load(request.source).save(request.output)
    return request.output


def _free_place(folder: Path, name: str) -> Path:
    stem = "".join(letter if letter.isalnum() or letter in " -_" else "-" for letter in name)
    stem = "-".join(stem.split())[:60].strip("-") or "classes"
    return free_path(folder, stem, ".safetensors")
