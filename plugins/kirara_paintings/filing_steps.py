"""Filing pictures into folders from the panel, as steps that can be undone and done again."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QUndoCommand
from PySide6.QtWidgets import QFileDialog

from kirara_paintings.collection import UNREAD, WAITING
from kirara_paintings.filing import (
    FileRequest,
    Filing,
    UnfileRequest,
    file_job,
    filed_job,
    unfile_job,
)
from kirara_paintings.view.words import style_name
from kirara_studio.api.jobs import Cancelled, JobHandle

if TYPE_CHECKING:
    from kirara_paintings.panel import PaintingsPanel

translate = QCoreApplication.translate


class FilingStep(QUndoCommand):
    """A filing that was done already when it was pushed. Journals are never overwritten: doing it
    again makes another."""

    def __init__(self, filing: FilingSteps, request: FileRequest, text: str) -> None:
        super().__init__(text)
        self._filing, self._request = filing, request
        self._done = True

    def redo(self) -> None:
        if not self._done:
            self._request = self._filing.again(self._request)
        self._done = True

    def undo(self) -> None:
        self._done = False
        self._filing.undo(self._request)


class FilingSteps(QObject):
    """Copies and moves files, one step after another."""

    def __init__(self, panel: PaintingsPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._context = panel.context
        self._waiting: deque[Callable[[], JobHandle]] = deque()
        self.job: JobHandle | None = None

    # Asking

    def ask_copy(self) -> None:
        """Ask for the folder that copies go to."""
        self._ask(move=False)

    def ask_move(self) -> None:
        """Ask for the folder that the files go to."""
        self._ask(move=True)

    def _ask(self, *, move: bool) -> None:
        title = (
            translate("paintings", "Move into folders in")
            if move
            else translate("paintings", "Copy into folders in")
        )
        start = str(self._context.results_folder)
        folder = QFileDialog.getExistingDirectory(self._panel, title, start)
        if folder:
            self.file(Path(folder), move=move)

    # Steps

    def file(self, folder: Path, *, move: bool) -> None:
        """Copy or move all pictures that the gallery shows into folders named like their styles."""
        panel = self._panel
        files = tuple(
            (panel.collection.paths[number], style_name(group.name))
            for group in panel.gallery.groups
            if group.name not in (WAITING, UNREAD)
            for number in group.numbers
        )
        if not files:
            return
        request = FileRequest(files, folder, move, self._new_journal())
        text = (
            translate("paintings", "Move into folders")
            if move
            else translate("paintings", "Copy into folders")
        )
        self._run(request, lambda: panel.undo_stack.push(FilingStep(self, request, text)))

    def again(self, request: FileRequest) -> FileRequest:
        """Do a step again, after it was undone."""
        fresh = FileRequest(request.files, request.folder, request.move, self._new_journal())
        self._run(fresh, lambda: None)
        return fresh

    def undo(self, request: FileRequest) -> None:
        """Undo a step."""

        def start() -> JobHandle:
            return self._context.jobs.submit_io(
                "file",
                unfile_job,
                UnfileRequest(request.journal, request.move),
                title=translate("paintings", "Bringing the files back"),
                on_result=lambda filing: self._end(filing, moved=request.move, undone=True),
                on_error=self._fail,
            )

        self._next(start)

    def _run(self, request: FileRequest, done: Callable[[], object]) -> None:
        def end(filing: Filing) -> None:
            if filing.done:
                done()
            self._end(filing, moved=request.move, undone=False)

        def fail(error: BaseException) -> None:
            if not isinstance(error, Cancelled):
                self._fail(error)
                return
            # Stopped: what was done is in the journal, and can be undone like the rest.
            self.job = self._context.jobs.submit_io(
                "file",
                filed_job,
                UnfileRequest(request.journal, request.move),
                on_result=end,
                on_error=self._fail,
            )

        def start() -> JobHandle:
            title = (
                translate("paintings", "Moving {0} files")
                if request.move
                else translate("paintings", "Copying {0} files")
            )
            return self._context.jobs.submit_io(
                "file",
                file_job,
                request,
                title=title.format(len(request.files)),
                on_result=end,
                on_error=fail,
            )

        self._next(start)

    def stop(self) -> None:
        """Stop filing; what was filed stays, and can be undone."""
        self._waiting.clear()
        if self.job is not None:
            self.job.cancel()

    def _next(self, start: Callable[[], JobHandle]) -> None:
        self._waiting.append(start)
        self._start()

    def _start(self) -> None:
        if self.job is None and self._waiting:
            self.job = self._waiting.popleft()()
        self._panel.show_busy()

    def _end(self, filing: Filing, *, moved: bool, undone: bool) -> None:
        self.job = None
        if moved:
            for filed in filing.done:
                number = self._panel.collection.number_of(filed.source)
                if number is not None:
                    self._panel.collection.moved(number, filed.target)
            self._panel.keep()
        self._panel.show_collection()
        if filing.error is not None:
            self._panel.report(filing.error)
        text = (
            translate("paintings", "Files that are back as they were: {0}")
            if undone
            else translate("paintings", "Files in folders: {0}")
        )
        self._context.show_message(text.format(len(filing.done)))
        self._start()

    def _fail(self, error: BaseException) -> None:
        self.job = None
        self._panel.report(error)
        self._start()

    def _new_journal(self) -> Path:
        folder = self._context.data_folder / "journals"
        return folder / f"{time.strftime('%Y%m%d-%H%M%S')}-{time.monotonic_ns()}.jsonl"
