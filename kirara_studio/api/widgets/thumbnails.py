"""Small pictures for lists of thousands, made in the background and kept while there is room."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from kirara_studio.api.jobs import Jobs, JobTools
from kirara_studio.api.widgets.pictures import Picture, to_image
from kirara_studio.api.widgets.task import Task

Make = Callable[[tuple[Any, ...], JobTools], object]
"""A job for the pool of disk work: gives a pair for each of some keys, the key and its picture, or
None if there is none."""

_MOST_BYTES = 90_000_000  # more than a screen of 3840×2160 pixels shows at a time
_LEAST_BYTES = 1_000  # of an entry, also if there is no picture
_MOST_WANTED = 300
_TOGETHER = 16


class Thumbnails(QObject):
    """Returns small pictures by key; those requested last are made first.

    ``make`` is the job that makes them (:data:`Make`). :attr:`arrived` is emitted when some have
    arrived.
    """

    arrived = Signal()

    def __init__(self, jobs: Jobs, make: Make, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._kept: OrderedDict[Hashable, QImage] = OrderedDict()
        self._bytes = 0
        self._wanted: OrderedDict[Hashable, None] = OrderedDict()
        self._task = Task(jobs, "thumbnails", io=True, parent=self)
        self._task.changed.connect(self._start)
        self._soon = QTimer(self, interval=15, singleShot=True)
        self._soon.timeout.connect(self._start)

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> QImage | None:
        """The small picture of a key: null if there is none, None until it is made."""
        image = self._kept.get(key)
        if image is not None:
            self._kept.move_to_end(key)
            return image
        self._wanted[key] = None
        self._wanted.move_to_end(key)
        while len(self._wanted) > _MOST_WANTED:  # those were scrolled past long ago
            self._wanted.popitem(last=False)
        if not self._soon.isActive():
            self._soon.start()
        return None

    def forget(self) -> None:
        """Make all of them again when they are requested next: what they show has changed."""
        self._kept.clear()
        self._bytes = 0

    def _start(self) -> None:
        newest = list(self._wanted)[-_TOGETHER:][::-1]
        if not newest or self._task.busy:
            return
        for key in newest:
            del self._wanted[key]
        self._task.start(self._make, tuple(newest), lambda _: None, on_part=self._take)

    def _take(self, part: tuple[Hashable, Picture | None]) -> None:
        key, pixels = part
        image = QImage() if pixels is None else to_image(pixels)
        if (before := self._kept.pop(key, None)) is not None:
            self._bytes -= _size(before)
        self._kept[key] = image
        self._bytes += _size(image)
        while self._bytes > _MOST_BYTES:
            self._bytes -= _size(self._kept.popitem(last=False)[1])
        self.arrived.emit()


def _size(image: QImage) -> int:
    return max(image.sizeInBytes(), _LEAST_BYTES)
