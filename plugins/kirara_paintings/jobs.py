"""The jobs of the panel: find, classify and explain pictures, make thumbnails, save.

Every job is ``function(request, tools) -> result``. Requests and results are plain and can be
pickled; torch and OpenCV are imported only when a job runs.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kirara_paintings.answers import Answer, Box, Classifier, Explanation, Pixels
from kirara_paintings.classifiers import load_classifier
from kirara_paintings.classifying import Item, classified, read_painting
from kirara_paintings.pictures.finding import left_out_note, no_pictures
from kirara_paintings.pictures.reading import read_picture
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import write_atomically
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.media.finding import find_pictures
from kirara_studio.api.media.saving import save_picture
from kirara_studio.api.model_library import stored_model

_THUMBNAIL, _LARGE = 192, 1280  # pixels of the longer side of a thumbnail, and of an opened picture
_FOUND_TOGETHER = 200


@dataclass(frozen=True)
class ClassifyRequest:
    """Classify ``items`` by the classifiers in the files ``models``."""

    items: tuple[Item, ...]
    models: tuple[Path, ...]


@dataclass(frozen=True)
class ExplainRequest:
    """Open a picture, and explain ``style``, or if it is empty the answer of each of ``models``."""

    item: Item
    models: tuple[Path, ...]
    style: str = ""


@dataclass(frozen=True)
class Explained:
    """An opened picture: ``pixels`` of all of it, for the screen, and the ``box`` of the painting.

    Each classifier has an answer and an explanation; regions and heat maps are of the painting, not
    of the whole picture. ``titles`` maps features to their names, texts of the context "paintings".
    """

    request: ExplainRequest
    pixels: Pixels = field(repr=False)
    box: Box
    size: tuple[int, int]
    answers: tuple[Answer, ...]
    explanations: tuple[Explanation, ...]
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SaveRequest:
    """Save a text, or a picture with ``settings`` (plain JSON values), to ``output``."""

    output: Path
    content: str | Pixels = field(repr=False)
    settings: dict[str, Any] = field(default_factory=dict)


Thumbnail = tuple[Path, Pixels | None]
"""A file, and its thumbnail, or None if it cannot be read."""


def find_job(paths: tuple[Path, ...], tools: JobTools) -> UserError | None:
    """Find the pictures in files and folders, and give tuples of paths, for the pool of disk work.

    Returns a note on what was left out, if anything. Raises :class:`UserError` if there are no
    pictures.
    """
    left_out: list[Path] = []
    found = find_pictures(paths, left_out)
    first = next(found, None)
    if first is None:
        raise no_pictures(paths)
    tools.give((first,))  # at once
    _give_together(found, _FOUND_TOGETHER, tools)
    return left_out_note(left_out) if left_out else None


def _give_together(values: Iterable[Any], count: int, tools: JobTools) -> None:
    """Give tuples of ``count`` values, the last one shorter."""
    together: list[Any] = []
    for value in values:
        together.append(value)
        if len(together) == count:
            tools.give(tuple(together))
            together = []
    if together:
        tools.give(tuple(together))


def classify_job(request: ClassifyRequest, tools: JobTools) -> None:
    """Classify, and give tuples of :class:`Outcome`.

    Raises :class:`UserError` if a model cannot be read.
    """
    tools.progress(0, 1)
    classifiers = [_classifier(path, tools) for path in request.models]
    batch = tools.batch_size(16)
    outcomes = classified(
        request.items, classifiers, batch=batch, check=lambda: tools.progress(0, 1)
    )
    _give_together(outcomes, batch, tools)


def explain_job(request: ExplainRequest, tools: JobTools) -> Explained:
    """Open a picture and explain it. Raises :class:`UserError` if it cannot be read."""
    from kirara_paintings.features.catalogue import BY_NAME

    tools.progress(0, 1, request.item.path.name)
    classifiers = [_classifier(path, tools) for path in request.models]
    painting, box, size = read_painting(request.item)
    answers, explanations = [], []
    for classifier in classifiers:
        tools.progress(0, 1, request.item.path.name)
        (answer,) = classifier.classify([painting])
        style = request.style if request.style in answer.probabilities else answer.style
        answers.append(answer)
        explanations.append(classifier.explain(painting, style))
    pixels = read_picture(request.item.path, _LARGE).pixels
    names = {reason.feature for one in explanations for reason in one.reasons}
    titles = {name: BY_NAME[name].title for name in names if name in BY_NAME}
    return Explained(request, pixels, box, size, tuple(answers), tuple(explanations), titles)


def thumbnails_job(paths: tuple[Path, ...], tools: JobTools) -> None:
    """Give a :data:`Thumbnail` of each file. For the pool of disk work."""
    for path in paths:
        pixels = None
        with contextlib.suppress(UserError, MemoryError):
            pixels = read_picture(path, _THUMBNAIL).pixels
        tools.give((path, pixels))


def save_job(request: SaveRequest, tools: JobTools) -> Path:
    """Save a file; returns its path. For the pool of disk work."""
    tools.progress(0, 1, request.output.name)
    if isinstance(request.content, str):
        write_atomically(request.output, request.content)
    else:
        save_picture(request.output, request.content, request.settings)
    return request.output


def _classifier(path: Path, tools: JobTools) -> Classifier:
    return stored_model(tools, "paintings", path, lambda _: load_classifier(path))
