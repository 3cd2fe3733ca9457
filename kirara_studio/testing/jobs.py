"""A queue whose jobs run at once, in this process: quick, and a debugger sees them."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer

from kirara_studio.api.errors import one_line
from kirara_studio.engine.job import Job
from kirara_studio.engine.process import Engine
from kirara_studio.engine.queue import JobQueue
from kirara_studio.engine.wire import Header, Part, pack, unpack


class JobsAtOnce(JobQueue):
    """The studio's queue, but jobs of the engine run in this thread when the event loop turns.

    Requests and results are pickled as on their way to the engine. While it is :attr:`held`, no job
    begins, those for network and disk included; so a test can look at a busy panel and press Stop.
    """

    def __init__(self, cache_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(cache_folder, parent)
        self.held = False
        self._here = cache_folder

    @functools.cached_property
    def _link(self) -> Any:  # the same methods as EngineLink
        return _EngineHere(self._here, self._receive, lambda: self.held)

    @functools.cached_property
    def _background_link(self) -> Any:
        return _EngineHere(self._here, self._receive, lambda: self.held)

    def submit(self, job: Job, *, io: bool, background: bool = False) -> None:
        super().submit(job, io=io and not self.held, background=background)

    def of_panel(self, panel_id: str) -> list[Job]:
        """The jobs of a panel that wait or run."""
        return [job for job in self._jobs if job.info.panel_id == panel_id and job.running]

    def release(self) -> None:
        """Let jobs run again."""
        self.held = False
        self._link.run_waiting()
        self._background_link.run_waiting()


class _EngineHere(Engine):
    """The engine without a process of its own, and its link, in one."""

    pid = None

    def __init__(
        self,
        cache_folder: Path,
        receive: Callable[[Header, Any], None],
        held: Callable[[], bool],
    ) -> None:
        super().__init__(io.BytesIO(), io.BytesIO(), cache_folder)
        self._receive = receive
        self._held = held
        self._submitted: list[tuple[int, list[Part]]] = []

    def submit(self, job: int, function: Callable[..., Any], request: Any) -> None:
        try:
            parts = pack((function, request))
        except Exception as error:
            text = f"cannot be sent: {one_line(error)}"
            QTimer.singleShot(0, lambda: self._receive(("unsent", job, text), None))
            return
        self._submitted.append((job, parts))
        QTimer.singleShot(0, self.run_waiting)

    def cancel(self, job: int) -> None:
        self._cancelled.add(job)
        QTimer.singleShot(0, self.run_waiting)

    def run_waiting(self) -> None:
        """Run what was submitted; while jobs are held, only those end that were cancelled."""
        for job, parts in list(self._submitted):
            if self._held() and job not in self._cancelled:
                continue
            self._submitted.remove((job, parts))
            if job in self._cancelled:
                self._send(("cancelled", job))
            else:
                self._send(("begun", job))
                self._send(*self._answer(job, parts))
            self._cancelled.discard(job)

    def rest(self) -> None:
        self._context.free()

    def kill(self) -> None:
        """There is no process to end."""

    def close(self, timeout: float = 0.0) -> None:
        self._submitted.clear()
        self._context.free()

    def _send(self, header: Header, parts: Sequence[Part] = ()) -> None:
        self._receive(header, unpack(parts) if parts else None)
