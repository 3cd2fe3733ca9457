"""Copies of pictures: in a folder, or for the Characters panel to learn from. No widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from kirara_illustrations.jobs import CopyRequest, copy_job
from kirara_studio.api.files import free_path
from kirara_studio.api.panel import TRAINING, PanelContext
from kirara_studio.api.widgets import Task

translate = QCoreApplication.translate

CHARACTERS = "characters"
"""The panel that trains on pictures of characters. Its plugin may be switched off."""


class Copying(QObject):
    """Copies pictures of the collection. What cannot be read is left out, and counted.

    Emits :attr:`copied` with the paths of the copies.
    """

    copied = Signal(list)

    def __init__(self, context: PanelContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.task = Task(context.jobs, "copy", io=True, parent=self)
        self.task.failed.connect(context.show_error)

    @property
    def characters_there(self) -> bool:
        """Whether there is a Characters panel."""
        return any(panel.id == CHARACTERS for panel in self._context.panels)

    def to_folder(self, numbers: Sequence[int], folder: Path) -> None:
        """Copy pictures into a folder."""
        self._copy(numbers, folder)

    def to_characters(self, numbers: Sequence[int]) -> None:
        """Copy pictures into a new folder of results, and give it to the Characters panel."""
        folder = free_path(self._context.results_folder, f"Characters {date.today()}")
        self._copy(numbers, folder, partial(self._give, folder))

    def _give(self, folder: Path) -> None:
        if self.characters_there:
            self._context.give_files(CHARACTERS, [folder], TRAINING)

    def _copy(
        self, numbers: Sequence[int], folder: Path, then: Callable[[], None] | None = None
    ) -> None:
        def done(copies: list[Path]) -> None:
            self._show(len(copies), len(numbers), folder)
            self.copied.emit(copies)
            if copies and then is not None:
                then()

        self.task.start(
            copy_job,
            CopyRequest(self._context.data_folder, tuple(numbers), folder),
            done,
            title=translate("illustrations", "Copying pictures"),
        )

    def _show(self, copied: int, wanted: int, folder: Path) -> None:
        text = translate("illustrations", "{0} pictures were copied to {1}")
        if copied < wanted:
            text = translate(
                "illustrations", "{0} of {2} pictures were copied to {1}; the others are unreadable"
            )
        self._context.show_message(text.format(f"{copied:,}", folder, f"{wanted:,}"))
