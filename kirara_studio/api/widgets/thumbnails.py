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

_KEPT = 600  # of at most 192×192 pixels: 90 MB
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
        while len(self._wanted) > _KEPT // 2:  # those were scrolled past long ago
            self._wanted.popitem(last=False)
        if not self._soon.isActive():
            self._soon.start()
        return None

    def forget(self) -> None:
        """Make all of them again when they are requested next: what they show has changed."""
        self._kept.clear()

    def _start(self) -> None:
        newest = list(self._wanted)[-_TOGETHER:][::-1]
        if not newest or self._task.busy:
            return
        for key in newest:
            del self._wanted[key]
        self._task.start(self._make, tuple(newest), lambda _: None, on_part=self._take)

    def _take(self, part: tuple[Hashable, Picture | None]) -> None:
        key, pixels = part
        self._kept[key] = QImage() if pixels is None else to_image(pixels)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        self.arrived.emit()
