"""The studio's job queue: the newest request of each key wins, results come back by signal.

Lives in the UI thread of the UI process, which never imports torch: jobs run in the engine
process (:mod:`kirara_studio.engine.process`), network and disk work in threads of this process.
"""

from __future__ import annotations

import functools
import itertools
import logging
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import astuple, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from kirara_studio.api.errors import one_line
from kirara_studio.api.jobs import Cancelled, Device, Progress
from kirara_studio.api.text import QT_TRANSLATE_NOOP
from kirara_studio.engine.errors import (
    EngineDied,
    JobError,
    answer_of,
    from_parts,
    name_of,
    with_traceback,
)
from kirara_studio.engine.job import Function, Job, JobInfo, Lane, ShowError
from kirara_studio.engine.tools import CONTEXT, ExecutionContext, Tools, throttled, warm_up

if TYPE_CHECKING:
    from kirara_studio.engine.link import EngineLink

log = logging.getLogger(__name__)

IO_THREADS = 8
PATIENCE_MS = 8_000
"""How long a job may ignore the user's Stop before its process is ended."""
SLOW = 10.0
"""Seconds after which a job without a title is shown in the job bar too, so it can be stopped."""

_WORKING = QT_TRANSLATE_NOOP("Engine", "“{panel}” is still working")
_UNRESPONSIVE = QT_TRANSLATE_NOOP(
    "Engine", "{function} did not stop, so the engine was started again."
)


