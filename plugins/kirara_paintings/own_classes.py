"""The user's own classes: gathered from folders, learnt, and saved as a model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kirara_paintings.learning.fit_jobs import (
    LearnRequest,
    Lesson,
    SaveModelRequest,
    learn_job,
    save_model_job,
)
from kirara_paintings.learning.gathering import ClassesRequest, classes_job
from kirara_paintings.setting import OwnClass, Setting
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Document, Task

translate = QCoreApplication.translate


class OwnClasses(QObject):
    """Edits the classes of the document. ``lesson`` is what was learnt of them, if they are the
    same still. :attr:`changed` is emitted when it or :attr:`busy` changed, :attr:`saved` with the
    file of a model that was saved."""

    changed = Signal()
    saved = Signal(Path)

    def __init__(
        self, context: PanelContext, document: Document[Setting], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._document = context, document
        self.lesson: Lesson | None = None
        self._task = Task(context.jobs, "learn", parent=self)
        self._task.changed.connect(self.changed)
        self._task.failed.connect(context.show_error)
        document.settled.connect(self._settle)

    @property
    def classes(self) -> tuple[OwnClass, ...]:
        """The classes as they are now."""
        return self._document.value.classes

    @property
    def busy(self) -> bool:
        """True while the classes are learnt."""
        return self._task.busy

    # Classes

    def add(self, paths: list[Path]) -> None:
        """Each folder becomes a class; a folder of folders becomes a class each."""
        self._gather(paths, None)

    def add_pictures(self, index: int, paths: list[Path]) -> None:
        """Add pictures, and those in folders, to a class."""
        self._gather(paths, index)

    def _gather(self, paths: list[Path], index: int | None) -> None:
        def done(found: tuple[OwnClass, ...]) -> None:
            if index is not None and index < len(self.classes):
                old = self.classes[index]
                pictures = [*old.pictures, *(path for one in found for path in one.pictures)]
                self._change(index, replace(old, pictures=tuple(dict.fromkeys(pictures))))
            else:
                self.set_classes((*self.classes, *found))

        self._context.jobs.submit_io(
            f"classes {index}", classes_job, ClassesRequest(tuple(paths)), on_result=done
        )

    def rename(self, index: int, name: str) -> None:
        """Rename a class."""
        self._change(index, replace(self.classes[index], name=name))

    def remove(self, index: int) -> None:
        """Remove a class."""
        self.set_classes(self.classes[:index] + self.classes[index + 1 :])

    def set_classes(self, classes: tuple[OwnClass, ...]) -> None:
        """Use other classes, as a step that can be undone."""
        setting = replace(self._document.value, classes=classes)
        self._document.edit(setting, translate("paintings", "Own classes"))

    def _change(self, index: int, one: OwnClass) -> None:
        self.set_classes((*self.classes[:index], one, *self.classes[index + 1 :]))

    def _settle(self, setting: Setting) -> None:
        """Drop what was learnt of other classes."""
        lesson = self.lesson
        pictures = {path for one in setting.classes for path in one.pictures}
        names = {one.name.strip() for one in setting.classes}
        if lesson is not None and (
            set(lesson.classes) != names or not set(lesson.pictures) <= pictures
        ):
            self._show(None)

    # Learning

    def learn(self) -> None:
        """Learn the classes."""
        output = self._context.data_folder / "learnt" / "latest.safetensors"
        self._task.start(
            learn_job,
            LearnRequest(self.classes, output, self._document.value.crop),
            self._show,
            title=translate("paintings", "Learning {0} classes").format(len(self.classes)),
        )

    def stop(self) -> None:
        """Stop learning."""
        self._task.stop()

    def _show(self, lesson: Lesson | None) -> None:
        self.lesson = lesson
        self.changed.emit()

    def save(self, name: str, licence: str, notes: str) -> None:
        """Keep what was learnt among the user's models."""
        if self.lesson is None:
            return
        request = SaveModelRequest(
            self.lesson.model,
            self._context.data_folder,
            name=name or ", ".join(self.lesson.classes)[:60],
            licence=licence,
            notes=notes,
        )
        self._context.jobs.submit("save model", save_model_job, request, on_result=self.saved.emit)
