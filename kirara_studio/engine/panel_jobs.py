"""The queue as one panel sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kirara_studio.api.jobs import JobTools, Progress
from kirara_studio.engine.job import Job, ShowError

if TYPE_CHECKING:
    from kirara_studio.engine.queue import JobQueue


class PanelJobs:
    """Implements :class:`kirara_studio.api.jobs.Jobs`; keys are private to the panel."""

    def __init__(self, queue: JobQueue, panel_id: str, show_error: ShowError) -> None:
        self._queue = queue
        self._panel_id = panel_id
        self._show_error = show_error

    def submit(
        self,
        key: str,
        function: Callable[[Any, JobTools], Any],
        request: Any,
        *,
        title: str = "",
        on_result: Callable[[Any], Any] | None = None,
        on_error: Callable[[BaseException], Any] | None = None,
        on_progress: Callable[[Progress], Any] | None = None,
        on_part: Callable[[Any], Any] | None = None,
    ) -> PanelJob:
        """Run ``function(request, tools)`` in the engine process."""
        job = self._job(key, function, request, title, on_result, on_error, on_progress, on_part)
        self._queue.submit(job)
        return PanelJob(self._queue, job)

    def submit_io(
        self,
        key: str,
        function: Callable[[Any, JobTools], Any],
        request: Any,
        *,
        title: str = "",
        on_result: Callable[[Any], Any] | None = None,
        on_error: Callable[[BaseException], Any] | None = None,
        on_progress: Callable[[Progress], Any] | None = None,
        on_part: Callable[[Any], Any] | None = None,
    ) -> PanelJob:
        """Run ``function(request, tools)`` in a thread of this process."""
        job = self._job(key, function, request, title, on_result, on_error, on_progress, on_part)
        self._queue.submit_io(job)
        return PanelJob(self._queue, job)

    def cancel_all(self) -> None:
        """Stop all jobs of the panel, silently: it is being closed."""
        self._queue.stop_panel(self._panel_id)

    def _job(
        self,
        key: str,
        function: Callable[[Any, JobTools], Any],
        request: Any,
        title: str,
        on_result: Callable[[Any], Any] | None,
        on_error: Callable[[BaseException], Any] | None,
        on_progress: Callable[[Progress], Any] | None,
        on_part: Callable[[Any], Any] | None,
    ) -> Job:
        return Job(
            info=self._queue.new_info(self._panel_id, title),
            key=(self._panel_id, key),
            function=function,
            request=request,
            show_error=self._show_error,
            on_result=on_result,
            on_error=on_error,
            on_progress=on_progress,
            on_part=on_part,
        )


class PanelJob:
    """A submitted job (:class:`kirara_studio.api.jobs.JobHandle`)."""

    def __init__(self, queue: JobQueue, job: Job) -> None:
        self._queue = queue
        self._job = job

    @property
    def id(self) -> int:
        """The number by which the job bar knows it."""
        return self._job.info.id

    @property
    def running(self) -> bool:
        """True while the job waits or runs."""
        return self._job.alive

    def cancel(self) -> None:
        """Ask the job to stop; nothing of it is called back any more."""
        self._queue.stop(self._job)
