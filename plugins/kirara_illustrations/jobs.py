"""The jobs of the panel: collect, try a source, read pictures, find similar ones, copy files.

Every job is ``function(request, tools) -> result``, for the pool of work with the internet and the
disk. The filter's are in ``filter/judging.py``.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kirara_illustrations.collecting.collector import Result, collect_due
from kirara_illustrations.collecting.files import LIMITS
from kirara_illustrations.filter.classes import ILLUSTRATION_FILTER
from kirara_illustrations.options import Options
from kirara_illustrations.sending.deliveries import deliver, queue
from kirara_illustrations.sources import make_source
from kirara_illustrations.storage.library import Library, SourceRow
from kirara_illustrations.storage.thumbnails import ThumbnailStore
from kirara_studio.api.errors import UserError
from kirara_studio.api.files import free_path, write_atomically
from kirara_studio.api.jobs import JobTools
from kirara_studio.api.media.pictures import load_picture
from kirara_studio.api.messengers import Messengers, MessengerSwitches
from kirara_studio.api.model_library import MODELS
from kirara_studio.api.models import WEIGHTS_SUFFIX, Checkpoint
from kirara_studio.api.reading import read_bytes, reading
from kirara_studio.api.secrets import Secrets

Pixels = npt.NDArray[np.uint8]
"""A picture: (height, width, 3), red green blue, bytes."""

_TOGETHER = 512  # features in memory at once
_LONGEST = 2560  # pixels of an opened picture


@dataclass(frozen=True)
class CollectRequest:
    """Collect into the library in ``folder``, from the sources with these numbers."""

    folder: Path
    secrets: Secrets
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Collected:
    """What a collection brought, from ``source`` at last; ``failed`` sources could not be asked."""

    posts: int = 0
    files: int = 0
    failed: int = 0
    source: str = ""


@dataclass(frozen=True)
class TryRequest:
    """Look what a source has, and collect nothing. ``secrets`` are by their names in the source."""

    kind: str
    settings: Mapping[str, Any]
    secrets: Mapping[str, str]


@dataclass(frozen=True)
class SendRequest:
    """Send ``pictures`` of the library in ``folder`` in the words of the options."""

    folder: Path
    messengers: Messengers
    options: Options
    pictures: tuple[int, ...]
    translate: Callable[[str], str]


@dataclass(frozen=True)
class SimilarRequest:
    """Find ``count`` pictures like one in the library in ``folder``."""

    folder: Path
    picture: int
    count: int


@dataclass(frozen=True)
class RejudgeRequest:
    """Judge the library in ``folder`` again, by the head in the file ``model``."""

    folder: Path
    model: Path


@dataclass(frozen=True)
class AddFilterRequest:
    """Keep the head in the file ``source`` as ``name``."""

    source: Path
    data_folder: Path
    name: str


@dataclass(frozen=True)
class CopyRequest:
    """Copy ``pictures`` of the library in ``folder`` into the folder ``target``."""

    folder: Path
    pictures: tuple[int, ...]
    target: Path


def collect_job(request: CollectRequest, tools: JobTools) -> Collected:
    """Collect from one source after the other; gives a :class:`Collected` as it grows.

    Raises UserError if the disk is full.
    """
    tools.progress(0, 1)
    with contextlib.closing(Library(request.folder)) as library:
        rows = [row for row in library.sources() if row.id in request.sources]
        total = _Total(len(rows), tools)
        for row, result in collect_due(
            library, request.secrets, rows, check=total.check, report=total.report
        ):
            total.add(row, result)
        library.fold()
        return total.value


class _Total:
    """What all sources brought together."""

    def __init__(self, sources: int, tools: JobTools) -> None:
        self._sources, self._tools = max(1, sources), tools
        self._done = 0
        self.value = Collected()

    def check(self) -> None:
        self._tools.progress(self._done, self._sources, self.value.source)

    def report(self, row: SourceRow, now: Result) -> None:
        self._tools.give(self._with(row, now))

    def add(self, row: SourceRow, result: Result | UserError) -> None:
        self._done += 1
        if isinstance(result, UserError):
            self.value = replace(self.value, failed=self.value.failed + 1, source=row.name)
        else:
            self.value = self._with(row, result)

    def _with(self, row: SourceRow, now: Result) -> Collected:
        posts, files = self.value.posts + now.posts, self.value.files + now.files
        return replace(self.value, posts=posts, files=files, source=row.name)


def send_job(request: SendRequest, tools: JobTools) -> int:
    """Send pictures to the messengers that are switched on; returns how many messages arrived.

    What a messenger refuses is tried again in the background. Raises UserError if none is on.
    """
    tools.progress(0, 1)
    with contextlib.closing(Library(request.folder)) as library:
        switches = MessengerSwitches(library, request.messengers).enabled()
        names = [name for name, on in switches.items() if on]
        if not names:
            raise UserError(
                "No messenger is switched on.",
                advice="Add one under “Messengers”, or switch one on.",
            )
        queue(library, request.pictures, names, digest=request.options.digest)
        sent = deliver(
            library,
            request.messengers,
            request.options.template,
            request.translate,
            check=lambda: tools.progress(0, 1),
        )
        return len(sent)


def try_job(request: TryRequest, tools: JobTools) -> str:
    """One line of what a source has. Raises UserError if it cannot be used."""
    source = make_source(
        request.kind, request.settings, request.secrets, check=lambda: tools.progress(0, 1)
    )
    return source.test()


def rejudge_job(request: RejudgeRequest, tools: JobTools) -> int:
    """Judge what was judged before by another head, from the kept features; returns how many.

    In the engine. Raises UserError if the head cannot be used.
    """
    from kirara_studio.api.learning.head import load_head

    tools.progress(0, 1)
    head = load_head(request.model, ILLUSTRATION_FILTER)
    width = len(head.model.mean)
    done = last = 0
    with contextlib.closing(Library(request.folder)) as library:
        while rows := library.features(last, _TOGETHER):
            tools.progress(0, 1)
            last = rows[-1][0]
            fit = [row for row in rows if len(row[1]) == 2 * width]
            numbers = np.frombuffer(b"".join(row[1] for row in fit), np.float16)
            features = numbers.reshape(len(fit), width).astype(np.float32)
            probabilities = head.probabilities(features) if fit else ()
            verdicts = []
            for (picture, kept), each in zip(fit, probabilities, strict=True):
                confidences = dict(zip(head.classes, map(float, each), strict=True))
                best = max(confidences, key=lambda name: confidences[name])
                verdicts.append((picture, best, confidences, kept))
            library.put_verdicts(verdicts)
            done += len(fit)
    return done


def add_filter_job(request: AddFilterRequest, tools: JobTools) -> Path:
    """Keep an adjusted head among the user's models; returns where it is."""
    tools.progress(0, 1, request.name)
    checkpoint = Checkpoint.load(request.source)
    target = free_path(request.data_folder / MODELS, ILLUSTRATION_FILTER, WEIGHTS_SUFFIX)
    Checkpoint(replace(checkpoint.card, name=request.name), checkpoint.tensors).save(target)
    return target


