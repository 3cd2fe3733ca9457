"""From files to answers, as a stream that keeps no more than a few dozen pictures in memory.

A few threads read, scale and crop, always some pictures ahead; those that are ready go to the
classifiers together.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from kirara_paintings.answers import WHOLE, Answer, Box, Classifier, Pixels
from kirara_paintings.pictures.reading import LONGEST, read_picture
from kirara_studio.api.errors import UserError

log = logging.getLogger(__name__)

THREADS = 2
BATCH = 16
_AHEAD = 3 * BATCH  # pictures read or being read: 48 of 400×400 pixels are 23 MB


@dataclass(frozen=True)
class Item:
    """A picture to classify. ``box`` is the painting in it, or None to find it."""

    path: Path
    box: Box | None = None


@dataclass(frozen=True)
class Outcome:
    """The result for a picture: an answer of each classifier, or an error.

    ``box`` is the part that was classified, ``size`` the picture's width and height in pixels.
    """

    path: Path
    box: Box = WHOLE
    answers: tuple[Answer, ...] = ()
    size: tuple[int, int] = (0, 0)
    error: UserError | None = None


_Ready = tuple[Outcome, Pixels | None]


def classified(
    items: Iterable[Item],
    classifiers: Sequence[Classifier],
    *,
    batch: int = BATCH,
    check: Callable[[], None] = lambda: None,
) -> Iterator[Outcome]:
    """Classify pictures, in their order, as they are taken from ``items``.

    A picture that cannot be read becomes an outcome with an error. ``check`` is called before each
    batch and may raise, to stop.
    """
    source = iter(items)
    reading: deque[Future[_Ready]] = deque()
    pool = ThreadPoolExecutor(THREADS, "pictures", _without_helpers)
    try:
        while True:
            while len(reading) < _AHEAD and (item := next(source, None)) is not None:
                reading.append(pool.submit(_read, item))
            if not reading:
                return
            check()
            ready = [reading.popleft().result()]
            while reading and len(ready) < batch and reading[0].done():
                ready.append(reading.popleft().result())
            yield from _answers(ready, classifiers)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def read_painting(item: Item, longest: int = LONGEST) -> tuple[Pixels, Box, tuple[int, int]]:
    """The cropped painting in a picture, its box, and the picture's size in pixels.

    Raises :class:`UserError` if it cannot be read.
    """
    from kirara_paintings.pictures.cropping import cropped, painting_within

    picture = read_picture(item.path, longest)
    box = painting_within(picture.pixels) if item.box is None else item.box
    pixels = picture.pixels if box == WHOLE else cropped(picture.pixels, box)
    return pixels, box, (picture.width, picture.height)


def _without_helpers() -> None:
    """Keep OpenCV, whose thread count is global, from adding threads to ours."""
    import cv2

    cv2.setNumThreads(1)


def _read(item: Item) -> _Ready:
    try:
        pixels, box, size = read_painting(item)
    except UserError as error:
        return Outcome(item.path, error=error), None
    except MemoryError:
        too_large = UserError(
            "“{file}” does not fit into memory.", advice="Save it smaller.", file=item.path.name
        )
        return Outcome(item.path, error=too_large), None
    return Outcome(item.path, box, size=size), pixels


def _answers(ready: Sequence[_Ready], classifiers: Sequence[Classifier]) -> Iterator[Outcome]:
    pictures = [pixels for _, pixels in ready if pixels is not None]
    predictions = [classifier.classify(pictures) for classifier in classifiers] if pictures else []
    answers = zip(*predictions, strict=True)
    for outcome, pixels in ready:
        yield outcome if pixels is None else replace(outcome, answers=next(answers, ()))
