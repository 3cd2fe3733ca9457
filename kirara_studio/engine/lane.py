"""The order of jobs: the newest of each key, first come first served between keys."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

Job = TypeVar("Job")


class Lane(Generic[Job]):
    """Lets ``places`` jobs run at once, and never two of the same key.

    A key keeps its place in the line when a newer job takes over, so a slider that is being
    dragged does not push others back, nor itself.
    """

    def __init__(self, places: int) -> None:
        self._places = places
        self._waiting: dict[Hashable, Job] = {}
        self._running: dict[Hashable, Job] = {}

    def add(self, key: Hashable, job: Job) -> list[Job]:
        """Let ``job`` wait; returns the jobs of the same key that it replaces.

        One that waited is out of the line; one that runs keeps its place until :meth:`finish`.
        """
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
        self._waiting = {key: other for key, other in self._waiting.items() if other is not job}

    def finish(self, job: Job) -> None:
        """Free the place of a running job."""
        self._running = {key: other for key, other in self._running.items() if other is not job}

    def runs(self, job: Job) -> bool:
        """True while ``job`` has a place."""
        return any(other is job for other in self._running.values())

    @property
    def jobs(self) -> list[Job]:
        """All jobs, running and waiting."""
        return [*self._running.values(), *self._waiting.values()]
