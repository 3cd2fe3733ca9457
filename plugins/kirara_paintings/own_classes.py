"""The user's own classes: gathered from folders, fitted, and saved as a model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kirara_paintings.learning.fit_jobs import (
    FitRequest,
    SaveModelRequest,
    fit_job,
    save_model_job,
)
from kirara_paintings.learning.fit_result import FitResult
from kirara_paintings.learning.gathering import classes_job
from kirara_paintings.view_state import OwnClass, ViewState
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Document, Task

translate = QCoreApplication.translate


class OwnClasses(QObject):
    """Edits the classes of the document. ``result`` is the last fit, unless they changed since.

    :attr:`changed` is emitted when it or :attr:`busy` changed, :attr:`saved` with the file of each
    model that was saved.
    """

    changed = Signal()
    saved = Signal(Path)

    def __init__(
        self, context: PanelContext, document: Document[ViewState], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._document = context, document
        self.result: FitResult | None = None
        self._task = Task(context.jobs, "learn", parent=self)
        self._task.changed.connect(self.changed)
        self._task.failed.connect(context.show_error)
        document.settled.connect(self._settle)

    @property
    def classes(self) -> tuple[OwnClass, ...]:
        """The current classes."""
        return self._document.value.classes

    @property
    def busy(self) -> bool:
        """True while a classifier is fitted."""
        return self._task.busy

    def add(self, paths: list[Path], index: int | None = None) -> None:
        """Make classes of folders, or add the pictures in them to the class ``index``."""

        def done(found: tuple[OwnClass, ...]) -> None:
            if index is not None and index < len(self.classes):
                old = self.classes[index]
                pictures = [*old.pictures, *(path for one in found for path in one.pictures)]
                self._change(index, replace(old, pictures=tuple(dict.fromkeys(pictures))))
            else:
                self.set_classes((*self.classes, *found))

        self._context.jobs.submit_io(f"classes {index}", classes_job, tuple(paths), on_result=done)

    def rename(self, index: int, name: str) -> None:
        """Rename a class."""
        self._change(index, replace(self.classes[index], name=name))

    def remove(self, index: int) -> None:
        """Remove a class."""
        self.set_classes(self.classes[:index] + self.classes[index + 1 :])

    def set_classes(self, classes: tuple[OwnClass, ...]) -> None:
        """Use other classes, as a step that can be undone."""
        state = replace(self._document.value, classes=classes)
        self._document.edit(state, translate("paintings", "Own classes"))

    def _change(self, index: int, one: OwnClass) -> None:
        self.set_classes((*self.classes[:index], one, *self.classes[index + 1 :]))

    def _settle(self, state: ViewState) -> None:
        """Drop the fit of other classes."""
        result = self.result
        pictures = {path for one in state.classes for path in one.pictures}
        names = {one.name.strip() for one in state.classes}
        if result is not None and (
            set(result.classes) != names or not set(result.pictures) <= pictures
        ):
            self._show(None)

    def fit(self) -> None:
        """Fit a classifier to the classes."""
        output = self._context.data_folder / "learnt" / "latest.safetensors"
        self._task.start(
            fit_job,
            FitRequest(self.classes, output, self._document.value.crop),
            self._show,
            title=translate("paintings", "Learning {0} classes").format(len(self.classes)),
        )

    def stop(self) -> None:
        """Stop fitting."""
        self._task.stop()

    def _show(self, result: FitResult | None) -> None:
        self.result = result
        self.changed.emit()

    def save(self, name: str, licence: str, notes: str) -> None:
        """Save the fit among the user's models."""
        if self.result is None:
            return
        request = SaveModelRequest(
            self.result.model,
            self._context.data_folder,
            name=name or ", ".join(self.result.classes)[:60],
            licence=licence,
            notes=notes,
        )
        self._context.jobs.submit("save model", save_model_job, request, on_result=self.saved.emit)