def thumbnails_job(folder: Path, pictures: tuple[int, ...], tools: JobTools) -> None:
    """Give number and small copy of each picture; None instead of a copy if it cannot be read."""
    with (
        contextlib.closing(Library(folder)) as library,
        contextlib.closing(ThumbnailStore(folder)) as store,
    ):
        left = dict.fromkeys(pictures)
        for item in library.items(pictures):
            pixels: Pixels | None = None
            with contextlib.suppress(UserError, MemoryError):
                pixels = np.asarray(store.get(item.digest, library.path_of(item.file)))
            del left[item.id]
            tools.give((item.id, pixels))
        for picture in left:
            tools.give((picture, None))


def picture_job(path: Path, tools: JobTools) -> Pixels:
    """The picture in a file, its longer side at most 2,560 pixels, as an array.

    Raises UserError if it cannot be read.
    """
    tools.progress(0, 1, path.name)
    image = load_picture(path)
    image.thumbnail((_LONGEST, _LONGEST))
    return np.asarray(image)


def similar_job(request: SimilarRequest, tools: JobTools) -> list[int]:
    """Numbers of the pictures most like one, itself first.

    Raises UserError if it was not judged yet.
    """
    with contextlib.closing(Library(request.folder)) as library:
        return library.similar(request.picture, request.count, check=lambda: tools.progress(0, 1))


def copy_job(request: CopyRequest, tools: JobTools) -> list[Path]:
    """Copy files under free names; returns where they are. Each is whole or not there.

    What cannot be read is left out. Raises UserError if that is all, or the folder cannot be
    written.
    """
    with contextlib.closing(Library(request.folder)) as library:
        files = [library.path_of(item.file) for item in library.items(request.pictures)]
    copies: list[Path] = []
    problem: UserError | None = None
    for number, file in enumerate(files):
        tools.progress(number, len(files), file.name)
        try:
            with reading(file):
                data = read_bytes(file, LIMITS.size)
        except UserError as error:
            problem = error
            continue
        copies.append(free_path(request.target, file.stem, file.suffix))
        write_atomically(copies[-1], data)
    if problem is not None and not copies:
        raise problem
    return copies
