"""The jobs of the panel: find, classify and explain pictures, make thumbnails, save.

Every job is ``function(request, tools) -> result``. Requests and results are plain and can be
pickled; torch and OpenCV are imported only when a job runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kirara_paintings.answers import Answer, Box, Explanation, Pixels
from kirara_paintings.classifiers import load_classifier
from kirara_paintings.classifying import Item, Outcome, classified, read_painting
from kirara_paintings.pictures.finding import find_pictures
from kirara_paintings.pictures.reading import read_picture
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import write_atomically
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.media.saving import save_picture

if TYPE_CHECKING:
    from kirara_paintings.answers import Classifier

THUMBNAIL = 192
"""Pixels of the longer side of a thumbnail."""
_LARGE = 1280  # pixels of the longer side of a picture that is opened
_FOUND_TOGETHER = 200


@dataclass(frozen=True)
class FindRequest:
    """Find the pictures in files and folders."""

    paths: tuple[Path, ...]


@dataclass(frozen=True)
class ClassifyRequest:
    """Classify ``items`` by the classifiers in the files ``models``."""

    items: tuple[Item, ...]
    models: tuple[Path, ...]


@dataclass(frozen=True)
class ExplainRequest:
    """Open a picture, and explain ``style`` with each of ``models``, or their own answers if it is
    empty."""

    item: Item
    models: tuple[Path, ...]
    style: str = ""


@dataclass(frozen=True)
class Explained:
    """An opened picture: ``pixels`` of all of it, for the screen, and in ``box`` the painting.

    There are an answer and an explanation of each classifier. Regions and heat maps are of the
    painting, and not of the whole picture. ``titles`` are what the features are called, by name,
    in English: texts of the context "paintings".
    """

    request: ExplainRequest
    pixels: Pixels = field(repr=False)
    box: Box
    size: tuple[int, int]
    answers: tuple[Answer, ...]
    explanations: tuple[Explanation, ...]
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ThumbnailsRequest:
    """Make small pictures of files."""

    paths: tuple[Path, ...]
    longest: int = THUMBNAIL


@dataclass(frozen=True)
class SaveTextRequest:
    """Save ``text`` to ``output``."""

    text: str = field(repr=False)
    output: Path


@dataclass(frozen=True)
class SavePictureRequest:
    """Save ``pixels`` to ``output``, with ``settings`` (plain JSON values)."""

    pixels: Pixels = field(repr=False)
    output: Path
    settings: dict[str, Any]


Thumbnail = tuple[Path, Pixels | None]
"""A file, and its thumbnail, or None if it cannot be read."""


def find_job(request: FindRequest, tools: JobTools) -> int:
    """Give tuples of paths, as they are found; returns how many there were.

    For the pool of disk work. Raises :class:`UserError` without any picture.
    """
    count = 0
    together: list[Path] = []
    for path in find_pictures(request.paths):
        together.append(path)
        count += 1
        if len(together) == _FOUND_TOGETHER or count == 1:  # the first at once
            tools.give(tuple(together))
            together = []
    if together:
        tools.give(tuple(together))
    if not count:
        raise UserError(
            "There are no pictures in “{folder}”.",
            advice="Choose pictures, or folders with PNG, JPEG, WebP, AVIF, GIF, TIFF or BMP.",
            folder=", ".join(path.name for path in request.paths[:3]),
        )
    return count


def classify_job(request: ClassifyRequest, tools: JobTools) -> None:
    """Classify, giving tuples of :class:`Outcome` as they come.

    Raises :class:`UserError` if a model cannot be read.
    """
    tools.progress(0, 1)
    classifiers = [_classifier(path, tools) for path in request.models]
    batch = tools.batch_size(16)
    together: list[Outcome] = []
    outcomes = classified(
        request.items, classifiers, batch=batch, check=lambda: tools.progress(0, 1)
    )
    for outcome in outcomes:
        together.append(outcome)
        if len(together) >= batch:
            tools.give(tuple(together))
            together = []
    if together:
        tools.give(tuple(together))


def explain_job(request: ExplainRequest, tools: JobTools) -> Explained:
    """Open a picture and explain it. Raises :class:`UserError` if it cannot be read."""
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
    return Explained(
        request, pixels, box, size, tuple(answers), tuple(explanations), _titles(explanations)
    )


def _titles(explanations: Sequence[Explanation]) -> dict[str, str]:
    from kirara_paintings.features.catalogue import BY_NAME

    names = {reason.feature for one in explanations for reason in one.reasons}
    return {name: BY_NAME[name].title for name in names if name in BY_NAME}


def thumbnails_job(request: ThumbnailsRequest, tools: JobTools) -> None:
    """Give a :data:`Thumbnail` of each file. For the pool of disk work."""
    for thumbnail in _thumbnails(request):
        tools.give(thumbnail)


def _thumbnails(request: ThumbnailsRequest) -> Iterator[Thumbnail]:
    for path in request.paths:
        try:
            yield path, read_picture(path, request.longest).pixels
        except (UserError, MemoryError):
            yield path, None


def save_text_job(request: SaveTextRequest, tools: JobTools) -> Path:
    """Save a text; returns where. For the pool of disk work."""
    write_atomically(request.output, request.text)
    return request.output


def save_picture_job(request: SavePictureRequest, tools: JobTools) -> Path:
    """Save a picture; returns where. For the pool of disk work."""
    save_picture(request.output, request.pixels, request.settings)
    return request.output


def _classifier(path: Path, tools: JobTools) -> Classifier:
    changed = path.stat().st_mtime_ns if path.exists() else 0  # a replaced file is loaded again
    return tools.model(f"paintings {path} {changed}", lambda _: load_classifier(path))
