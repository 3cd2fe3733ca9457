"""Copies and moves pictures into folders by style, as commands that can be undone and redone."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from kirara_paintings.sort_into_folders import (
    Interrupted,
    SortResult,
    finish_job,
    finished_job,
    finished_undo_job,
    interrupted_job,
    sort_job,
    undo_sort_job,
)
from kirara_paintings.sort_journal import SortRequest, journals_in
from kirara_studio.api.files import is_folder
from kirara_studio.api.panel import PanelContext
from kirara_studio.api.widgets import Task

translate = QCoreApplication.translate


class MoveCommand(QUndoCommand):
    """A finished move or copy. Journals are never overwritten: a redo makes another one."""

    def __init__(self, sorting: Sorting, request: SortRequest, text: str) -> None:
        super().__init__(text)
        self._sorting, self._request = sorting, request
        self._done = True

    def redo(self) -> None:
        if not self._done:
            self._request = self._sorting.redo(self._request)
        self._done = True

    def undo(self) -> None:
        self._done = False
        self._sorting.undo(self._request)


class Sorting(QObject):
    """Runs one command after another.

    :attr:`ended` carries the :class:`SortResult` of moved files, None for copies. :attr:`changed`
    is emitted when :attr:`busy` may have changed.
    """

    changed = Signal()
    ended = Signal(object)

    def __init__(
        self, context: PanelContext, undo_stack: QUndoStack, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._undo_stack = context, undo_stack
        self._journals = journals_in(context.data_folder)
        self._waiting: deque[Callable[[], None]] = deque()
        self._stopped: Callable[[], None] = lambda: None
        self._task = Task(context.jobs, "file", io=True, parent=self)
        self._task.failed.connect(context.show_error)
        self._task.stopped.connect(lambda: self._stopped())
        self._task.changed.connect(self._start)

    @property
    def busy(self) -> bool:
        """True while files are moved or wait for it."""
        return self._task.busy

    def sort(self, files: tuple[tuple[Path, str], ...], folder: Path, *, move: bool) -> None:
        """Copy or move files; ``files`` are pairs of a file and the name of its folder."""
        if not files:
            return
        request = SortRequest(files, folder, move, self._new_journal())
        self._run(sort_job, request, self._push)

    def offer_interrupted(self) -> None:
        """Ask whether to finish or to undo what was interrupted when the studio last ended."""
        if is_folder(self._journals):
            self._context.jobs.submit_io(
                "interrupted", interrupted_job, self._journals, on_result=self._offer
            )

    def _offer(self, found: tuple[Interrupted, ...]) -> None:
        for one in found:
            request = one.request
            message = (
                translate("paintings", "Moving {0} pictures into folders was interrupted.")
                if request.move
                else translate("paintings", "Copying {0} pictures into folders was interrupted.")
            )
            self._context.offer(
                message.format(len(request.files)),
                translate("paintings", "Now {0} of them are in “{1}”.").format(
                    one.done, request.folder
                ),
                (
                    (translate("paintings", "Finish"), partial(self._finish, request)),
                    (translate("paintings", "Undo"), partial(self.undo, request)),
                ),
            )

    def _finish(self, request: SortRequest) -> None:
        self._run(finish_job, request, self._push)

    def _push(self, request: SortRequest) -> None:
        text = (
            translate("paintings", "Move into folders")
            if request.move
            else translate("paintings", "Copy into folders")
        )
        self._undo_stack.push(MoveCommand(self, request, text))

    def redo(self, request: SortRequest) -> SortRequest:
        """Do a request again after it was undone; returns the one with the new journal."""
        again = replace(request, journal=self._new_journal())
        self._run(sort_job, again, lambda _: None)
        return again

    def undo(self, request: SortRequest) -> None:
        """Undo a request."""
        text = translate("paintings", "Files that are back as they were: {0}")
        title = translate("paintings", "Bringing the files back")
        end = partial(self._end, text, request.move)
        self._enqueue(undo_sort_job, finished_undo_job, request, end, title)

    def stop(self) -> None:
        """Stop; what was moved so far stays, and can be undone."""
        self._waiting.clear()
        self._task.stop()

    def _run(
        self,
        function: Callable[..., SortResult],
        request: SortRequest,
        done: Callable[[SortRequest], object],
    ) -> None:
        def end(sorted_files: SortResult) -> None:
            if sorted_files.done:
                done(request)
            self._end(translate("paintings", "Files in folders: {0}"), request.move, sorted_files)

        title = (
            translate("paintings", "Moving {0} files")
            if request.move
            else translate("paintings", "Copying {0} files")
        )
        self._enqueue(function, finished_job, request, end, title.format(len(request.files)))

    def _enqueue(
        self,
        function: Callable[..., SortResult],
        finished: Callable[..., SortResult],
        request: SortRequest,
        end: Callable[[SortResult], None],
        title: str,
    ) -> None:
        def start() -> None:
            # After a Stop the journal lists the transfers; this job waits for the other to end.
            self._stopped = lambda: self._task.start(finished, request, end)
            self._task.start(function, request, end, title=title)

        self._waiting.append(start)
        self._start()

    def _start(self) -> None:
        if self._waiting and not self._task.busy:
            self._waiting.popleft()()
        self.changed.emit()

    def _end(self, text: str, moved: bool, sorted_files: SortResult) -> None:
        self.ended.emit(sorted_files if moved else None)
        if sorted_files.error is not None:
            self._context.show_error(sorted_files.error)
        self._context.show_message(text.format(len(sorted_files.done)))

    def _new_journal(self) -> Path:
        return self._journals / f"{time.strftime('%Y%m%d-%H%M%S')}-{time.monotonic_ns()}.jsonl"
