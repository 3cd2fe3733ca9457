"""Small pictures for the gallery, made in the background and kept while there is room."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from kirara_paintings.jobs import Thumbnail, thumbnails_job
from kirara_studio.api.jobs import Jobs
from kirara_studio.api.widgets import Task, to_image

_KEPT = 600  # of at most 192×192 pixels: 90 MB
_TOGETHER = 16


class Thumbnails(QObject):
    """Returns small pictures of files; those requested last are made first.

    :attr:`arrived` is emitted when some arrived.
    """

    arrived = Signal()

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: OrderedDict[Path, QImage] = OrderedDict()
        self._wanted: OrderedDict[Path, None] = OrderedDict()
        self._task = Task(jobs, "thumbnails", io=True, parent=self)
        self._task.changed.connect(self._start)
        self._soon = QTimer(self, interval=15, singleShot=True)
        self._soon.timeout.connect(self._start)

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, path: Path) -> QImage | None:
        """The small picture of a file: null if it cannot be read, None until it is made."""
        image = self._kept.get(path)
        if image is not None:
            self._kept.move_to_end(path)
            return image
        self._wanted[path] = None
        self._wanted.move_to_end(path)
        while len(self._wanted) > _KEPT // 2:  # those were scrolled past long ago
            self._wanted.popitem(last=False)
        if not self._soon.isActive():
            self._soon.start()
        return None

    def _start(self) -> None:
        newest = list(self._wanted)[-_TOGETHER:][::-1]
        if not newest or self._task.busy:
            return
        for path in newest:
            del self._wanted[path]
        self._task.start(thumbnails_job, tuple(newest), lambda _: None, on_part=self._take)

    def _take(self, thumbnail: Thumbnail) -> None:
        path, pixels = thumbnail
        self._kept[path] = QImage() if pixels is None else to_image(pixels)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        self.arrived.emit()
