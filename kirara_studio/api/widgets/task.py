"""A job that a panel runs one at a time, with its Stop and its errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from kirara_studio.api.jobs import Cancelled, JobHandle, Jobs, JobTools, Progress

Request = TypeVar("Request")
Result = TypeVar("Result")


class Task(QObject):
    """Runs one job at a time; starting another one replaces it.

    Each :meth:`start` names the function that gets the result. :attr:`failed` carries the error
    of a job; one that was cancelled, here or in the job bar, emits :attr:`stopped` instead.
    :attr:`changed` is emitted when :attr:`busy` may have changed, after the result was handled,
    so a result that starts the next job does not let a Stop button flicker.
    """

    changed = Signal()
    failed = Signal(object)
    stopped = Signal()

    def __init__(
        self, jobs: Jobs, key: str, *, io: bool = False, parent: QObject | None = None
    ) -> None:
        """``key`` as in :meth:`Jobs.submit`; ``io`` for work with the internet or the disk."""
        super().__init__(parent)
        self._key = key
        self._submit = jobs.submit_io if io else jobs.submit
        self._handle: JobHandle | None = None
        self._run = 0  # the number of the current job; callbacks of earlier ones are ignored

    @property
    def busy(self) -> bool:
        """True from :meth:`start` until the job is done, failed or stopped."""
        return self._handle is not None

    def start(
        self,
        function: Callable[[Request, JobTools], Result],
        request: Request,
        done: Callable[[Result], Any],
        *,
        title: str = "",
        background: bool = False,
        on_progress: Callable[[Progress], Any] | None = None,
        on_part: Callable[[Any], Any] | None = None,
    ) -> None:
        """Run ``function(request, tools)``, then ``done(result)``; drops a job that still runs.

        ``title``, ``background``, ``on_progress`` and ``on_part`` are those of :meth:`Jobs.submit`.
        """
        self._run += 1
        run = self._run
        self._handle = self._submit(
            self._key,
            function,
            request,
            title=title,
            **({"background": True} if background else {}),
            on_result=lambda result: self._end(run, lambda: done(result)),
            on_error=lambda error: self._end(run, lambda: self._report(error)),
            on_progress=on_progress,
            on_part=on_part,
        )
        self.changed.emit()

    def stop(self) -> None:
        """Cancel the job, if one runs. Its result never arrives."""
        if self._handle is not None:
            self._handle.cancel()
            self._end(self._run, self.stopped.emit)

    def _end(self, run: int, deliver: Callable[[], Any]) -> None:
        if run != self._run or self._handle is None:
            return
        self._handle = None
        try:
            deliver()
        finally:
            self.changed.emit()

    def _report(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            self.stopped.emit()
        else:
            self.failed.emit(error)
