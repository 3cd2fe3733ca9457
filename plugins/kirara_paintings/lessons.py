"""Own classes in the panel: gathered, learnt, saved as a model and used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QFileDialog

from kirara_paintings.classes_from_folders import ClassesRequest, classes_job
from kirara_paintings.lesson_jobs import (
    ENOUGH,
    LearnRequest,
    Lesson,
    SaveModelRequest,
    learn_job,
    save_model_job,
)
from kirara_paintings.setting import OwnClass
from kirara_paintings.view.own_classes import OwnClassesPage
from kirara_studio.api.jobs import JobHandle

if TYPE_CHECKING:
    from kirara_paintings.panel import PaintingsPanel

translate = QCoreApplication.translate

_MOST = 40  # pictures a class that corrections are filled up to


class Lessons(QObject):
    """Drives the page of own classes. What the classes are is part of the panel's setting."""

    def __init__(self, panel: PaintingsPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._context = panel.context
        self.job: JobHandle | None = None
        self.page = OwnClassesPage(panel.inspector, panel.thumbnails.get)
        self.page.renamed.connect(self.rename)
        self.page.added.connect(self.add_pictures)
        self.page.removed.connect(self.remove)
        self.page.dropped.connect(self.add_classes)
        self.page.folder_requested.connect(self.ask_folder)
        self.page.save_requested.connect(self.save)

    @property
    def classes(self) -> tuple[OwnClass, ...]:
        """The classes as they are now."""
        return self._panel.setting.classes

    # Classes

    def ask_folder(self) -> None:
        """Ask for a folder that becomes a class, or several."""
        title = translate("paintings", "Folder with pictures of a class")
        path = QFileDialog.getExistingDirectory(self._panel, title)
        if path:
            self.add_classes([Path(path)])

    def add_classes(self, paths: list[Path]) -> None:
        """Each folder becomes a class; a folder of folders becomes a class each."""
        self._gather(paths, None)

    def add_pictures(self, index: int, paths: list[Path]) -> None:
        """Add pictures, and those in folders, to a class."""
        self._gather(paths, index)

    def _gather(self, paths: list[Path], index: int | None) -> None:
        def done(found: tuple[OwnClass, ...]) -> None:
            if index is not None and index < len(self.classes):
                pictures = [path for one in found for path in one.pictures]
                old = self.classes[index]
                merged = tuple(dict.fromkeys([*old.pictures, *pictures]))
                self._edit(self._with(index, replace(old, pictures=merged)))
            else:
                self._edit((*self.classes, *found))

        self._context.jobs.submit_io(
            f"classes {index}", classes_job, ClassesRequest(tuple(paths)), on_result=done
        )

    def rename(self, index: int, name: str) -> None:
        """Call a class otherwise."""
        self._edit(self._with(index, replace(self.classes[index], name=name)))

    def remove(self, index: int) -> None:
        """Take a class away."""
        self._edit(self.classes[:index] + self.classes[index + 1 :])

    def _with(self, index: int, one: OwnClass) -> tuple[OwnClass, ...]:
        return (*self.classes[:index], one, *self.classes[index + 1 :])

    def _edit(self, classes: tuple[OwnClass, ...]) -> None:
        setting = replace(self._panel.setting, classes=classes)
        self._panel.edit(setting, translate("paintings", "Own classes"))

    def from_corrections(self) -> None:
        """Make classes of the pictures that the user gave a style, filled up with those that the
        classifiers agree on most surely."""
        panel = self._panel
        collection, setting = panel.collection, panel.setting
        labels = collection.labels(setting)
        classes = []
        for style in panel.styles:
            given = [n for n in collection.shown(setting) if labels.get(n) == style]
            sure = [
                number
                for number in collection.shown(setting)
                if number not in labels
                and number not in collection.disputed
                and collection.style(number, setting) == style
            ]
            sure.sort(key=panel.confidence, reverse=True)
            numbers = given + sure[: max(0, min(_MOST, max(len(given), ENOUGH)) - len(given))]
            if numbers:
                paths = tuple(collection.paths[number] for number in numbers)
                classes.append(OwnClass(style, paths))
        self._edit(tuple(classes))
        panel.show_own_classes()

    # Learning

    def learn(self) -> None:
        """Learn the classes."""

        def done(lesson: Lesson) -> None:
            self.job = None
            self.page.show_lesson(lesson)
            self._panel.show_busy()

        def failed(error: BaseException) -> None:
            self.job = None
            self._panel.show_busy()
            self._panel.report(error)

        folder = self._context.data_folder / "learnt"
        request = LearnRequest(
            self.classes, folder / "latest.safetensors", self._panel.setting.crop
        )
        self.job = self._context.jobs.submit(
            "learn",
            learn_job,
            request,
            title=translate("paintings", "Learning {0} classes").format(len(self.classes)),
            on_result=done,
            on_error=failed,
        )
        self._panel.show_busy()

    def stop(self) -> None:
        """Stop learning."""
        if self.job is not None:
            self.job.cancel()
            self.job = None

    def save(self) -> None:
        """Keep what was learnt among the user's models, and use it."""
        lesson, page = self.page.lesson, self.page
        if lesson is None:
            return

        def done(path: Path) -> None:
            self._panel.take_model(path)
            self._panel.show_gallery()
            self._context.show_message(translate("paintings", "Saved as {0}").format(path))

        request = SaveModelRequest(
            lesson.model,
            self._context.data_folder,
            name=page.name.text().strip() or ", ".join(lesson.classes)[:60],
            licence=page.licence.text().strip(),
            notes=page.notes.text().strip(),
        )
        self._context.jobs.submit("save model", save_model_job, request, on_result=done)

    def show_setting(self) -> None:
        """Show the classes; what was learnt of others goes."""
        lesson = self.page.lesson
        pictures = {path for one in self.classes for path in one.pictures}
        names = {one.name.strip() for one in self.classes}
        if lesson is not None and (
            set(lesson.classes) != names or not set(lesson.pictures) <= pictures
        ):
            self.page.show_lesson(None)
        self.page.show_classes(self.classes)
