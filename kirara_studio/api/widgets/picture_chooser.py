"""What a panel knows about the pictures of its next training. Shown by a ContactSheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtGui import QImage, QUndoStack

from kirara_studio.api.jobs import JobTools, Progress
from kirara_studio.api.media.checking import CheckRequest, check_pictures, thumbnails
from kirara_studio.api.media.training_pictures import Crop, TrainingPictures
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets.document import Document
from kirara_studio.api.widgets.task import Task
from kirara_studio.api.widgets.thumbnails import Thumbnails

translate = QCoreApplication.translate

_STATE = "training pictures"


class MakeRequest(Protocol):
    """Makes the request to look at the pictures in files and folders."""

    def __call__(self, sources: Iterable[Path], *, faces: bool = True) -> CheckRequest:
        """With ``faces``, crops are the faces that are found, if there is a way to find any."""


class PictureChooser(QObject):
    """Files and folders, what was found in them, and what the user decided about each picture.

    ``request`` makes the job's request for a list of sources, with or without ``faces``: it has a
    finder only if there is something that finds them. :attr:`changed` is emitted when the
    pictures, :attr:`busy` or :attr:`progress` changed, :attr:`thumbnails_arrived` when
    :meth:`thumbnail` has more. Every edit is a step that can be undone. What is chosen is kept in
    the panel's state, and chosen again by :meth:`restore`.
    """

    changed = Signal()
    thumbnails_arrived = Signal()

    def __init__(
        self,
        context: PanelContext,
        request: MakeRequest,
        undo_stack: QUndoStack | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._state, self._restored = context.state, False
        self._request = request
        self.document = Document(TrainingPictures(), undo_stack, self)
        self.progress = Progress(0)
        self.faces = True
        """Whether pictures are cropped to the faces in them."""
        self.unfinished = False
        """True if the last check was stopped: some files have not been looked at."""
        self._arriving: TrainingPictures | None = None  # while they are checked
        self._new: list[Crop] = []  # that have arrived, and are to be shown
        self._kept = TrainingPictures()  # the decisions of an earlier session
        self._soon = QTimer(self, interval=100, singleShot=True)
        self._soon.timeout.connect(self._show_arrived)
        self._step = ""
        self._task = Task(context.jobs, "check pictures", parent=self)
        make: Callable[[tuple[Any, ...], JobTools], None] = partial(thumbnails, request(()).cache)
        self._thumbnails = Thumbnails(context.jobs, make, self)
        self._thumbnails.arrived.connect(self.thumbnails_arrived)
        self._task.failed.connect(self._on_failure)
        self._task.failed.connect(context.show_error)
        self._task.stopped.connect(self._on_stop)
        self._task.changed.connect(self.changed)
        self.document.settled.connect(self._on_value)

    @property
    def pictures(self) -> TrainingPictures:
        """What is chosen; while it is checked, what was found until now."""
        return self.document.value if self._arriving is None else self._arriving

    @property
    def sources(self) -> tuple[Path, ...]:
        """The chosen files and folders."""
        return tuple(map(Path, self.pictures.sources))

    @property
    def busy(self) -> bool:
        """True while files are looked at."""
        return self._task.busy

    @property
    def ready(self) -> bool:
        """True if a training can start: something is used, and nothing is being looked at."""
        return not self.busy and bool(self.pictures.used)

    def thumbnail(self, crop: Crop) -> QImage | None:
        """The small picture of a crop: null if there is none, None until it is there."""
        return QImage() if crop.square is None else self._thumbnails.get(crop.key)

    @property
    def can_find_faces(self) -> bool:
        """True if there is something that finds faces."""
        return self._request(()).finder is not None

    # What the user does

    def add(self, paths: Iterable[Path]) -> None:
        """Choose more files and folders. What changed since the last check is looked at again."""
        new = [str(Path(path).absolute()) for path in paths]
        sources = tuple(dict.fromkeys((*self.pictures.sources, *new)))
        self._check(sources, translate("widgets", "Add pictures"))

    def remove(self, source: Path) -> None:
        """Take a file or folder back."""
        left = tuple(one for one in self.pictures.sources if one != str(source))
        text = translate("widgets", "Remove {0}").format(source.name)
        if left:
            self._check(left, text)
        else:
            self._drop(text)

    def clear(self) -> None:
        """Take everything back."""
        self._drop(translate("widgets", "Remove all"))

    def restore(self) -> None:
        """Choose again what was chosen when the panel was closed; the first time, if nothing is."""
        if self._restored:
            return
        self._restored = True
        with suppress(ValueError, TypeError, KeyError):  # of a later version
            values = self._state[_STATE]
            kept = TrainingPictures.from_dict(values)
            self.faces = bool(values.get("faces", True))
            if kept.sources:
                self._kept = kept
                self._check(kept.sources, "")

    def forget(self) -> None:
        """Start from nothing, without a step: the pictures have gone into a training."""
        self._leave()
        self.document.replace(TrainingPictures())

    def check_again(self) -> None:
        """Look at the files again: after a stop, or because they changed."""
        self._check(self.pictures.sources, translate("widgets", "Check again"))

    def set_faces(self, faces: bool) -> None:
        """Crop to the faces in the pictures, or not."""
        self.faces = faces
        self._check(self.pictures.sources, translate("widgets", "Crop to faces"))

    def stop(self) -> None:
        """Stop looking at files; what was found stays."""
        self._task.stop()

    def set_used(self, numbers: Iterable[int], used: bool) -> None:
        """Use or leave out the crops of these numbers. Does nothing while files are looked at."""
        if self.busy:
            return
        text = translate("widgets", "Put back") if used else translate("widgets", "Leave out")
        self.document.edit(self.pictures.decided(numbers, used), text)

    # The job

    def _check(self, sources: Sequence[str], text: str) -> None:
        self._leave()
        self._step, self._restored = text, True
        self._arriving = TrainingPictures(tuple(sources))
        self._keep(self._arriving.sources)
        self._task.start(
            check_pictures,
            self._request([Path(source) for source in sources], faces=self.faces),
            self._on_result,
            title=translate("widgets", "Looking at the pictures"),
            on_progress=self._on_progress,
            on_part=self._on_part,
        )

    def _drop(self, text: str) -> None:
        self._leave()
        self.document.edit(TrainingPictures(), text)
        self.changed.emit()

    def _leave(self) -> None:
        """Stop a check whose result is not wanted."""
        self._arriving, self._new = None, []
        self.unfinished = False
        self.progress = Progress(0)
        self._task.stop()

    def _on_progress(self, progress: Progress) -> None:
        self.progress = progress
        self._change_soon()

    def _on_part(self, part: tuple[Crop, ...]) -> None:
        self._new += part
        self._change_soon()

    def _change_soon(self) -> None:
        # Files that are known arrive by the thousand, quicker than a window can show them.
        if not self._soon.isActive():
            self._soon.start()

    def _show_arrived(self) -> None:
        if self._arriving is not None and self._new:
            crops = (*self._arriving.crops, *self._new)
            self._arriving = self._with_decisions(replace(self._arriving, crops=crops))
        self._new = []
        self.changed.emit()

    def _on_result(self, found: TrainingPictures) -> None:
        self._arriving, self._new = None, []
        self._thumbnails.forget()
        self._edit(found)

    def _on_stop(self) -> None:
        self._show_arrived()
        found, self._arriving = self._arriving, None
        if found is not None:
            self.unfinished = True
            self._edit(found)

    def _on_failure(self) -> None:
        self._arriving = None

    def _with_decisions(self, found: TrainingPictures) -> TrainingPictures:
        return found.with_decisions_of(self._kept).with_decisions_of(self.document.value)

    def _edit(self, found: TrainingPictures) -> None:
        unfinished, found = self.unfinished, self._with_decisions(found)
        if self._step:
            self.document.edit(found, self._step)
        else:
            self.document.replace(found)
        self.unfinished = unfinished
        self.changed.emit()

    def _on_value(self) -> None:
        if self._arriving is None:
            self.unfinished, self._kept = False, TrainingPictures()
            self._keep(self.document.value.sources)
        self.changed.emit()

    def _keep(self, sources: tuple[str, ...]) -> None:
        """Remember the sources and the decisions in the panel's state."""
        crops = (*self._kept.crops, *self.document.value.crops)
        decided = tuple(crop for crop in crops if crop.decision)
        kept = TrainingPictures(sources, decided)
        self._state[_STATE] = {**kept.to_dict(), "faces": self.faces}
