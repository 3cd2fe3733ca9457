"""Judges pictures: what each is, and whether it passes. torch is imported only when a job runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kirara_illustrations.filter.classes import (
    ILLUSTRATION,
    ILLUSTRATION_FILTER,
    OTHER,
    THRESHOLD,
)
from kirara_studio.api.errors import UserError
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.learning.correcting import CorrectRequest, CorrectResult, correct
from kirara_studio.api.media.pictures import load_picture
from kirara_studio.api.reading import reading

if TYPE_CHECKING:
    from kirara_studio.api.learning.features import Extractor
    from kirara_studio.api.learning.head import Head
    from kirara_studio.api.media.cascade import Cascade
    from kirara_studio.api.media.scaling import Pixels

_BATCH = 16
_LONGEST = 512  # pixels of the longer side, as in the training
_THREADS = 2  # that read pictures


@dataclass(frozen=True)
class Picture:
    """A file to learn from."""

    path: Path


@dataclass(frozen=True)
class Verdict:
    """What the picture in a file is.

    ``confidences`` are calibrated probabilities, by class; ``features`` are what the network saw
    (float16). ``shows_faces`` is the second opinion, if there is a cascade. A file that cannot be
    read has an ``error``, and no class.
    """

    path: Path
    class_name: str = ""
    confidences: Mapping[str, float] = field(default_factory=dict)
    features: bytes = field(default=b"", repr=False)
    shows_faces: bool | None = None
    error: UserError | None = None

    def row(self, picture: int) -> tuple[int, str, Mapping[str, float], bytes]:
        """What the library keeps of it; a file that cannot be read is something else for it."""
        return picture, self.class_name or OTHER, self.confidences, self.features

    def passes(self, threshold: float = THRESHOLD) -> bool:
        """True if it is an illustration, with at least this confidence."""
        return self.confidences.get(ILLUSTRATION, 0.0) >= threshold


@dataclass(frozen=True)
class FilterRequest:
    """Judge the pictures in ``paths`` by the head in the file ``model``.

    ``cascade`` is a file for the second opinion, see :mod:`~kirara_illustrations.filter.faces`.
    """

    paths: tuple[Path, ...]
    model: Path
    cascade: Path | None = None


def filter_job(request: FilterRequest, tools: JobTools) -> None:
    """Give tuples of :class:`Verdict`, in the order of the paths.

    Raises :class:`UserError` if the model or the cascade cannot be used.
    """
    tools.progress(0, len(request.paths))
    batch = tools.batch_size(_BATCH)
    done, ready = 0, []
    for verdict in verdicts_of(request, tools):
        ready.append(verdict)
        if len(ready) == batch:
            tools.give(tuple(ready))
            done, ready = done + batch, []
            tools.progress(done, len(request.paths))
    if ready:
        tools.give(tuple(ready))


def verdicts_of(request: FilterRequest, tools: JobTools) -> Iterator[Verdict]:
    """The verdict on each path of a request, in their order.

    Raises :class:`UserError` if the model or the cascade cannot be used.
    """
    from kirara_studio.api.learning.features import extractor_of
    from kirara_studio.api.learning.head import load_head
    from kirara_studio.api.media.cascade import Cascade

    head = load_head(request.model, ILLUSTRATION_FILTER)
    cascade = None if request.cascade is None else Cascade(request.cascade)
    batch = tools.batch_size(_BATCH)
    return judged(request.paths, head, extractor_of(tools), batch=batch, cascade=cascade)


@dataclass(frozen=True)
class FacesRequest:
    """Ask the cascade in a file for a second opinion on the picture in another."""

    path: Path
    cascade: Path


def faces_job(request: FacesRequest, tools: JobTools) -> bool:
    """The second opinion on a picture: whether it shows drawn faces.

    Raises :class:`UserError` if the picture or the cascade cannot be read.
    """
    from kirara_illustrations.filter.faces import shows_faces
    from kirara_studio.api.media.cascade import Cascade

    tools.progress(0, 1)
    return shows_faces(Cascade(request.cascade), read_pixels(request.path))


def correct_job(request: CorrectRequest[Picture], tools: JobTools) -> CorrectResult:
    """Adjust the filter by the user's corrections; see :func:`correct`."""
    return correct(request, ILLUSTRATION_FILTER, lambda one: read_pixels(one.path), tools)


def judged(
    paths: Sequence[Path],
    head: Head,
    extractor: Extractor,
    *,
    batch: int = _BATCH,
    cascade: Cascade | None = None,
) -> Iterator[Verdict]:
    """The verdict on each file, in their order; ``batch`` pictures are in memory at once."""
    from kirara_illustrations.filter.faces import shows_faces

    with ThreadPoolExecutor(_THREADS, "pictures") as pool:
        for start in range(0, len(paths), batch):
            some = paths[start : start + batch]
            found = list(pool.map(_read, some))
            pictures = [one for one in found if not isinstance(one, UserError)]
            features = head.inputs(pictures, extractor)
            rows = zip(head.probabilities(features).tolist(), features, strict=True)
            for path, one in zip(some, found, strict=True):
                if isinstance(one, UserError):
                    yield Verdict(path, error=one)
                    continue
                probabilities, numbers = next(rows)
                confidences = dict(zip(head.classes, probabilities, strict=True))
                best = max(confidences, key=lambda name: confidences[name])
                faces = None if cascade is None else shows_faces(cascade, one)
                row = numbers.astype(np.float16).tobytes()
                yield Verdict(path, best, confidences, row, shows_faces=faces)


def read_pixels(path: Path) -> Pixels:
    """The picture in a file, its longer side at most 512 pixels.

    Raises :class:`UserError` if there is none that can be read.
    """
    from kirara_studio.api.media.scaling import scaled, size_within

    with reading(path):
        pixels = np.asarray(load_picture(path, least=_LONGEST), np.uint8)
        height, width = pixels.shape[:2]
        if max(height, width) <= _LONGEST:
            return pixels
        return scaled(pixels, *size_within(width, height, _LONGEST))


def _read(path: Path) -> Pixels | UserError:
    try:
        return read_pixels(path)
    except UserError as error:
        return error
