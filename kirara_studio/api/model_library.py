"""Which models of a kind there are: those that come with the studio, and the user's. No torch."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kirara_studio.api.errors import UserError
from kirara_studio.api.files import entries, exists, is_file
from kirara_studio.api.jobs import Device, JobTools, Loaded
from kirara_studio.api.models import WEIGHTS_SUFFIX, ModelCard, check_architecture, read_card
from kirara_studio.api.reading import reading
from kirara_studio.api.resources import resource_folder

log = logging.getLogger(__name__)

MODELS = "models"
"""The folder of the user's models, in a plugin's folder for data."""

_NAMED = 3  # files in an error about several

Architectures = str | tuple[str, ...]
"""What the cards of the models that can be used name."""


@dataclass(frozen=True)
class ModelFile:
    """A model on disk."""

    path: Path
    card: ModelCard
    bundled: bool = False
    folder: Path | None = None
    """The folder of a model of several networks; ``path`` is the first of them."""

    @property
    def name(self) -> str:
        """What to call it: the card's name, or else that of its file or folder."""
        return self.card.name or (self.folder or self.path.with_suffix("")).name

    @property
    def networks(self) -> tuple[Path, ...]:
        """Its files of weights."""
        if self.folder is None:
            return (self.path,)
        return tuple(path for path in entries(self.folder) if path.suffix == WEIGHTS_SUFFIX)

    @property
    def files(self) -> tuple[Path, ...]:
        """What is deleted together, and brought back together."""
        if self.folder is not None:
            return (self.folder,)
        return tuple(one for one in (self.path, self.path.with_suffix(".toml")) if exists(one))


Order = Callable[[ModelFile], Any]
"""A sort key. It may raise UserError for a model that cannot be used."""


Report = Callable[[UserError], object]
"""Receives what is wrong with files that were left out, as one error."""


def available_models(
    architectures: Architectures,
    data_folder: Path | None = None,
    *,
    order: Order | None = None,
    report: Report = log.warning,
) -> list[ModelFile]:
    """The models that come with the studio, then those in ``data_folder / MODELS``.

    Each part is sorted by ``order``, or else by file name. Files that hold another network are left
    out; those that cannot be read, or whose card is damaged, too, and are reported.
    """
    problems: list[UserError] = []
    models = _models_in(resource_folder() / MODELS, architectures, order, problems, bundled=True)
    if data_folder is not None:
        models += _models_in(data_folder / MODELS, architectures, order, problems, bundled=False)
    report_together(problems, report)
    return models


def report_together(problems: Sequence[UserError], report: Report) -> None:
    """Report what is wrong with several files as one error; nothing if there is nothing."""
    if len(problems) == 1:
        report(problems[0])
    elif problems:
        report(
            UserError(
                "{count} models cannot be used: {problems}",
                advice="Remove these files, or fetch them again.",
                count=len(problems),
                problems=" ".join(problem.message for problem in problems[:_NAMED])
                + (" …" if len(problems) > _NAMED else ""),
            )
        )


def each_once(report: Report) -> Report:
    """``report``, but only once for each error: lists are made often."""
    known: set[str] = set()

    def report_new(error: UserError) -> None:
        if str(error) not in known:
            known.add(str(error))
            report(error)

    return report_new


def stored_model(
    tools: JobTools, kind: str, path: Path, load: Callable[[Device], Loaded]
) -> Loaded:
    """What ``load`` makes of the file ``path``, from the model store if it is there.

    ``kind`` tells it from other things made of the same file. A file that was replaced is loaded
    again; of one that is gone, ``load`` says so.
    """
    changed = path.stat().st_mtime_ns if exists(path) else 0
    return tools.model(f"{kind} {path} {changed}", load)


def find_model(
    architectures: Architectures,
    name: str = "",
    data_folder: Path | None = None,
    *,
    order: Order | None = None,
) -> ModelFile:
    """The model called ``name``: a file's path, or else the name of an available model.

    An empty name means the first available one. Raises :class:`UserError` if there is none,
    or if the file holds another network.
    """
    path = Path(name)
    if path.suffix == ".safetensors" and is_file(path):
        return describe_model(architectures, path)  # without reading every other model's card
    models = available_models(architectures, data_folder, order=order)
    if not name:
        if models:
            return models[0]
        raise UserError(
            "No such model comes with this copy of the studio.",
            advice="Train one, import one, or name a file.",
        )
    for model in models:
        if name in (model.name, model.path.stem):
            return model
    known = ", ".join(f"“{model.path.stem}”" for model in models) or "none"
    raise UserError(
        "There is no model “{name}”.",
        advice="Give the path of a .safetensors file, or the name of one of these: {known}.",
        name=name,
        known=known,
    )


def describe_model(architectures: Architectures, path: Path, *, bundled: bool = False) -> ModelFile:
    """Read the card of ``path``; raises :class:`UserError` for other architectures."""
    card = read_card(path)
    wanted = (architectures,) if isinstance(architectures, str) else architectures
    check_architecture(card, path.name, *wanted)
    return ModelFile(path, card, bundled)


def _models_in(
    folder: Path,
    architectures: Architectures,
    order: Order | None,
    problems: list[UserError],
    *,
    bundled: bool,
) -> list[ModelFile]:
    wanted = (architectures,) if isinstance(architectures, str) else architectures
    found = []
    for path in entries(folder):
        if path.suffix != WEIGHTS_SUFFIX or path.name.startswith("."):
            continue
        try:
            with reading(path):
                model = ModelFile(path, read_card(path), bundled)
                if model.card.architecture in wanted:
                    found.append((order(model) if order else 0, model))
        except UserError as error:
            problems.append(error)
    return [model for _, model in sorted(found, key=lambda one: one[0])]