class JobQueue(QObject):
    """Runs jobs for all panels. Use it from the UI thread only.

    Jobs with a title are announced to the job bar: ``job_started`` when they are accepted,
    ``job_progress``, and ``job_finished`` however they end, each exactly once but progress. One
    without a title is announced when it takes long. The engine keeps its measurements in
    ``cache_folder``.
    """

    job_started = Signal(object)
    job_progress = Signal(object, object)
    job_finished = Signal(object)
    device_known = Signal(object)
    message = Signal(str)

    _arrived = Signal(object, object)

    def __init__(self, cache_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.device: Device | None = None
        """The device of the engine, or None while it is not known."""
        self._ids = itertools.count(1)
        self._running: dict[int, Job] = {}
        self._engine_lane: Lane = Lane(1)
        self._background_lane: Lane = Lane(1)
        self._io_lane: Lane = Lane(IO_THREADS)
        self._closed = False
        self._arrived.connect(self._on_message)
        self._watch = QTimer(self, interval=1000)
        self._watch.timeout.connect(self._announce_slow)
        self._cache_folder = Path(cache_folder)

    @functools.cached_property
    def _link(self) -> EngineLink:
        """The engine process; imported with the first job, after the first paint."""
        from kirara_studio.engine.link import EngineLink

        return EngineLink(self._cache_folder, self._receive)

    @functools.cached_property
    def _background_link(self) -> EngineLink:
        """A second engine process, which is there only while a job in the background runs."""
        from kirara_studio.engine.children import TRAINING_NICENESS
        from kirara_studio.engine.link import EngineLink

        return EngineLink(self._cache_folder, self._receive, TRAINING_NICENESS)

    def _link_of(self, lane: Lane) -> EngineLink:
        return self._background_link if lane is self._background_lane else self._link

    def _lane_of(self, job: Job) -> Lane:
        """The lane in which a job waits or runs."""
        lanes = (self._engine_lane, self._background_lane, self._io_lane)
        return next((lane for lane in lanes if job in lane.jobs), self._io_lane)

    @property
    def engine_pid(self) -> int | None:
        """The engine process, or None while it rests."""
        return self._link.pid

    @property
    def busy(self) -> bool:
        """True while any job waits or runs."""
        return bool(self._running)

    def for_panel(self, panel_id: str, show_error: ShowError) -> PanelJobs:
        """The queue as a panel sees it; errors that it does not handle go to ``show_error``."""
        return PanelJobs(self, panel_id, show_error)

    def warm_up(self) -> None:
        """Start the engine and import torch ahead of need; ``device_known`` follows."""
        if self.device is None or self._link.pid is None:
            jobs = self.for_panel("", lambda error: log.warning("warming up failed: %s", error))
            jobs.submit("warm up", warm_up, None)

    def rest(self) -> bool:
        """End the engine process to give its memory back, unless a job waits or runs.

        Also makes the next job see plugins as they are on disk now.
        """
        if self._engine_lane.jobs or self._background_lane.jobs:
            return False
        if "_link" in self.__dict__:  # or else it was never needed
            self._link.rest()
        return True

    def cancel(self, job_id: int) -> None:
        """The user pressed Stop. The panel's ``on_error``, if any, gets :class:`Cancelled`.

        An engine that does not listen for some seconds is ended and started again: also when
        the job only waited, behind another one that was stopped or replaced and still goes on.
        """
        job = next((job for job in self._jobs if job.info.id == job_id and job.running), None)
        if job is None:
            return
        lane = self._lane_of(job)
        computes = lane is not self._io_lane
        in_the_way = [other for other in lane.jobs if computes and lane.runs(other)]
        on_error = job.on_error
        self.stop(job)
        if on_error is not None:
            self._guarded(job, on_error, Cancelled())
        for other in in_the_way:
            QTimer.singleShot(
                PATIENCE_MS, self, lambda other=other: self._kill_if_unresponsive(other)
            )

    def stop_panel(self, panel_id: str) -> None:
        """Stop all jobs of a panel; nothing of them is called back."""
        for job in self._jobs:
            if job.info.panel_id == panel_id:
                lane = self._lane_of(job)
                self.stop(job)
                if lane is not self._io_lane and lane.runs(job):
                    QTimer.singleShot(
                        PATIENCE_MS, self, lambda job=job: self._kill_if_unresponsive(job)
                    )

    def shutdown(self) -> None:
        """Stop everything and end the engine. Nothing is called back afterwards."""
        if self._closed:
            return
        for job in self._jobs:
            self.stop(job)
        self._closed = True
        self._link.close()
        if "_background_link" in self.__dict__:
            self._background_link.close()

    # Submitting, through PanelJobs

    def new_info(self, panel_id: str, title: str) -> JobInfo:
        return JobInfo(next(self._ids), panel_id, title)

    def stop(self, job: Job) -> None:
        """Drop a waiting job, or ask a running one to end; nothing of it is reported any more."""
        if job.cancelled.is_set():
            return
        job.cancelled.set()
        lane = self._lane_of(job)
        if lane is not self._io_lane and lane.runs(job):
            self._link_of(lane).cancel(job.info.id)
        lane.drop(job)
        self._retire(job)

    def submit(self, job: Job, *, io: bool, background: bool = False) -> None:
        """Run a job in the engine, beside it in a second one, or in a thread of this process."""
        if self._closed:
            raise RuntimeError("the studio is shutting down")
        computes = self._background_lane if background else self._engine_lane
        lane = self._io_lane if io else computes
        for older in lane.add(job):
            self.stop(older)
        if job.info.title:
            self.job_started.emit(job.info)
        if not io and not self._watch.isActive():
            self._watch.start()
        self._start_next(lane)

    def _start_next(self, lane: Lane) -> None:
        while not self._closed and (job := lane.start_next()) is not None:
            self._running[job.info.id] = job
            if lane is self._io_lane:
                _run_io(job, self._receive)
            else:
                self._link_of(lane).submit(job.info.id, job.function, job.request)

    # Answers

    def _receive(self, header: tuple[Any, ...], payload: Any) -> None:
        """Hand a message from another thread over to the UI thread."""
        if not self._closed:
            try:
                self._arrived.emit(header, payload)
            except RuntimeError:
                log.debug("a message came after the queue was gone: %s", header[0])

    def _on_message(self, header: tuple[Any, ...], payload: Any) -> None:
        if self._closed:
            return
        kind, *values = header
        if kind == "device":
            self.device = Device(*values)
            self.device_known.emit(self.device)
        elif kind == "message":
            text, fields = values
            translated = QCoreApplication.translate(CONTEXT, text)
            self.message.emit(translated.format(**fields))
        elif kind == "died":
            self._on_death(*values)
        else:
            job = self._running.get(values[0])
            if job is not None:
                self._on_answer(job, kind, values[1:], payload)

    def _on_answer(self, job: Job, kind: str, values: list[Any], payload: Any) -> None:
        if kind == "begun":
            job.begun = True
        elif kind == "progress":
            self._on_progress(job, Progress(*values))
        elif kind == "part":
            if job.running and job.on_part is not None:
                self._guarded(job, job.on_part, payload)
        elif kind == "result":
            self._end(job, job.on_result, payload)
        elif kind == "cancelled":
            self._end(job, None)
        elif kind == "user_error":
            *parts, trace = values
            self._fail(job, with_traceback(from_parts(*parts), trace))
        else:
            what, trace = (*values, "")[:2]
            error = JobError(job.info.panel_id, name_of(job.function), what)
            self._fail(job, with_traceback(error, trace))

    def _on_progress(self, job: Job, progress: Progress) -> None:
        if not job.running:
            return
        if job.info.title:
            self.job_progress.emit(job.info, progress)
        if job.on_progress is not None:
            self._guarded(job, job.on_progress, progress)

    def _on_death(self, job_id: int | None, how: str, last_words: str) -> None:
        job = self._running.get(job_id) if job_id is not None else None
        if job is None:
            return
        if job.running and not job.begun and not job.sent_again:
            # It died before it saw the job; the job is not to blame.
            job.sent_again = True
            link = self._link_of(self._lane_of(job))
            link.submit(job.info.id, job.function, job.request)
            return
        error = EngineDied(
            "The engine stopped unexpectedly ({how}) while it ran {function}.",
            advice="It was started again; try a smaller size or fewer pictures at once.",
            how=how,
            function=name_of(job.function),
        )
        self._fail(job, with_traceback(error, last_words))

    def _fail(self, job: Job, error: BaseException) -> None:
        if job.running:
            log.info("%s failed: %s", name_of(job.function), one_line(error))
        self._end(job, job.on_error or job.show_error, error)

    def _end(self, job: Job, callback: Callable[[Any], Any] | None, value: Any = None) -> None:
        """Free the job's place, then call its panel back, unless the job is stale."""
        del self._running[job.info.id]
        lane = self._lane_of(job)
        lane.finish(job)
        current = job.running
        self._retire(job)
        self._start_next(lane)
        if lane is self._background_lane and not lane.jobs:
            self._background_link.rest()
        if current and callback is not None:
            self._guarded(job, callback, value)

    def _retire(self, job: Job) -> None:
        if job.running:
            job.running = False
            if job.info.title:
                self.job_finished.emit(job.info)

    def _kill_if_unresponsive(self, job: Job) -> None:
        if self._closed or job.info.id not in self._running or not job.cancelled.is_set():
            return
        name = name_of(job.function)
        log.warning("%s did not stop; ending the engine", name)
        self._link_of(self._lane_of(job)).kill()
        self.message.emit(QCoreApplication.translate(CONTEXT, _UNRESPONSIVE).format(function=name))

    def _announce_slow(self) -> None:
        """Give slow jobs without a title one, except the engine's own.

        A waiting job counts too, if a cancelled one is in its way.
        """
        lane = self._engine_lane
        if not lane.jobs:
            self._watch.stop()
        now = time.monotonic()
        running = [job for job in lane.jobs if lane.runs(job)]
        for job in lane.jobs if any(job.cancelled.is_set() for job in running) else running:
            info = job.info
            if job.running and not info.title and info.panel_id and now - job.submitted > SLOW:
                title = QCoreApplication.translate(CONTEXT, _WORKING).format(panel=info.panel_id)
                job.info = replace(info, title=title)
                self.job_started.emit(job.info)

    @property
    def _jobs(self) -> list[Job]:
        lanes = (self._engine_lane, self._background_lane, self._io_lane)
        return [job for lane in lanes for job in lane.jobs]

    def _guarded(self, job: Job, callback: Callable[[Any], Any], value: Any) -> None:
        """Call into a panel; what it raises is shown in that panel."""
        try:
            callback(value)
        except Exception as error:
            log.error("a callback of “%s” failed:\n%s", job.info.panel_id, traceback.format_exc())
            if callback != job.show_error:
                job.show_error(error)


class PanelJobs:
    """The queue as one panel sees it (:class:`kirara_studio.api.jobs.Jobs`).

    Keys are private to the panel. What a panel submits after it was closed never runs.
    """

    def __init__(self, queue: JobQueue, panel_id: str, show_error: ShowError) -> None:
        self._queue = queue
        self._panel_id = panel_id
        self._show_error = show_error
        self._closed = False

    def close(self) -> None:
        """Stop the panel's jobs for good: its widget may still be there for a moment."""
        self._closed = True
        self._queue.stop_panel(self._panel_id)

    def submit(self, *arguments: Any, **options: Any) -> Job:
        return self._submit(False, *arguments, **options)

    def submit_io(self, *arguments: Any, **options: Any) -> Job:
        return self._submit(True, *arguments, **options)

    def _submit(
        self,
        io: bool,
        key: str,
        function: Function,
        request: Any,
        *,
        title: str = "",
        background: bool = False,
        **rest: Any,
    ) -> Job:
        queue, names = self._queue, (self._panel_id, key)
        info = queue.new_info(self._panel_id, title)
        job = Job(info, names, function, request, self._show_error, queue.stop, **rest)
        if self._closed:
            job.running = False
            job.cancelled.set()
        else:
            queue.submit(job, io=io, background=background)
        return job


class _WithoutDevice(ExecutionContext):
    @property
    def device(self) -> Device:
        raise RuntimeError("submit_io() jobs have no device; use submit() to compute")


_IO_CONTEXT = _WithoutDevice(Path(), budget=0)


def _run_io(job: Job, receive: Callable[[tuple[Any, ...], Any], None]) -> None:
    """Start a thread for ``job``; it answers as the engine process would.

    The threads are daemons: a server that never answers must not keep the studio from ending.
    """
    number = job.info.id
    tools = Tools(
        _IO_CONTEXT,
        on_progress=throttled(lambda p: receive(("progress", number, *astuple(p)), None)),
        on_part=lambda part: receive(("part", number), part),
        cancelled=job.cancelled.is_set,
    )

    def run() -> None:
        receive(*answer_of(number, lambda: job.function(job.request, tools)))

    threading.Thread(target=run, name=f"io {job.info.title or number}", daemon=True).start()
