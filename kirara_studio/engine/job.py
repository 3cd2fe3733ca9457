"""Jobs as the queue keeps them, and their order."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

from kirara_studio.api.jobs import JobTools, Progress

Function = Callable[[Any, JobTools], Any]
ShowError = Callable[[BaseException], Any]


@dataclass(frozen=True)
class JobInfo:
    """A job as the job bar shows it."""

    id: int
    panel_id: str
    title: str
    stoppable: bool = True


@dataclass(eq=False)
class Job:
    """A submitted job (:class:`kirara_studio.api.jobs.JobHandle`).

    ``key`` is unique among all panels.
    """

    info: JobInfo
    key: Hashable
    function: Function
    request: Any
    show_error: ShowError
    stop: Callable[[Job], None]
    on_result: Callable[[Any], Any] | None = None
    on_error: ShowError | None = None
    on_progress: Callable[[Progress], Any] | None = None
    on_part: Callable[[Any], Any] | None = None
    running: bool = True
    """False once it ended, was stopped, or was replaced: nothing of it is reported any more."""
    begun: bool = False
    """True when the engine has taken it up."""
    sent_again: bool = False
    submitted: float = field(default_factory=time.monotonic)
    """In seconds of the monotonic clock."""
    cancelled: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        self.stop(self)


class Lane:
    """The order of jobs: ``places`` of them run at once, and never two of the same key.

    A key keeps its place in the line when a newer job takes over, so a slider that is being
    dragged does not push others back, nor itself.
    """

    def __init__(self, places: int) -> None:
        self._places = places
        self._waiting: dict[Hashable, Job] = {}
        self._running: dict[Hashable, Job] = {}

    def add(self, job: Job) -> list[Job]:
        """Let ``job`` wait; returns the jobs of the same key that it replaces.

        One that waited is out of the line; one that runs keeps its place until :meth:`finish`.
        """
        key = job.key
        replaced = [jobs[key] for jobs in (self._waiting, self._running) if key in jobs]
        self._waiting[key] = job
        return replaced

    def start_next(self) -> Job | None:
        """Take the next job that may run now, if there is one."""
        if len(self._running) >= self._places:
            return None
        for key, job in self._waiting.items():
            if key not in self._running:
                del self._waiting[key]
                self._running[key] = job
                return job
        return None

    def drop(self, job: Job) -> None:
        """Take a waiting job out of the line; nothing happens to one that runs."""
        if self._waiting.get(job.key) is job:
            del self._waiting[job.key]

    def finish(self, job: Job) -> None:
        """Free the place of a running job."""
        if self.runs(job):
            del self._running[job.key]

    def runs(self, job: Job) -> bool:
        """True while ``job`` has a place."""
        return self._running.get(job.key) is job

    @property
    def jobs(self) -> list[Job]:
        return [*self._running.values(), *self._waiting.values()]
